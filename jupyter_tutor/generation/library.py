"""The exercises that a learner can have: the curriculum's, and those that were written for the learner."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path

from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.exercise import Exercise, parse_exercise
from jupyter_tutor.exercises.metadata import TutorMetadata
from jupyter_tutor.exercises.themes import themed
from jupyter_tutor.learning.model import Daily, Written
from jupyter_tutor.ports import Store

_KEPT = 200
"""Written exercises that are kept read."""


class Library:
    """Finds exercises by slug. A written one never has a slug of the curriculum."""

    def __init__(self, curriculum: Curriculum, store: Store) -> None:
        self.curriculum, self.store = curriculum, store
        self._read: dict[str, Exercise] = {}
        self._tellings: dict[tuple[str, str], tuple[Exercise, Exercise]] = {}

    async def shipped(self) -> dict[str, Exercise]:
        """The curriculum."""
        return await asyncio.to_thread(self.curriculum.exercises)

    async def find(self, learner: str, slug: str, theme: str = "") -> Exercise | None:
        """The exercise as the theme tells it, or None when one of the two is no longer there."""
        return await self._find(await self.shipped(), learner, slug, theme)

    async def metadata(self, dailies: Iterable[Daily]) -> dict[str, TutorMetadata]:
        """What authors say about the exercises of dailies, by the id of the daily, as far as they are there."""
        shipped = await self.shipped()
        found = {d.id: await self._find(shipped, d.learner, d.slug, d.theme) for d in dailies}
        return {id: exercise.metadata for id, exercise in found.items() if exercise is not None}

    async def _find(self, shipped: Mapping[str, Exercise], learner: str, slug: str, theme: str) -> Exercise | None:
        exercise = shipped.get(slug)
        if exercise is not None:
            there = theme in exercise.metadata.tellings
            return await asyncio.to_thread(self._told, exercise, theme) if there else None
        written = await self.store.written_named(learner, slug)
        return None if written is None else self.read(written)

    def _told(self, exercise: Exercise, theme: str) -> Exercise:
        """A theme's telling of a shipped exercise, made again when its file has changed."""
        key = exercise.metadata.slug, theme
        origin, told = self._tellings.get(key, (None, exercise))
        if origin is not exercise:
            told = themed(exercise, theme)
            self._tellings[key] = exercise, told
        return told

    async def seen(self, learner: str) -> list[Exercise]:
        """All that a new exercise must not repeat, the latest last."""
        written = await self.store.written(learner)
        own = await asyncio.to_thread(lambda: [self.read(one) for one in written[:_KEPT]])
        return [*(await self.shipped()).values(), *reversed(own)]

    def read(self, written: Written) -> Exercise:
        """A written exercise, parsed once."""
        if written.id not in self._read:
            self._read[written.id] = parse_exercise(written.notebook, Path(f"{written.slug}.ipynb"))
            for old in list(self._read)[:-_KEPT]:
                del self._read[old]
        return self._read[written.id]
