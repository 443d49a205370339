"""Says what is wrong with an answer from what running it shows, without a language model."""

import ast
import asyncio
import re
from collections.abc import Iterable

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.exercises.metadata import Mistake
from jupyter_tutor.grading.job import Limits, Outcome, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring import counterexample, substitution
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.failing import hidden_failures, visible_failures
from jupyter_tutor.tutoring.mistakes import KnownMistakes
from jupyter_tutor.tutoring.patterns.reading import told
from jupyter_tutor.tutoring.scenarios import Scenario, scenarios
from jupyter_tutor.tutoring.stops import stopped_calls, stopped_cells, unreadable

LIMITS = Limits(submission=5.0, check=2.0)
"""Who asks for a hint waits for it."""
_LONGEST = 100_000
_REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.S)
_SYMPTOMS = {
    "None": re.compile(r"gave None\b"),
    "float": re.compile(r"gave -?\d+\.\d+, expected -?\d+(?!\.?\d)"),
    "rounded": re.compile(r"gave -?\d+, expected -?\d+\.\d"),
    "IndexError": re.compile(r"stopped with IndexError"),
    "kept": re.compile(r"\b(?:unchanged|stays?|as (?:it|they) (?:was|were)|after the call|kept)\b"),
}
"""What in the messages of failing checks speaks for patterns that need it."""


class Diagnosis:
    """Finds clues by running answers on a grader, and remembers what the known mistakes of exercises do."""

    def __init__(self, grader: Grader) -> None:
        self.grader = grader
        self.mistakes = KnownMistakes(grader)

    async def prepare(self, exercise: Exercise, proof: Proof) -> None:
        """Run the known mistakes ahead, so that the first hint does not wait for them."""
        await self.mistakes.prepare(exercise, proof)

    async def clues(self, exercise: Exercise, proof: Proof, merged: Merged) -> tuple[Clue, ...]:
        """What can be told about an answer, best first: the first is for now, the others for when the learner asks
        again. Nothing when it passes every check, and for other languages than Python. Raises OperatorError and
        GraderError.
        """
        if exercise.metadata.language != "python":
            return ()
        if sum(map(len, merged.answers.values())) > _LONGEST:
            return (Clue("error:long", "error", "Your answer is very long. What of it does the task ask for?"),)
        if broken := tuple(await asyncio.to_thread(lambda: list(unreadable(merged)))):
            return broken
        asked = scenarios(exercise)
        if _is_unwritten(exercise, merged):
            return _beginning(asked)
        job = plan(exercise, merged, proof.places, proof.in_kernel, limits=LIMITS)
        run, mistake = await asyncio.gather(self.grader.run(job), self.mistakes.match(exercise, proof, merged))
        if run.ending == "graded" and all(outcome.status == "passed" for outcome in run.outcomes):
            return ()
        errors = [*stopped_cells(merged, run.errors, job.cells), *stopped_calls(merged, run.outcomes)]
        return await self._ordered(exercise, proof, merged, run, mistake, errors, asked)

    async def _ordered(
        self,
        exercise: Exercise,
        proof: Proof,
        merged: Merged,
        run: Run,
        mistake: Mistake | None,
        errors: list[Clue],
        asked: dict[str, Scenario],
    ) -> tuple[Clue, ...]:
        """All clues: what is surely wrong, then a failing call, then the rest."""
        calls, wrong = list(visible_failures(run.outcomes, asked)), _first_wrong(run.outcomes, asked)
        messages = [outcome.message for outcome in run.outcomes if outcome.status not in ("passed", "not_reached")]
        if wrong is None:
            found = await counterexample.counterexample(exercise, merged, self.grader)
            if found is not None:
                calls, wrong = [counterexample.clue_of(found, merged), *calls], found.scenario
                messages.append(found.outcome.message)
        sure, likely = _patterns(exercise, merged, messages, any(o.status == "timed_out" for o in run.outcomes))
        known = [Clue(f"mistake:{mistake.name}", "mistake", mistake.says)] if mistake else []
        lines = []
        if wrong is not None and not (known or errors or sure):
            place = await substitution.faulty_line(exercise, proof, merged, wrong, self.grader)
            lines = [substitution.clue_of(*place, merged, wrong)] if place else []
        first, *others = [*known, *errors, *sure, *lines, None]
        hidden = list(hidden_failures(run.outcomes))
        ordered = [first, *calls[:1], *others, *likely, *calls[1:], *hidden, *_ended(run)]
        return tuple({clue.key: clue for clue in reversed(ordered) if clue is not None}.values())[::-1]


def _is_unwritten(exercise: Exercise, merged: Merged) -> bool:
    """Whether nothing was added to what the learner begins with."""
    starter = {} if exercise.debugging else exercise.starter()
    return all(_plain(source) in ("", _plain(starter.get(name, ""))) for name, source in merged.answers.items())


def _plain(source: str) -> str:
    return ast.unparse(ast.parse(without_magics(source)))


def _beginning(asked: dict[str, Scenario]) -> tuple[Clue, ...]:
    """What to say when nothing is written yet."""
    call = next((scenario.code for scenario in asked.values()), "")
    shown = f"Take the first example:\n\n```python\n{call}\n```\n\n" if call else ""
    text = f"Nothing is written here yet. {shown}What should come out, and how do you find that by hand, step by step?"
    return (Clue("call:first", "call", text, call=call),)


def _first_wrong(outcomes: Iterable[Outcome], asked: dict[str, Scenario]) -> Scenario | None:
    """What the first visible check asks that does not pass."""
    failing = (o for o in outcomes if o.visible and o.status not in ("passed", "not_reached"))
    return next((asked[outcome.name] for outcome in failing if outcome.name in asked), None)


def _patterns(exercise: Exercise, merged: Merged, messages: list[str], late: bool) -> tuple[list[Clue], list[Clue]]:
    """The patterns that are surely wrong, and those that may be."""
    seen = {name for name, shape in _SYMPTOMS.items() if any(map(shape.search, messages))} | (
        {"late"} if late else set()
    )
    sure: list[Clue] = []
    likely: list[Clue] = []
    for cell, source in exercise.reference().items():
        reference = "\n".join(_REGION.findall(source)) if exercise.debugging else source
        for certain, clue in told(cell, merged.answers.get(cell, ""), reference, seen):
            (sure if certain else likely).append(clue)
    return sure, likely


def _ended(run: Run) -> list[Clue]:
    """What is said of a notebook that was ended as a whole."""
    return [Clue("error:ended", "error", run.message)] if run.message else []
