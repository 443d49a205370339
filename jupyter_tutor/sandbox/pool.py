"""Things that are made ready before they are needed, and used once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

_Ready = TypeVar("_Ready")
_PAUSE = 0.15
"""Seconds that a submission usually takes."""


class Pool(Generic[_Ready]):
    """Keeps up to `size` things ready, as long as there is `room`. What is no longer `usable` when it is taken is
    closed, and another one made.
    """

    def __init__(
        self,
        make: Callable[[], Awaitable[_Ready]],
        usable: Callable[[_Ready], bool],
        close: Callable[[_Ready], Awaitable[None]],
        size: int,
        room: Callable[[], bool] = lambda: True,
    ) -> None:
        self.make, self.usable, self.end, self.size, self.room = make, usable, close, size, room
        self.ready: list[_Ready] = []
        self.filling: asyncio.Task[None] | None = None
        self.closed = False

    async def take(self) -> _Ready:
        """One that is ready, or a new one; raises what making it raises. Another is made a little later: not while
        somebody waits for what this one is taken for.
        """
        if self.filling is None or self.filling.done():
            self.filling = asyncio.create_task(self._fill(_PAUSE))
        while self.ready:
            found = self.ready.pop(0)
            if self.usable(found):
                return found
            await self.end(found)
        return await self.make()

    def fill(self) -> None:
        """Make ready what is missing, in the background."""
        if not self.closed and (self.filling is None or self.filling.done()):
            self.filling = asyncio.create_task(self._fill())

    async def _fill(self, pause: float = 0.0) -> None:
        await asyncio.sleep(pause)
        with suppress(Exception):  # whoever takes the next one makes it, and sees why it cannot be made
            while len(self.ready) < self.size and not self.closed and self.room():
                self.ready.append(await self.make())

    async def close(self) -> None:
        """End all that are ready."""
        self.closed = True
        if self.filling is not None:
            self.filling.cancel()
            with suppress(asyncio.CancelledError):
                await self.filling
        while self.ready:
            await self.end(self.ready.pop())
