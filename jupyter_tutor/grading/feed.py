"""What happens while something takes its time, told to whoever listens, from the start."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from jupyter_tutor.learning.model import Submission


@dataclass(frozen=True)
class Event:
    """`kind` is progress, check, verdict, stage, text, withdrawn or done; `data` is JSON. `submission` is what was
    stored at the end.
    """

    kind: str
    data: dict[str, Any]
    submission: Submission | None = None


class Feed:
    """Events in order; the last is called done."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = asyncio.Event()

    def tell(self, event: Event) -> None:
        self.events.append(event)
        self._changed.set()
        self._changed = asyncio.Event()

    async def listen(self) -> AsyncIterator[Event]:
        """All events, those of the past first."""
        told = 0
        while not told or self.events[told - 1].kind != "done":
            while len(self.events) <= told:
                await self._changed.wait()
            yield self.events[told]
            told += 1
