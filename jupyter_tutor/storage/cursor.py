"""Where the next page starts, as an opaque text that holds what orders the last thing shown."""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from jupyter_tutor.errors import LearnerError

_MOST = 2**31


def write_cursor(*last: object) -> str:
    """The page after what these values name; their texts hold no line ends."""
    return urlsafe_b64encode("\n".join(map(str, last)).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: Callable[[str], Any]) -> tuple[Any, ...]:
    """The values, each read from its text by one of `kinds`. Raises LearnerError for what `write_cursor` did not write
    of such values.
    """
    try:
        texts = b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode().split("\n")
        last = tuple(kind(text) for kind, text in zip(kinds, texts, strict=True))
        if write_cursor(*last) == cursor:
            return last
    except ValueError:
        pass
    raise LearnerError("this page link is not valid: start from the first page")


def number(text: str) -> int:
    """A count that databases take. Raises ValueError."""
    if not 0 <= (value := int(text)) < _MOST:
        raise ValueError("databases take no such number")
    return value


def instant(text: str) -> datetime:
    """An instant in UTC. Raises ValueError."""
    if (at := datetime.fromisoformat(text)).tzinfo != UTC:
        raise ValueError("instants are in UTC")
    return at
