"""The curriculum with its proofs, and a small exercise about a limit with what diagnosis says of answers to it."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.proof import Proof, prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell, text_cell
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.diagnosis.diagnosis import Diagnosis
from tests.tutoring.measure import quick_proof

Tell: TypeAlias = Callable[[str], Awaitable[tuple[Clue, ...]]]
Proven: TypeAlias = Callable[[str], Awaitable[tuple[Exercise, Proof]]]
TEXT = "Give the total of the prices; a total of 50 or more costs 5 less. Prices are never below 0."
REFERENCE = """\
def to_pay(prices):
    ### BEGIN SOLUTION
    total = sum(prices)
    if total >= 50:
        return total - 5
    return total
    ### END SOLUTION
"""
CHECKS = """\
assert to_pay([20, 10]) == 30, "a small order"
assert to_pay([40, 30]) == 65, "a large order"
### BEGIN HIDDEN TESTS
assert to_pay([]) == 0, "no prices"
assert to_pay([25, 25]) == 45, "a total just at the limit"
assert to_pay([3]) == 3, "one price"
assert to_pay([1, 2, 0, 4]) == 7, "four prices"
### END HIDDEN TESTS
"""


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    return authored(text_cell(TEXT), answer_cell(REFERENCE), checks_cell(CHECKS))


@pytest.fixture(scope="session")
async def proof(exercise: Exercise, grader: WorkerGrader) -> Proof:
    proof = await prove(exercise, grader)
    assert proof.problems == ()
    return proof


@pytest.fixture(scope="session")
def tell(exercise: Exercise, proof: Proof, grader: WorkerGrader) -> Tell:
    """The clues about an answer to it."""

    async def tell(source: str) -> tuple[Clue, ...]:
        return await Diagnosis(grader).clues(exercise, proof, with_answers(exercise, {"answer": source}))

    return tell


@pytest.fixture(scope="session")
def proven(grader: WorkerGrader, curriculum: Path) -> Proven:
    """`await proven(slug)` gives an exercise of the curriculum and its proof."""
    paths = {path.stem: path for path in curriculum.glob("*/*.ipynb")}
    kept: dict[str, tuple[Exercise, Proof]] = {}

    async def proven(slug: str) -> tuple[Exercise, Proof]:
        if slug not in kept:
            exercise = read_exercise(paths[slug])
            kept[slug] = exercise, await quick_proof(exercise, grader)
        return kept[slug]

    return proven
