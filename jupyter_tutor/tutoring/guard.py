"""Does a text give the answer away? Decided by running the code in it."""

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
    if not blocks:
        return ""
    before = _hidden_passes(await _run(exercise, proof, answers, grader))
    for block in [*blocks, "\n".join(blocks)] if len(blocks) > 1 else blocks:
        for attempt in _attempts(answers, block):
            gained = _hidden_passes(await _run(exercise, proof, attempt, grader)) - before
            if gained:
                return f"its code makes {sorted(gained)[0]} pass"
    return ""


def _attempts(answers: dict[str, str], block: str) -> list[dict[str, str]]:
    """The block alone, and after each answer."""
    first = next(iter(answers), None)
    return [] if first is None else [answers | {first: block}, answers | {first: answers[first] + "\n" + block}]


async def _run(exercise: Exercise, proof: Proof, answers: dict[str, str], grader: Grader) -> Run:
    return await grader.run(plan(exercise, with_answers(exercise, answers), proof.places, proof.in_kernel))


def _hidden_passes(run: Run) -> set[str]:
    return {o.name for o in run.outcomes if not o.visible and o.status == "passed"}
