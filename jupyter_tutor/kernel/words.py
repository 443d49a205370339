"""Statuses, numbers and dates in words and signs. No sign stands without its word."""

from jupyter_tutor.kernel.learner_replies import Day
from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.replies import Daily

CHECK_SIGNS = {"passed": "✓", "failed": "✗", "errored": "!", "timed_out": "◷", "not_reached": "-"}
_CHECKS = {"errored": "error", "timed_out": "timed out", "not_reached": "not reached"}
_STATUS_SIGNS = {
    "passed": "✓",
    "completed without passing": "●",
    "in progress": "◐",
    "not started": "○",
    "skipped": "»",
}
STATUSES = tuple(_STATUS_SIGNS)
"""What an exercise can be, in words."""
FORGIVEN, FREE, NONE, LATE = "missed and forgiven", "free day", "no exercise", "passed later"
DAY_SIGNS = _STATUS_SIGNS | {LATE: "+", FORGIVEN: "~", FREE: "-", NONE: "·"}
"""What a day can be; a miss that was forgiven counts more than how its exercise stands."""
_STATUSES = {
    "completed": "completed without passing",
    "in_progress": "in progress",
    "pending": "not started",
    None: NONE,
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


def day_word(day: Day) -> str:
    """What a day of the calendar was."""
    if day.forgiven and (not day.passed or day.late):
        return FORGIVEN
    if day.late:
        return LATE
    return FREE if day.free and day.status is None else status_word(day)


def sign(word: str) -> str:
    """One character for what a day or its exercise was."""
    return DAY_SIGNS.get(word, "?")


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
