"""Where a learner stands when they ask for help."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.exercises.release import release
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.learning.model import Daily, GivenHint
from jupyter_tutor.learning.profile import Value
from jupyter_tutor.learning.talk import ChatMessage, Memory
from jupyter_tutor.tutoring.clues import Clue


@dataclass(frozen=True)
class Situation:
    """`merged` is the learner's notebook of the moment, `verdict` the JSON of the latest verdict, None when there is
    none; `clues` are the best first. `hints`, `said` and `remembered` are what the learner was told, said, and is like;
    `seen` is what a model showed beside that, and `likes` are the goals, interests and style that were chosen.
    """

    daily: Daily
    exercise: Exercise
    proof: Proof
    merged: Merged
    clues: tuple[Clue, ...] = ()
    verdict: dict[str, Any] | None = None
    hints: tuple[GivenHint, ...] = ()
    said: tuple[ChatMessage, ...] = ()
    remembered: tuple[Memory, ...] = ()
    seen: tuple[str, ...] = ()
    likes: Mapping[str, Value] = field(default_factory=dict)

    @cached_property
    def task(self) -> str:
        """The text of the exercise, as the learner has it."""
        cells = release(self.exercise).cells
        return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")

    @property
    def told(self) -> tuple[str, ...]:
        """What the tutor said about this exercise before."""
        return (*(hint.text for hint in self.hints), *(m.text for m in self.said if m.role == "tutor"))

    @property
    def new_clue(self) -> Clue | None:
        """The best clue that was not told yet."""
        known = {hint.clue for hint in self.hints}
        return next((clue for clue in self.clues if clue.key not in known), None)
