"""Does a text give the answer away? Decided by running the code in it."""

import asyncio
import re

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.job import Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader

_BLOCK = re.compile(r"^(?P<fence>```+|~~~+)[^\n]*\n(?P<code>.*?)^(?P=fence)", re.M | re.S)


def code_blocks(text: str) -> list[str]:
    """The fenced code blocks of a Markdown text."""
    return [match["code"] for match in _BLOCK.finditer(text)]


async def leak(exercise: Exercise, proof: Proof, answers: dict[str, str], text: str, grader: Grader) -> str:
    """Why a text leaks, or an empty string: code in it makes a hidden check pass that `answers` do not pass."""
    blocks = code_blocks(text)
    if not blocks or not answers:
        return ""
    first = next(iter(answers))
    tried = [*blocks, "\n".join(blocks)] if len(blocks) > 1 else blocks
    attempts = [answers | {first: code} for block in tried for code in (block, f"{answers[first]}\n{block}")]
    runs = await asyncio.gather(*(_run(exercise, proof, attempt, grader) for attempt in (answers, *attempts)))
    before, *after = map(_hidden_passes, runs)
    gained = sorted(set().union(*after) - before)
    return f"its code makes {gained[0]} pass" if gained else ""


async def _run(exercise: Exercise, proof: Proof, answers: dict[str, str], grader: Grader) -> Run:
    return await grader.run(plan(exercise, with_answers(exercise, answers), proof.places, proof.in_kernel))


def _hidden_passes(run: Run) -> set[str]:
    return {o.name for o in run.outcomes if not o.visible and o.status == "passed"}
