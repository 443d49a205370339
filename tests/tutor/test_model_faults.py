"""Whatever a model's endpoint does, a learner has a proven exercise the next day, and the ledger is right."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_tutor.settings import Endpoint, ModelSettings
from jupyter_tutor.testing import Clock
from jupyter_tutor.testing.model import ModelServer, Raw, Refuse, Say
from tests.sampling import sampled
from tests.tutor.test_generation import Start, end
from tests.tutor.test_tutor import ADA

HTML = Raw(b"<html><body>Not here</body></html>", content_type="text/html")
FAULTS: dict[str, Any] = {
    "nobody there": None,
    "wrong key": Refuse(401),
    "unknown model": Refuse(404),
    "too many requests": Refuse(429, headers={"Retry-After": "3600"}),
    "server error": Refuse(500),
    "a page": HTML,
    "nothing said": Say(""),
    "cut off": Say('{"title": "The'),
    "another form": Say('{"exercise": "write a loop"}'),
}


@contextlib.contextmanager
def endpoint(fault: Any) -> Iterator[tuple[str, ModelServer | None]]:
    if fault is None:
        with ModelServer([]) as server:
            url = server.url
        yield url, None
    else:
        with ModelServer([fault] * 12) as server:
            yield server.url, server


@pytest.mark.parametrize("fault", sampled(FAULTS.values()), ids=FAULTS)
async def test_the_curriculum_serves(fault: Any, start: Start, clock: Clock) -> None:
    with endpoint(fault) as (url, server):
        settings = ModelSettings(endpoints=(Endpoint(url, "sk-marked", {"": "small"}),), tries=1, seconds=2)
        tutor = await start(endpoint=settings)
        await tutor.prepare(ADA)
        (writing,) = tutor.authoring.writings.values()
        done = await end(tutor, writing)
    assert done["status"] == "failed"
    assert "sk-marked" not in str([event.data for event in writing.feed.events])
    assert list(await tutor.store.written(ADA)) == []
    answered = isinstance(fault, Say)
    spent = await tutor.store.spent(ADA)
    assert sum(one.tokens.requests for one in spent) == (len(server.requests) if answered and server else 0)
    clock.move(days=1)
    daily = (await tutor.today(ADA)).daily
    assert daily.slug in await tutor.library.shipped()
