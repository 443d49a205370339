"""A learner's notebook merged into the author's copy."""

import json
from pathlib import Path

import pytest

from jupyter_tutor.errors import LearnerError
from jupyter_tutor.exercises.merge import merge, read_submission, read_submission_file
from jupyter_tutor.testing import answer_cell, authored, checks_cell, code_cell, locked_cell, submission

EXERCISE = authored(
    locked_cell("import math"),
    answer_cell("def f(x): return x", "first"),
    answer_cell("def g(x): return x", "second"),
    checks_cell("assert f(1) == 1"),
    slug="two",
)


def test_answers_come_from_the_learner_and_locked_cells_from_the_author() -> None:
    learner = submission(EXERCISE, {"first": "def f(x): return 1", "second": "def g(x): return 2"})
    learner.cells[0].source = "math = None"
    assert merge(EXERCISE, learner).cells == ("import math", "def f(x): return 1", "def g(x): return 2")


def test_test_cells_of_the_learners_file_never_run() -> None:
    learner = submission(EXERCISE, "x = 1", code_cell("print('mine')"))
    for cell in learner.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "FORGED"
    assert "FORGED" not in "\n".join(merge(EXERCISE, learner).cells)


def test_the_learners_own_cells_stay_where_they_were() -> None:
    learner = submission(EXERCISE, {"first": "f = 1", "second": "g = 2"})
    learner.cells.insert(0, {"cell_type": "code", "metadata": {}, "source": "before = 0"})
    learner.cells.insert(3, {"cell_type": "code", "metadata": {}, "source": "between = f"})
    learner.cells.insert(4, {"cell_type": "markdown", "metadata": {}, "source": "words"})
    assert merge(EXERCISE, read_submission(json.dumps(learner))).cells == (
        "before = 0",
        "import math",
        "f = 1",
        "between = f",
        "g = 2",
    )


def test_a_split_answer_cell_is_joined() -> None:
    learner = submission(EXERCISE, {"first": "a = 1", "second": "g = 2"})
    part = json.loads(json.dumps(learner.cells[1])) | {"source": "b = 2"}
    learner.cells.insert(2, part)
    merged = merge(EXERCISE, read_submission(json.dumps(learner)))
    assert merged.answers["first"] == "a = 1\nb = 2"
    assert merged.cells == ("import math", "a = 1\nb = 2", "g = 2")


def test_a_deleted_answer_cell_is_named_and_the_others_are_graded() -> None:
    learner = submission(EXERCISE, {"second": "g = 2"})
    del learner.cells[1]
    merged = merge(EXERCISE, learner)
    assert merged.missing == ("first",)
    assert merged.cells == ("import math", "g = 2")


def test_deleted_locked_cells_come_back() -> None:
    learner = submission(EXERCISE, {"first": "f = 1", "second": "g = 2"})
    del learner.cells[0]
    assert merge(EXERCISE, learner).cells[0] == "import math"


def test_a_notebook_without_any_answer_cell_is_refused_with_advice() -> None:
    learner = submission(EXERCISE, "x")
    learner.cells = [c for c in learner.cells if not c.metadata.get("nbgrader", {}).get("solution")]
    with pytest.raises(LearnerError, match="undo its deletion"):
        merge(EXERCISE, learner)


def test_the_notebook_of_another_exercise_is_refused_by_name() -> None:
    other = authored(answer_cell("x = 1"), checks_cell("assert x == 1"), slug="other")
    with pytest.raises(LearnerError, match="belongs to the exercise 'other', not to 'two'"):
        merge(EXERCISE, submission(other, "x = 1"))


def test_tutor_magics_do_not_run_in_the_player() -> None:
    merged = merge(
        EXERCISE,
        submission(EXERCISE, "x = 1", code_cell("%load_ext jupyter_tutor\n%tutor submit"), code_cell("%tutor hint")),
    )
    assert merged.cells == ("import math", "x = 1", "x = 1")


@pytest.mark.parametrize(
    "text",
    ["", "{}", "null", '{"cells": {}}', '{"nbformat": 4, "cells": [{"source": 1}]}', '{"nbformat": "4", "cells": []}'],
)
def test_a_submission_that_is_no_notebook_is_refused(text: str) -> None:
    with pytest.raises(LearnerError, match="is not a notebook"):
        read_submission(text)


def test_a_huge_submission_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(LearnerError, match="larger than 20 MB: clear its outputs"):
        read_submission(" " * 20_000_001)
    with pytest.raises(LearnerError, match="cannot be read"):
        read_submission_file(tmp_path / "none.ipynb")


def test_cells_that_nbgrader_names_but_does_not_grade_are_the_learners() -> None:
    plain = code_cell("K = 2", nbgrader={"grade": False, "solution": False, "locked": False, "grade_id": "plain"})
    exercise = authored(plain, answer_cell("def f(x): return K", "first"), checks_cell("assert f(1) == 2"))
    assert merge(exercise, submission(exercise, "def f(x): return 2 * K")).cells == ("K = 2", "def f(x): return 2 * K")
