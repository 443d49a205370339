"""Streaks that follow how often a learner wants an exercise, the calendar they are shown on, and skips.

Daily and on weekdays, each such day is due; with three a week, each week (Monday to Sunday) is due with three passed
exercises. A miss ends a streak, unless the time before it was without one (`Rules.grace_days`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jupyter_tutor.learning.model import Past, Rules, Status
from jupyter_tutor.learning.profile import Choice, Frequency

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
_A_WEEK = 3
_GRACE_WEEKS = 4
"""For how many weeks before a missed week none may have been missed."""


@dataclass(frozen=True)
class Streaks:
    """Days with a passed daily since the last miss that was not forgiven."""

    current: int
    longest: int


@dataclass(frozen=True)
class Day:
    """One day of the calendar. `status` is None without a daily; `late`: it was passed, and after its day only; `free`:
    nothing was due, `forgiven`: it was missed, and ended no streak.
    """

    date: date
    status: Status | None = None
    passed: bool = False
    free: bool = False
    forgiven: bool = False
    late: bool = False


class Frequencies:
    """How often a learner wanted an exercise, date by date; daily as long as nothing was chosen."""

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        self.changes = [(c.day, c.value) for c in choices if c.name == "frequency"]

    def on(self, day: date) -> Frequency:
        """A choice holds from the day after it was made, so that it saves no day that was missed."""
        held = [value for at, value in self.changes if at < day]
        return held[-1] if held else "daily"  # type: ignore[return-value]  # checked when it was chosen


class _Run:
    """Follows a streak from day to day."""

    def __init__(self, passed: set[date], frequencies: Frequencies, rules: Rules) -> None:
        self.passed, self.frequencies, self.rules = passed, frequencies, rules
        self.current = self.longest = 0
        self.began: date | None = None
        self.missed: date | None = None
        self.forgiven: set[date] = set()

    def follow(self, day: date, over: bool) -> None:
        """One day more; `over`: nothing can be passed on it any more."""
        if day in self.passed:
            self.began = self.began or day
            self.current += 1
            self.longest = max(self.longest, self.current)
        elif self.began and over and self._due(day):
            self._miss(day, self.rules.grace_days)
        if self.began and over and day.weekday() == 6:
            self._week(day)

    def _due(self, day: date) -> bool:
        frequency = self.frequencies.on(day)
        return frequency == "daily" or (frequency == "weekdays" and day.weekday() < 5)

    def _week(self, sunday: date) -> None:
        """A week that has three a week on some of its days only, or in which the streak began, needs its part."""
        days = [day for n in range(7) if (day := sunday - n * DAY) >= (self.began or sunday)]
        free = [day for day in days if self.frequencies.on(day) == "three-a-week"]
        if sum(day in self.passed for day in days) < _A_WEEK * len(free) // 7:
            missed = max((day for day in free if day not in self.passed), default=sunday)
            self._miss(missed, 7 * _GRACE_WEEKS if self.rules.grace_days else 0)

    def _miss(self, day: date, grace: int) -> None:
        """A streak that is younger than the grace has not earned it, unless it has begun before."""
        since = max(self.missed + DAY if self.missed else date.min, self.began or day)
        if grace and (day - since).days >= grace:
            self.forgiven.add(day)
        else:
            self.current, self.began = 0, None
        self.missed = day


def streaks(
    history: Sequence[Past], today: date, rules: Rules | None = None, frequencies: Frequencies | None = None
) -> Streaks:
    """A daily that was passed on its date counts. Today breaks nothing as long as it is not skipped."""
    run = _followed(history, today, rules or Rules(), frequencies or Frequencies())
    return Streaks(run.current, run.longest)


def streak_rule(frequency: Frequency, rules: Rules) -> str:
    """The rule in sentences, for the learner."""
    counts = "Each exercise that is passed on its day makes your streak one longer"
    ends = {
        "daily": "a day without ends it.",
        "weekdays": "a day without from Monday to Friday ends it. Saturdays and Sundays are free.",
        "three-a-week": "a week from Monday to Sunday with fewer than three ends it.",
    }[frequency]
    due = f"{counts}, and {ends}"
    if not rules.grace_days:
        return due
    what, before = (
        ("week", f"{_GRACE_WEEKS} weeks") if frequency == "three-a-week" else ("day", f"{rules.grace_days} days")
    )
    return f"{due} One missed {what} is forgiven when the streak went on for {before} without a miss before it."


def skips_left(history: Sequence[Past], today: date, rules: Rules) -> int:
    """How many dailies of today's week, Monday to Sunday, may still be skipped."""
    week = today.isocalendar()[:2]
    used = sum(past.status == "skipped" and past.date.isocalendar()[:2] == week for past in history)
    return max(0, rules.skips_a_week - used)


def calendar(
    history: Sequence[Past],
    today: date,
    rules: Rules | None = None,
    frequencies: Frequencies | None = None,
    weeks: int = 26,
) -> list[Day]:
    """Each day from the Monday of the first of so many weeks up to today."""
    often = frequencies or Frequencies()
    forgiven = _followed(history, today, rules or Rules(), often).forgiven
    given: Mapping[date, Past] = {past.date: past for past in history}
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    days = (first + n * DAY for n in range((today - first).days + 1))
    return [_day(day, given.get(day), often.on(day), day in forgiven) for day in days]


def _day(day: date, past: Past | None, frequency: Frequency, forgiven: bool) -> Day:
    free = frequency == "three-a-week" or (frequency == "weekdays" and day.weekday() > 4)
    return Day(day, past.status if past else None, bool(past and past.passed), free, forgiven, bool(past and past.late))


def _followed(history: Sequence[Past], today: date, rules: Rules, frequencies: Frequencies) -> _Run:
    passed = {past.date for past in history if past.passed and not past.late and past.date <= today}
    given_up = {past.date for past in history if past.status == "skipped"}
    run = _Run(passed, frequencies, rules)
    first = min(passed, default=today)
    for day in (first + n * DAY for n in range((today - first).days + 1)):
        run.follow(day, over=day < today or day in given_up)
    return run
