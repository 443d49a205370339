"""The authored exercises in a few folders, read once and again when a file changes."""

import logging
from collections.abc import Iterable
from pathlib import Path

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.themes import variants

_log = logging.getLogger(__name__)


class Curriculum:
    """Exercises by slug.

    A notebook that cannot be read is left out, with a warning; the first of two of one slug counts.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._read: dict[Path, tuple[float, Exercise | None]] = {}

    def exercises(self) -> dict[str, Exercise]:
        """All exercises. Reads files: call it in a thread."""
        found: dict[str, Exercise] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("**/*.ipynb")):
                if ".ipynb_checkpoints" not in path.parts and (exercise := self._exercise(path)):
                    found.setdefault(exercise.metadata.slug, exercise)
        return found

    def _exercise(self, path: Path) -> Exercise | None:
        try:
            changed = path.stat().st_mtime
        except OSError:
            return None
        if path not in self._read or self._read[path][0] != changed:
            try:
                self._read[path] = changed, variants(read_exercise(path))[0]  # a faulty theme is told of here
            except AuthorError as error:
                _log.warning("exercise left out: %s", error)
                self._read[path] = changed, None
        return self._read[path][1]
