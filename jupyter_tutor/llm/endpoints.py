"""Endpoints in their order: what fails is tried again, then the next one is asked."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from jupyter_tutor.errors import ModelError
from jupyter_tutor.llm.connection import Answer, Connection
from jupyter_tutor.llm.faults import Fault, Teller
from jupyter_tutor.llm.reading import Piece
from jupyter_tutor.llm.tally import Tally
from jupyter_tutor.settings import Endpoint, ModelSettings

LONGEST_WAIT = 30.0
"""A server that wants more seconds than this is not waited for."""


@dataclass
class Endpoints:
    """Keeps a connection to each endpoint that was asked. `sleep` waits between tries, `chance` spreads them."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    connections: dict[tuple[str, str], Connection] = field(default_factory=dict, repr=False)

    async def answer(self, tally: Tally, settings: ModelSettings) -> Answer:
        """A whole answer to what is tallied. Raises ModelError."""
        faults: list[Fault] = []
        async with aclosing(self._tries(settings, faults)) as tries:
            async for connection in tries:
                try:
                    return await connection.answer(tally.ask, settings, tally)
                except Fault as fault:
                    faults.append(fault)
        raise _error(faults)

    async def pieces(self, tally: Tally, settings: ModelSettings) -> AsyncGenerator[Piece, None]:
        """An answer in pieces; nothing is tried again once there is one. Raises ModelError."""
        faults: list[Fault] = []
        begun = False
        async with aclosing(self._tries(settings, faults)) as tries:
            async for connection in tries:
                try:
                    async with aclosing(connection.pieces(tally.ask, settings, tally)) as pieces:
                        async for piece in pieces:
                            begun = begun or bool(piece.text)
                            yield piece
                    return
                except Fault as fault:
                    faults.append(fault)
                if begun:
                    break
        raise _error(faults[-1:] if begun else faults)

    async def _tries(self, settings: ModelSettings, faults: list[Fault]) -> AsyncGenerator[Connection, None]:
        """Each connection that is to be tried; when the next is asked for, the last one's fault is in `faults`."""
        for endpoint in settings.endpoints:
            connection = self._connection(endpoint)
            for number in range(settings.tries):
                if pause := connection.breaker.pause():
                    faults.append(Teller(endpoint).paused(pause))
                    break
                yield connection
                fault = faults[-1]
                wait = fault.wait if fault.wait is not None else self._backoff(number)
                if not fault.again or wait > LONGEST_WAIT or number + 1 == settings.tries:
                    break
                await self.sleep(wait)

    def _connection(self, endpoint: Endpoint) -> Connection:
        key = (endpoint.base_url, endpoint.key)
        if key not in self.connections:
            self.connections[key] = Connection(endpoint, self.clock)
        self.connections[key].endpoint = endpoint  # other models may be named
        return self.connections[key]

    def _backoff(self, number: int) -> float:
        """Seconds before the try after the nth, twice as long each time, between half and all of that."""
        return min(0.5 * 2**number, LONGEST_WAIT) * (0.5 + self.chance() / 2)

    async def close(self) -> None:
        """Release connections."""
        for connection in self.connections.values():
            await connection.client.close()
        self.connections.clear()


def _error(faults: list[Fault]) -> ModelError:
    """One sentence for each thing that went wrong."""
    return ModelError("; ".join(dict.fromkeys(map(str, faults))))
