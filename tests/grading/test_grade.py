"""From a submission to its verdict."""

import json

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.grade import grade
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof, ProvenCheck
from jupyter_tutor.grading.verdict import Verdict
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell, submission

CHECKS = 'assert f(1) == 2, "one"\nassert f(2) == 3, "two"'
HIDDEN = '### BEGIN HIDDEN TESTS\nassert f(-1) == 0, "negative"\n### END HIDDEN TESTS'


def exercise(**tutor: object) -> Exercise:
    return authored(
        answer_cell("def f(x): return x + 1"),
        checks_cell(CHECKS, "shown", 2),
        checks_cell(HIDDEN, "hidden", 1),
        **tutor,
    )


async def places(grader: WorkerGrader, of: Exercise) -> tuple[str, ...]:
    """Where handles may act, from a run of the reference."""
    return (await grader.run(plan(of, with_answers(of, of.reference()), None))).places


async def verdict(grader: WorkerGrader, of: Exercise, answer: str) -> Verdict:
    proof = Proof("", (), places=await places(grader, of))
    return await grade(of, proof, submission(of, answer), grader)


async def test_the_verdict_has_the_promised_form(grader: WorkerGrader) -> None:
    data = json.loads(
        json.dumps((await verdict(grader, exercise(credit="check"), "def f(x): return 2 if x == 1 else 0")).to_json())
    )
    assert data["status"] == "graded"
    assert data["passed"] is False
    assert (data["points"], data["max_points"], data["score"]) == (2.0, 3.0, 84.3)
    assert data["criteria"] == {"correctness": 66.7, "quality": 100.0, "efficiency": None, "style": 100.0}
    assert data["findings"] == []
    assert [(c["name"], c["status"], c["visible"], c["points"], c["max_points"]) for c in data["checks"]] == [
        ("shown/1", "passed", True, 1.0, 1.0),
        ("shown/2", "failed", True, 0.0, 1.0),
        ("hidden/1", "passed", False, 1.0, 1.0),
    ]
    assert data["checks"][2]["duration_ms"] is None
    assert isinstance(data["checks"][0]["duration_ms"], int)
    assert data["manual"] == []


async def test_a_test_cell_counts_all_or_nothing_as_in_nbgrader_unless_credit_is_per_check(
    grader: WorkerGrader,
) -> None:
    result = await verdict(grader, exercise(), "def f(x): return 2 if x == 1 else 0")
    assert (result.points, result.criteria["correctness"]) == (1.0, 33.3)


async def test_a_right_answer_passes_with_full_score(grader: WorkerGrader) -> None:
    result = await verdict(grader, exercise(), "def f(x):\n    return 1 + x")
    assert (result.passed, result.score, result.points) == (True, 100.0, 3.0)


async def test_style_and_quality_count_towards_the_score_and_never_decide(grader: WorkerGrader) -> None:
    result = await verdict(grader, exercise(), "import os\nf = lambda x: 1 + x")
    assert (result.passed, result.points, result.criteria["style"], result.score) == (True, 3.0, 85.0, 97.4)
    first, second = result.to_json()["findings"]
    assert first == {
        "criterion": "style",
        "cell": "answer",
        "line": 1,
        "message": "`os` is imported and never used: delete the import.",
        "rule": "F401",
    }
    assert (second["line"], second["rule"]) == (2, "E731")


async def test_weights_of_the_exercise_weigh_the_criteria(grader: WorkerGrader) -> None:
    weights = {"correctness": 1, "quality": 0, "efficiency": 5, "style": 1}
    result = await verdict(grader, exercise(weights=weights), "import os\nf = lambda x: 1 + x")
    assert result.score == 92.5


async def test_an_answer_that_is_not_python_has_no_quality_and_no_style(grader: WorkerGrader) -> None:
    result = await verdict(grader, exercise(), "def f(x) return x")
    assert (result.criteria["quality"], result.criteria["style"], result.score) == (None, None, 0.0)


async def test_an_answer_with_a_syntax_error_says_so(grader: WorkerGrader) -> None:
    result = await verdict(grader, exercise(), "def f(x) return x")
    assert result.passed is False
    assert "A cell of your notebook stopped with SyntaxError" in result.message


async def test_the_untouched_starter_is_told_to_be_written(grader: WorkerGrader) -> None:
    of = exercise()
    result = await grade(of, Proof("", ()), submission(of, of.starter()), grader)
    assert [c.status for c in result.checks] == ["errored"] * 3
    assert result.message == "Your answer is still to be written."


async def test_manually_graded_cells_are_listed_and_decide_nothing(grader: WorkerGrader) -> None:
    essay = answer_cell("words", "essay")
    essay["metadata"]["nbgrader"] |= {"grade": True, "points": 5}
    of = authored(answer_cell("def f(x): return x + 1"), essay, checks_cell("assert f(1) == 2"))
    result = await verdict(grader, of, "def f(x): return x + 1")
    assert (result.passed, result.manual, result.max_points) == (True, ("essay",), 1.0)
    alone = authored(essay)
    result = await verdict(grader, alone, "nothing")
    assert (result.passed, result.score, result.criteria["correctness"]) == (None, None, None)


async def test_tests_worth_no_points_still_decide(grader: WorkerGrader) -> None:
    of = authored(answer_cell("def f(x): return x + 1"), checks_cell("assert f(1) == 2\nassert f(2) == 3", points=0))
    assert (await verdict(grader, of, "def f(x): return 2")).criteria["correctness"] == 50.0
    assert (await verdict(grader, of, "def f(x): return 2")).passed is False


async def test_another_notebook_is_invalid_with_a_reason(grader: WorkerGrader) -> None:
    of, other = exercise(slug="this"), exercise(slug="that")
    result = await grade(of, Proof("", ()), submission(other, "f = 1"), grader)
    assert (result.status, result.passed, result.score, result.checks) == ("invalid", False, None, ())
    assert "belongs to the exercise 'that'" in result.message


async def test_a_hidden_check_beside_learner_code_marks_the_verdict_unprotected(grader: WorkerGrader) -> None:
    of = exercise()
    proof = Proof("", (), (ProvenCheck("hidden/1", False, "in_kernel"),), await places(grader, of))
    result = await grade(of, proof, submission(of, "def f(x): return x + 1"), grader)
    assert (result.passed, result.protected) == (True, False)
