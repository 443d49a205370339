"""How the weights of the learner model are found: the likeliest ones, by Fisher scoring (Newton's steps on average)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jupyter_tutor.learning import repeats
from jupyter_tutor.learning.mastery import Evidence, Knowledge
from jupyter_tutor.learning.weights import Parameters

Array = NDArray[np.float64]
PENALTY = 3.0
"""On the squares of the weights, as a little doubt about each; signs are scaled first."""


@dataclass(frozen=True)
class Rows:
    """Of every answer: its signs, its signs of a repeat (zeros when it cannot be one), the last result, its result."""

    signs: Array
    repeats: Array
    can_repeat: Array
    last: Array
    right: Array


def gather(students: Sequence[Sequence[Evidence]], parameters: Parameters) -> Rows:
    """What the model sees before each answer."""
    found = [row for student in students for row in _rows(student, parameters)]
    signs, repeated, can, last, right = zip(*found, strict=True)
    return Rows(*(np.asarray(column, dtype=np.float64) for column in (signs, repeated, can, last, right)))


def _rows(
    student: Sequence[Evidence], parameters: Parameters
) -> Iterator[tuple[list[float], list[float], int, float, float]]:
    known, last = Knowledge(parameters), 0.0
    nothing = [0.0] * len(repeats.SIGNS)
    for one in student:
        repeated = known.repeat_signs(one.topics, one.day)
        yield known.signs(one.topics, one.day), repeated or nothing, int(repeated is not None), last, one.right
        known.learn(one)
        last = one.right


def fit(rows: Rows, start: Parameters, offset: Array | float = 0.0) -> Parameters:
    """The likeliest weights of chance = repeat * last + (1 - repeat) * sigmoid(signs)."""
    scale = np.maximum(rows.signs.std(0), 1e-9)
    scale[0] = 1.0
    x, h = rows.signs / scale, rows.repeats
    found = np.zeros(x.shape[1] + h.shape[1])
    found[x.shape[1]] = -1.0
    penalty = np.full(len(found), PENALTY)
    penalty[0] = 0.0
    loss = np.inf
    for _ in range(30):
        strength = _sigmoid(x @ found[: x.shape[1]])
        repeat = rows.can_repeat * _sigmoid(h @ found[x.shape[1] :] + offset)
        chance = np.clip(repeat * rows.last + (1 - repeat) * strength, 1e-5, 1 - 1e-5)
        before, loss = loss, -np.log(np.where(rows.right > 0, chance, 1 - chance)).sum() + penalty @ found**2 / 2
        if before - loss < 1e-5 * loss:
            break
        by_strength = (1 - repeat) * strength * (1 - strength)
        by_repeat = (rows.last - strength) * repeat * (1 - repeat)
        slope = np.hstack([x * by_strength[:, None], h * by_repeat[:, None]])
        spread = chance * (1 - chance)
        step = slope.T @ ((rows.right - chance) / spread) - penalty * found
        found = found + np.linalg.solve((slope / spread[:, None]).T @ slope + np.diag(penalty + 1e-6), step)
    signs, repeated = found[: x.shape[1]] / scale, found[x.shape[1] :]
    return Parameters(tuple(map(float, signs)), tuple(map(float, repeated)), start.skills, start.pairs)


def _sigmoid(logit: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
