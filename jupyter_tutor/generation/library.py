"""The exercises that a learner can have: the curriculum's, and those that were written for the learner."""

import asyncio
from pathlib import Path

from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.exercise import Exercise, parse_exercise
from jupyter_tutor.exercises.themes import themed
from jupyter_tutor.learning.model import Written
from jupyter_tutor.ports import Store

_KEPT = 200
"""Written exercises that are kept read."""


class Library:
    """Finds exercises by slug. A written one never has a slug of the curriculum."""

    def __init__(self, curriculum: Curriculum, store: Store) -> None:
        self.curriculum, self.store = curriculum, store
        self._read: dict[str, Exercise] = {}

    async def shipped(self) -> dict[str, Exercise]:
        """The curriculum."""
        return await asyncio.to_thread(self.curriculum.exercises)

    async def find(self, learner: str, slug: str, theme: str = "") -> Exercise | None:
        """The exercise as the theme tells it, or None when one of the two is no longer there."""
        exercise = (await self.shipped()).get(slug)
        if exercise is not None:
            there = theme in exercise.metadata.tellings
            return await asyncio.to_thread(themed, exercise, theme) if there else None
        written = await self.store.written_named(learner, slug)
        return None if written is None else self.read(written)

    async def seen(self, learner: str) -> list[Exercise]:
        """All that a new exercise must not repeat."""
        written = await self.store.written(learner)
        return [*(await self.shipped()).values(), *map(self.read, written[:_KEPT])]

    def read(self, written: Written) -> Exercise:
        """A written exercise, parsed once."""
        if written.id not in self._read:
            self._read[written.id] = parse_exercise(written.notebook, Path(f"{written.slug}.ipynb"))
            for old in list(self._read)[:-_KEPT]:
                del self._read[old]
        return self._read[written.id]
