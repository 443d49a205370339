"""One address of the REST interface."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from jupyter_tutor.grading.feed import Event
from jupyter_tutor.server.schemas import Schema


@dataclass(frozen=True)
class Route:
    """`call` takes the tutor, the ids of the path, and the validated query or body.

    `stream` replies are server-sent events; a body may have `most` bytes.
    """

    method: str
    path: str
    summary: str
    call: Callable[..., Awaitable[Any]] | Callable[..., AsyncIterator[Event]]
    reply: Any = None
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    status: int = 200
    stream: bool = False
    most: int = 20_000_000
