"""A marked key is looked for in all that is raised, logged, printed, kept and handed to learner code."""

import gc
import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.dialogue import Ask
from jupyter_tutor.errors import ModelError
from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.llm.endpoints import Endpoints
from jupyter_tutor.llm.model import MeteredModel
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import Endpoint, ModelSettings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.testing.model import MemoryLedger, ModelServer, Raw, Refuse, Say

from .conftest import KEY, SCHEMA

PROMPT = "a prompt with hidden tests"
ECHO = f"you sent {PROMPT} with {KEY}"
FAULTS = [
    "fine",
    *(Refuse(status, ECHO, KEY) for status in (400, 401, 403, 404, 422, 429, 500, 503)),
    Refuse(429, ECHO, headers={"Retry-After": "99", "Set-Cookie": KEY}),
    Refuse(302, ECHO, headers={"Location": f"/elsewhere?{KEY}"}),
    Say("late", delay=5),
    Say(ECHO, stall=5),
    Say(""),
    Say(ECHO, finish="length"),
    Raw(ECHO.encode(), "text/html"),
    Raw(b'{"choices": "' + ECHO.encode(), missing=9),
    Raw(b'["' + ECHO.encode() + b'"]'),
    Raw(b'data: {"error": {"message": "' + ECHO.encode() + b'"}}\n\n', "text/event-stream"),
]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that any library logs, as talkative as they can be made."""
    monkeypatch.setenv("OPENAI_LOG", "debug")
    with caplog.at_level(logging.DEBUG):
        yield caplog


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that it drags along."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__


def told(error: BaseException) -> str:
    """All that an error could show, its attributes and those of what it refers to included."""
    parts = ["".join(traceback.format_exception(error))]
    for one in chain(error):
        held = [one, *one.args, *vars(one).values()]
        parts += [repr(thing) + repr(getattr(thing, "__dict__", "")) for thing in (*held, *gc.get_referents(one))]
    return "\n".join(parts)


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{n}-{type(fault).__name__}" for n, fault in enumerate(FAULTS)])
async def test_no_fault_gives_the_key_or_the_prompt_away(
    ask: Callable[..., Ask],
    logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    fault: Say | Refuse | Raw | str,
) -> None:
    found = []
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/tutor.sqlite")
    with ModelServer([fault]) as server:
        settings = ModelSettings(endpoints=(Endpoint(server.url, KEY, {"": "m"}),), seconds=0.3, tries=2)
        model = MeteredModel(lambda: settings, store, endpoints=Endpoints(chance=lambda: 0.0))
        for schema in (None, SCHEMA):
            try:
                await model.ask(ask(PROMPT, schema=schema))
            except ModelError as error:
                found.append(told(error))
        try:
            assert [piece async for piece in model.stream(ask(PROMPT))]
        except ModelError as error:
            found.append(told(error))
        await model.close()
    await store.close()
    found += [record.getMessage() + repr(record.__dict__) for record in logged.records]
    found += [*capfd.readouterr(), repr(model.endpoints), repr(settings)]
    assert [text for text in found if KEY in text or PROMPT in text] == []
    assert found
    assert KEY.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


async def test_a_key_that_cannot_be_sent_is_not_shown(ask: Callable[..., Ask]) -> None:
    bad = f"{KEY}\n\u00e9"
    with ModelServer(["fine"]) as server:
        settings = ModelSettings(endpoints=(Endpoint(server.url, bad, {"": "m"}),), seconds=1, tries=1)
        model = MeteredModel(lambda: settings, MemoryLedger())
        with pytest.raises(ModelError) as caught:
            await model.ask(ask())
        await model.close()
    assert KEY not in told(caught.value)


async def test_learner_code_finds_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    look = "import os, pathlib\n\ndef keys():\n    return [n for n in os.environ if 'OPENAI' in n] + ["
    look += "str(p) for p in pathlib.Path('/proc').glob('[0-9]*/environ') if readable(p)]\n\n"
    look += f"def readable(p):\n    try:\n        return {KEY[:12]!r} + {KEY[12:]!r} in p.read_text(errors='replace')\n"
    look += "    except OSError:\n        return False"
    grader = WorkerGrader(1)
    checks = (ChecksCell("keys", "assert keys() == [], keys()"),)
    try:
        run = await grader.run(Job(cells=(look,), tests=checks, names=("keys",), places=None))
    finally:
        await grader.close()
    assert [outcome.status for outcome in run.outcomes] == ["passed"], run
