"""What learners did with each exercise, in figures for its author."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt
from operator import attrgetter
from statistics import median, median_high

from jupyter_tutor.learning.ability import sigmoid
from jupyter_tutor.learning.evidence import LOGITS
from jupyter_tutor.learning.figures import LEAST, Figures, Observed, Share, Stated
from jupyter_tutor.learning.model import LEVELS, Attempt
from jupyter_tutor.learning.rasch import Answers, Scale, fit

LEAST_EXERCISES = 4
"""Exercises with enough learners that it takes to compare how hard they are."""
LEAST_TO_DISCRIMINATE, LEAST_OTHERS = 20, 3
"""Learners that it takes to say whether strong ones do better, and other exercises that each of them has tried."""
_SLOW = 2
"""Times the stated minutes."""
_WHOLE_LEVEL = 5
"""Exercises of a level that it takes to say that the whole level is off."""


@dataclass
class _Tally:
    """The sums of one exercise."""

    number: int
    stated: Stated
    learners: int = 0
    skipped: int = 0
    tried: int = 0
    passed: int = 0
    at_once: int = 0
    submitted: int = 0
    submissions: int = 0
    hints: int = 0
    seconds: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, attempt: Attempt) -> None:
        self.learners += 1
        self.skipped += attempt.skipped
        self.tried += _tried(attempt)
        self.passed += attempt.passed
        self.at_once += _at_once(attempt)
        self.submitted += attempt.submissions > 0
        self.submissions += attempt.submissions
        self.hints += attempt.hints
        if attempt.passed and attempt.seconds > 0:  # without the side panel no time is measured
            self.seconds.append(attempt.seconds)


def analyse(attempts: Iterable[Attempt], stated: Mapping[str, Stated] | None = None) -> list[Figures]:
    """The figures of all exercises, by slug. A learner's attempts follow each other, oldest first, and of those at one
    exercise the first counts that shows something. `stated` goes before what the attempts say.
    """
    tallies: dict[str, _Tally] = {}
    answers = Answers()
    for _, of_learner in groupby(attempts, attrgetter("learner")):
        first = _first(of_learner)
        for slug, attempt in first.items():
            tally = tallies.get(slug)
            if tally is None:
                said = Stated(attempt.difficulty, attempt.minutes)
                tally = tallies[slug] = _Tally(len(tallies), (stated or {}).get(slug, said))
            tally.add(attempt)
        answers.add([(tallies[slug].number, _at_once(one)) for slug, one in first.items() if _tried(one)])
    every = list(tallies.values())
    scale = fit(answers, [LOGITS[tally.stated.difficulty] for tally in every], LEAST)
    found = _observed(every, scale)
    told = _discrimination(answers, scale)
    figures = (_figures(slug, tally, found[tally.number], told[tally.number]) for slug, tally in tallies.items())
    return sorted(figures, key=attrgetter("slug"))


def _first(attempts: Iterable[Attempt]) -> dict[str, Attempt]:
    """By exercise, the first attempt that shows something, else the first."""
    first: dict[str, Attempt] = {}
    for attempt in attempts:
        earlier = first.get(attempt.slug)
        if earlier is None or (_tried(attempt) and not _tried(earlier)):
            first[attempt.slug] = attempt
    return first


def _tried(attempt: Attempt) -> bool:
    return attempt.passed or attempt.submissions > 0 or attempt.hints > 0


def _at_once(attempt: Attempt) -> bool:
    return attempt.passed and attempt.submissions == 1 and attempt.hints == 0


def _observed(tallies: Sequence[_Tally], scale: Scale) -> list[Observed | None]:
    """How hard each is found, where enough can be compared."""
    usable = [tally for tally in tallies if tally.tried >= LEAST]
    drifts = dict.fromkeys(LEVELS, 0.0)
    for level in LEVELS:
        logits = [scale.places[tally.number].logit for tally in usable if tally.stated.difficulty == level]
        if len(logits) >= _WHOLE_LEVEL:
            drifts[level] = abs(median(logits) - LOGITS[level])
    found: list[Observed | None] = [None] * len(tallies)
    for tally in usable if len(usable) >= LEAST_EXERCISES else ():
        found[tally.number] = Observed(scale.places[tally.number], drifts[tally.stated.difficulty])
    return found


def _discrimination(answers: Answers, scale: Scale) -> list[tuple[int, float | None]]:
    """By exercise: of how many learners, and the correlation between solving it at once and the share of all other
    exercises that the learner solved at once, less the share that a typical learner would have solved of those.
    """
    typical = [sigmoid(scale.ability - place.logit) for place in scale.places]
    sums = [[0, 0, 0.0, 0.0, 0.0] for _ in typical]
    for exercises, right in answers.learners():
        others = len(exercises) - 1
        if others < LEAST_OTHERS:
            continue
        beyond = [solved - typical[exercise] for exercise, solved in zip(exercises, right, strict=True)]
        total = sum(beyond)
        for exercise, solved, own in zip(exercises, right, beyond, strict=True):
            share = (total - own) / others
            of = sums[exercise]
            of[0] += 1
            of[2] += share
            of[3] += share * share
            if solved:
                of[1] += 1
                of[4] += share
    return [(int(of[0]), _correlation(int(of[0]), *of[1:])) for of in sums]


def _correlation(number: int, right: float, total: float, squares: float, of_right: float) -> float | None:
    """Point-biserial, from sums; None with too few learners, or when all did the same."""
    if number < LEAST_TO_DISCRIMINATE:
        return None
    spread = (number * squares - total * total) * right * (number - right)
    if spread <= 1e-9:
        return None
    return (number * of_right - right * total) / sqrt(spread)


def _figures(slug: str, of: _Tally, observed: Observed | None, told: tuple[int, float | None]) -> Figures:
    tried, submitted = of.tried, of.submitted
    return Figures(
        slug,
        of.stated,
        of.learners,
        tried,
        Share(of.skipped, of.learners),
        Share(of.passed, tried) if tried else None,
        Share(of.at_once, tried) if tried else None,
        of.submissions / submitted if submitted else None,
        of.hints / tried if tried else None,
        median_high(of.seconds) / 60 if of.seconds else None,
        Share(sum(one > _SLOW * 60 * of.stated.minutes for one in of.seconds), len(of.seconds)) if of.seconds else None,
        told[1],
        told[0],
        observed,
    )
