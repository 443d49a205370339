"""Whatever a model's endpoint does while it speaks, the learner gets the next best help."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from jupyter_tutor.settings import Endpoint, ModelSettings
from jupyter_tutor.testing.model import ModelServer, Raw, Refuse, Say
from jupyter_tutor.tutor import Tutor
from tests.sampling import sampled
from tests.tutor.test_help import ADA, opened, said

Start = Callable[..., Awaitable[Tutor]]
KEY = "sk-marked-77ab"
LONG = "Look at the first line.\nWhat does it do with the first item?\n" * 4
FAULTS: dict[str, Any] = {
    "wrong key": Refuse(401),
    "too many requests": Refuse(429, headers={"Retry-After": "3600"}),
    "server error": Refuse(500),
    "a page": Raw(b"<html><body>Not here</body></html>", content_type="text/html"),
    "nothing said": Say(""),
    "stops in the middle": Say(LONG, stall=30),
    "cut off at its bound": Say(LONG, finish="length"),
    "withheld by its provider": Say("Look", finish="content_filter"),
    "very long": Say("Look at line 2. " * 8_000, piece=16_384),
}


@pytest.mark.parametrize("fault", sampled(FAULTS.values()), ids=FAULTS)
async def test_a_hint_comes_all_the_same(fault: Any, start: Start) -> None:
    with ModelServer([fault]) as server:
        endpoint = Endpoint(server.url, KEY, {"": "small"})
        tutor = await start(endpoint=ModelSettings(endpoints=(endpoint,), tries=1, seconds=1, write_ahead=False))
        daily, reference, exercise = await opened(tutor)
        wrong = {next(iter(reference)): exercise.metadata.mistakes[0].source}
        speech = await said(await tutor.hint(ADA, daily, wrong))
        asked = await said(await tutor.ask(ADA, daily, "Why?", wrong))
    assert exercise.metadata.mistakes[0].says in speech.text
    assert (speech.problem, asked.problem, asked.source) == ("", "", "diagnosis")
    assert len(await tutor.store.messages(ADA, daily)) == 2
    everything = str([event.data for said in (speech, asked) for event in said.feed.events])
    assert KEY not in everything
    assert "Traceback" not in everything


async def test_what_was_said_before_the_model_stopped_is_taken_back(start: Start) -> None:
    with ModelServer([Say(LONG, stall=30)]) as server:
        endpoint = Endpoint(server.url, KEY, {"": "small"})
        tutor = await start(endpoint=ModelSettings(endpoints=(endpoint,), tries=1, seconds=1, write_ahead=False))
        daily, _, exercise = await opened(tutor)
        speech = await said(await tutor.hint(ADA, daily))
    kinds = [event.kind for event in speech.feed.events]
    assert "withdrawn" in kinds
    assert kinds.index("text") < kinds.index("withdrawn") < kinds.index("done")
    assert "Look at the first line" not in speech.text
    assert exercise.metadata.hints[0] in speech.text
