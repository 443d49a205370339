"""Grades one submission: merge, run, verdict."""

import re
from collections.abc import Callable
from dataclasses import replace

from nbformat import NotebookNode

from jupyter_tutor.errors import LearnerError, sentence
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import Merged, merge
from jupyter_tutor.grading.job import CellError, Limits, Outcome, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.grading.verdict import Verdict, invalid, verdict
from jupyter_tutor.ports import Grader

_KERNEL_FILE = re.compile(r"\(\d+\.py, (line \d+)\)")
"""How IPython names the place of a syntax error; the file means nothing to a learner."""


async def grade(
    exercise: Exercise,
    proof: Proof,
    submission: NotebookNode,
    grader: Grader,
    report: Callable[[Outcome], None] = lambda outcome: None,
    limits: Limits | None = None,
) -> Verdict:
    """The verdict on a learner's notebook. Raises OperatorError or GraderError when there can be none."""
    try:
        merged = merge(exercise, submission)
    except LearnerError as error:
        return invalid(exercise, str(error))
    run = await grader.run(plan(exercise, merged, proof.places, proof.in_kernel, limits=limits, beyond=True), report)
    return verdict(exercise, _explained(run, merged), proof.in_kernel)


def _explained(run: Run, merged: Merged) -> Run:
    """The run, with a word about answer cells that are missing or doubled, and about the first cell that stopped."""
    said = [run.message] if run.message else []
    said += [f"the answer cell {name!r} is missing from your notebook" for name in merged.missing]
    said += [f"the answer cell {name!r} is there twice, and the lower one counts" for name in merged.doubled]
    said += [_stopped(error) for error in run.errors[:1]]
    message = "\n".join(sentence(text) for text in said)[:2000]
    return replace(run, message=message)


def _stopped(error: CellError) -> str:
    if error.kind == "NotImplementedError" and not error.message:
        return "your answer is still to be written"
    detail = _KERNEL_FILE.sub(r"(\1)", error.message)
    return f"a cell of your notebook stopped with {error.kind}{f': {detail}' if detail else ''}"
