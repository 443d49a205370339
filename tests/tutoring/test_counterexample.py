"""Calls that an answer gets wrong, found on real kernels where all that the learner sees is right."""

import ast

import pytest

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell
from jupyter_tutor.tutoring.diagnosis.counterexample import candidates, counterexample
from tests.tutoring.conftest import Tell
from tests.tutoring.measure import outcome

SHIFTED = "def to_pay(prices):\n    total = sum(prices)\n    return total - 5 if total > 50 else total\n"
COUNTER = """\
class Counter:
    def __init__(self):
        self.total = 0

    def add(self, number):
        self.total += number
        return self.total

    def undo(self, number):
        self.total -= number
        return self.total
"""
COUNTER_CHECKS = """\
counter = Counter()
assert counter.add(3) == 3, "one number"
assert counter.undo(3) == 0, "a number taken back"
### BEGIN HIDDEN TESTS
other = Counter()
other.add(7)
other.add(8)
assert other.undo(2) == 13, "several numbers"
### END HIDDEN TESTS
"""


async def found(exercise: Exercise, source: str, grader: WorkerGrader) -> str:
    answer = {"answer": source}
    example = await counterexample(exercise, with_answers(exercise, answer), grader)
    return example.scenario.code if example else ""


async def test_a_limit_of_the_text_is_tried(exercise: Exercise, grader: WorkerGrader) -> None:
    call = await found(exercise, SHIFTED, grader)
    assert sum(ast.literal_eval(ast.parse(call, mode="eval").body.args[0])) == 50  # type: ignore[attr-defined]


async def test_the_call_is_told_with_what_it_gives_and_not_with_what_is_expected(tell: Tell) -> None:
    clues = await tell(SHIFTED)
    (clue,) = (clue for clue in clues if clue.kind == "call")
    assert clue.text.startswith(f"Try `{clue.call}`. Your code gives `50` there.")
    assert "45" not in clue.text


async def test_the_reference_is_never_wrong(exercise: Exercise, grader: WorkerGrader) -> None:
    assert await found(exercise, exercise.reference()["answer"], grader) == ""


async def test_only_inputs_like_those_of_the_checks_are_used(exercise: Exercise, grader: WorkerGrader) -> None:
    merged = with_answers(exercise, {"answer": SHIFTED})
    tried = [ast.literal_eval(c.asked.args[0]) for c in candidates(exercise, merged)]  # type: ignore[attr-defined]
    assert len(tried) > 20
    assert min(price for prices in tried for price in prices) >= 0, "no check has a price below 0"
    assert [25, 25] not in tried, "a hidden check asks that"
    refuses = "def to_pay(prices):\n    if any(p < 0 for p in prices):\n        raise ValueError\n"
    assert await found(exercise, refuses + SHIFTED.split("\n", 1)[1].replace("> 50", ">= 50"), grader) == ""


async def test_objects_get_the_same_calls_in_turn(grader: WorkerGrader) -> None:
    exercise = authored(answer_cell(COUNTER), checks_cell(COUNTER_CHECKS))
    wrong = COUNTER.replace("self.total -= number", "self.total = 0")
    code = await found(exercise, wrong, grader)
    assert code.startswith("counter = Counter()\n")
    assert outcome(wrong, code) != outcome(COUNTER, code)


async def test_a_call_that_is_wrong_only_after_others_is_not_told(grader: WorkerGrader) -> None:
    exercise = authored(answer_cell(COUNTER), checks_cell(COUNTER_CHECKS))
    shared = COUNTER.replace("    def __init__(self):\n        self.total = 0\n", "    totals = [0]\n").replace(
        "self.total", "self.totals[0]"
    )
    assert await found(exercise, shared, grader) == ""


@pytest.mark.parametrize("refusal", ["raise ValueError", "return None"])
async def test_what_has_to_be_refused_is_tried_when_a_check_asks_for_it(refusal: str, grader: WorkerGrader) -> None:
    reference = "def half(n):\n    if n < 0:\n        raise ValueError\n    return n / 2\n"
    checks = "import pytest\nassert half(4) == 2, 'four'\nassert half(0) == 0, 'zero'\n"
    checks += "with pytest.raises(ValueError):  # case: below zero\n    half(-3)\n"
    exercise = authored(answer_cell(reference), checks_cell(checks))
    wrong = reference.replace("raise ValueError", refusal)
    call = await found(exercise, wrong, grader)
    assert (call == "") == (refusal == "raise ValueError")
    assert not call or outcome(wrong, call) != outcome(reference, call)
