"""Recognises the mistakes that an exercise's author described, by running them beside the learner's answer."""

import ast
import asyncio
import difflib
import re
from typing import TypeAlias

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged, with_answers
from jupyter_tutor.exercises.metadata import Mistake
from jupyter_tutor.grading.job import Limits, Run
from jupyter_tutor.grading.plan import opened, plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.python import parse

LIMITS = Limits(submission=4.0, check=2.0)
"""Who asks for a hint waits for it."""
Signature: TypeAlias = tuple[tuple[str, str, str], ...]
_FRAME = re.compile(r", on line \d+ of [^\n]*")
_WORDS = re.compile(r"\w+")
_LATE = {"timed_out", "not_reached"}
_AT_HAND = 200
"""Exercises whose signatures are kept."""


class KnownMistakes:
    """The mistakes of exercises, with what each one's checks say; kept by the digest of the exercise's proof.

    What checks say shows values of hidden ones: it is compared, and never told.
    """

    def __init__(self, grader: Grader) -> None:
        self.grader = grader
        self._known: dict[str, tuple[Signature, ...]] = {}

    async def prepare(self, exercise: Exercise, proof: Proof) -> tuple[Signature, ...]:
        """The signature of each mistake. Raises OperatorError and GraderError."""
        if proof.digest not in self._known:
            answers = [_answers(exercise, mistake) for mistake in exercise.metadata.mistakes]
            found = await asyncio.gather(*(self._signature(exercise, proof, merged) for merged in answers))
            self._known[proof.digest] = tuple(found)
            for old in list(self._known)[:-_AT_HAND]:
                del self._known[old]
        return self._known[proof.digest]

    async def match(self, exercise: Exercise, proof: Proof, merged: Merged) -> Mistake | None:
        """The mistake that does the same as an answer in every check; of several, the one whose code is most alike."""
        if not exercise.metadata.mistakes:
            return None
        signatures, own = await asyncio.gather(self.prepare(exercise, proof), self._signature(exercise, proof, merged))
        alike = [m for m, known in zip(exercise.metadata.mistakes, signatures, strict=True) if _agree(known, own)]
        source = "\n".join(merged.answers.values())
        return max(alike, key=lambda mistake: likeness(source, mistake.source), default=None)

    async def _signature(self, exercise: Exercise, proof: Proof, merged: Merged) -> Signature:
        job = plan(exercise, merged, proof.places, proof.in_kernel, limits=LIMITS)
        return _signature(await self.grader.run(opened(job)))


def _agree(known: Signature, own: Signature) -> bool:
    """Whether two programs fail alike. What took too long in one of them says nothing: it depends on the machine."""
    pairs = list(zip(known, own, strict=True))
    alike = all(one == other or {one[1], other[1]} & _LATE for one, other in pairs)
    return alike and any(one == other and _says_something(one) for one, other in pairs)


def _says_something(check: tuple[str, str, str]) -> bool:
    _, status, message = check
    return status not in ("passed", "timed_out") and "\n" in message and "too long" not in message


def likeness(one: str, other: str) -> float:
    """How alike two sources are, from 0 to 1, whatever their layout and comments."""
    return difflib.SequenceMatcher(None, _tokens(one), _tokens(other), autojunk=False).ratio()


def _tokens(source: str) -> list[str]:
    try:
        return _WORDS.findall(ast.dump(parse(without_magics(source))))[:2000]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _WORDS.findall(source)[:2000]


def _answers(exercise: Exercise, mistake: Mistake) -> Merged:
    first, *others = (cell.grade_id for cell in exercise.answers)
    return with_answers(exercise, {first: mistake.source} | dict.fromkeys(others, ""))


def _signature(run: Run) -> Signature:
    """What every check says, without the lines of the learner's code."""
    return tuple((o.name, o.status, _FRAME.sub("", o.message)) for o in run.outcomes)
