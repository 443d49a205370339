"""The last half year as an SVG: a column per week, a square per day, a mark of its own for each status."""

from collections.abc import Sequence
from datetime import date, timedelta

from jupyter_tutor.kernel.learner_replies import Day
from jupyter_tutor.kernel.plain import escape
from jupyter_tutor.kernel.words import DAY_SIGNS, FORGIVEN, FREE, LATE, NONE, day_word

WEEKS = 26
PITCH = 17
SIZE = 14
LEFT = 34
TOP = 18
_GREEN = "var(--jp-success-color1, #388e3c)"
_ORANGE = "var(--jp-warn-color1, #f57c00)"
_GREY = "var(--jp-ui-font-color2, #757575)"
_PAPER = "var(--jp-layout-color1, #fff)"
_FAINT = "var(--jp-border-color2, #bdbdbd)"


def _frame(color: str) -> str:
    return f'<rect x=".75" y=".75" width="12.5" height="12.5" rx="2" fill="none" stroke="{color}" stroke-width="1.5"/>'


def _line(path: str, color: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}"/>'


# Within a square of 14: how each status looks. Shapes differ, so that color is never needed.
_MARKS = {
    "passed": f'<rect width="14" height="14" rx="2" fill="{_GREEN}"/>{_line("M3 7.2 6 10.2 11 4.4", _PAPER, 2)}',
    LATE: f"{_frame(_GREEN)}{_line('M3 7.2 6 10.2 11 4.4', _GREEN, 2)}",
    "completed without passing": f'{_frame(_GREEN)}<circle cx="7" cy="7" r="3.2" fill="{_GREEN}"/>',
    "in progress": f'{_frame(_ORANGE)}<path d="M.75 13.25 13.25.75V13.25z" fill="{_ORANGE}"/>',
    "not started": f'{_frame(_GREY)}<circle cx="7" cy="7" r="2.6" fill="none" stroke="{_GREY}" stroke-width="1.3"/>',
    "skipped": f"{_frame(_GREY)}{_line('M3.5 4 6.5 7 3.5 10M7.5 4 10.5 7 7.5 10', _GREY, 1.5)}",
    FORGIVEN: f"{_frame(_GREEN)}{_line('M2.8 8.6C4.6 4.4 6.4 5.6 7 7s2.6 2.4 4.2-1.6', _GREEN, 1.6)}",
    FREE: _line("M3.5 7H10.5", _GREY, 1.6),
    NONE: f'<rect x="4.5" y="4.5" width="5" height="5" rx="1" fill="{_FAINT}"/>',
}
_INK = "var(--jp-ui-font-color1, currentColor)"
_TODAY = f'<rect x="-1.5" y="-1.5" width="17" height="17" rx="3" fill="none" stroke="{_INK}"/>'


def calendar_svg(days: Sequence[Day], today: date) -> str:
    """The squares, with a label for each and a frame around today's. Days before the first week are left out."""
    monday = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    shown = [day for day in days if monday <= day.date < monday + timedelta(weeks=WEEKS)]
    squares = "".join(_square(day, monday, today) for day in shown)
    body = f"{_weekdays()}{month_labels(monday, TOP - 6)}{squares}"
    return drawing(f"Streak calendar, the last {WEEKS} weeks", TOP + 7 * PITCH, body)


def drawing(label: str, height: int, body: str) -> str:
    """An SVG as wide as the weeks."""
    width = LEFT + WEEKS * PITCH
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg role="group" aria-label="{label}" {size}>{body}</svg>'


def month_labels(monday: date, y: int) -> str:
    """A month's name over (or under) the first week that begins in it."""
    mondays = [monday + timedelta(weeks=week) for week in range(WEEKS)]
    firsts = [week for week in range(1, WEEKS - 1) if mondays[week].month != mondays[week - 1].month]
    return "".join(
        f'<text x="{LEFT + week * PITCH}" y="{y}" aria-hidden="true">{mondays[week]:%b}</text>' for week in firsts
    )


def legend_html() -> str:
    """Each mark with its word."""
    items = (f'<span class="jp-tutor-key">{_mark_svg(word)} {word}</span>' for word in DAY_SIGNS)
    return f'<p class="jp-tutor-legend">{"".join(items)}</p>'


def mark_html(word: str) -> str:
    """The mark of a status, its word beside it."""
    return f"{_mark_svg(word)} {escape(word)}"


def _mark_svg(word: str) -> str:
    return f'<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{_mark(word)}</svg>'


def _mark(word: str) -> str:
    return _MARKS.get(word, _MARKS[NONE])


def _weekdays() -> str:
    names = ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))
    return "".join(f'<text x="0" y="{TOP + row * PITCH + 11}" aria-hidden="true">{name}</text>' for row, name in names)


def _square(day: Day, monday: date, today: date) -> str:
    week, row = divmod((day.date - monday).days, 7)
    is_today = day.date == today
    label = escape(f"{day.date}: {day_word(day)}" + (" (today)" if is_today else ""))
    place = f"translate({LEFT + week * PITCH} {TOP + row * PITCH})"
    ground = f'<rect width="{SIZE}" height="{SIZE}" fill="transparent"/>'
    body = f"<title>{label}</title>{ground}{_mark(day_word(day))}{_TODAY if is_today else ''}"
    return f'<g role="img" aria-label="{label}" transform="{place}">{body}</g>'
