"""Difficulties are found again where the truth is known."""

import random
from itertools import pairwise
from math import exp

import pytest

from jupyter_tutor.learning.rasch import Answers, Place, fit


def answered(truth: list[float], abilities: list[float], lot: random.Random, each: int) -> Answers:
    """What learners solve at once, each of some exercises."""
    answers = Answers()
    for ability in abilities:
        given = lot.sample(range(len(truth)), each)
        answers.add([(n, lot.random() < 1 / (1 + exp(truth[n] - ability))) for n in given])
    return answers


@pytest.mark.parametrize("seed", range(4))
def test_the_order_and_the_distances_of_difficulties_are_recovered(seed: int) -> None:
    lot = random.Random(seed)
    truth = [-2.0, -1.2, -0.4, 0.4, 1.2, 2.0]
    answers = answered(truth, [lot.gauss(0.5, 1.0) for _ in range(600)], lot, 5)
    found = [place.logit for place in fit(answers, [0.0] * 6).places]
    assert found == sorted(found)
    assert all(0.4 < after - before < 1.3 for before, after in pairwise(found))


def test_what_strong_learners_get_does_not_look_easy() -> None:
    lot = random.Random(1)
    truth, answers = [-1.0] * 5 + [0.0] * 5 + [1.0] * 5, Answers()
    for n in range(400):
        ability = -1.0 + 2 * (n % 2)
        given = range(10) if n % 2 == 0 else range(5, 15)
        answers.add([(k, lot.random() < 1 / (1 + exp(truth[k] - ability))) for k in given])
    shares = [
        sum(right for exercise, right in zip(answers.exercises, answers.right, strict=True) if exercise == k) / 200
        for k in (0, 14)
    ]
    assert abs(shares[0] - shares[1]) < 0.12
    found = [place.logit for place in fit(answers, [0.0] * 15).places]
    assert max(found[:5]) < min(found[5:10]) + 0.3
    assert sum(found[10:]) / 5 - sum(found[:5]) / 5 > 1.2


def test_the_standard_error_is_as_large_as_the_error() -> None:
    off: list[float] = []
    for seed in range(30):
        lot = random.Random(seed)
        truth = [lot.uniform(-1, 1) for _ in range(15)]
        scale = fit(answered(truth, [lot.gauss(0, 1) for _ in range(150)], lot, 10), [0.0] * 15)
        middle = sorted(truth)[7]
        off += [abs(place.logit + middle - real) / place.error for place, real in zip(scale.places, truth, strict=True)]
    assert 0.85 < sum(far < 1.645 for far in off) / len(off) < 0.97


def test_where_nothing_is_known_the_author_is_believed() -> None:
    assert fit(Answers(), []).places == ()
    assert [place.logit for place in fit(Answers(), [-0.7, 0.7]).places] == [-0.7, 0.7]
    answers = Answers()
    answers.add([(0, True)])
    alone = fit(answers, [-0.7, 0.7], least=2)
    assert alone.places == (Place(-0.7, 1.0), Place(0.7, 1.0))


def test_answers_that_are_all_alike_stay_finite() -> None:
    answers = Answers()
    for _ in range(50):
        answers.add([(0, True), (1, True), (2, False)])
    places = fit(answers, [0.0, 0.0, 0.0]).places
    assert all(abs(place.logit) < 10 for place in places)
    assert places[2].logit > places[0].logit == pytest.approx(places[1].logit)


def test_learners_of_whom_nothing_was_seen_change_nothing() -> None:
    answers, more = Answers(), Answers()
    for kept in (answers, more):
        for n in range(20):
            kept.add([(0, n % 2 == 0), (1, n % 3 == 0)])
    more.add([])
    for one, other in zip(fit(answers, [0.0, 0.0]).places, fit(more, [0.0, 0.0]).places, strict=True):
        assert one.logit == pytest.approx(other.logit, abs=0.02)
