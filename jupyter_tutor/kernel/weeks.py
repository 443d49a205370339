"""Exercises per week as an SVG of bars, in line with the calendar's columns."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from jupyter_tutor.kernel.replies import Day
from jupyter_tutor.kernel.streak_calendar import LEFT, PITCH, WEEKS, drawing, month_labels

HEIGHT = 84
BASE = 66
_BAR = 14
_FULL = 50
"""Height of the tallest bar."""
_GREY = "var(--jp-border-color1, #bdbdbd)"
_GREEN = "var(--jp-success-color1, #388e3c)"


def weeks_svg(days: Sequence[Day], today: date) -> str:
    """A bar per week: passed exercises filled, those completed without passing as a frame on top."""
    last = _monday(today)
    mondays = [last - timedelta(weeks=WEEKS - 1 - week) for week in range(WEEKS)]
    passed = Counter(_monday(day.date) for day in days if day.passed)
    other = Counter(_monday(day.date) for day in days if day.status == "completed" and not day.passed)
    most = max([7, *(passed[monday] + other[monday] for monday in mondays)])
    bars = "".join(
        _bar(week, monday, passed[monday], other[monday], _FULL / most) for week, monday in enumerate(mondays)
    )
    ground = f'<line x1="{LEFT}" x2="{LEFT + WEEKS * PITCH}" y1="{BASE}" y2="{BASE}" stroke="{_GREY}"/>'
    body = f"{ground}{month_labels(mondays[0], HEIGHT - 4)}{bars}"
    return drawing(f"Exercises per week, the last {WEEKS} weeks", HEIGHT, body)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _bar(week: int, monday: date, passed: int, other: int, unit: float) -> str:
    """One week. `unit` is the height of one exercise."""
    label = f"Week of {monday}: {passed} passed, {other} completed without passing"
    x, solid, frame = LEFT + week * PITCH, passed * unit, other * unit
    top = BASE - solid - frame
    parts = [_rect(x, 10, _BAR, BASE - 10, 'fill="transparent"')]
    if passed:
        parts.append(_rect(x, BASE - solid, _BAR, solid, f'fill="{_GREEN}"'))
    if other:
        parts.append(_rect(x + 0.75, top + 0.75, _BAR - 1.5, frame - 1.5, f'fill="none" stroke="{_GREEN}"'))
    if passed + other:
        place = f'x="{x + _BAR / 2:.1f}" y="{top - 3:.1f}" text-anchor="middle"'
        parts.append(f'<text {place} aria-hidden="true">{passed + other}</text>')
    return f'<g role="img" aria-label="{label}"><title>{label}</title>{"".join(parts)}</g>'


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {look}/>'
