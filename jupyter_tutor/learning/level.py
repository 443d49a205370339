"""The level of difficulty, folded from what the learner did."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from jupyter_tutor.learning.model import LEVELS, Level, LevelChange, Past, Rules

Outcome = Literal["pass", "struggle", "neutral"]


def level_history(history: Sequence[Past], today: date, rules: Rules) -> tuple[Level, list[LevelChange]]:
    """The level of the next exercise and the changes that led there, from a history that is oldest first.

    Neutral days leave both counts as they are; a change and a long pause start them again. A threshold of 0 switches
    its direction off.
    """
    level = _within(rules.first_level, rules.bounds)
    changes: list[LevelChange] = []
    passes = struggles = 0
    last: date | None = None
    for past in filter(touched, history):
        if last is not None and (past.date - last).days > rules.pause_days:
            passes = struggles = 0
        last = past.date
        match outcome(past, today, rules):
            case "pass":
                passes, struggles = passes + 1, 0
            case "struggle":
                passes, struggles = 0, struggles + 1
        step = _step(passes, struggles, rules)
        if step:
            passes = struggles = 0
            moved = _within(_neighbour(level, step), rules.bounds)
            if moved != level:
                level = moved
                changes.append(LevelChange(_known_on(past, rules), level, _reason(step, level, rules)))
    return level, changes


def touched(past: Past) -> bool:
    """Whether the learner did anything with it."""
    return past.status != "pending" or past.submissions > 0 or past.hints > 0


def outcome(past: Past, today: date, rules: Rules) -> Outcome:
    """What one daily says about the level. An unpassed submission is a struggle only after local midnight."""
    if past.status == "skipped" or past.hints >= rules.struggle_hints:
        return "struggle"
    if past.late:
        return "struggle" if past.submissions > 1 else "neutral"
    if past.passed:
        return "neutral" if past.hints else "pass"
    return "struggle" if past.submissions and past.date < today else "neutral"


def distance(one: Level, other: Level) -> int:
    """How many levels up it is from one to the other; negative when it is down."""
    return LEVELS.index(other) - LEVELS.index(one)


def _step(passes: int, struggles: int, rules: Rules) -> Literal[-1, 0, 1]:
    if 0 < rules.passes_up <= passes:
        return 1
    return -1 if 0 < rules.struggles_down <= struggles else 0


def _neighbour(level: Level, step: int) -> Level:
    return LEVELS[min(max(LEVELS.index(level) + step, 0), len(LEVELS) - 1)]


def _within(level: Level, bounds: tuple[Level, Level]) -> Level:
    low, high = bounds
    return LEVELS[min(max(LEVELS.index(level), LEVELS.index(low)), LEVELS.index(high))]


def _known_on(past: Past, rules: Rules) -> date:
    """The day itself, or the day after when it took midnight to decide."""
    waited = (not past.passed or past.late) and past.status != "skipped" and past.hints < rules.struggle_hints
    return past.date + timedelta(days=1) if waited else past.date


def _reason(step: int, level: Level, rules: Rules) -> str:
    if step > 0:
        passes = "an exercise" if rules.passes_up == 1 else f"{rules.passes_up} exercises in a row"
        return f"You passed {passes} without a hint, so the level goes up to {level}. Well done!"
    struggles = "exercise was" if rules.struggles_down == 1 else f"{rules.struggles_down} exercises were"
    return f"The last {struggles} a struggle, so the level goes down to {level}: find firm ground, then up again."
