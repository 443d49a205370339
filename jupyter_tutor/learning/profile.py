"""What a learner chooses, and how each choice is checked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal
from zoneinfo import available_timezones

from jupyter_tutor.errors import LearnerError
from jupyter_tutor.learning.clock import is_zone
from jupyter_tutor.learning.model import LEVELS, Level

Skill = Literal["beginner", "intermediate", "advanced"]
Frequency = Literal["daily", "weekdays", "three-a-week"]
Style = Literal["questions", "explanations", "examples"]
Interview = Literal["open", "done", "skipped"]
Value = str | int | bool | tuple[str, ...] | None

SKILLS: tuple[Skill, ...] = ("beginner", "intermediate", "advanced")
FREQUENCIES: tuple[Frequency, ...] = ("daily", "weekdays", "three-a-week")
STYLES: tuple[Style, ...] = ("questions", "explanations", "examples")
BOUNDS: dict[Skill, tuple[Level, Level]] = {
    "beginner": ("easy", "medium"),
    "intermediate": ("easy", "hard"),
    "advanced": ("medium", "hard"),
}
"""Between which levels the rule moves a learner."""
MOST_WORDS, LONGEST_WORD = 20, 60
SHORTEST, LONGEST = 5, 180
"""Minutes a day."""
_UNSEEN = re.compile("[\\u0000-\\u001f\\u007f-\\u009f\\u200b\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ud800-\\udfff]+")


@dataclass(frozen=True)
class Choice:
    """What a learner chose on the local date `day`; it holds until something else is chosen."""

    name: str
    value: Value
    day: date


@dataclass(frozen=True)
class Profile:
    """What a learner chose last, and the operator's settings where nothing was chosen.

    `topics` are those that are preferred, `wish` is one for the next exercise. `level` was set by hand, and with
    `adapt` off it stays. `memory`: the tutor may remember things.
    """

    language: str
    time_zone: str
    skill: Skill = "intermediate"
    goals: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    style: Style = "questions"
    minutes: int = 20
    frequency: Frequency = "daily"
    topics: tuple[str, ...] = ()
    placement: bool = False
    wish: str = ""
    level: Level | None = None
    adapt: bool = True
    memory: bool = True
    interview: Interview = "open"

    @property
    def bounds(self) -> tuple[Level, Level]:
        """Between which levels the rule may move."""
        return BOUNDS[self.skill]


NAMES = tuple(field.name for field in fields(Profile))
_ONE_OF: dict[str, tuple[str, ...]] = {
    "skill": SKILLS,
    "style": STYLES,
    "frequency": FREQUENCIES,
    "level": LEVELS,
    "interview": ("open", "done", "skipped"),
}


def chosen(defaults: Profile, choices: Iterable[Choice]) -> Profile:
    """The profile after choices, oldest first. Names that are not known (of a later version) say nothing."""
    values: dict[str, Any] = {choice.name: choice.value for choice in choices if choice.name in NAMES}
    return replace(defaults, **values)


def last_choice(choices: Sequence[Choice], name: str) -> Choice | None:
    """The latest choice of a name."""
    return next((choice for choice in reversed(choices) if choice.name == name), None)


def checked(name: str, value: Any, profile: Profile, languages: Sequence[str]) -> Value:
    """A value as it is kept. Raises LearnerError for one that cannot be."""
    if name not in NAMES:
        raise LearnerError(f"a profile has no {_short(name)!r}: it has {_listed(NAMES)}")
    match name:
        case "language":
            return _one_of(name, value, languages)
        case "level":
            return None if value is None else _level(value, profile)
        case "skill" | "style" | "frequency" | "interview":
            return _one_of(name, value, _ONE_OF[name])
        case "goals" | "interests" | "topics":
            return _words(name, value)
        case "wish":
            return word(value) if isinstance(value, str) else _refuse(name, "a topic in a few words")
        case "minutes":
            return _minutes(value)
        case "time_zone":
            return _zone(value)
    return value if isinstance(value, bool) else _refuse(name, "true or false")


def word(text: str) -> str:
    """A learner's word or phrase without what cannot be seen, in one line. Raises LearnerError when it is too long."""
    seen = " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())
    if len(seen) > LONGEST_WORD:
        raise LearnerError(f"{_short(seen)!r} is too long: at most {LONGEST_WORD} characters")
    return seen


def _words(name: str, value: Any) -> tuple[str, ...]:
    """Each once, whatever its case."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        _refuse(name, "a list of words")
    if len(value) > 50 * MOST_WORDS:
        raise LearnerError(f"these are too many {name}: name at most {MOST_WORDS}")
    words = {one.casefold(): one for one in map(word, value) if one}
    if len(words) > MOST_WORDS:
        raise LearnerError(f"these are too many {name}: name at most {MOST_WORDS}")
    return tuple(words.values())


def _one_of(name: str, value: Any, options: Sequence[str]) -> str:
    return value if isinstance(value, str) and value in options else _refuse(name, f"one of {_listed(options)}")


def _level(value: Any, profile: Profile) -> str:
    level = _one_of("level", value, LEVELS)
    low, high = (LEVELS.index(bound) for bound in profile.bounds)
    if not low <= LEVELS.index(level) <= high:
        between = f"a {profile.skill} learner's exercises go from {LEVELS[low]} to {LEVELS[high]}"
        raise LearnerError(f"{between}: choose another skill first, then the level {level}")
    return level


def _minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not SHORTEST <= value <= LONGEST:
        _refuse("minutes", f"a whole number from {SHORTEST} to {LONGEST}")
    return int(value)


def _zone(value: Any) -> str:
    name = value.strip() if isinstance(value, str) else ""
    if len(name) <= LONGEST_WORD and is_zone(name):
        return name
    near = get_close_matches(name[:LONGEST_WORD], available_timezones(), n=1)
    meant = f"did you mean {near[0]!r}?" if near else "use a name such as 'Europe/Vienna' or 'Asia/Tokyo'"
    raise LearnerError(f"there is no time zone {_short(name)!r}: {meant}")


def _refuse(name: str, wanted: str) -> Any:
    raise LearnerError(f"{name.replace('_', ' ')} has to be {wanted}")


def _listed(options: Sequence[str]) -> str:
    return ", ".join(options)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."
