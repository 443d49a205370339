"""Mutants of the curriculum's references as wrong answers, and whether what is told about one is true and specific."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.mutants import mutants
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof, ProvenCheck, digest
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.clues import Clue

CURRICULUM = sorted((Path(__file__).parent.parent.parent / "notebooks" / "curriculum").glob("*/*.ipynb"))
_REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.S)
_MOST_STEPS = 100_000


@dataclass(frozen=True)
class Wrong:
    """One mutant of the reference of an exercise with one answer cell, and the line of the fault in it."""

    exercise: Exercise
    source: str
    line: int
    what: str

    @property
    def cell(self) -> str:
        return self.exercise.answers[0].grade_id


async def quick_proof(exercise: Exercise, grader: Grader) -> Proof:
    """The proof of an exercise that is known to be proven, from one run of its reference."""
    job = plan(exercise, with_answers(exercise, exercise.reference()), None)
    run = await grader.run(job)
    checks = tuple(ProvenCheck(o.name, o.visible, "outside") for o in run.outcomes)
    return Proof(digest(exercise), (), checks, run.places)


def reference_of(exercise: Exercise) -> str:
    """The reference of an exercise with one answer cell, without the broken code that a debugging exercise has."""
    source = exercise.answers[0].source
    return "\n".join(_REGION.findall(source)) if exercise.debugging else source


def wrong_answers(of_each: int, start: int = 0) -> Iterator[Wrong]:
    """So many mutants of each reference, spread over its lines; another `start` gives others."""
    for path in CURRICULUM:
        exercise = read_exercise(path)
        source = reference_of(exercise)
        plain = ast.unparse(ast.parse(source)).splitlines()
        made = mutants(source, 10_000)
        step = len(made) / of_each
        for number in range(of_each):
            mutant = made[(int(number * step) + start) % len(made)]
            lines = zip(plain, mutant.source.splitlines(), strict=False)
            line = next(place for place, (one, other) in enumerate(lines, 1) if one != other)
            yield Wrong(exercise, mutant.source, line, mutant.what)


def is_true_and_specific(clue: Clue, wrong: Wrong) -> bool:
    """Whether a clue names the line of the fault, or a call that goes wrong."""
    if clue.line == wrong.line and clue.cell == wrong.cell:
        return True
    return bool(clue.call) and outcome(wrong.source, clue.call) != outcome(reference_of(wrong.exercise), clue.call)


class _TooLong(BaseException):
    """A program that takes too many steps."""


def outcome(source: str, call: str) -> str:
    """What a call gives or raises, with the values that it was given as they are afterwards."""
    space: dict[str, Any] = {"__name__": "__main__"}
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            raise _TooLong
        return count

    *before, last = ast.parse(call).body
    assert isinstance(last, ast.Expr)
    traced = sys.gettrace()
    sys.settrace(count)
    try:
        exec(source, space)
        exec(compile(ast.Module(before, []), "<call>", "exec"), space)
        return repr(eval(ast.unparse(last), space))
    except Exception as error:
        return f"raises {type(error).__name__}"
    except _TooLong:
        return "does not end"
    finally:
        sys.settrace(traced)
