"""One cell of an authored notebook."""

from dataclasses import dataclass

from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.regions import normal
from jupyter_tutor.exercises.schema import Role, grading, refuse_newer, role_of


@dataclass(frozen=True)
class Cell:
    """`name` is how messages call it. `grade_id` is empty for cells that nbgrader does not know."""

    index: int
    kind: str
    role: Role
    grade_id: str
    points: float
    source: str

    @property
    def name(self) -> str:
        """As people count: from 1, with its grade_id."""
        return f"cell {self.index + 1}" + (f" ({self.grade_id})" if self.grade_id else "")

    @property
    def is_answer(self) -> bool:
        """Whether learners write code in it."""
        return self.kind == "code" and self.role in ("answer", "manual")


def read_cell(index: int, cell: NotebookNode, where: str) -> Cell:
    """A notebook's cell, counted from 0. `where` names the notebook. Raises AuthorError."""
    refuse_newer(cell, f"{where}: cell {index + 1}")
    data = grading(cell)
    role = role_of(cell)
    if role != "free" and not data["grade_id"]:
        raise AuthorError(f"{where}: cell {index + 1} is graded or locked by nbgrader and has no grade_id: give it one")
    source = normal(cell.source) if cell.cell_type == "code" else cell.source
    return Cell(index, cell.cell_type, role, data.get("grade_id", ""), data.get("points", 0.0), source)
