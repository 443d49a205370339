"""The learner's copy of an exercise: no solutions, no hidden tests, no hints."""

from typing import Any

import nbformat
from nbformat import NotebookNode

from jupyter_tutor.exercises.exercise import Cell, Exercise
from jupyter_tutor.exercises.metadata import released
from jupyter_tutor.exercises.regions import cut, has

HIDDEN_CELL = "# Hidden checks run here when you submit."
MAGICS = "%load_ext jupyter_tutor\n%tutor help"


def release(exercise: Exercise, **extra: str) -> NotebookNode:
    """The notebook a learner gets; `extra` is added to its `tutor` metadata (the daily that it belongs to)."""
    metadata: dict[str, Any] = {
        k: v for k, v in exercise.notebook.metadata.items() if k in ("kernelspec", "language_info")
    }
    metadata["tutor"] = released(exercise.metadata) | extra
    cells = [
        _released_cell(exercise, cell, node) for cell, node in zip(exercise.cells, exercise.notebook.cells, strict=True)
    ]
    notebook = nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    for number, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{number}")
    return notebook


def daily_copy(exercise: Exercise, daily: str) -> NotebookNode:
    """The notebook of a daily: the learner's copy, and a last cell that brings `%tutor` where the kernel has magics."""
    notebook = release(exercise, daily=daily)
    if exercise.metadata.language == "python":
        metadata = {"tags": ["jupyter-tutor"]}
        notebook.cells.append(nbformat.v4.new_code_cell(MAGICS, id="jupyter-tutor", metadata=metadata))
    return notebook


def _released_cell(exercise: Exercise, cell: Cell, node: NotebookNode) -> dict[str, Any]:
    source = cell.source
    if cell.role in ("answer", "manual"):
        source = exercise.clear(cell)
    elif has(source, "HIDDEN TESTS"):
        source = cut(source, "HIDDEN TESTS", None, exercise.where(cell)).rstrip() or HIDDEN_CELL
    metadata: dict[str, Any] = {"nbgrader": dict(node.metadata["nbgrader"])} if "nbgrader" in node.metadata else {}
    if cell.role in ("test", "locked"):
        metadata |= {"deletable": False, "editable": False}
    elif cell.role != "free":
        metadata |= {"deletable": False}
    out: dict[str, Any] = {"cell_type": cell.kind, "metadata": metadata, "source": source}
    if "id" in node:
        out["id"] = node["id"]
    if cell.kind == "code":
        out |= {"execution_count": None, "outputs": []}
    return out
