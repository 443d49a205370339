"""Figures of an exercise for its author. All intervals hold 95 %."""

from dataclasses import dataclass
from math import sqrt

from jupyter_tutor.learning.evidence import LOGITS
from jupyter_tutor.learning.model import LEVELS, Level
from jupyter_tutor.learning.rasch import Place

LEAST = 8
"""Learners who have to have tried an exercise before anything is said of it."""
Z = 1.96
_EASY, _HARD = (LOGITS["easy"] + LOGITS["medium"]) / 2, (LOGITS["medium"] + LOGITS["hard"]) / 2
BANDS: dict[Level, tuple[float, float]] = {
    "easy": (-float("inf"), _EASY),
    "medium": (_EASY, _HARD),
    "hard": (_HARD, float("inf")),
}
"""Where each level lies, in logits."""


@dataclass(frozen=True)
class Stated:
    """What the author says of an exercise."""

    difficulty: Level
    minutes: int


@dataclass(frozen=True)
class Share:
    """`count` of `number` learners; `low` and `high` bound the share (Wilson 1927)."""

    count: int
    number: int

    @property
    def value(self) -> float:
        return self.count / self.number

    @property
    def low(self) -> float:
        return max(0.0, self._middle() - self._half())

    @property
    def high(self) -> float:
        return min(1.0, self._middle() + self._half())

    def _middle(self) -> float:
        return (self.count + Z * Z / 2) / (self.number + Z * Z)

    def _half(self) -> float:
        rest = self.value * (1 - self.value) / self.number + (Z / self.number / 2) ** 2
        return Z * sqrt(rest) / (1 + Z * Z / self.number)


@dataclass(frozen=True)
class Observed:
    """How hard an exercise is found. `drift` is how far all exercises of its stated level are off together: that says
    more of who gets them than of one of them.
    """

    place: Place
    drift: float = 0.0

    @property
    def level(self) -> Level:
        return next(level for level in LEVELS if self.place.logit < BANDS[level][1])

    def contradicts(self, stated: Level) -> bool:
        """Whether the interval lies wholly outside the stated level."""
        half = Z * self.place.error + self.drift
        low, high = BANDS[stated]
        return self.place.logit - half > high or self.place.logit + half < low


@dataclass(frozen=True)
class Figures:
    """One exercise. `learners` began or skipped it; `tried` of them submitted or took a hint, and the figures that
    follow are theirs: None when there is nobody, or too little to tell. `tries` and `hints` are means, `minutes` the
    median of the active time of those who passed; `slow` of them took more than twice the stated minutes.
    """

    slug: str
    stated: Stated
    learners: int = 0
    tried: int = 0
    skipped: Share | None = None
    passed: Share | None = None
    at_once: Share | None = None
    tries: float | None = None
    hints: float | None = None
    minutes: float | None = None
    slow: Share | None = None
    discrimination: float | None = None
    compared: int = 0
    observed: Observed | None = None

    @property
    def enough(self) -> bool:
        """Whether there are enough learners to say something."""
        return self.tried >= LEAST
