"""Models on real endpoints; waiting between tries takes no time."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from jupyter_tutor.dialogue import Ask, Message
from jupyter_tutor.llm.endpoints import Endpoints
from jupyter_tutor.llm.model import MeteredModel
from jupyter_tutor.ports import Model
from jupyter_tutor.settings import Endpoint, ModelSettings
from jupyter_tutor.testing import Clock
from jupyter_tutor.testing.model import MemoryLedger, ModelServer

KEY = "sk-marked-1f2e3d4c5b6a"
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


def make_ask(text: str = "What is the secret of the sea?", **values: Any) -> Ask:
    """A question."""
    return Ask(**{"use": "hint", "learner": "ada", "prompt": "hint/1", "messages": (Message("user", text),), **values})


async def read(model: Model, ask: Ask, got: list[str] | None = None) -> None:
    """Read a stream; what came before a fault is in `got`."""
    async for piece in model.stream(ask):
        if got is not None:
            got.append(piece)


class Asking:
    """`settings` of the models that it makes can be changed at any time; `waits` are the seconds between tries."""

    def __init__(self) -> None:
        self.settings = ModelSettings(seconds=5)
        self.ledger, self.clock = MemoryLedger(), Clock()
        self.waits: list[float] = []
        self.time = 0.0
        self.endpoints = Endpoints(lambda: self.time, self._wait, lambda: 1.0)
        self.model = MeteredModel(lambda: self.settings, self.ledger, self.clock, self.endpoints)

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def at(self, *places: ModelServer | str, **values: Any) -> MeteredModel:
        """The model, with these servers or base URLs as its endpoints."""
        urls = [place if isinstance(place, str) else place.url for place in places]
        endpoints = tuple(Endpoint(url, KEY, {"": "scripted"}) for url in urls)
        self.settings = ModelSettings(**{"endpoints": endpoints, "seconds": 5, **values})
        return self.model


@pytest.fixture
async def asking() -> AsyncIterator[Asking]:
    asking = Asking()
    yield asking
    await asking.model.close()


@pytest.fixture
def ask() -> Callable[..., Ask]:
    return make_ask
