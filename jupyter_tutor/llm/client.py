"""The openai package: imported with the first request, and kept from writing down what is sent."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING, Any

from jupyter_tutor.llm.faults import Fault, Teller, retry_after
from jupyter_tutor.llm.reading import MOST_TEXT, Piece, read_pieces, read_whole
from jupyter_tutor.settings import Endpoint

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_TALKATIVE = ("openai", "httpx", "httpx2", "httpcore", "httpcore2")
"""Loggers that write down URLs, headers and prompts, when they may."""
_WHOLE = 20
"""An answer as a whole may take this many times the seconds that one word may take."""


class Client:
    """Requests to one endpoint. All methods raise Fault."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client: AsyncOpenAI | None = None
        self._opening = asyncio.Lock()

    async def models(self, seconds: float, teller: Teller) -> bytes:
        """The list of models, as the server writes it."""
        client = await self._opened()
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(seconds):
                    response = await stack.enter_async_context(client.models.with_streaming_response.list())
                    return await read_whole(response.iter_bytes(), teller)
            except Exception as error:
                fault = _fault(error, seconds, teller)
        raise fault

    async def complete(self, body: dict[str, Any], seconds: float, teller: Teller) -> AsyncGenerator[Piece, None]:
        """One chat completion. `seconds` are for the first word and between words."""
        client = await self._opened()
        create: Any = client.chat.completions.with_streaming_response.create
        end = asyncio.get_running_loop().time() + _WHOLE * seconds
        size, fault = 0, None
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(seconds):
                    response = await stack.enter_async_context(create(**body))
                kind = response.headers.get("content-type", "")
                pieces = await stack.enter_async_context(aclosing(read_pieces(kind, response.iter_bytes(), teller)))
                while (piece := await _next(pieces, min(seconds, end - asyncio.get_running_loop().time()))) is not None:
                    size += len(piece.text)
                    if size > MOST_TEXT:
                        raise teller.too_much()
                    yield piece
            except Exception as error:
                fault = _fault(error, seconds, teller)
        if fault is not None:
            raise fault

    async def close(self) -> None:
        """Release connections."""
        if self._client is not None:
            await self._client.close()

    async def _opened(self) -> "AsyncOpenAI":
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(_open, self._endpoint)
            return self._client


async def _next(pieces: AsyncIterator[Piece], seconds: float) -> Piece | None:
    async with asyncio.timeout(seconds):
        return await anext(pieces, None)


def _open(endpoint: Endpoint) -> "AsyncOpenAI":
    """Takes about a second the first time."""
    from openai import AsyncOpenAI

    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    client = AsyncOpenAI(base_url=endpoint.base_url, api_key=endpoint.key or "none", max_retries=0, timeout=None)
    _ = client.chat.completions, client.models  # their modules are imported on first use
    return client


def _fault(error: Exception, seconds: float, teller: Teller) -> Fault:
    """What an error means. Errors of openai and httpx hold the request with its key: they go no further."""
    import httpx2
    import openai

    match error:
        case Fault():
            return error
        case openai.APIStatusError():
            wait = retry_after(error.response.headers.get("retry-after"))
            return teller.refused(error.status_code, json.dumps(error.body, default=str)[:10_000], wait)
        case TimeoutError() | openai.APITimeoutError() | httpx2.TimeoutException():
            return teller.late(seconds)
        case openai.APIConnectionError():
            return teller.unreachable()
        case httpx2.HTTPError() | httpx2.StreamError():
            return teller.broken()
        case UnicodeError():  # the error holds the header
            return teller.unsendable()
        case openai.OpenAIError() | httpx2.InvalidURL():
            return teller.no_answer()
        case _:
            raise error
