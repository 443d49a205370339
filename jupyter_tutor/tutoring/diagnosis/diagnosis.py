"""Says what is wrong with an answer from what running it shows, without a language model."""

import ast
import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace

from jupyter_tutor.errors import sentence
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.exercises.metadata import Mistake
from jupyter_tutor.grading.job import Outcome, Run
from jupyter_tutor.grading.plan import plan, preparation
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.diagnosis import counterexample, substitution
from jupyter_tutor.tutoring.diagnosis.failing import hidden_failures, visible_failures
from jupyter_tutor.tutoring.diagnosis.mistakes import LIMITS, KnownMistakes
from jupyter_tutor.tutoring.diagnosis.patterns.reading import told
from jupyter_tutor.tutoring.diagnosis.scenarios import Scenario, scenarios
from jupyter_tutor.tutoring.diagnosis.stops import stopped_calls, stopped_cells, unreadable

_LONGEST = 100_000
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
        if broken := tuple(unreadable(merged)):
            return broken
        asked = scenarios(exercise)
        if _is_unwritten(exercise, merged):
            return _beginning(asked)
        run, mistake = await asyncio.gather(
            self._run(exercise, proof, merged), self.mistakes.match(exercise, proof, merged)
        )
        if run.ending == "graded" and all(outcome.status == "passed" for outcome in run.outcomes):
            return () if run.outcomes else tuple(_errors(exercise, merged, run))
        if all(outcome.status in ("not_reached", "timed_out") for outcome in run.outcomes) and not run.errors:
            alone = _alone(exercise, merged)
            if alone.cells != merged.cells:  # what stands beside the answer may never end, and none of it was checked
                merged, run = alone, await self._run(exercise, proof, alone)
        return await self._ordered(exercise, proof, merged, run, mistake, asked)

    async def _run(self, exercise: Exercise, proof: Proof, merged: Merged) -> Run:
        return await self.grader.run(plan(exercise, merged, proof.places, proof.in_kernel, limits=LIMITS))

    async def _ordered(
        self,
        exercise: Exercise,
        proof: Proof,
        merged: Merged,
        run: Run,
        mistake: Mistake | None,
        asked: dict[str, Scenario],
    ) -> tuple[Clue, ...]:
        """All clues: what is surely wrong, then a failing call, then the rest."""
        stops = _errors(exercise, merged, run)
        errors, beside = [c for c in stops if c.cell or c.call], [c for c in stops if not (c.cell or c.call)]
        calls, wrong = list(visible_failures(run.outcomes, asked)), _first_wrong(run.outcomes, asked)
        messages = [outcome.message for outcome in run.outcomes if outcome.status not in ("passed", "not_reached")]
        if wrong is None:
            found = await counterexample.counterexample(exercise, merged, self.grader)
            if found is not None:
                calls, wrong = [counterexample.clue_of(found, merged), *calls], found.scenario
                messages.append(found.outcome.message)
        sure, likely = _patterns(exercise, merged, messages, _is_late(run))
        known = [_known(mistake, sure)] if mistake else []
        lines = []
        if wrong is not None and not (known or errors or sure):
            place = await substitution.faulty_line(exercise, proof, merged, wrong, self.grader)
            lines = [substitution.clue_of(*place, merged, wrong)] if place else []
        first, *others = [*known, *errors, *sure, *lines, None]
        hidden = list(hidden_failures(run.outcomes))
        ordered = [first, *calls[:1], *others, *likely, *calls[1:], *hidden, *beside, *_ended(run)]
        return tuple({clue.key: clue for clue in reversed(ordered) if clue is not None}.values())[::-1]


def _alone(exercise: Exercise, merged: Merged) -> Merged:
    """The answers with the cells that nobody may change, and nothing else."""
    kept = (merged.answers.get(c.grade_id, "") if c.is_answer else c.source for c in exercise.role("answer", "locked"))
    return replace(merged, cells=tuple(kept))


def _errors(exercise: Exercise, merged: Merged, run: Run) -> list[Clue]:
    """What stops, in the learner's answers first."""
    cells = (*preparation(exercise), *merged.cells)
    found = [*stopped_cells(merged, run.errors, cells), *stopped_calls(merged, run.outcomes)]
    return sorted(found, key=lambda clue: not clue.cell)


def _is_late(run: Run) -> bool:
    return run.ending == "timed_out" or any(outcome.status == "timed_out" for outcome in run.outcomes)


def _is_unwritten(exercise: Exercise, merged: Merged) -> bool:
    """Whether nothing was added to what the learner begins with."""
    starter = {} if exercise.debugging else exercise.starter()
    return all(_plain(source) in ("", _plain(starter.get(name, ""))) for name, source in merged.answers.items())


def _plain(source: str) -> str:
    return ast.unparse(parse(without_magics(source)))


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
    seen = {name for name, shape in _SYMPTOMS.items() if any(map(shape.search, messages))}
    seen |= {"late"} if late else set()
    sure: list[Clue] = []
    likely: list[Clue] = []
    for cell, solution in exercise.solution().items():
        for certain, clue in told(cell, merged.answers.get(cell, ""), solution, seen):
            (sure if certain else likely).append(clue)
    return sure, likely


def _known(mistake: Mistake, sure: list[Clue]) -> Clue:
    """What its author says about a mistake, and where the pattern behind it is when there is just one."""
    told = Clue(f"mistake:{mistake.name}", "mistake", mistake.says)
    one = sure[0] if len(sure) == 1 else told
    return replace(told, cell=one.cell, line=one.line, misconception=one.misconception)


def _ended(run: Run) -> list[Clue]:
    """What is said of a notebook that was ended as a whole."""
    return [Clue("error:ended", "error", sentence(run.message))] if run.message else []
