"""Days in a row, the calendar they are shown on, and the skips of a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jupyter_tutor.learning.model import Past, Rules

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Streaks:
    """Days in a row with a passed daily."""

    current: int
    longest: int


def streaks(history: Sequence[Past], today: date) -> Streaks:
    """A daily that was passed on its date counts.

    Today breaks nothing as long as it is not skipped: it can still be passed.
    """
    run = longest = 0
    last: date | None = None
    for day in sorted({past.date for past in history if past.passed and not past.late}):
        run = run + 1 if last == day - DAY else 1
        longest = max(longest, run)
        last = day
    gave_up = any(past.date == today and past.status == "skipped" for past in history)
    alive = last == today or (last == today - DAY and not gave_up)
    return Streaks(run if alive else 0, longest)


def skips_left(history: Sequence[Past], today: date, rules: Rules) -> int:
    """How many dailies of today's week, Monday to Sunday, may still be skipped."""
    week = today.isocalendar()[:2]
    used = sum(past.status == "skipped" and past.date.isocalendar()[:2] == week for past in history)
    return max(0, rules.skips_a_week - used)


def calendar(history: Sequence[Past], today: date, weeks: int = 26) -> list[tuple[date, Past | None]]:
    """Each day from the Monday of the first of so many weeks up to today, with its daily."""
    given = {past.date: past for past in history}
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    return [(day, given.get(day)) for day in (first + n * DAY for n in range((today - first).days + 1))]
