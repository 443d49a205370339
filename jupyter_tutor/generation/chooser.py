"""Which exercise a learner gets: what is due, as the theme tells it that suits them, and fit to be shown."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import date

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.themes import themed
from jupyter_tutor.generation.library import Library
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.learning.choose import choose, choose_theme
from jupyter_tutor.learning.model import Candidate, Past, Rules

_log = logging.getLogger(__name__)


class Chooser:
    """Chooses from the curriculum's exercises of a language. Without `prove` they are taken as they are."""

    def __init__(self, library: Library, proofs: Proofs, rules: Rules, language: str, prove: bool) -> None:
        self.library, self.proofs = library, proofs
        self.rules, self.language, self.prove = rules, language, prove

    async def due(self, history: Sequence[Past], day: date, learner: str) -> Candidate:
        """What is best for a learner on a day. Raises OperatorError when there is nothing to choose from."""
        return choose(list(await self._candidates()), history, day, learner, self.rules)

    async def told(self, due: Candidate, day: date, learner: str) -> Exercise:
        """The exercise of a candidate, as it is told to a learner on a day."""
        exercise = (await self.library.shipped())[due.slug]
        theme = choose_theme(exercise.metadata.tellings, self.rules.interests, day, learner)
        return await asyncio.to_thread(themed, exercise, theme)

    async def choose(self, history: Sequence[Past], day: date, learner: str) -> Exercise:
        """The best exercise that is fit. Raises OperatorError when none is."""
        candidates = await self._candidates()
        while True:
            chosen = choose(candidates, history, day, learner, self.rules)
            candidates.remove(chosen)
            exercise = await self.told(chosen, day, learner)
            if not self.prove or await self.fit(exercise):
                return exercise

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

    async def _candidates(self) -> list[Candidate]:
        """Automatically graded exercises of the language."""
        shipped = await self.library.shipped()
        return [_candidate(e) for e in shipped.values() if e.metadata.language == self.language and e.tests]


def _candidate(exercise: Exercise) -> Candidate:
    data = exercise.metadata
    interests = tuple(dict.fromkeys(interest for telling in data.tellings.values() for interest in telling))
    return Candidate(data.slug, data.kind, data.difficulty, data.topics, interests)
