"""The mistakes that authors described are recognised by what they do."""

from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.exercises.themes import variants
from jupyter_tutor.grading.proof import prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell
from jupyter_tutor.tutoring.diagnosis.mistakes import KnownMistakes, likeness
from tests.sampling import sampled
from tests.tutoring.measure import CURRICULUM, quick_proof


@pytest.mark.parametrize("path", sampled(CURRICULUM), ids=lambda path: path.stem)
async def test_every_mistake_is_recognised(path: Path, grader: WorkerGrader) -> None:
    known = KnownMistakes(grader)
    exercise = variants(read_exercise(path))[-1]
    proof = await quick_proof(exercise, grader)
    cell = exercise.answers[0].grade_id
    for mistake in exercise.metadata.mistakes:
        merged = with_answers(exercise, {cell: mistake.source})
        assert await known.match(exercise, proof, merged) == mistake, exercise.metadata.theme


FIRST = {"name": "adds", "source": "def double(n):\n    return n + 2", "says": "You add 2."}
SECOND = {"name": "adds slowly", "source": "def double(n):\n    n += 1\n    n += 1\n    return n", "says": "Twice 1."}


async def test_another_program_that_does_the_same_is_recognised_and_the_more_alike_one_is_told(
    grader: WorkerGrader,
) -> None:
    checks = (
        "assert double(2) == 4, 'two'\n### BEGIN HIDDEN TESTS\nassert double(5) == 10, 'five'\n### END HIDDEN TESTS"
    )
    exercise = authored(answer_cell("def double(n):\n    return 2 * n"), checks_cell(checks), mistakes=[FIRST, SECOND])
    known, proof = KnownMistakes(grader), await prove(exercise, grader)
    told = {}
    for source in ("return 1 + n + 1", "n += 1\n    n += 1\n    return 0 + n", "return n + 3", "return 2 * n"):
        merged = with_answers(exercise, {"answer": f"def double(n):\n    {source}"})
        mistake = await known.match(exercise, proof, merged)
        told[source] = mistake.name if mistake else ""
    assert list(told.values()) == ["adds", "adds slowly", "", ""]


def test_likeness_does_not_depend_on_layout() -> None:
    assert likeness("x = 1  # one", "x=1") == 1.0
    assert likeness("x = 1", "while x:\n    y()") < 0.7
    assert likeness("x = (", "x = (") == 1.0
