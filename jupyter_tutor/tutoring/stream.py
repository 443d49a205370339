"""stub until merged"""

from collections.abc import AsyncIterator, Awaitable, Callable


class Leak(Exception):
    """Stub."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(reason)
        self.reason, self.text = reason, text


async def safe(pieces: AsyncIterator[str], judge: Callable[[str], Awaitable[str]]) -> AsyncIterator[str]:
    text = ""
    async for piece in pieces:
        text += piece
    if reason := await judge(text):
        raise Leak(reason, text)
    yield text
