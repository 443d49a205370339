"""What is told about wrong answers is true, specific, never the solution, and best first."""

import ast

import pytest

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.plan import boundary
from jupyter_tutor.grading.proof import Proof, prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell, task_cell
from jupyter_tutor.tutoring.clues import MISCONCEPTIONS
from jupyter_tutor.tutoring.diagnosis.diagnosis import Diagnosis
from jupyter_tutor.tutoring.diagnosis.scenarios import scenarios
from jupyter_tutor.tutoring.diagnosis.substitution import clue_of, faulty_line
from jupyter_tutor.tutoring.guard import leak
from tests.sampling import sampled
from tests.tutoring.conftest import REFERENCE, Tell
from tests.tutoring.measure import CURRICULUM, Wrong, is_true_and_specific, quick_proof, wrong_answers

SAMPLE = list(wrong_answers(1, start=3))
GOOD: list[bool] = []


@pytest.mark.parametrize("wrong", sampled(SAMPLE), ids=lambda wrong: wrong.exercise.metadata.slug)
async def test_what_is_told_about_a_small_fault_is_true_and_gives_nothing_away(
    wrong: Wrong, grader: WorkerGrader
) -> None:
    proof = await quick_proof(wrong.exercise, grader)
    answers = {wrong.cell: wrong.source}
    clues = await Diagnosis(grader).clues(wrong.exercise, proof, with_answers(wrong.exercise, answers))
    assert len({clue.key for clue in clues}) == len(clues)
    for clue in clues:
        assert clue.kind != "call" or is_true_and_specific(clue, wrong), clue
        assert clue.misconception in ("", *MISCONCEPTIONS)
    for clue in clues:  # a script of calls would be tried at every place of an answer: it defines nothing of one
        bound = {node.id for node in ast.walk(ast.parse(clue.call)) if isinstance(node, ast.Name) and _is_bound(node)}
        assert not bound & set(boundary(wrong.exercise).names), clue.call
    for clue in [clue for clue in clues if "```" not in clue.text][:2]:
        reason = await leak(wrong.exercise, proof, answers, clue.text, grader)
        assert reason == "" or reason.endswith("cannot be judged"), reason  # a busy machine has no time for slow checks
    GOOD.extend([any(is_true_and_specific(clue, wrong) for clue in clues[:2])] if clues else [])
    assert GOOD.count(False) <= max(1, 0.3 * len(GOOD)), wrong.what


def _is_bound(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


async def test_a_right_answer_gives_no_clue(tell: Tell) -> None:
    assert await tell(REFERENCE) == ()


async def test_what_is_not_begun_is_told_the_first_example(tell: Tell, exercise: Exercise) -> None:
    for source in ("", "# still to do", exercise.starter()["answer"]):
        (clue,) = await tell(source)
        assert (clue.key, clue.call) == ("call:first", "to_pay([20, 10])")


async def test_very_much_code_is_not_read(tell: Tell) -> None:
    (clue,) = await tell("x = 1\n" * 170_000)
    assert clue.key == "error:long"


async def test_a_visible_failure_is_told_as_a_call_that_the_learner_can_run(tell: Tell) -> None:
    clues = await tell("def to_pay(prices):\n    total = max(prices)\n    return total\n")
    call = next(clue for clue in clues if clue.kind == "call")
    assert call.call == "to_pay([20, 10])"
    assert "`to_pay([20, 10]) gave 20, expected 30`" in call.text


async def test_what_is_printed_instead_of_returned_comes_before_the_call(tell: Tell) -> None:
    first, second, *_ = await tell("def to_pay(prices):\n    print(sum(prices))\n")
    assert (first.misconception, first.line) == ("print-for-return", 2)
    assert second.kind == "call"


async def test_the_line_of_a_fault_is_found_by_substitution_and_the_repair_is_not_told(
    exercise: Exercise, proof: Proof, grader: WorkerGrader
) -> None:
    source = "def to_pay(prices):\n    total = sum(prices)\n    if total > 50:\n        total -= 5\n    return total\n"
    shifted = with_answers(exercise, {"answer": source.replace("-= 5", "+= 5").replace("> 50", ">= 50")})
    wrong = scenarios(exercise)["tests/2"]
    place = await faulty_line(exercise, proof, shifted, wrong, grader, seconds=20)
    assert place == ("answer", 4)
    clue = clue_of(*place, shifted, wrong)
    assert "Look again at line 4, `total += 5`" in clue.text
    assert "-= 5" not in clue.text
    assert await faulty_line(exercise, proof, shifted, wrong, grader, seconds=0) is None


async def test_an_exercise_without_checks_tells_only_what_stops(grader: WorkerGrader) -> None:
    exercise = authored(answer_cell("x = 1"), task_cell("Say why."))
    diagnosis, proof = Diagnosis(grader), Proof("none", ())
    assert await diagnosis.clues(exercise, proof, with_answers(exercise, {"answer": "x = 2"})) == ()
    (clue,) = await diagnosis.clues(exercise, proof, with_answers(exercise, {"answer": "x = y"}))
    assert (clue.kind, clue.line) == ("error", 1)


async def test_a_check_whose_visible_call_stops_early_is_told_with_the_line(grader: WorkerGrader) -> None:
    checks = "box = Box(2)\nassert box.size == 2, 'the size'\nassert Box(4).size == 4, 'another size'"
    exercise = authored(
        answer_cell("class Box:\n    def __init__(self, size):\n        self.size = size"), checks_cell(checks)
    )
    proof = await prove(exercise, grader)
    answer = {"answer": "class Box:\n    def __init__(self, size):\n        self.size = sizes\n"}
    first, *_ = await Diagnosis(grader).clues(exercise, proof, with_answers(exercise, answer))
    assert (first.kind, first.line, first.misconception) == ("error", 3, "undefined-name")


async def test_the_mistake_comes_first_and_then_the_call(grader: WorkerGrader) -> None:
    exercise = read_exercise(next(path for path in CURRICULUM if path.stem == "river-sign"))
    proof = await prove(exercise, grader)
    for mistake in exercise.metadata.mistakes:
        answers = {exercise.answers[0].grade_id: mistake.source}
        first, second, *_ = await Diagnosis(grader).clues(exercise, proof, with_answers(exercise, answers))
        assert (first.key, first.text) == (f"mistake:{mistake.name}", mistake.says)
        assert second.kind == "call"
