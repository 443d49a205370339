"""The dashboard as plain text, for terminals and for frontends without widgets."""

from datetime import timedelta
from textwrap import wrap

from jupyter_tutor.kernel.badges import badge_lines
from jupyter_tutor.kernel.learner_replies import Progress, Skill
from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.replies import Daily
from jupyter_tutor.kernel.skills import chance, percent, returns, topic_word
from jupyter_tutor.kernel.words import (
    DAY_SIGNS,
    counted,
    day_word,
    duration,
    kind_word,
    number,
    sign,
    status_word,
)

_WEEKS = 4
_EXERCISES = 10
_CHANGES = 5
_WIDTH = 100
_CELLS = 20
"""Characters of a bar from 0 to 100 percent."""


def report(progress: Progress) -> str:
    """Figures, the last four weeks as signs, skills, badges, levels, and the last ten exercises."""
    parts = (_figures(progress), _calendar(progress), _skills(progress), _badges(progress), _levels(progress))
    return "\n".join([*(row for part in parts if part for row in [*part, ""]), *_history(progress)])


def _figures(progress: Progress) -> list[str]:
    return [
        "Your progress",
        f"  Streak       {counted(progress.current_streak, 'day')} (longest {counted(progress.longest_streak, 'day')})",
        f"  Exercises    {progress.passed} passed, {progress.completed} completed",
        f"  Active time  {duration(progress.active_seconds)}",
        f"  Level        {line(progress.level)}",
    ]


def _calendar(progress: Progress) -> list[str]:
    signs = {day.date: sign(day_word(day)) for day in progress.calendar}
    monday = progress.today - timedelta(days=progress.today.weekday() + 7 * (_WEEKS - 1))
    rows = ["Last 4 weeks    Mo Tu We Th Fr Sa Su"]
    for week in range(_WEEKS):
        days = [monday + timedelta(days=7 * week + day) for day in range(7)]
        rows.append(f"  {days[0]}    {'  '.join(signs.get(day, ' ') for day in days)}".rstrip())
    legend = "  " + "   ".join(f"{mark} {word}" for word, mark in DAY_SIGNS.items())
    rule = wrap(line(progress.streak_rule), _WIDTH, initial_indent="  ", subsequent_indent="  ")
    return [*rows, legend, *rule]


def _skills(progress: Progress) -> list[str]:
    if not progress.skills:
        return []
    width = max(len(topic_word(skill.topic)) for skill in progress.skills)
    head = "Skills: the chance to solve an exercise at once (●), which lies within ═ with a probability of 80 %"
    return [head, *(_skill(skill, width, progress) for skill in progress.skills)]


def _skill(skill: Skill, width: int, progress: Progress) -> str:
    low, mean, high = (round(percent(value) / 100 * (_CELLS - 1)) for value in (skill.low, skill.mean, skill.high))
    bar = "".join("●" if at == mean else "═" if low <= at <= high else "·" for at in range(_CELLS))
    mastered = ", mastered" if skill.mastered else ""
    back = f", comes back: {returns(skill, progress.today)}" if skill.due else ""
    facts = f"{chance(skill)}, {counted(skill.evidence, 'exercise')}{mastered}{back}"
    return f"  {topic_word(skill.topic):<{width}}  {bar}  {facts}"


def _badges(progress: Progress) -> list[str]:
    rows = badge_lines(progress.badges)
    return ["Badges", *rows] if rows else []


def _levels(progress: Progress) -> list[str]:
    changes = progress.level_history[::-1][:_CHANGES]
    return ["Levels", *(f"  {one.date}  {line(one.level)}: {line(one.reason)}" for one in changes)] if changes else []


def _history(progress: Progress) -> list[str]:
    if not progress.history:
        return ["There is no exercise yet: `%tutor today`."]
    return ["Last exercises", *(_row(daily) for daily in progress.history[:_EXERCISES])]


def _row(daily: Daily) -> str:
    status = status_word(daily)
    score = "" if daily.best_score is None else f", score {number(daily.best_score)}"
    what = f"{line(daily.title)} ({kind_word(daily.kind)}, {line(daily.difficulty)})"
    return f"  {daily.date}  {sign(status)} {what}: {status}{score}"
