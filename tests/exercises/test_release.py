"""The learner's copy: what is in it, and what must not be."""

import json

import nbformat

from jupyter_tutor.exercises.regions import HIDDEN_CELL
from jupyter_tutor.exercises.release import release
from jupyter_tutor.testing import answer_cell, authored, checks_cell, code_cell, locked_cell

DEBUGGING = "def f(x): return x - 1\n### BEGIN SOLUTION\ndef f(x): return x + 1\n### END SOLUTION"
HIDDEN = "### BEGIN HIDDEN TESTS\nassert f(41) == 42\n### END HIDDEN TESTS"


def test_solutions_become_stubs_at_their_own_indentation() -> None:
    exercise = authored(
        answer_cell('def f(x):\n    """Doc."""\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION'),
        checks_cell("assert f(1) == 2"),
    )
    assert (
        release(exercise).cells[0].source
        == 'def f(x):\n    """Doc."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    )


def test_a_debugging_exercise_releases_its_broken_code_and_no_stub() -> None:
    exercise = authored(answer_cell(DEBUGGING), checks_cell("assert f(1) == 2"), kind="debugging")
    assert release(exercise).cells[0].source == "def f(x): return x - 1"


def test_hidden_tests_hints_mistakes_outputs_and_solutions_stay_behind() -> None:
    shown = code_cell("f(1)")
    shown["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "SECRET"}]
    shown["execution_count"] = 7
    mistake = {"name": "SECRET", "source": "SECRET = 1", "says": "SECRET"}
    exercise = authored(
        answer_cell("SECRET = 1\ndef f(x): return x + 1"),
        shown,
        checks_cell("assert f(1) == 2\n" + HIDDEN, "mixed"),
        checks_cell(HIDDEN, "hidden"),
        hints=["SECRET"],
        mistakes=[mistake],
        weights={"correctness": 1},
    )
    copy = release(exercise, daily="id")
    text = json.dumps(copy)
    assert "SECRET" not in text
    assert "41" not in text
    assert copy.cells[2].source == "assert f(1) == 2"
    assert copy.cells[3].source == HIDDEN_CELL
    assert set(copy.metadata.tutor) == {
        "schema_version",
        "slug",
        "title",
        "language",
        "kind",
        "difficulty",
        "topics",
        "objectives",
        "success_criteria",
        "minutes",
        "daily",
        "released",
    }
    nbformat.validate(copy)


def test_locked_and_test_cells_cannot_be_edited_in_the_copy() -> None:
    exercise = authored(locked_cell("import math"), answer_cell("def f(x): return x"), checks_cell("assert f(1) == 1"))
    copy = release(exercise)
    assert [(c.metadata.get("editable", True), c.metadata.get("deletable", True)) for c in copy.cells] == [
        (False, False),
        (True, False),
        (False, False),
    ]
