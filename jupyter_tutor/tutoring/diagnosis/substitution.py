"""Finds the line of a fault by substitution: among small changes of an answer, one that makes every check pass.

What the change was is never told, only where: most slips are one operator, constant or boundary away.
"""

import asyncio
from dataclasses import replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.grading.job import Limits
from jupyter_tutor.grading.mutants import Mutant, repairs
from jupyter_tutor.grading.mutation import noticed, together
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.diagnosis.counterexample import job_of
from jupyter_tutor.tutoring.diagnosis.scenarios import Scenario
from jupyter_tutor.tutoring.diagnosis.stops import line_of

_MOST, _MOST_CHECKED, _LONGEST = 60, 5, 6000
_LIMITS = Limits(submission=1.5, check=0.2)


async def faulty_line(
    exercise: Exercise, proof: Proof, merged: Merged, wrong: Scenario, grader: Grader, seconds: float = 0.3
) -> tuple[str, int] | None:
    """The answer cell and the line where a small change mends everything; `wrong` is what the answer gets wrong. None
    when there is no such line, or it is not found in time.
    """
    if sum(map(len, merged.answers.values())) > _LONGEST:
        return None
    try:
        async with asyncio.timeout(seconds):
            return await _search(exercise, proof, merged, wrong, grader)
    except TimeoutError:
        return None


def clue_of(cell: str, line: int, merged: Merged, wrong: Scenario) -> Clue:
    """What to tell of a line."""
    text = line_of(merged.answers[cell], line)
    shown = f", `{text[:100]}`" if "`" not in text else ""
    asked = f"`{wrong.code}`" if "\n" not in wrong.code and "`" not in wrong.code else "the call that goes wrong"
    said = f"Look again at line {line}{shown}.\n\nWhat does it do for {asked}, and what should it do there?"
    about = "boundary" if "<" in text or ">" in text else "operator"
    return Clue(f"line:{text}", "pattern", said, cell, line, wrong.code, about)


async def _search(
    exercise: Exercise, proof: Proof, merged: Merged, wrong: Scenario, grader: Grader
) -> tuple[str, int] | None:
    tried: list[tuple[str, Mutant, tuple[str, ...]]] = []
    for cell, source in merged.answers.items():
        plain = without_magics(source)
        for mutant in await asyncio.to_thread(repairs, plain, _MOST):
            cells = tuple(mutant.source if part == source else without_magics(part) for part in merged.cells)
            tried.append((cell, mutant, cells))
    base = job_of(exercise, merged, [wrong])
    halves = [half for half in (tried[::2], tried[1::2]) if half]
    jobs = [replace(together(base, [cells for *_, cells in half]), limits=_LIMITS) for half in halves]
    runs = await asyncio.gather(*(grader.run(job) for job in jobs))
    mended = {
        id(half[number])
        for half, run in zip(halves, runs, strict=True)
        for number in range(len(half))
        if any(outcome.name == f"{number}:0/1" and outcome.status == "passed" for outcome in run.outcomes)
    }
    likely = [one for one in tried if id(one) in mended][:_MOST_CHECKED]
    results = await noticed(exercise, proof, [cells for *_, cells in likely], grader)
    return next(
        ((cell, mutant.line) for (cell, mutant, _), seen in zip(likely, results, strict=True) if seen is False), None
    )
