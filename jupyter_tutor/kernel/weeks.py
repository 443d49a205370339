"""Exercises per week, and the bars of it as an SVG in line with the calendar's columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jupyter_tutor.kernel.learner_replies import Day
from jupyter_tutor.kernel.streak_calendar import LEFT, PITCH, WEEKS, drawing, month_labels

HEIGHT = 84
BASE = 66
FEWEST = 7
"""What the scale reaches at least, so that one exercise is no full bar."""
_BAR = 14
_FULL = 50
"""Height of the tallest bar."""
_GREY = "var(--jp-border-color1, #bdbdbd)"
_GREEN = "var(--jp-success-color1, #388e3c)"


@dataclass(frozen=True)
class Week:
    """Exercises of the week that begins on `monday`: passed, and completed without passing."""

    monday: date
    passed: int
    other: int

    def __str__(self) -> str:
        return f"Week of {self.monday}: {self.passed} passed, {self.other} completed without passing"


def weeks(days: Sequence[Day], today: date) -> list[Week]:
    """The weeks of the calendar, oldest first."""
    first = _monday(today) - timedelta(weeks=WEEKS - 1)
    passed = Counter(_monday(day.date) for day in days if day.passed)
    other = Counter(_monday(day.date) for day in days if day.status == "completed" and not day.passed)
    mondays = (first + timedelta(weeks=week) for week in range(WEEKS))
    return [Week(monday, passed[monday], other[monday]) for monday in mondays]


def weeks_svg(days: Sequence[Day], today: date) -> str:
    """A bar per week: passed exercises filled, those completed without passing as a frame on top."""
    counted = weeks(days, today)
    unit = _FULL / max(FEWEST, *(week.passed + week.other for week in counted))
    bars = "".join(_bar(LEFT + at * PITCH, week, unit) for at, week in enumerate(counted))
    ground = f'<line x1="{LEFT}" x2="{LEFT + WEEKS * PITCH}" y1="{BASE}" y2="{BASE}" stroke="{_GREY}"/>'
    body = f"{ground}{month_labels(counted[0].monday, HEIGHT - 4)}{bars}"
    return drawing(f"Exercises per week, the last {WEEKS} weeks", HEIGHT, body)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _bar(x: float, week: Week, unit: float) -> str:
    """One week. `unit` is the height of one exercise."""
    solid, frame = week.passed * unit, week.other * unit
    top = BASE - solid - frame
    parts = [_rect(x, 10, _BAR, BASE - 10, 'fill="transparent"')]
    if week.passed:
        parts.append(_rect(x, BASE - solid, _BAR, solid, f'fill="{_GREEN}"'))
    if week.other:
        parts.append(_rect(x + 0.75, top + 0.75, _BAR - 1.5, frame - 1.5, f'fill="none" stroke="{_GREEN}"'))
    if week.passed + week.other:
        place = f'x="{x + _BAR / 2:.1f}" y="{top - 3:.1f}" text-anchor="middle"'
        parts.append(f'<text {place} aria-hidden="true">{week.passed + week.other}</text>')
    return f'<g role="img" aria-label="{week}"><title>{week}</title>{"".join(parts)}</g>'


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {look}/>'
