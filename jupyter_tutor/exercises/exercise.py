"""Reads and validates an authored notebook. Each error names the notebook, the cell and the cause."""

import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.cell import Cell, read_cell
from jupyter_tutor.exercises.metadata import TutorMetadata, read_metadata
from jupyter_tutor.exercises.notebook import parse_notebook, read_notebook_text
from jupyter_tutor.exercises.regions import STUB, TEXT_STUB, cut, has, shown
from jupyter_tutor.exercises.schema import Role
from jupyter_tutor.exercises.validate import validate


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
        return tuple(cell for cell in self.cells if cell.is_answer)

    @property
    def debugging(self) -> bool:
        return self.metadata.kind == "debugging"

    def reference(self) -> dict[str, str]:
        """The author's answers by grade_id; of a debugging exercise only the region, not the broken code above it."""
        return {cell.grade_id: cell.source for cell in self.answers}

    def solution(self) -> dict[str, str]:
        """The author's answers by grade_id as a learner may read them: without marks, and without the broken code."""
        return {cell.grade_id: shown(cell.source, inside=self.debugging) for cell in self.answers}

    def starter(self) -> dict[str, str]:
        """What a learner begins with, by grade_id."""
        return {cell.grade_id: self.clear(cell) for cell in self.answers}

    def clear(self, cell: Cell) -> str:
        """An answer cell without its solution."""
        if not has(cell.source, "SOLUTION"):
            return STUB if cell.kind == "code" else TEXT_STUB
        stub = None if self.debugging else STUB if cell.kind == "code" else TEXT_STUB
        return cut(cell.source, "SOLUTION", stub, self.where(cell)).rstrip()

    def where(self, cell: Cell) -> str:
        """How errors name a cell."""
        return f"{self.path.name}: {cell.name}"

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
    return parse_exercise(read_notebook_text(path), path)


def parse_exercise(text: str, path: Path) -> Exercise:
    """The exercise in a notebook's JSON. Raises AuthorError."""
    notebook = parse_notebook(text, path.name)
    cells = tuple(read_cell(index, cell, path.name) for index, cell in enumerate(notebook.cells))
    defaults = {"slug": slug(path.stem), "title": heading(cells) or path.stem, "language": _language(notebook)}
    data = notebook.metadata.get("tutor", {})
    metadata = read_metadata(data, defaults, path.name)
    validate(cells, metadata.language, data.get("released") is True, path.name)
    return Exercise(path, metadata, notebook, cells)


def heading(cells: tuple[Cell, ...]) -> str:
    """The first heading in the text cells, or nothing."""
    texts = (
        m[1].strip()
        for cell in cells
        if cell.kind == "markdown" and (m := re.search(r"^#+\s+(.+)$", cell.source, re.M))
    )
    return next(texts, "")


def slug(name: str) -> str:
    """A name in lower case, with dashes for all but letters and digits."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-") or "exercise"


def _language(notebook: NotebookNode) -> str:
    spec = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    name = (spec.get("language") if isinstance(spec, dict) else None) or (
        info.get("name") if isinstance(info, dict) else None
    )
    language = name.lower() if isinstance(name, str) and name else "python"
    return "python" if language in ("python2", "python3", "ipython") else language
