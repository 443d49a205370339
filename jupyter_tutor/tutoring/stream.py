"""A reply shown while it is written, of which nothing is shown before it was judged."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

from jupyter_tutor.errors import Leaked
from jupyter_tutor.tutoring.snippets import FENCE, bare_lines, is_code

_SENTENCE = re.compile(r"[.!?][\"')*_]*\s+(?=\S)")
_MARK_UP = re.compile(r"^(?: {4,}|\t)|^\s*(?:[|>+@~]|```|-(?=\S))|<[/!a-z]|[│┃¦]", re.I)
_LONG_WORD = re.compile(r"[A-Za-z0-9+/_=\\%-]{16,}|(?:\b[0-9A-Fa-f]{2}\s){6,}|(?:\d+,\s*){6,}")
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
    end = position = 0
    held = False
    fence = tag = ""
    lines = text.splitlines(keepends=True)
    for line in lines:
        whole = line.endswith("\n")
        opening = FENCE.match(line.rstrip("\r\n"))
        if fence:
            closes = whole and re.match(rf"[\s>]*{re.escape(fence[0])}{{{len(fence)},}}\s*$", line)
            fence, held = ("", False) if closes else (fence, True)
            closed = bool(closes)
        elif tag:
            tag, closed = ("", True) if tag in line.lower() and whole else (tag, False)
            held = not closed
        elif whole and opening:
            fence, closed, held = opening["fence"], False, True
        else:
            tag = _open_tag(line)
            prose = not tag and _is_prose(line)
            closed, held = prose, not prose if line.strip() else held
        if not whole:
            return max(end, position + _sentences(line)) if not (fence or tag or held) else end
        position += len(line)
        if closed and not held and _even_ticks(text[end:position]):
            end = position
    return end


def _open_tag(line: str) -> str:
    """What closes the mark-up that a line leaves open."""
    for match in _OPENS.finditer(line):
        closing = f"</{match[1].lower()}" if match[1] else "-->"
        if closing not in line[match.end() :].lower():
            return closing
    return ""


def _is_prose(line: str) -> bool:
    """Whether a line is words, perhaps with code among them, or blank after such."""
    bare = line.strip()
    if not bare:
        return True
    if _MARK_UP.search(line) or _LONG_WORD.search(line):
        return False
    return not any(map(is_code, (bare.strip("`"), *bare_lines(line))))


def _sentences(line: str) -> int:
    """How much of an unfinished line is sentences that are complete."""
    ends = [match.end() for match in _SENTENCE.finditer(line) if _even_ticks(line[: match.end()])]
    return ends[-1] if ends and _is_prose(line[: ends[-1]]) and _is_prose(line) else 0


def _even_ticks(text: str) -> bool:
    return text.count("`") % 2 == 0
