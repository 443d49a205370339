"""Which exercise a learner gets: what is due, as the theme tells it that suits them, and fit to be shown."""

import asyncio
import logging

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.themes import themed
from jupyter_tutor.generation.library import Library
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.learning.choose import choose, choose_theme
from jupyter_tutor.learning.learner import Learner, fits
from jupyter_tutor.learning.level import between
from jupyter_tutor.learning.model import Candidate, Level

_log = logging.getLogger(__name__)


class Chooser:
    """Chooses from the curriculum's exercises of a learner's language. Without `prove` they are taken as they are."""

    def __init__(self, library: Library, proofs: Proofs, prove: bool) -> None:
        self.library, self.proofs, self.prove = library, proofs, prove

    async def due(self, learner: Learner) -> Candidate:
        """What is best for a learner on a day. Raises OperatorError when there is nothing to choose from."""
        candidates = await self._candidates(learner.profile.language)
        return (await asyncio.to_thread(choose, candidates, learner)).candidate

    async def told(self, due: Candidate, learner: Learner) -> Exercise:
        """The exercise of a candidate, as it is told to a learner on a day."""
        exercise = (await self.library.shipped())[due.slug]
        theme = choose_theme(exercise.metadata.tellings, learner.profile.interests, learner.today, learner.id)
        return await asyncio.to_thread(themed, exercise, theme)

    async def choose(self, learner: Learner) -> tuple[Exercise, tuple[str, ...]]:
        """The best exercise that is fit, and why it is. Raises OperatorError when none is."""
        candidates = await self._candidates(learner.profile.language)
        while True:
            chosen = await asyncio.to_thread(choose, candidates, learner)
            candidates.remove(chosen.candidate)
            exercise = await self.told(chosen.candidate, learner)
            if not self.prove or await self.fit(exercise):
                return exercise, chosen.because

    def suits(self, exercise: Exercise, learner: Learner) -> tuple[str, ...] | None:
        """Why an exercise that was written ahead is right for a learner; None when it is not any more."""
        data, wish = exercise.metadata, learner.wish
        right = data.language == learner.profile.language and data.difficulty in between(*learner.profile.bounds)
        if not right or (wish and not fits(wish, data.topics)):
            return None
        return choose([_candidate(exercise)], learner).because

    async def offer(self) -> dict[str, dict[str, set[Level]]]:
        """What there is to choose from: by language and topic, the levels of its exercises."""
        found: dict[str, dict[str, set[Level]]] = {}
        for exercise in (await self.library.shipped()).values():
            data = exercise.metadata
            for topic in data.topics if exercise.tests else ():
                found.setdefault(data.language, {}).setdefault(topic, set()).add(data.difficulty)
        return found

    async def fit(self, exercise: Exercise) -> bool:
        """Whether an exercise is proven with every hidden check out of the learner's reach."""
        try:
            proof = await self.proofs.of(exercise)
        except AuthorError as error:
            _log.warning("exercise %s is not fit for a daily: %s", exercise.metadata.slug, error)
            return False
        problems = list(proof.problems) + [
            f"{c.name} runs beside learner code" for c in proof.checks if c.trust == "in_kernel" and not c.visible
        ]
        if problems:
            _log.warning("exercise %s is not fit for a daily: %s", exercise.metadata.slug, "; ".join(problems))
        return not problems

    async def _candidates(self, language: str) -> list[Candidate]:
        """Automatically graded exercises of a language."""
        shipped = await self.library.shipped()
        return [_candidate(e) for e in shipped.values() if e.metadata.language == language and e.tests]


def _candidate(exercise: Exercise) -> Candidate:
    data = exercise.metadata
    interests = tuple(dict.fromkeys(interest for telling in data.tellings.values() for interest in telling))
    return Candidate(data.slug, data.kind, data.difficulty, data.topics, interests, data.minutes)
