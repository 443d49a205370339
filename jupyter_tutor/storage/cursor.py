"""Where the next page starts, as an opaque text: a learner has one daily a date, so the last date shown is enough."""

from base64 import b64decode, urlsafe_b64encode
from datetime import date

from jupyter_tutor.errors import LearnerError


def write_cursor(last: date) -> str:
    """The page after the daily of this date."""
    return urlsafe_b64encode(last.isoformat().encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> date:
    """Raises LearnerError for what `write_cursor` did not write."""
    try:
        last = date.fromisoformat(b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode())
        if write_cursor(last) == cursor:
            return last
    except ValueError:
        pass
    raise LearnerError("this page link is not valid: start from the first page")
