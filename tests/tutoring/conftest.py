"""The curriculum with its proofs, each proven when a test first needs it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.grading.proof import Proof, prove
from jupyter_tutor.sandbox.grader import WorkerGrader

Proven = Callable[[str], Awaitable[tuple[Exercise, Proof]]]


@pytest.fixture(scope="session")
def proven(grader: WorkerGrader, curriculum: Path) -> Proven:
    """`await proven(slug)` gives an exercise of the curriculum and its proof."""
    paths = {path.stem: path for path in curriculum.glob("*/*.ipynb")}
    kept: dict[str, tuple[Exercise, Proof]] = {}

    async def proven(slug: str) -> tuple[Exercise, Proof]:
        if slug not in kept:
            exercise = read_exercise(paths[slug])
            kept[slug] = exercise, await prove(exercise, grader)
        return kept[slug]

    return proven
