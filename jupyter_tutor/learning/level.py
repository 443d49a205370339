"""The level of difficulty, folded from what the learner did and chose."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from jupyter_tutor.learning.model import LEVELS, Level, LevelChange, Past, Rules
from jupyter_tutor.learning.profile import BOUNDS, Choice

Outcome = Literal["pass", "struggle", "neutral"]
PLACED = 3
"""How many exercises find the level of a learner who wants that."""


def level_history(
    history: Sequence[Past], today: date, rules: Rules, choices: Sequence[Choice] = ()
) -> tuple[Level, list[LevelChange]]:
    """The level of the next exercise and the changes that led there, from a history that is oldest first.

    Neutral days leave both counts as they are; a change and a pause start them again, and a long pause lowers the level
    by one. A threshold of 0 switches its direction off.
    """
    fold = _Fold(rules)
    for event in _in_order(history, choices):
        if isinstance(event, Choice):
            fold.choose(event)
        else:
            fold.pause(event.date)
            fold.count(event, today)
    fold.pause(today)
    return fold.level, fold.changes


class _Fold:
    """The level after each event."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.adapt = rules, True
        self.level = _within(rules.first_level, rules.bounds)
        self.changes: list[LevelChange] = []
        self.passes = self.struggles = 0
        self.placing = 0
        self.last: date | None = None

    def choose(self, choice: Choice) -> None:
        """What the learner chose about the level."""
        self.pause(choice.day)
        match choice.name:
            case "skill":
                self.rules = replace(self.rules, bounds=BOUNDS[choice.value])  # type: ignore[index]  # it was checked
                self._move(choice.day, self.level, f"You chose the skill {choice.value}, which bounds the level.")
            case "level" if choice.value is not None:
                self._move(choice.day, choice.value, "You set it by hand.")  # type: ignore[arg-type]  # it was checked
            case "adapt":
                self.adapt, self.passes, self.struggles = bool(choice.value), 0, 0
            case "placement":
                self.placing = PLACED if choice.value else 0

    def pause(self, day: date) -> None:
        """The time since the last exercise, up to a day."""
        away = (day - self.last).days if self.last else 0
        if away > self.rules.pause_days:
            self.passes = self.struggles = 0
        if self.last and self.adapt and 0 < self.rules.long_pause_days < away:
            back = self.last + timedelta(days=self.rules.long_pause_days)
            self.last = None  # one step for one pause
            reason = f"You were away for more than {self.rules.long_pause_days} days, so it begins one level lower."
            self._move(back, _neighbour(self.level, -1), reason)

    def count(self, past: Past, today: date) -> None:
        """What one daily says."""
        self.last = past.date
        if not self.adapt:
            return
        what = outcome(past, today, self.rules)
        if what != "neutral":
            passed = what == "pass"
            self.passes = self.passes + 1 if passed else 0
            self.struggles = 0 if passed else self.struggles + 1
        step = self._step(what)
        if step:
            level = _neighbour(self.level, step)
            self._move(_known_on(past, self.rules), level, _reason(step, level, self.rules, self.placing > 0))
            self.passes = self.struggles = 0
        self.placing = max(0, self.placing - (what != "neutral" or past.passed))

    def _step(self, what: Outcome) -> Literal[-1, 0, 1]:
        if self.placing and what != "neutral":
            return 1 if what == "pass" else -1
        if 0 < self.rules.passes_up <= self.passes:
            return 1
        return -1 if 0 < self.rules.struggles_down <= self.struggles else 0

    def _move(self, day: date, level: Level, reason: str) -> None:
        moved = _within(level, self.rules.bounds)
        if moved != self.level:
            self.level, self.passes, self.struggles = moved, 0, 0
            self.changes.append(LevelChange(day, moved, reason))


def touched(past: Past) -> bool:
    """Whether the learner did anything with it."""
    return past.status != "pending" or past.submissions > 0 or past.hints > 0


def outcome(past: Past, today: date, rules: Rules) -> Outcome:
    """What one daily says about the level. One that was submitted on its day and not passed is a struggle only after
    local midnight; what is done with it later says nothing.
    """
    if past.status == "skipped" or past.hints >= rules.struggle_hints:
        return "struggle"
    if past.passed and not past.late:
        return "neutral" if past.hints else "pass"
    return "struggle" if past.in_time and past.date < today else "neutral"


def distance(one: Level, other: Level) -> int:
    """How many levels up it is from one to the other; negative when it is down."""
    return LEVELS.index(other) - LEVELS.index(one)


def between(low: Level, high: Level) -> tuple[Level, ...]:
    """The levels from one to the other."""
    return LEVELS[LEVELS.index(low) : LEVELS.index(high) + 1]


def _in_order(history: Sequence[Past], choices: Sequence[Choice]) -> Iterator[Past | Choice]:
    """A choice counts before the exercise of its day that the learner does something with; a level that was set by hand
    after it, for it is an answer to that.
    """
    events: list[Past | Choice] = [*filter(touched, history), *choices]
    return iter(sorted(events, key=_place))


def _place(event: Past | Choice) -> tuple[date, int]:
    if isinstance(event, Choice):
        return event.day, 2 if event.name in ("level", "adapt") else 0
    return event.date, 1


def _neighbour(level: Level, step: int) -> Level:
    return LEVELS[min(max(LEVELS.index(level) + step, 0), len(LEVELS) - 1)]


def _within(level: Level, bounds: tuple[Level, Level]) -> Level:
    low, high = bounds
    return LEVELS[min(max(LEVELS.index(level), LEVELS.index(low)), LEVELS.index(high))]


def _known_on(past: Past, rules: Rules) -> date:
    """The day itself, or the day after when it took midnight to decide."""
    waited = (not past.passed or past.late) and past.status != "skipped" and past.hints < rules.struggle_hints
    return past.date + timedelta(days=1) if waited else past.date


def _reason(step: int, level: Level, rules: Rules, placing: bool) -> str:
    if placing:
        how = "went well" if step > 0 else "was a struggle"
        return f"An exercise that finds your level {how}, so it goes {'up' if step > 0 else 'down'} to {level}."
    if step > 0:
        passes = "an exercise" if rules.passes_up == 1 else f"{rules.passes_up} exercises in a row"
        return f"You passed {passes} without a hint, so the level goes up to {level}. Well done!"
    struggles = "exercise was" if rules.struggles_down == 1 else f"{rules.struggles_down} exercises were"
    return f"The last {struggles} a struggle, so the level goes down to {level}: find firm ground, then up again."
