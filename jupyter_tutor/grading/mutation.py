"""Whether checks notice the mutants of a reference.

Many mutants share a player, each in globals of its own, and a judge that runs the test cells once for each: a kernel
takes longer than all checks of a mutant. What ends a player or its time is left out and the others run again.
"""

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.grading.boundary.handles import CELL_FILE
from jupyter_tutor.grading.job import ChecksCell, Job, Limits, Outcome, Run
from jupyter_tutor.grading.mutants import Mutant, mutants
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader

LIMITS = Limits(submission=3.0, check=1.0)
"""A mutant that runs for ever is given up early, and counts neither way: it may only have been slow."""
_TOGETHER = 5


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


async def mutate(exercise: Exercise, proof: Proof, source: str, grader: Grader, most: int) -> Mutation:
    """Run at most so many mutants of the reference of an exercise with one answer cell."""
    made = mutants(source, most)
    results = await noticed(exercise, proof, [(mutant.source,) for mutant in made], grader)
    survivors = tuple(mutant for mutant, seen in zip(made, results, strict=True) if seen is False)
    return Mutation(sum(seen is True for seen in results), survivors)


async def noticed(
    exercise: Exercise, proof: Proof, notebooks: Sequence[Sequence[str]], grader: Grader, limits: Limits = LIMITS
) -> list[bool | None]:
    """Whether a check notices each of these notebooks, given as their cells; None for one that ended by time or took
    the player along.
    """
    groups = [notebooks[start : start + _TOGETHER] for start in range(0, len(notebooks), _TOGETHER)]
    found = await asyncio.gather(*(_run(exercise, proof, group, grader, limits) for group in groups))
    return list(itertools.chain.from_iterable(found))


async def _run(
    exercise: Exercise, proof: Proof, group: Sequence[Sequence[str]], grader: Grader, limits: Limits
) -> list[bool | None]:
    found: list[bool | None] = []
    while len(found) < len(group):
        rest = group[len(found) :]
        job = plan(exercise, Merged((), {}), proof.places, limits=limits)
        run = await grader.run(together(job, rest))
        told = [_seen(run, number) for number in range(len(rest))]
        if run.ending == "graded":
            return found + told
        ended = next((number for number, seen in enumerate(told) if seen is None), len(rest) - 1)
        found += told[: ended + 1]
    return found


def together(job: Job, group: Sequence[Sequence[str]]) -> Job:
    """One job for a group: a cell of the player for each notebook, and its own copy of each of the job's test cells,
    with its number and a colon before its name.
    """
    tests: list[ChecksCell] = []
    for number in range(len(group)):
        bind = "\n".join(f"{name} = {_own(name, number)}" for name in job.names)
        tests += [ChecksCell(f"{number}:", bind)]
        tests += [ChecksCell(f"{number}:{cell.grade_id}", cell.source) for cell in job.tests]
    return replace(
        job,
        cells=tuple(_cell(cells, job.names, number) for number, cells in enumerate(group)),
        names=tuple(_own(name, number) for number in range(len(group)) for name in job.names),
        tests=tuple(tests),
        places=None if job.places is None else tuple(_places(job.places, len(group))),
    )


def _cell(cells: Sequence[str], names: Sequence[str], number: int) -> str:
    """Runs a notebook in globals of its own; a name that it does not come to define is None."""
    own = f"_mutant_{number}"
    lines = [f"{own} = {{'__name__': '__main__'}}"]
    for source in cells:
        lines += ["try:", f"    exec({source!r}, {own})", "except Exception:", "    pass"]
    return "\n".join(lines + [f"{_own(name, number)} = {own}.get({name!r})" for name in names])


def _own(name: str, number: int) -> str:
    return f"{name}_of_mutant_{number}"


def _places(places: Sequence[str], count: int) -> Iterator[str]:
    """The places of the proof, in each copy of the test cells."""
    for number in range(count):
        yield from (place.replace(f" at {CELL_FILE}", f" at {CELL_FILE}{number}:") for place in places)


def _seen(run: Run, number: int) -> bool | None:
    """Whether a check told a mutant from the reference; None when time alone did, or it was not reached."""
    own = [outcome for outcome in run.outcomes if outcome.name.startswith(f"{number}:")]
    if any(o.status in ("failed", "errored") for o in own):
        return True
    if all(o.status == "passed" for o in own):
        return False
    return True if run.ending == "graded" and not _late(own) else None


def _late(outcomes: Sequence[Outcome]) -> bool:
    return any(outcome.status == "timed_out" for outcome in outcomes)
