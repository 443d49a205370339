"""nbgrader's metadata of a cell, of any of its schema versions, and what it makes of the cell."""

from typing import Any, Literal

from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError

Role = Literal["answer", "test", "manual", "task", "locked", "free"]
SCHEMA_VERSION = 3


def grading(cell: NotebookNode) -> dict[str, Any]:
    """nbgrader's metadata of a cell in the form of schema 3, older ones upgraded; empty when there is none.

    Points that were left out, left empty or are no number are none, as nbgrader's own upgrade has it.
    """
    data = cell.metadata.get("nbgrader")
    if not isinstance(data, dict) or not data:
        return {}
    grade, solution = bool(data.get("grade")), bool(data.get("solution"))
    grade_id = data.get("grade_id")
    return {
        "grade": grade,
        "solution": solution,
        "locked": bool(data.get("locked", grade and not solution)),
        "task": bool(data.get("task", False)),
        "grade_id": grade_id if isinstance(grade_id, str) else "",
        "points": _points(data.get("points")),
    }


def _points(value: Any) -> float:
    try:
        points = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return points if abs(points) < float("inf") else 0.0  # NaN is not less either


def role_of(cell: NotebookNode) -> Role:
    """What a cell is for, as nbgrader sees it."""
    data = grading(cell)
    if not data:
        return "free"
    if data["task"]:
        return "task"
    if data["solution"]:
        return "manual" if data["grade"] else "answer"
    if data["grade"]:
        return "test"
    return "locked" if data["locked"] else "free"


def upgraded(cell: NotebookNode) -> dict[str, Any]:
    """A cell's metadata for nbgrader as it writes it at present: points where it counts them, nothing unknown to it."""
    data = grading(cell)
    if role_of(cell) == "free":
        return {}
    if not data["grade"] and not data["task"]:
        del data["points"]
    kept = {k: v for k, v in cell.metadata["nbgrader"].items() if k in ("checksum", "cell_type")}
    return data | {"schema_version": SCHEMA_VERSION} | kept


def refuse_newer(cell: NotebookNode, where: str) -> None:
    """Raises AuthorError for metadata of a schema that is not known here."""
    data = cell.metadata.get("nbgrader")
    version = data.get("schema_version", 0) if isinstance(data, dict) else 0
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise AuthorError(
            f"{where}: its nbgrader metadata has schema version {version}, and {SCHEMA_VERSION} is the newest "
            "known here: upgrade Jupyter Tutor"
        )
