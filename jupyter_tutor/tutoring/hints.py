"""Which rung of help comes next."""

from jupyter_tutor.errors import NotFound
from jupyter_tutor.exercises.exercise import Exercise


def rung(exercise: Exercise, asked: int, wanted: int | None = None) -> tuple[int, str]:
    """The number, from 1, and the text of the wanted rung, or of the one after those asked.

    The last one stays the last. Raises NotFound when the author wrote no hints.
    """
    hints = exercise.metadata.hints
    if not hints:
        raise NotFound("this exercise has no hints: read its examples and the reasons of the checks")
    number = min(max(asked + 1 if wanted is None else wanted, 1), len(hints))
    return number, hints[number - 1]
