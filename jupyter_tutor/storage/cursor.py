"""Where the next page starts, as an opaque text."""

from base64 import b64decode, urlsafe_b64encode
from datetime import date

from jupyter_tutor.errors import LearnerError


def write_cursor(day: date, id: str) -> str:
    """The page after the daily of this date and id."""
    return urlsafe_b64encode(f"{day.isoformat()} {id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[date, str]:
    """Date and id. Raises LearnerError for what `write_cursor` did not write."""
    try:
        day, _, id = b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode().partition(" ")
        found = date.fromisoformat(day), id
        valid = bool(id) and write_cursor(*found) == cursor
    except ValueError:
        valid = False
    if not valid:
        raise LearnerError("this page link is not valid: start from the first page")
    return found
