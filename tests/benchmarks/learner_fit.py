"""How the weights of the learner model are found: the likeliest ones, by Fisher scoring (Newton's steps on average)."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from jupyter_tutor.learning import repeats
from jupyter_tutor.learning.mastery import Evidence, Knowledge
from jupyter_tutor.learning.weights import SHIPPED, Parameters

Array = NDArray[np.float64]
Student = Sequence[Evidence]
Pair = tuple[tuple[str, ...], tuple[str, ...]]
Key = TypeVar("Key", bound=Hashable)
PENALTY = 30.0
"""On the squares of the weights, as a little doubt about each; signs are scaled first."""
FEW = 4.0
"""How much variance of answers it takes until an effect of single topics is half believed."""
FEW_PAIRS, USUAL_REPEAT = 3.0, 0.3
"""The same for pairs of topics, and the share of repeats that is expected of a pair of which nothing is known."""
WATCHING = replace(SHIPPED, skills={None: 0.0})
"""The shipped weights, and contexts are kept."""


@dataclass(frozen=True)
class Rows:
    """Of every answer: its signs, its signs of a repeat (zeros when it cannot be one), whether it can be one, the last
    result, its own; its student, its contexts, and the topics of the last and of this row.
    """

    signs: Array
    repeats: Array
    can_repeat: Array
    last: Array
    right: Array
    student: list[int]
    contexts: list[tuple[Hashable, ...]]
    pair: list[Pair]

    def chance(self, signs: Array, repeat: Array) -> tuple[Array, Array]:
        """The chances of a right answer that is not a repeat, and of a repeat."""
        return _sigmoid(self.signs @ signs), self.can_repeat * _sigmoid(self.repeats @ repeat)


def gather(students: Sequence[Student], parameters: Parameters = WATCHING) -> Rows:
    """What the model sees before each answer."""
    columns = zip(*(row for n, student in enumerate(students) for row in _rows(n, student, parameters)), strict=True)
    *numbers, student, contexts, pair = columns
    signs, repeated, can, last, right = (np.asarray(column, dtype=np.float64) for column in numbers)
    return Rows(signs, repeated, can, last, right, list(student), list(contexts), list(pair))


def _rows(number: int, student: Student, parameters: Parameters) -> Iterator[tuple[object, ...]]:
    known, last = Knowledge(parameters), Evidence((), 0.0)
    nothing = [0.0] * len(repeats.SIGNS)
    for one in student:
        signs, repeated = known.signs(one.topics, one.day), known.repeat_signs(one.topics) if one.may_repeat else None
        pair = (last.topics, one.topics)
        yield (
            signs,
            repeated or nothing,
            repeated is not None,
            last.right,
            one.right,
            number,
            known.contexts(one.topics),
            pair,
        )
        known.learn(one)
        last = one


def fit(rows: Rows) -> tuple[Array, Array]:
    """The likeliest weights of `repeat * last + (1 - repeat) * sigmoid(signs)`: those of the signs, and of repeats."""
    scale = np.maximum(rows.signs.std(0), 1e-9)
    scale[0] = 1.0
    scaled = replace(rows, signs=rows.signs / scale)
    count = len(scale)
    found = np.zeros(count + rows.repeats.shape[1])
    found[count] = -1.0
    penalty = np.full(len(found), PENALTY)
    penalty[0] = 1e-6
    loss = np.inf
    for _ in range(30):
        strength, repeat = scaled.chance(found[:count], found[count:])
        chance = np.clip(repeat * rows.last + (1 - repeat) * strength, 1e-5, 1 - 1e-5)
        before, loss = loss, -np.log(np.where(rows.right > 0, chance, 1 - chance)).sum() + penalty @ found**2 / 2
        if before - loss < 1e-5 * loss:
            break
        by_strength = (1 - repeat) * strength * (1 - strength)
        by_repeat = (rows.last - strength) * repeat * (1 - repeat)
        slope = np.hstack([scaled.signs * by_strength[:, None], rows.repeats * by_repeat[:, None]])
        spread = chance * (1 - chance)
        step = slope.T @ ((rows.right - chance) / spread) - penalty * found
        found = found + np.linalg.solve((slope / spread[:, None]).T @ slope + np.diag(penalty), step)
    return found[:count] / scale, found[count:]


def without_skills(students: Sequence[Student]) -> Parameters:
    """Weights for learners of anything: what the product ships."""
    signs, repeated = fit(gather(students))
    return Parameters(_plain(signs), _plain(repeated))


def with_skills(students: Sequence[Student]) -> Parameters:
    """The same, and effects of single topics and of pairs of them in this file. Each effect explains what those before
    it left; in training, a student's own answers are left out of the effects that foresee them.
    """
    rows = gather(students)
    signs = rows.signs.shape[1]
    pairs, column = _pair_effects(rows, *fit(rows))
    rows = replace(rows, repeats=np.column_stack([rows.repeats, column]))
    effects = []
    for kind in range(len(rows.contexts[0])):
        effect, column = _effects(rows, kind, *fit(rows))
        effects.append(effect)
        rows = replace(rows, signs=np.column_stack([rows.signs, column]))
    weights, repeated = fit(rows)
    skills = {
        key: float(weight * value)
        for weight, effect in zip(weights[signs:], effects, strict=True)
        for key, value in effect.items()
    }
    likelier = {pair: float(repeated[-1] * value) for pair, value in pairs.items()}
    return Parameters(_plain(weights[:signs]), _plain(repeated[:-1]), skills, likelier)


def _pair_effects(rows: Rows, signs: Array, repeated: Array) -> tuple[dict[Pair, float], Array]:
    """How likely one topic repeats another, as a logit beside the usual: unequal results, beside those of chance."""
    strength, _ = rows.chance(signs, repeated)
    unequal = (rows.last != rows.right) * rows.can_repeat
    by_chance = np.where(rows.last > 0.5, 1 - strength, strength) * rows.can_repeat

    def effect(sums: Array) -> float:
        share = 1 - (sums[0] + FEW_PAIRS * (1 - USUAL_REPEAT)) / (sums[1] + FEW_PAIRS)
        return _logit(min(max(share, 0.01), 0.995)) - _logit(USUAL_REPEAT)

    totals, others = _sums(rows.pair, rows.student, np.column_stack([unequal, by_chance]))
    return {key: effect(sums) for key, sums in totals.items()}, np.array([effect(sums) for sums in others])


def _effects(rows: Rows, kind: int, signs: Array, repeated: Array) -> tuple[dict[Hashable, float], Array]:
    """How much likelier a right answer is in contexts of a kind, in logits, where the row is no repeat."""
    strength, repeat = rows.chance(signs, repeated)
    by_chance = np.where(rows.last > 0.5, strength, 1 - strength)
    own = np.where(rows.last == rows.right, 1 - repeat / (repeat + (1 - repeat) * by_chance), 1.0)
    values = np.column_stack([own * (rows.right - strength), own * strength * (1 - strength)])
    totals, others = _sums([contexts[kind] for contexts in rows.contexts], rows.student, values)
    return {key: sums[0] / (sums[1] + FEW) for key, sums in totals.items()}, others[:, 0] / (others[:, 1] + FEW)


def _sums(keys: list[Key], students: list[int], values: Array) -> tuple[dict[Key, Array], Array]:
    """Sums of the values by key; and for each row, the sums of its key without its student."""
    totals: dict[Key, Array] = defaultdict(lambda: np.zeros(values.shape[1]))
    own: dict[tuple[Key, int], Array] = defaultdict(lambda: np.zeros(values.shape[1]))
    for key, student, value in zip(keys, students, values, strict=True):
        totals[key] += value
        own[key, student] += value
    others = [totals[key] - own[key, student] for key, student in zip(keys, students, strict=True)]
    return totals, np.array(others)


def _plain(weights: Array) -> tuple[float, ...]:
    return tuple(round(float(weight), 3) for weight in weights)


def _logit(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def _sigmoid(logit: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
