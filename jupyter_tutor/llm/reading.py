"""The bytes of an answer as pieces, whether they come as server-sent events or as one JSON object."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from jupyter_tutor.llm.faults import Teller

MOST_AT_ONCE = 2_000_000
"""Bytes of one event or one whole answer."""
MOST_TEXT = 1_000_000
MOST_IN_ALL = 50_000_000
"""Bytes of a stream: each word comes wrapped in some 300, and models that think aloud say many."""


@dataclass(frozen=True)
class Piece:
    """Some text; empty while a model thinks. `finish` is why the answer ended, `input` and `output` are tokens."""

    text: str = ""
    finish: str | None = None
    input: int | None = None
    output: int | None = None


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    delta: _Said | None = None
    message: _Said | None = None
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Answer(BaseModel):
    """One event of a stream, or a whole answer."""

    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: Any = None


async def read_pieces(content_type: str, chunks: AsyncIterator[bytes], teller: Teller) -> AsyncGenerator[Piece, None]:
    """The pieces of an answer. Raises Fault for what is none, and for one that broke off."""
    if "html" in content_type:
        raise teller.no_answer()
    if "json" in content_type:
        yield _piece(await read_whole(chunks, teller), teller)
        return
    ended = False
    async for event in _events(chunks, teller):
        if event == b"[DONE]":
            ended = True
            break
        piece = _piece(event, teller)
        ended = ended or piece.finish is not None
        yield piece
    if not ended:
        raise teller.broken()


async def read_whole(chunks: AsyncIterator[bytes], teller: Teller) -> bytes:
    """All that comes, within bounds."""
    whole = bytearray()
    async for chunk in chunks:
        whole += chunk
        if len(whole) > MOST_AT_ONCE:
            raise teller.too_much()
    return bytes(whole)


async def _events(chunks: AsyncIterator[bytes], teller: Teller) -> AsyncIterator[bytes]:
    """The data of each event; chat completions have one line each, and comments keep the line open."""
    rest, size = b"", 0
    async for chunk in chunks:
        size += len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        if size > MOST_IN_ALL or max(map(len, (*lines, rest))) > MOST_AT_ONCE:
            raise teller.too_much()
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].strip()
    if rest.startswith(b"data:"):
        yield rest[5:].strip()


def _piece(data: bytes, teller: Teller) -> Piece:
    try:
        answer = _Answer.model_validate_json(data)
    except ValidationError:
        raise (teller.broken() if _cut(data) else teller.no_answer()) from None
    if answer.error is not None:
        said = json.dumps(answer.error)
        raise teller.refused(_status(answer.error), said)
    usage = answer.usage
    tokens = (usage.prompt_tokens, usage.completion_tokens) if usage else (None, None)
    if not answer.choices:
        return Piece("", None, *tokens)
    choice = answer.choices[0]
    said_now = choice.delta or choice.message or _Said()
    return Piece(said_now.content or "", choice.finish_reason, *tokens)


def _status(error: Any) -> int:
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 500


def _cut(data: bytes) -> bool:
    """Whether it begins as an answer does."""
    return not data.strip() or data.lstrip().startswith(b"{")
