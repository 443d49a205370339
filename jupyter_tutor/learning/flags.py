"""What the author of an exercise should look at, in sentences that say what to do."""

from collections.abc import Iterator
from math import atanh, sqrt

from jupyter_tutor.learning.evidence import LOGITS
from jupyter_tutor.learning.figures import LEAST, Figures, Z
from jupyter_tutor.learning.model import LEVELS

FEW, HALF, NEARLY_ALL = 0.2, 0.5, 0.98
_SCALE = ", ".join(f"{level} is {logit:g}" for level, logit in LOGITS.items())


def flags(of: Figures) -> tuple[str, ...]:
    """Each is a sentence; none as long as there are too few learners, or when chance may explain what is seen."""
    return tuple(_flags(of)) if of.enough else ()


def _flags(of: Figures) -> Iterator[str]:
    stated = of.stated.difficulty
    if of.observed and of.observed.contradicts(stated):
        level, place = of.observed.level, of.observed.place
        other = "easier" if LEVELS.index(level) > LEVELS.index(stated) else "harder"
        yield (
            f"Learners find it {level}, not {stated} ({place.logit:+.1f} ± {Z * place.error:.1f}, where {_SCALE}): "
            f"state `{level}` as its difficulty, or make the task {other}."
        )
    if of.discrimination is not None and _surely_negative(of.discrimination, of.compared):
        yield (
            f"Learners who do well elsewhere solve it less often than others (discrimination {of.discrimination:.2f}): "
            "look for a text that can be read in two ways, or a check that refuses right answers."
        )
    if of.passed and of.passed.high < FEW:
        yield (
            f"Only {of.passed.count} of {of.passed.number} pass it: say in the text what the failing checks need, add "
            "hints, or make two exercises of it."
        )
    if of.passed and of.passed.low > NEARLY_ALL:
        yield (
            f"{of.passed.count} of {of.passed.number} pass it, so it hardly tells learners apart: add checks for cases "
            "that are easy to forget, or keep it as a first step."
        )
    if of.minutes is not None and of.slow and of.slow.number >= LEAST and of.slow.low > HALF:
        yield (
            f"Half of those who pass it take {of.minutes:.0f} minutes or more, {of.stated.minutes} are stated: state "
            f"{of.minutes:.0f}, or shorten the task."
        )


def _surely_negative(correlation: float, number: int) -> bool:
    """Whether the upper bound lies below zero (Fisher 1921)."""
    return atanh(min(max(correlation, -0.999999), 0.999999)) + Z / sqrt(number - 3) < 0
