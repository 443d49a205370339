"""How hard exercises are, from who solved them at once: the Rasch model, `P(at once) = sigmoid(ability - difficulty)`.

Difficulties and abilities are estimated together (Wright and Panchapakesan 1969), by Newton steps in turn, so that an
exercise that strong learners get does not look easy. Normal priors keep what little is known finite: a wide one for
abilities, and one around the stated level for difficulties.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log, pi, sqrt
from statistics import fmean, median

ABILITY_VARIANCE, DIFFICULTY_VARIANCE = 2.0, 1.0
"""Of the priors. The one of abilities is wide: it must not pull those who get hard exercises towards all others."""
_ROUNDS, _SETTLED = 40, 0.01
_STEP, _MOST = 1.0, 8.0
"""A Newton step, and a logit, go no further than this."""


@dataclass
class Answers:
    """Who solved which exercise at once, one learner after the other; exercises are numbers from 0. Five bytes each."""

    exercises: "array[int]" = field(default_factory=lambda: array("i"))
    right: bytearray = field(default_factory=bytearray)
    ends: list[int] = field(default_factory=list)

    def add(self, answers: Sequence[tuple[int, bool]]) -> None:
        """All answers of one more learner."""
        self.exercises.extend([exercise for exercise, _ in answers])
        self.right.extend([right for _, right in answers])
        self.ends.append(len(self.right))

    def learners(self) -> Iterator[tuple["array[int]", bytearray]]:
        """The exercises of each learner, and which of them were solved at once."""
        begin = 0
        for end in self.ends:
            yield self.exercises[begin:end], self.right[begin:end]
            begin = end


@dataclass(frozen=True)
class Place:
    """Where an exercise stands, in logits, with its standard error."""

    logit: float
    error: float


@dataclass(frozen=True)
class Scale:
    """All exercises in their order, and what a typical learner can do."""

    places: tuple[Place, ...]
    ability: float


def fit(answers: Answers, stated: Sequence[float], least: int = 1) -> Scale:
    """Places the exercises whose authors stated these logits. Of those with at least so many answers, the middle one
    stands where its author put it.
    """
    numbers, rights = [0] * len(stated), [0] * len(stated)
    for exercise, right in zip(answers.exercises, answers.right, strict=True):
        numbers[exercise] += 1
        rights[exercise] += right
    centre = [n for n, number in enumerate(numbers) if number >= least]
    difficulties, known = list(stated), [0.0] * len(stated)
    usual = fmean(stated) if stated else 0.0
    abilities = [_begin(right, usual) for _, right in answers.learners()]
    for _ in range(_ROUNDS if centre else 0):
        before = difficulties
        expected, known = _turn(answers, abilities, [exp(logit) for logit in before])
        difficulties = [_moved(*values) for values in zip(before, stated, expected, rights, known, strict=True)]
        shift = median(difficulties[n] - stated[n] for n in centre)
        difficulties = [logit - shift for logit in difficulties]
        abilities = [ability - shift for ability in abilities]
        if max(abs(a - b) for a, b in zip(before, difficulties, strict=True)) < _SETTLED:
            break
    doubts = [1 / (information + 1 / DIFFICULTY_VARIANCE) for information in known]
    common = pi / 2 * fmean([doubts[n] for n in centre]) / len(centre) if centre else 0.0  # of the median
    places = [Place(logit, sqrt(doubt + common)) for logit, doubt in zip(difficulties, doubts, strict=True)]
    return Scale(tuple(places), fmean(abilities) if abilities else 0.0)


def _begin(right: bytearray, logit: float) -> float:
    """A first guess at an ability, from the share of right answers."""
    return logit + log((sum(right) + 0.5) / (len(right) - sum(right) + 0.5))


def _turn(answers: Answers, abilities: list[float], odds: Sequence[float]) -> tuple[list[float], list[float]]:
    """Moves each ability. By exercise: how many are expected to solve it at once, and what is known of its difficulty
    after what went into the abilities.
    """
    expected, known = [0.0] * len(odds), [0.0] * len(odds)
    mean = fmean(abilities)
    for n, (exercises, right) in enumerate(answers.learners()):
        against, own, ability = [odds[exercise] for exercise in exercises], exp(abilities[n]), abilities[n]
        chances = [own / (own + other) for other in against]
        total = sum(chances)
        spread = total - sum([chance * chance for chance in chances]) + 1 / ABILITY_VARIANCE
        pull = sum(right) - total - (ability - mean) / ABILITY_VARIANCE
        abilities[n] = _bounded(ability + _bounded(pull / spread, _STEP), _MOST)
        own = exp(abilities[n])
        for exercise, other in zip(exercises, against, strict=True):
            chance = own / (own + other)
            weight = chance - chance * chance
            expected[exercise] += chance
            known[exercise] += weight - weight * weight / spread
    return expected, known


def _moved(logit: float, stated: float, expected: float, right: float, known: float) -> float:
    """A difficulty after its step."""
    pull = expected - right - (logit - stated) / DIFFICULTY_VARIANCE
    return _bounded(logit + _bounded(pull / (known + 1 / DIFFICULTY_VARIANCE), _STEP), _MOST)


def _bounded(value: float, most: float) -> float:
    return max(-most, min(most, value))
