"""What running a draft shows: its proof, answers written by others, and mutants of its reference."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.generation.mutants import Mutant, mutants
from jupyter_tutor.grading.boundary.checks import split
from jupyter_tutor.grading.job import Limits, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof, digest, prove
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.guard import leak

MUTANT_LIMITS = Limits(submission=3.0, check=1.0)
"""A mutant that runs for ever is given up early, and counts neither way: it may only have been slow."""
PROOF_LIMITS = Limits(submission=5.0, check=2.0)
"""What a learner's day can spare."""
_MOST_SAID = 6


@dataclass(frozen=True)
class Mutation:
    """How many mutants were told apart from the reference, and those that no check noticed."""

    noticed: int
    survivors: tuple[Mutant, ...]

    @property
    def measured(self) -> int:
        return self.noticed + len(self.survivors)

    @property
    def share(self) -> float:
        """The share noticed, from 0 to 1; 1 where there was nothing to mutate."""
        return self.noticed / self.measured if self.measured else 1.0

    def holds(self, least: float) -> bool:
        """Whether at least this share was noticed; one survivor is always allowed, as it may be the same program."""
        return len(self.survivors) <= 1 or self.share >= least


async def proof_problems(exercise: Exercise, grader: Grader) -> tuple[Proof, tuple[str, ...]]:
    """The proof of an exercise, and what speaks against it, hints that give the answer away included."""
    if slow := await _slow(exercise, grader):
        return Proof(digest(exercise), (slow,)), (slow,)
    proof = await prove(exercise, grader, PROOF_LIMITS)
    said = [f"{_told(problem, exercise)}." for problem in proof.problems]
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
    run = await grader.run(plan(exercise, reference, None, limits=PROOF_LIMITS))
    late = [_told(o.name, exercise) for o in run.outcomes if o.status == "timed_out"]
    if run.ending == "graded" and not late:
        return ""
    where = f" at {late[0]}" if late else ""
    return (
        f"The reference is stopped{where}: it may run for ever, or take more than {PROOF_LIMITS.check:.0f} s for a "
        f"check, {PROOF_LIMITS.submission:.0f} s in all or {PROOF_LIMITS.memory_mb} MB. Mend it, or give the check less to do."
    )


async def failed_checks(exercise: Exercise, proof: Proof, source: str, grader: Grader) -> tuple[str, ...]:
    """The checks that an answer does not pass, each with its case and what happened; nothing when it passes all."""
    run = await _answered(exercise, proof, source, grader)
    said = [f"{_told(o.name, exercise)}: {o.message or o.status}" for o in run.outcomes if o.status != "passed"]
    said += [f"it stops with {error.kind}: {error.message}" for error in run.errors]
    return tuple(" ".join(part.split())[:300] for part in said)[:_MOST_SAID]


async def mutate(exercise: Exercise, proof: Proof, source: str, grader: Grader, most: int, at_once: int) -> Mutation:
    """Run at most so many mutants of a reference, some at once."""
    free = asyncio.Semaphore(at_once)

    async def tried(mutant: Mutant) -> bool | None:
        async with free:
            return _noticed(await _answered(exercise, proof, mutant.source, grader, MUTANT_LIMITS))

    made = mutants(source, most)
    results = await asyncio.gather(*map(tried, made))
    survivors = tuple(mutant for mutant, noticed in zip(made, results, strict=True) if noticed is False)
    return Mutation(sum(noticed is True for noticed in results), survivors)


def _noticed(run: Run) -> bool | None:
    """Whether a check told a mutant from the reference; None when time alone did."""
    if run.errors or any(o.status in ("failed", "errored") for o in run.outcomes):
        return True
    return None if run.ending != "graded" or any(o.status != "passed" for o in run.outcomes) else False


async def _answered(exercise: Exercise, proof: Proof, source: str, grader: Grader, limits: Limits | None = None) -> Run:
    first, *others = (cell.grade_id for cell in exercise.answers)
    merged = with_answers(exercise, {first: source} | dict.fromkeys(others, ""))
    return await grader.run(plan(exercise, merged, proof.places, proof.in_kernel, limits=limits))


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
