"""An nbgrader notebook made an exercise of ours, and back. nbgrader copies a notebook's metadata to students: what only
the author may know leaves the notebook on its way there, and comes back from a file beside the course's folders.
"""

import copy
from pathlib import PurePath
from typing import Any

from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.cell import read_cell
from jupyter_tutor.exercises.exercise import Exercise, heading, slug
from jupyter_tutor.exercises.metadata import RELEASED, SCHEMA_VERSION
from jupyter_tutor.exercises.schema import upgraded

TO_ADD = ("topics", "objectives", "success_criteria", "hints", "mistakes")
"""What an import cannot know."""


def imported(notebook: NotebookNode, name: PurePath, files: list[str], kept: dict[str, Any] | None) -> NotebookNode:
    """The exercise in an nbgrader notebook. Raises AuthorError.

    `name` is its path below the course's `source`; `kept` is the `tutor` key that an export put aside.
    """
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"] = upgraded(cell)
            if not cell.metadata["nbgrader"]:
                del cell.metadata["nbgrader"]
    data = notebook.metadata.get("tutor", {}) if kept is None else kept
    if not isinstance(data, dict):
        raise AuthorError(f"{name}: the `tutor` metadata has to be an object, it is {type(data).__name__}")
    tutor = dict(data) if data else _usual(made, name)
    declared = tutor.get("files", [])
    if files and isinstance(declared, list):  # anything else is named when the exercise is read
        tutor["files"] = [*declared, *(name for name in files if name not in declared)]
    made.metadata["tutor"] = tutor
    return made


def _usual(notebook: NotebookNode, name: PurePath) -> dict[str, Any]:
    """A `tutor` key for a notebook without one."""
    cells = tuple(read_cell(index, cell, str(name)) for index, cell in enumerate(notebook.cells))
    written = sum(10 if cell.is_answer else 5 for cell in cells if cell.role in ("answer", "manual", "task"))
    parts = list(dict.fromkeys([*name.parts[:-1], name.stem]))
    return {
        "schema_version": SCHEMA_VERSION,
        "slug": slug("-".join(parts)),
        "title": heading(cells) or name.stem,
        "kind": "practical",
        "difficulty": "medium",
        "minutes": min(max(written, 5), 120),
        "credit": "cell",
    } | {key: [] for key in TO_ADD}


def exported(exercise: Exercise) -> tuple[NotebookNode, dict[str, Any]]:
    """The notebook as nbgrader gets it, and the `tutor` key as it was, to put aside."""
    made = copy.deepcopy(exercise.notebook)
    for cell in made.cells:
        if fresh := upgraded(cell):
            cell.metadata["nbgrader"] = fresh
    tutor = dict(made.metadata.pop("tutor", {}))
    shown = {key: value for key, value in tutor.items() if key in RELEASED}
    if shown:
        made.metadata["tutor"] = shown
    return made, tutor
