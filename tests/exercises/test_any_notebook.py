"""Whatever a file holds: an exercise, or an error that says why it is none."""

import json
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exchange import exported, imported
from jupyter_tutor.exercises.exercise import parse_exercise
from jupyter_tutor.exercises.notebook import parse_notebook
from jupyter_tutor.exercises.release import release
from jupyter_tutor.testing import answer_cell, checks_cell

ODD = st.none() | st.booleans() | st.integers(-3, 5) | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})
REGIONS = [f"### {edge} {name}" for edge in ("BEGIN", "END") for name in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")]
LINES = [
    *REGIONS,
    *("assert f(1) == 1", "%time f(1)", "x = !ls", '"""', "def f(x):", "    return x", "f?", "%%bash", "\x00", ")"),
]
SOURCE = st.lists(st.sampled_from(LINES), max_size=5).map("\n".join)
MARKS = st.fixed_dictionaries(
    {"grade_id": st.sampled_from(["a", "b", "c", "d"]) | ODD},
    optional=dict.fromkeys(("grade", "solution", "locked", "task"), st.booleans() | ODD)
    | {"points": ODD, "schema_version": st.integers(0, 4) | ODD},
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"]), "source": SOURCE | st.lists(SOURCE, max_size=2)},
    optional={"metadata": st.fixed_dictionaries({}, optional={"nbgrader": MARKS | ODD}), "id": ODD, "outputs": ODD},
)
TUTOR = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("schema_version", "slug", "files", "hints", "released", "language", "minutes"), ODD)
)
NOTEBOOK = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([3, 4, 4, 4, 4, 5]), "cells": st.lists(CELL, max_size=5)},
    optional={
        "metadata": st.fixed_dictionaries({}, optional={"tutor": TUTOR | ODD, "kernelspec": ODD, "language_info": ODD}),
        "nbformat_minor": st.integers(0, 6),
        "worksheets": ODD | st.just([{"cells": []}]),
    },
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NOTEBOOK, st.booleans())
def test_any_notebook_is_an_exercise_or_an_error_that_says_why_not(data: dict, graded: bool) -> None:
    if graded:
        data["cells"] += [answer_cell("def f(x): return x", "answer"), checks_cell("assert f(1) == 1", "tests")]
    text = json.dumps(data)
    exercise = read(lambda: parse_exercise(text, Path("any.ipynb")))
    if exercise is not None:
        shown = "\n".join(cell.source for cell in release(exercise).cells)
        assert not any(region in shown for region in REGIONS)
        exported(exercise)
    made = read(lambda: imported(parse_notebook(text, "any.ipynb"), PurePath("any.ipynb"), ["data.csv"], None))
    read(lambda: parse_exercise(json.dumps(made), Path("any.ipynb")))


def read(function: Callable[[], Any]) -> Any:
    """What it gives, or None when it says that it is no exercise and why."""
    try:
        return function()
    except AuthorError as error:
        said = str(error)
    assert said.startswith("any.ipynb: ")
    return None
