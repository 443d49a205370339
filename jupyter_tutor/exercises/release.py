"""The learner's copy of an exercise: no solutions, no hidden tests, no hints."""

import re
from typing import Any

import nbformat
from nbformat import NotebookNode

from jupyter_tutor.exercises.cell import Cell
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.metadata import released
from jupyter_tutor.exercises.regions import HIDDEN_CELL, cut, has
from jupyter_tutor.exercises.schema import upgraded

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
MAGICS = "%load_ext jupyter_tutor\n%tutor help"


def release(exercise: Exercise, **extra: str) -> NotebookNode:
    """The notebook a learner gets; `extra` is added to its `tutor` metadata (the daily that it belongs to)."""
    metadata: dict[str, Any] = {
        k: v for k, v in exercise.notebook.metadata.items() if k in ("kernelspec", "language_info")
    }
    metadata["tutor"] = released(exercise.metadata) | {"released": True} | extra
    cells = [
        _released_cell(exercise, cell, node) for cell, node in zip(exercise.cells, exercise.notebook.cells, strict=True)
    ]
    notebook = nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    ids: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if not isinstance(cell.get("id"), str) or not _ID.fullmatch(cell.id) or cell.id in ids:
            cell.id = f"cell-{number}"
        ids.add(cell.id)
    return notebook


def daily_copy(exercise: Exercise, daily: str) -> NotebookNode:
    """The notebook of a daily: the learner's copy, and a last cell that brings `%tutor` where the kernel has magics."""
    notebook = release(exercise, daily=daily)
    if exercise.metadata.language == "python":
        metadata = {"tags": ["jupyter-tutor"]}
        notebook.cells.append(nbformat.v4.new_code_cell(MAGICS, id="jupyter-tutor", metadata=metadata))
    return notebook


def _released_cell(exercise: Exercise, cell: Cell, node: NotebookNode) -> dict[str, Any]:
    source = exercise.clear(cell) if cell.role in ("answer", "manual") else cell.source
    source = _shown(source, exercise.where(cell)) or (HIDDEN_CELL if cell.role == "test" else "")
    metadata: dict[str, Any] = {}
    if "nbgrader" in node.metadata:
        metadata["nbgrader"] = upgraded(node) or node.metadata["nbgrader"]
    if cell.role in ("test", "locked"):
        metadata |= {"deletable": False, "editable": False}
    elif cell.role != "free":
        metadata |= {"deletable": False}
    out: dict[str, Any] = {"cell_type": cell.kind, "metadata": metadata, "source": source}
    out |= {key: node[key] for key in ("id", "attachments") if key in node and (key == "id" or source == cell.source)}
    if cell.kind == "code":
        out |= {"execution_count": None, "outputs": []}
    return out


def _shown(source: str, where: str) -> str:
    """A cell without what is for the judge's and the graders' eyes."""
    for region in ("HIDDEN TESTS", "MARK SCHEME"):
        if has(source, region):
            source = cut(source, region, None, where).rstrip()
    return source
