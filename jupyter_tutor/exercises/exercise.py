"""Reads and validates an authored notebook. Each error names the notebook, the cell and the cause."""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.metadata import TutorMetadata, read_metadata
from jupyter_tutor.exercises.regions import STUB, cut, has

Role = Literal["answer", "test", "manual", "task", "locked", "free"]
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Cell:
    """One cell of an authored notebook. `grade_id` is empty for cells that nbgrader does not know."""

    index: int
    kind: str
    role: Role
    grade_id: str
    points: float
    source: str


@dataclass(frozen=True)
class Exercise:
    """An authored notebook that was read and found valid."""

    path: Path
    metadata: TutorMetadata
    notebook: NotebookNode
    cells: tuple[Cell, ...]

    def role(self, *roles: Role) -> tuple[Cell, ...]:
        """The cells of these roles, in order."""
        return tuple(cell for cell in self.cells if cell.role in roles)

    @property
    def tests(self) -> tuple[Cell, ...]:
        return self.role("test")

    @property
    def answers(self) -> tuple[Cell, ...]:
        """Code cells that the learner fills in."""
        return tuple(cell for cell in self.role("answer", "manual") if cell.kind == "code")

    @property
    def debugging(self) -> bool:
        return self.metadata.kind == "debugging"

    def reference(self) -> dict[str, str]:
        """The author's answers by grade_id; of a debugging exercise only the region, not the broken code above it."""
        return {cell.grade_id: cell.source for cell in self.answers}

    def starter(self) -> dict[str, str]:
        """What a learner begins with, by grade_id."""
        return {cell.grade_id: self.clear(cell) for cell in self.answers}

    def clear(self, cell: Cell) -> str:
        """An answer cell without its solution."""
        if not has(cell.source, "SOLUTION"):
            return STUB if cell.kind == "code" else "YOUR ANSWER HERE"
        stub = None if self.debugging else STUB if cell.kind == "code" else "YOUR ANSWER HERE"
        return cut(cell.source, "SOLUTION", stub, self.where(cell)).rstrip()

    def where(self, cell: Cell) -> str:
        """How errors name a cell."""
        return f"{self.path.name}: {name_cell(cell.index, cell.grade_id)}"

    def files(self) -> tuple[tuple[str, str], ...]:
        """Declared data files: the name in the working folder, and the file. Raises AuthorError when one is missing."""
        found = []
        for name in self.metadata.files:
            file = self.path.parent / name
            if not file.is_file():
                raise AuthorError(f"{self.path.name}: the file {name!r} of tutor.files is not beside the notebook")
            found.append((name, str(file.resolve())))
        return tuple(found)


def read_exercise(path: Path) -> Exercise:
    """The exercise in a file. Raises AuthorError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AuthorError(f"{path.name}: the notebook is larger than 20 MB: clear its outputs")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise AuthorError(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from None
    except UnicodeDecodeError:
        raise AuthorError(f"{path.name}: is not a notebook (not UTF-8 text)") from None
    return parse_exercise(text, path)


def parse_exercise(text: str, path: Path) -> Exercise:
    """The exercise in a notebook's JSON. Raises AuthorError."""
    notebook = parse_notebook(text, path.name)
    cells = tuple(_cell(index, cell, path.name) for index, cell in enumerate(notebook.cells))
    defaults = {"slug": _slug(path.stem), "title": _heading(cells) or path.stem, "language": _language(notebook)}
    exercise = Exercise(path, read_metadata(notebook.metadata.get("tutor", {}), defaults, path.name), notebook, cells)
    _validate(exercise)
    return exercise


def parse_notebook(text: str, where: str) -> NotebookNode:
    """Any notebook, as version 4. Raises AuthorError that says what is wrong with it."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AuthorError(f"{where}: is not a notebook (not JSON: {str(error)[:100]})") from None
    if (
        not isinstance(data, dict)
        or ("cells" not in data and "worksheets" not in data)
        or not isinstance(data.get("nbformat"), int)
    ):
        raise AuthorError(f"{where}: is not a notebook (it has no cells)")
    try:
        notebook = nbformat.from_dict(data)
        if data["nbformat"] < 4:
            notebook = nbformat.convert(notebook, 4)
        if not _well_formed(notebook):
            raise ValueError("a cell has no type, source or metadata")
        return notebook
    except Exception as error:
        raise AuthorError(f"{where}: is not a notebook ({str(error)[:100] or type(error).__name__})") from None


def _well_formed(notebook: NotebookNode) -> bool:
    """Makes sources texts and metadata objects; whether that was possible."""
    if not isinstance(notebook.cells, list) or not isinstance(notebook.setdefault("metadata", NotebookNode()), dict):
        return False
    for cell in notebook.cells:
        if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
            return False
        source = cell.get("source", "")
        cell["source"] = (
            "".join(source) if isinstance(source, list) and all(isinstance(p, str) for p in source) else source
        )
        if not isinstance(cell["source"], str) or not isinstance(cell.setdefault("metadata", NotebookNode()), dict):
            return False
    return True


def name_cell(index: int, grade_id: str) -> str:
    """A cell as people count: from 1, with its grade_id."""
    return f"cell {index + 1}" + (f" ({grade_id})" if grade_id else "")


def grading(cell: NotebookNode) -> dict[str, Any]:
    """nbgrader's metadata of a cell in the form of schema 3, older ones upgraded; empty when there is none."""
    data = cell.metadata.get("nbgrader")
    if not isinstance(data, dict) or not data:
        return {}
    grade, solution = bool(data.get("grade")), bool(data.get("solution"))
    points = data.get("points")
    grade_id = data.get("grade_id")
    return {
        "grade": grade,
        "solution": solution,
        "locked": bool(data.get("locked", grade and not solution)),
        "task": bool(data.get("task", False)),
        "grade_id": grade_id if isinstance(grade_id, str) else "",
        "points": float(points) if isinstance(points, (int, float)) else 0.0,
    }


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


def _cell(index: int, cell: NotebookNode, where: str) -> Cell:
    data = grading(cell)
    role = role_of(cell)
    if role != "free" and not data["grade_id"]:
        raise AuthorError(f"{where}: cell {index + 1} is graded or locked by nbgrader and has no grade_id")
    return Cell(index, cell.cell_type, role, data.get("grade_id", ""), data.get("points", 0.0), cell.source)


def _validate(exercise: Exercise) -> None:
    seen: set[str] = set()
    for cell in exercise.cells:
        if cell.grade_id in seen:
            raise AuthorError(f"{exercise.where(cell)}: another cell has the same grade_id")
        if cell.grade_id:
            seen.add(cell.grade_id)
        if cell.points < 0:
            raise AuthorError(f"{exercise.where(cell)}: its points are negative")
        if cell.role == "test" and cell.kind != "code":
            raise AuthorError(f"{exercise.where(cell)}: a test cell has to be a code cell")
        cut(cell.source, "SOLUTION", None, exercise.where(cell))
        cut(cell.source, "HIDDEN TESTS", None, exercise.where(cell))
        if cell.role == "test" or (
            exercise.metadata.language == "python" and cell.role == "answer" and cell.kind == "code"
        ):
            _parse(exercise, cell)
    if not exercise.role("test", "manual", "task"):
        raise AuthorError(f"{exercise.path.name}: nothing in it is graded: mark a test cell as `Autograder tests`")
    if exercise.tests and not exercise.answers:
        raise AuthorError(
            f"{exercise.path.name}: it has test cells and no answer cell: mark one as `Autograded answer`"
        )


def _parse(exercise: Exercise, cell: Cell) -> None:
    try:
        ast.parse(without_magics(cell.source))
    except SyntaxError as error:
        raise AuthorError(f"{exercise.where(cell)}: line {error.lineno} is not valid Python: {error.msg}") from None


def without_magics(source: str) -> str:
    """A Python source with IPython's own lines blanked, so that `ast` can read it."""
    if source.lstrip().startswith("%%"):
        return ""
    return "\n".join("pass" if line.startswith(("%", "!", "?")) else line for line in source.splitlines())


def _heading(cells: tuple[Cell, ...]) -> str:
    texts = (
        m[1].strip()
        for cell in cells
        if cell.kind == "markdown" and (m := re.search(r"^#+\s+(.+)$", cell.source, re.M))
    )
    return next(texts, "")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-") or "exercise"


def _language(notebook: NotebookNode) -> str:
    spec = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    name = (spec.get("language") if isinstance(spec, dict) else None) or (
        info.get("name") if isinstance(info, dict) else None
    )
    return name.lower() if isinstance(name, str) and name else "python"
