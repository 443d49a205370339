"""The dashboard as plain text, for terminals and for frontends without widgets."""

from datetime import timedelta

from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.replies import Daily, Progress
from jupyter_tutor.kernel.words import DAY_SIGNS, counted, day_sign, duration, kind_word, number, status_word

_WEEKS = 4
_EXERCISES = 10


def report(progress: Progress) -> str:
    """Figures, the last four weeks as signs, and the last ten exercises."""
    return "\n".join([*_figures(progress), "", *_calendar(progress), "", *_history(progress)])


def _figures(progress: Progress) -> list[str]:
    return [
        "Your progress",
        f"  Streak       {counted(progress.current_streak, 'day')} (longest {counted(progress.longest_streak, 'day')})",
        f"  Exercises    {progress.passed} passed, {progress.completed} completed",
        f"  Active time  {duration(progress.active_seconds)}",
        f"  Level        {line(progress.level)}{_latest_change(progress)}",
    ]


def _latest_change(progress: Progress) -> str:
    if not progress.level_history:
        return ""
    change = max(progress.level_history, key=lambda change: change.date)
    return f" since {change.date}: {line(change.reason)}"


def _calendar(progress: Progress) -> list[str]:
    signs = {day.date: day_sign(day) for day in progress.calendar}
    monday = progress.today - timedelta(days=progress.today.weekday() + 7 * (_WEEKS - 1))
    rows = ["Last 4 weeks    Mo Tu We Th Fr Sa Su"]
    for week in range(_WEEKS):
        days = [monday + timedelta(days=7 * week + day) for day in range(7)]
        rows.append(f"  {days[0]}    {'  '.join(signs.get(day, ' ') for day in days)}".rstrip())
    return [*rows, "  " + "   ".join(f"{sign} {word}" for word, sign in DAY_SIGNS.items())]


def _history(progress: Progress) -> list[str]:
    if not progress.history:
        return ["There is no exercise yet: `%tutor today`."]
    return ["Last exercises", *(_row(daily) for daily in progress.history[:_EXERCISES])]


def _row(daily: Daily) -> str:
    score = "" if daily.best_score is None else f", score {number(daily.best_score)}"
    what = f"{line(daily.title)} ({kind_word(daily.kind)}, {line(daily.difficulty)})"
    return f"  {daily.date}  {day_sign(daily)} {what}: {status_word(daily)}{score}"
