"""Says what is wrong with an answer from what running it shows, without a language model."""

import asyncio

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.exercises.metadata import Mistake
from jupyter_tutor.grading.job import Limits, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.failing import hidden_failures, visible_failures
from jupyter_tutor.tutoring.mistakes import KnownMistakes
from jupyter_tutor.tutoring.scenarios import scenarios
from jupyter_tutor.tutoring.stops import stopped_calls, stopped_cells, unreadable

LIMITS = Limits(submission=5.0, check=2.0)
"""Who asks for a hint waits for it."""


class Diagnosis:
    """Finds clues by running answers on a grader, and remembers what the known mistakes of exercises do."""

    def __init__(self, grader: Grader) -> None:
        self.grader = grader
        self.mistakes = KnownMistakes(grader)

    async def prepare(self, exercise: Exercise, proof: Proof) -> None:
        """Run the known mistakes ahead, so that the first hint does not wait for them."""
        await self.mistakes.prepare(exercise, proof)

    async def clues(self, exercise: Exercise, proof: Proof, merged: Merged) -> tuple[Clue, ...]:
        """What can be told about an answer, best first; nothing when it passes every check. The text of the first is
        for the learner now, the others for when they ask again. Raises OperatorError and GraderError.
        """
        if exercise.metadata.language != "python":
            return ()
        if broken := tuple(unreadable(merged)):
            return broken
        job = plan(exercise, merged, proof.places, proof.in_kernel, limits=LIMITS)
        run, mistake = await asyncio.gather(self.grader.run(job), self.mistakes.match(exercise, proof, merged))
        if run.ending == "graded" and all(outcome.status == "passed" for outcome in run.outcomes):
            return ()
        errors = [*stopped_cells(merged, run.errors, job.cells), *stopped_calls(merged, run.outcomes)]
        calls = _calls(exercise, run)
        found = [*_known(mistake, calls), *errors[:1], *calls[:1], *errors[1:], *calls[1:]]
        return _once([*found, *hidden_failures(run.outcomes)])


def _calls(exercise: Exercise, run: Run) -> list[Clue]:
    return list(visible_failures(run.outcomes, scenarios(exercise)))


def _known(mistake: Mistake | None, calls: list[Clue]) -> list[Clue]:
    if mistake is None:
        return []
    return [Clue(f"mistake:{mistake.name}", "mistake", mistake.says, call=calls[0].call if calls else "")]


def _once(clues: list[Clue]) -> tuple[Clue, ...]:
    """Each clue once, where it stands first."""
    return tuple({clue.key: clue for clue in reversed(clues)}.values())[::-1]
