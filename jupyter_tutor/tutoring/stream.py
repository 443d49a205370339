"""A reply shown while it is written, of which nothing is shown before it was judged."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

from jupyter_tutor.errors import Leaked
from jupyter_tutor.tutoring.leaks.snippets import FENCE, bare_lines, is_code

_SENTENCE = re.compile(r"(?<=[^\W\d]|[)`\"'*])[.!?][\"')*_]*\s+(?=\S)")
_MARK_UP = re.compile(r"^(?: {4,}|\t)|^\s*(?:[|>+@~]|```|-(?=\S))|<[/!a-z]|[│┃¦]", re.I)
_LONG_WORD = re.compile(r"[A-Za-z0-9+/_=\\%-]{16,}|(?:\b[0-9A-Fa-f]{2}\s){6,}|(?:\d+,\s*){6,}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OPENS = re.compile(r"<(pre|code|table)\b|<!--", re.I)


async def guarded(pieces: AsyncIterator[str], judge: Callable[[str], Awaitable[str]]) -> AsyncIterator[str]:
    """The text of `pieces`, cut where it may be shown: sentences as they come, code when its block is complete.

    `judge` says why a text leaks, or gives an empty string; it is asked about all of the text up to each cut before
    that is shown, and once more about the whole. Raises Leaked with its reason.
    """
    shown, text = 0, ""
    async for piece in pieces:
        text += piece
        if (end := shown + _complete(text[shown:])) > shown:
            await _pass(text[:end], judge)
            yield text[shown:end]
            shown = end
    await _pass(text, judge)
    if shown < len(text):
        yield text[shown:]


async def _pass(text: str, judge: Callable[[str], Awaitable[str]]) -> None:
    if reason := await judge(text):
        raise Leaked(reason)


def _complete(text: str) -> int:
    """How much of a text can be judged by itself: up to the last place where no block is open."""
    end = position = ticks = 0
    held = False
    closing: re.Pattern[str] | None = None
    for line in _LINE.findall(text):
        position += len(line)
        if closing is not None:
            if line.endswith("\n") and closing.search(line):
                closing, held, ticks = None, False, 0
        elif not line.endswith("\n"):
            sentences = 0 if ticks % 2 else _sentences(line)
            return position - len(line) + sentences if sentences else end
        elif line.strip():
            closing, ticks = _closing(line), ticks + line.count("`")
            held = closing is not None or not _is_prose(line)
        else:
            ticks = 0
        if not held and ticks % 2 == 0:
            end = position
    return end


def _closing(line: str) -> re.Pattern[str] | None:
    """What closes the fence or the mark-up that a line opens; None when it opens none."""
    if fence := FENCE.match(line.rstrip()):
        return re.compile(rf"^[\s>]*{re.escape(fence['fence'][0])}{{{len(fence['fence'])},}}\s*$")
    for match in _OPENS.finditer(line):
        closing = f"</{match[1].lower()}" if match[1] else "-->"
        if closing not in line[match.end() :].lower():
            return re.compile(re.escape(closing), re.I)
    return None


def _is_prose(line: str) -> bool:
    """Whether a line is words, perhaps with code among them."""
    if _MARK_UP.search(line) or _LONG_WORD.search(line):
        return False
    return not any(is_code(said.strip().strip("`")) for said in (line, *bare_lines(line)))


def _sentences(line: str) -> int:
    """How much of an unfinished line is sentences that are complete."""
    ends = [match.end() for match in _SENTENCE.finditer(line) if line.count("`", 0, match.end()) % 2 == 0]
    return ends[-1] if ends and _is_prose(line[: ends[-1]]) and _is_prose(line) else 0
