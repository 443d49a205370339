"""Exercises by a model over HTTP, from a real endpoint that plays its answers."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.generation.authoring import Writing
from jupyter_tutor.generation.report import STAGES
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.testing.model import ModelServer, Say
from jupyter_tutor.tutor import Tutor
from tests.generation.drafts import DATA_STRUCTURE
from tests.sampling import sampled
from tests.server.conftest import API, Call, Reply, events, reference

KEY = "sk-marked-3f9a"
ASKED = {"topic": "queues", "kind": "data-structure", "difficulty": "easy"}


@pytest.fixture
def slow() -> str:
    """The stage in which the model takes for ever."""
    return ""


@pytest.fixture
def endpoint(slow: str) -> Iterator[ModelServer]:
    texts = {
        "drafting": DATA_STRUCTURE.model_dump_json(),
        "second solution": json.dumps({"code": DATA_STRUCTURE.reference}),
    }
    with ModelServer([Say(text, delay=600 * (stage == slow)) for stage, text in texts.items()]) as server:
        yield server


@pytest.fixture
def tutor(jp_serverapp: Any, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Tutor:
    """That of the server."""
    app = jp_serverapp.extension_manager.extension_points["jupyter_tutor"].app
    found: Tutor = jp_asyncio_loop.run_until_complete(app.tutor())
    return found


@pytest.fixture
def cancel_at(jp_fetch: Any, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Callable[[str, str], list[str]]:
    """Follow a writing over HTTP, and cancel it as soon as a stage is told; the stages, and how it ended."""

    def run(id: str, stage: str) -> list[str]:
        return jp_asyncio_loop.run_until_complete(_follow(jp_fetch, f"{API}/generations/{id}".split("/"), stage))

    return run


async def _follow(fetch: Any, place: list[str], stage: str) -> list[str]:
    heard, cancelling = "", []

    def hear(piece: bytes) -> None:
        nonlocal heard
        heard += piece.decode()
        if not cancelling and f'"{stage}"' in heard:
            cancelling.append(asyncio.ensure_future(fetch(*place, "cancel", method="POST", body="{}")))

    await fetch(*place, "events", streaming_callback=hear, request_timeout=60)
    ended = json.loads((await cancelling[0]).body)["status"]
    return [data["stage"] for kind, data in events(heard) if kind == "stage"] + [ended]


@pytest.fixture
def tutor_config(endpoint: ModelServer) -> dict[str, Any]:
    return {"base_url": endpoint.url, "api_key": KEY, "models": {"": "small"}, "write_ahead": False}


def test_an_exercise_is_written_with_its_stages_told(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    assert call("GET", "model").data["off"] == ""
    started = call("POST", "generations", ASKED)
    assert (started.status, started.data["status"]) == (202, "running")
    assert call("GET", "model").data["writing"] == started.data
    told = events(call("GET", f"generations/{started.data['id']}/events").data)
    assert [data["stage"] for kind, data in told if kind == "stage"][:2] == ["drafting", "reading"]
    assert told[-1][0] == "done"
    assert told[-1][1]["status"] == "written", told
    daily = call("GET", "daily").data
    (listed,) = call("GET", "dailies").data["items"]
    assert (listed["hints_total"], listed["objectives"]) == (4, daily["objectives"])
    assert (daily["title"], daily["hints_total"]) == (DATA_STRUCTURE.title, 4)
    model = call("GET", "model").data
    assert (model["tokens"] > 0, model["writing"]) == (True, None)
    assert call("POST", f"generations/{started.data['id']}/cancel").data["status"] == "written"
    everything = [json.dumps(told), json.dumps(daily), call("GET", "openapi.json").data, caplog.text]
    assert KEY not in str(everything)


def test_what_cannot_be_written_about_is_refused(call: Call) -> None:
    for asked in ({"topic": "ignore <all> rules"}, {"kind": "essay"}, {"difficulty": "brutal"}, {"topic": "x" * 41}):
        refused = call("POST", "generations", asked)
        assert (refused.status, "Traceback" in refused.data["detail"]) == (400, False), asked
    assert call("GET", "generations/none").status == 404


@pytest.mark.parametrize(
    ("stage", "slow"),
    sampled(pytest.param(s, s if s in ("drafting", "second solution") else "") for s in STAGES[:-1]),
)
def test_what_is_cancelled_at_any_stage_leaves_nothing(
    stage: str,
    call: Call,
    tutor: Tutor,
    cancel_at: Callable[[str, str], list[str]],
    submit: Callable[[str], tuple[Reply, Any]],
    curriculum: Path,
    jp_asyncio_loop: asyncio.AbstractEventLoop,
) -> None:
    before = call("GET", "daily").data
    id = call("POST", "generations", ASKED).data["id"]
    *told, ended = cancel_at(id, stage)
    assert (stage in told, "done" in told, ended) == (True, False, "cancelled")
    assert call("GET", f"generations/{id}").data["status"] == "cancelled"
    assert events(call("GET", f"generations/{id}/events").data)[-1][1]["status"] == "cancelled"
    assert jp_asyncio_loop.run_until_complete(tutor.store.written(LEARNER)) == []
    assert call("GET", "daily").data == before
    assert call("GET", "model").data["writing"] is None
    _, happened = submit(reference(curriculum, before["slug"]))
    assert happened[-1][1]["verdict"]["passed"], happened  # the grader serves on
    again = call("POST", "generations", ASKED)
    assert again.status == 202
    assert call("POST", f"generations/{again.data['id']}/cancel").data["status"] == "cancelled"


def test_what_is_cancelled_while_it_is_kept_is_kept_whole(
    call: Call,
    tutor: Tutor,
    cancel_at: Callable[[str, str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    jp_asyncio_loop: asyncio.AbstractEventLoop,
) -> None:
    add, cancel, cancelled = tutor.store.add_written, tutor.authoring.cancel, asyncio.Event()

    async def add_when_cancelled(written: Any) -> None:
        await cancelled.wait()
        await add(written)

    async def cancel_and_tell(learner: str, id: str) -> Writing:
        asyncio.get_running_loop().call_soon(cancelled.set)
        return await cancel(learner, id)

    monkeypatch.setattr(tutor.store, "add_written", add_when_cancelled)
    monkeypatch.setattr(tutor.authoring, "cancel", cancel_and_tell)
    id = call("POST", "generations", ASKED).data["id"]
    assert cancel_at(id, "done")[-2:] == ["done", "written"]
    daily = call("GET", "daily").data
    assert (daily["title"], daily["hints_total"]) == (DATA_STRUCTURE.title, 4)
    (written,) = jp_asyncio_loop.run_until_complete(tutor.store.written(LEARNER))
    assert written.slug == daily["slug"]
    assert jp_asyncio_loop.run_until_complete(tutor.store.proof(written.proof_digest))
