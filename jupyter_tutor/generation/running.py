"""What running a draft shows: its proof, hints that give the answer away, and answers that others wrote."""

import asyncio
from collections.abc import Iterable

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.boundary.checks import split
from jupyter_tutor.grading.job import Limits
from jupyter_tutor.grading.plan import opened, plan
from jupyter_tutor.grading.proof import Proof, digest, prove, reference_run
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.guard import leak

PROOF_LIMITS = Limits(submission=5.0, check=2.0)
"""What a learner's day can spare."""
_MOST_SAID = 6


async def proof_problems(exercise: Exercise, grader: Grader) -> tuple[Proof, tuple[str, ...]]:
    """The proof of an exercise, and what speaks against it, hints that give the answer away included."""
    if slow := await _slow(exercise, grader):
        return Proof(digest(exercise), (slow,)), (slow,)
    proof = await prove(exercise, grader, PROOF_LIMITS)
    problems = proof.problems
    if any(problem.startswith("the reference does not pass") for problem in problems):
        problems = await _in_full(exercise, grader) or problems
    said = [f"{_told(problem, exercise)}." for problem in problems]
    beside = [_told(name, exercise) for name in sorted(proof.in_kernel)]
    said += [f"{name} looks into the learner's code or process: compare what calls give." for name in beside]
    if not said:
        answers = exercise.starter()
        gained = await asyncio.gather(*(leak(exercise, proof, answers, h, grader) for h in exercise.metadata.hints))
        for number, reason in enumerate(gained, 1):
            if reason:
                said.append(f"Hint {number} gives the answer away: {_told(reason, exercise)}. Use other data.")
    return proof, tuple(said)


async def _slow(exercise: Exercise, grader: Grader) -> str:
    """What to say about a reference that may never end: a proof would wait for it several times."""
    reference = with_answers(exercise, exercise.reference())
    run = await reference_run(grader, plan(exercise, reference, None, limits=PROOF_LIMITS))
    late = [_told(o.name, exercise) for o in run.outcomes if o.status == "timed_out"]
    if run.ending == "graded" and not late:
        return ""
    where = f" at {late[0]}" if late else ""
    return (
        f"The reference is stopped{where}: it may run for ever, or take more than {PROOF_LIMITS.check:.0f} s for a "
        f"check, {PROOF_LIMITS.submission:.0f} s in all or {PROOF_LIMITS.memory_mb} MB. Mend it, or give it less to do."
    )


async def _in_full(exercise: Exercise, grader: Grader) -> tuple[str, ...]:
    """What the reference does not pass, with values."""
    reference = with_answers(exercise, exercise.reference())
    run = await reference_run(grader, opened(plan(exercise, reference, None, limits=PROOF_LIMITS)))
    failed = (o for o in run.outcomes if o.status != "passed")
    return tuple(
        f"the reference does not pass {o.name}: {o.status}, {' '.join(o.message.splitlines())}" for o in failed
    )


async def failed_checks(exercise: Exercise, proof: Proof, source: str, grader: Grader) -> tuple[str, ...]:
    """The checks that an answer does not pass, each with its case and what happened; nothing when it passes all."""
    first, *others = (cell.grade_id for cell in exercise.answers)
    merged = with_answers(exercise, {first: source} | dict.fromkeys(others, ""))
    run = await grader.run(opened(plan(exercise, merged, proof.places, proof.in_kernel)))
    said = [f"{_told(o.name, exercise)}: {o.message or o.status}" for o in run.outcomes if o.status != "passed"]
    said += [f"it stops with {error.kind}: {error.message}" for error in run.errors]
    return tuple(part.replace("\n", " ")[:300] for part in said)[:_MOST_SAID]


def _told(text: str, exercise: Exercise) -> str:
    """A text in which each check is named by its case, as its author knows it."""
    for name, said in sorted(_checks(exercise), key=lambda pair: -len(pair[0])):
        text = text.replace(name, said)
    return text


def _checks(exercise: Exercise) -> Iterable[tuple[str, str]]:
    for cell in exercise.tests:
        for step in split(cell.source):
            if step.check:
                what = "visible" if step.visible else "hidden"
                yield f"{cell.grade_id}/{step.check}", f"the {what} check {step.check} ({step.case})"
