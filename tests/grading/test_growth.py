"""Efficiency is the class of growth beside the reference's, timed from outside; only clear growth counts."""

import math
import time
from collections.abc import Callable

import pytest

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.exercises.release import release
from jupyter_tutor.grading.grade import grade
from jupyter_tutor.grading.growth import classify
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof, prove
from jupyter_tutor.grading.verdict import Verdict
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell, locked_cell, submission

SIZES = (500, 1000, 2000, 4000)
TESTS = checks_cell("assert pairs([1, 2, 3], 4) == 1\nassert pairs([], 4) == 0\nassert pairs([5], 3) == 0")
REFERENCE = """def pairs(items, total):
    seen, found = set(), 0
    for item in items:
        if total - item in seen:
            found += 1
        seen.add(item)
    return found"""
QUADRATIC = """def pairs(items, total):
    found = 0
    for index, first in enumerate(items):
        for second in items[:index]:
            if first + second == total:
                found += 1
    return found"""
GROWTH = {"call": "pairs", "input": "lambda n: (numbers(n), n)", "sizes": SIZES}
SETUP = locked_cell("def numbers(n): return list(range(n))")


def exercise(reference: str = REFERENCE, **growth: object) -> Exercise:
    return authored(SETUP, answer_cell(reference), TESTS, growth=GROWTH | growth)


async def verdict(grader: WorkerGrader, answer: str, **growth: object) -> Verdict:
    of = exercise(**growth)
    return await graded(grader, of, answer)


async def graded(grader: WorkerGrader, of: Exercise, answer: str) -> Verdict:
    """The verdict, without the rest of a proof."""
    places = (await grader.run(plan(of, with_answers(of, of.reference()), None))).places
    return await grade(of, Proof("", (), places=places), submission(of, answer), grader)


def timed(work: Callable[[int], float], sizes: tuple[int, ...] = SIZES, per: float = 5e-8) -> dict[int, float]:
    """Seconds by size for an amount of work, with the way there and back."""
    return {n: per * work(n) + 0.0005 for n in sizes}


LINEAR, SORTING = timed(lambda n: n), timed(lambda n: n * math.log2(n))
SQUARE, CUBE = timed(lambda n: n**2), timed(lambda n: n**3, (20, 40, 80, 160, 320))


def test_the_same_growth_has_full_score_whatever_the_constant() -> None:
    for slower in (1, 3, 10, 19):
        assert classify({n: slower * s for n, s in LINEAR.items()}, LINEAR) == 100
    quick = timed(lambda n: n**2, tuple(CUBE))
    assert classify({n: 6 * s for n, s in quick.items()}, quick) == 100  # too quick to know how the reference grows
    assert classify(SORTING, LINEAR) == classify(LINEAR, SORTING) == classify(SQUARE, SQUARE) == 100


def test_one_class_more_and_several_classes_more_cost_score() -> None:
    assert classify(SQUARE, LINEAR) == classify(SQUARE, SORTING) == 60
    assert classify(timed(lambda n: n**3, (20, 40, 80, 160, 320)), timed(lambda n: n, tuple(CUBE))) == 20
    sizes = (8, 12, 16, 20)
    assert classify(timed(lambda n: 2**n, sizes, 1e-6), timed(lambda n: n, sizes)) == 20
    assert classify(timed(lambda n: n**3, tuple(CUBE), 1e-7), timed(lambda n: n**2, tuple(CUBE), 1e-6)) == 60


def test_noise_is_no_growth() -> None:
    late = LINEAR | {4000: LINEAR[4000] + 0.015}
    assert classify(late, LINEAR) == 100
    assert classify({500: 0.0005, 1000: 0.002, 2000: 0.002, 4000: 0.05}, LINEAR) == 100
    busy = {n: s * factor for (n, s), factor in zip(SQUARE.items(), (2, 1, 1.5, 2), strict=True)}
    assert classify(busy, SQUARE) == 100


def test_what_is_far_slower_without_growing_is_not_measured() -> None:
    assert classify(dict.fromkeys(SIZES, 0.3), LINEAR) is None
    assert classify({4000: 0.6}, LINEAR) is None


def test_a_pause_in_every_call_hides_no_growth() -> None:
    assert classify({n: s + 0.2 for n, s in timed(lambda n: n**2, SIZES, 5e-8).items()}, LINEAR) == 60


async def test_the_reference_and_a_slower_constant_have_full_score(grader: WorkerGrader) -> None:
    slower = REFERENCE.replace("    for item", "    for item", 1).replace(
        "        seen.add", "        sum(range(50))\n        seen.add"
    )
    for answer in (REFERENCE, slower):
        result = await verdict(grader, answer)
        assert (result.passed, result.criteria["efficiency"], result.findings) == (True, 100.0, ())


async def test_a_loop_in_a_loop_is_one_class_slower_and_told_so_without_the_inputs(grader: WorkerGrader) -> None:
    result = await verdict(grader, "\n" + QUADRATIC)
    assert (result.passed, result.criteria["efficiency"], result.score) == (True, 60.0, 94.0)
    (finding,) = result.findings
    assert (finding.criterion, finding.cell, finding.line, finding.rule) == ("efficiency", "answer", 2, "growth")
    assert finding.message.startswith("From size 500 to ")
    assert "a loop inside a loop" in finding.message
    assert "numbers" not in finding.message


async def test_the_clock_is_out_of_the_learners_reach(grader: WorkerGrader) -> None:
    cheat = (
        "import sys, time\n"
        "time.perf_counter = time.monotonic = time.time = lambda: 0.0\n"
        "sys.modules['time'].sleep = lambda seconds: None\n"
    )
    efficiency = (await verdict(grader, cheat + QUADRATIC)).criteria["efficiency"]
    assert efficiency in (60.0, 20.0, None), "a busy machine may see more growth, or none, and never a full score"


async def test_an_answer_that_sleeps_to_hide_its_growth_has_no_full_score(grader: WorkerGrader) -> None:
    padded = "import time\n" + QUADRATIC.replace("    found = 0", "    time.sleep(0.1)\n    found = 0")
    assert (await verdict(grader, padded)).criteria["efficiency"] in (60.0, None)
    steady = "import time\n" + REFERENCE.replace("    return", "    time.sleep(0.3)\n    return")
    assert (await verdict(grader, steady)).criteria["efficiency"] is None


@pytest.mark.parametrize(
    "trick",
    [
        "    if len(items) > 9:\n        return 0",
        "    if len(items) > 9:\n        raise ValueError",
        "    if len(items) > 9:\n        return iter(())",
        "    if len(items) > 9:\n        __import__('os')._exit(0)",
        "    while len(items) > 9:\n        pass",
    ],
    ids=["wrong", "raises", "lazy", "exits", "hangs"],
)
async def test_answers_that_are_only_right_for_the_checks_pass_and_are_not_measured(
    grader: WorkerGrader, trick: str
) -> None:
    start = time.monotonic()
    result = await verdict(grader, REFERENCE.replace("    seen,", f"{trick}\n    seen,", 1))
    assert (result.status, result.passed, result.criteria["efficiency"]) == ("graded", True, None)
    assert time.monotonic() - start < 15


async def test_nothing_is_timed_when_a_check_fails_or_no_input_grows(grader: WorkerGrader) -> None:
    wrong = await verdict(grader, QUADRATIC.replace("found = 0", "found = 1"))
    assert (wrong.passed, wrong.criteria["efficiency"]) == (False, None)
    of = authored(SETUP, answer_cell(REFERENCE), TESTS)
    result = await graded(grader, of, QUADRATIC)
    assert (result.passed, result.criteria["efficiency"], result.score) == (True, None, 100.0)


async def test_arguments_changed_in_place_are_fresh_for_each_call(grader: WorkerGrader) -> None:
    emptying = REFERENCE.replace("    return found", "    items.clear()\n    return found")
    assert (await verdict(grader, emptying)).criteria["efficiency"] == 100.0


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ({"call": "nothing"}, "name 'nothing' is not defined"),
        ({"input": "lambda n: list(range(n))"}, "has to give a tuple"),
        ({"input": "lambda n: (missing, n)"}, "name 'missing' is not defined"),
        ({"input": "lambda n: (numbers(n),)"}, "missing 1 required positional argument"),
        ({"input": "lambda n: (numbers(300_000), n)"}, "too many parts"),
    ],
)
async def test_growing_inputs_that_do_not_work_are_told_to_the_author(
    grader: WorkerGrader, growth: dict[str, object], words: str
) -> None:
    (problem,) = (await prove(exercise(**growth), grader)).problems
    assert problem.startswith("the growing inputs do not work with the reference: ")
    assert words in problem


async def test_growing_inputs_that_work_are_part_of_the_proof(grader: WorkerGrader) -> None:
    assert (await prove(exercise(), grader)).problems == ()


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ({"call": "a.b"}, "name of a function"),
        ({"input": "lambda n:"}, "Python expression"),
        ({"sizes": [10, 20]}, "at least 3"),
        ({"sizes": [10, 20, 15]}, "have to grow"),
        ({"sizes": [0, 20, 40]}, "have to grow"),
        ({"sizes": [10, 11, 12]}, "have to grow"),
        ({"more": 1}, "Extra inputs"),
    ],
)
def test_growing_inputs_that_make_no_sense_are_refused(growth: dict[str, object], words: str) -> None:
    with pytest.raises(AuthorError, match=words):
        exercise(**growth)


def test_the_learners_copy_does_not_name_the_growing_inputs() -> None:
    assert "growth" not in release(exercise()).metadata["tutor"]
