"""Grades one submission: merge, run, verdict."""

from collections.abc import Callable

from nbformat import NotebookNode

from jupyter_tutor.errors import LearnerError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import Merged, merge
from jupyter_tutor.grading.job import Limits, Outcome, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.grading.verdict import Verdict, invalid, verdict
from jupyter_tutor.ports import Grader


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
    run = await grader.run(plan(exercise, merged, proof.places, proof.in_kernel, limits=limits), report)
    return verdict(exercise, _explained(run, merged), proof.in_kernel)


def _explained(run: Run, merged: Merged) -> Run:
    """The run, with a word about answer cells that are missing or stopped with an error."""
    words = [run.message] if run.message else []
    words += [f"The answer cell {name!r} is missing from your notebook." for name in merged.missing]
    for error in run.errors[:3]:
        words.append(
            f"A cell of your notebook stopped with {error.kind}{f': {error.message}' if error.message else '.'}"
        )
    return Run(run.ending, run.outcomes, run.places, run.errors, run.duration_ms, "\n".join(words)[:2000])
