"""Statuses, numbers and dates in words and signs. No sign stands without its word."""

from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.replies import Daily, Day

CHECK_SIGNS = {"passed": "✓", "failed": "✗", "errored": "!", "timed_out": "◷", "not_reached": "-"}
_CHECKS = {"errored": "error", "timed_out": "timed out", "not_reached": "not reached"}
DAY_SIGNS = {
    "passed": "✓",
    "completed without passing": "●",
    "in progress": "◐",
    "not started": "○",
    "skipped": "»",
    "no exercise": "·",
}
STATUSES = tuple(DAY_SIGNS)[:-1]
"""What an exercise can be, in words; a day can also be without one."""
_STATUSES = {
    "completed": "completed without passing",
    "in_progress": "in progress",
    "pending": "not started",
    None: "no exercise",
}


def check_word(status: str) -> str:
    """A check's status."""
    return _CHECKS.get(status, line(status))


def check_sign(status: str) -> str:
    """The sign before a check's status."""
    return CHECK_SIGNS.get(status, "?")


def status_word(what: Day | Daily) -> str:
    """How a day or its exercise ended, or stands."""
    return "passed" if what.passed else _STATUSES.get(what.status, line(what.status or ""))


def day_sign(day: Day | Daily) -> str:
    """One character for a day."""
    return DAY_SIGNS.get(status_word(day), "?")


def kind_word(kind: str) -> str:
    """The kind of an exercise."""
    return line(kind.replace("-", " ").replace("_", " "))


def counted(count: int, noun: str) -> str:
    """`1 day`, `2 days`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def number(value: float) -> str:
    """With one decimal at most, and none when it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def duration(seconds: int) -> str:
    """Hours and minutes; the smallest is one minute."""
    hours, minutes = divmod(max(seconds, 0) // 60, 60)
    if not hours:
        return f"{minutes} min" if minutes or seconds <= 0 else "under 1 min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
