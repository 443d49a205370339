"""Whatever a learner hands in: a verdict, and never an exception."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_tutor.errors import LearnerError
from jupyter_tutor.exercises.merge import read_submission, with_answers
from jupyter_tutor.grading.grade import grade
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell, locked_cell

EXERCISE = authored(
    locked_cell("import math", "setup"),
    answer_cell("def f(x): return x + 1", "answer"),
    checks_cell("### BEGIN HIDDEN TESTS\nassert f(1) == 2\nassert f(3) == 4\n### END HIDDEN TESTS", "tests"),
)
ODD = st.none() | st.booleans() | st.integers(-3, 5) | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})
SOURCES = [
    *("def f(x): return x + 1", "def f(x): return x", "def f(", "f = 3", "%%bash\nls", "!ls", "x = !ls", "f?", "\x00"),
    *("raise KeyError", "del f", "print('\ud800')", "input()", "%exit", "get_ipython().kernel.do_shutdown(False)", ""),
]
SOURCE = st.sampled_from(SOURCES) | st.lists(st.sampled_from(SOURCES), max_size=2) | ODD
MARKS = st.fixed_dictionaries(
    {"grade_id": st.sampled_from(["answer", "tests", "setup", "other"]) | ODD},
    optional=dict.fromkeys(("grade", "solution", "locked", "task"), st.booleans() | ODD) | {"schema_version": ODD},
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "code", "markdown", "raw"]) | ODD, "source": SOURCE},
    optional={
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": MARKS | ODD, "tutor": ODD}) | ODD,
        "id": ODD,
        "outputs": ODD | st.just([{"output_type": "stream", "name": "stdout", "text": "passed"}]),
        "execution_count": ODD,
    },
)
NOTEBOOK = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([3, 4, 4, 4, 5]) | ODD, "cells": st.lists(CELL, max_size=5) | ODD},
    optional={
        "metadata": st.fixed_dictionaries({}, optional={"tutor": ODD, "kernelspec": ODD}) | ODD,
        "nbformat_minor": st.integers(0, 6) | ODD,
    },
)
RIGHT: dict[str, Any] = {
    "cell_type": "code",
    "source": "def f(x): return x + 1",
    "metadata": {"nbgrader": {"grade_id": "answer", "solution": True, "grade": False, "schema_version": 3}},
    "outputs": [],
    "execution_count": None,
}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(NOTEBOOK, st.booleans())
async def test_any_notebook_gets_a_verdict(grader: WorkerGrader, data: dict[str, Any], answered: bool) -> None:
    if answered and isinstance(data["cells"], list):
        data |= {"cells": [*data["cells"], RIGHT], "nbformat": 4}
    try:
        submission = read_submission(json.dumps(data))
    except LearnerError:
        return
    proof = Proof("", (), places=(await reference(grader)).places)
    verdict = await grade(EXERCISE, proof, submission, grader)
    assert verdict.status in ("graded", "timed_out", "killed", "invalid")
    assert (verdict.status == "invalid") == (not verdict.checks)
    assert "Traceback" not in verdict.message
    json.dumps(verdict.to_json()).encode()


async def reference(grader: WorkerGrader, kept: list[Any] = []) -> Any:  # noqa: B006 - run once
    """The run of the reference."""
    if not kept:
        kept.append(await grader.run(plan(EXERCISE, with_answers(EXERCISE, EXERCISE.reference()), None)))
    return kept[0]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_any_text_is_a_notebook_or_an_error_that_says_why_not(text: str) -> None:
    with suppress(LearnerError):
        assert isinstance(read_submission(text).cells, list)
