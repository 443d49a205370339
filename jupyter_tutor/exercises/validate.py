"""What has to hold of an authored notebook before it is run. Each error names the cell, the cause and what to do."""

import ast
from collections import Counter

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.cell import Cell
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.regions import HIDDEN_CELL, STUB, TEXT_STUB, cut, has
from jupyter_tutor.python import parse

COPY = (
    "this is a learner's copy, without solutions and hidden tests: name the author's notebook "
    "(of an nbgrader course, the one below `source/`)"
)

_ROUNDING = ("round", "float", "int", "min", "max")
_NUMERIC = (ast.Name, ast.BinOp)


def validate(cells: tuple[Cell, ...], language: str, released: bool, where: str) -> None:
    """`released` is whether the notebook says of itself that it is a learner's copy. Raises AuthorError."""
    counts = Counter(cell.grade_id for cell in cells if cell.grade_id)
    for cell in cells:
        if counts[cell.grade_id] > 1:
            others = ", ".join(str(c.index + 1) for c in cells if c.grade_id == cell.grade_id and c is not cell)
            raise AuthorError(f"{where}: {cell.name}: cell {others} has the same grade_id: give each cell its own")
        _validate_cell(cell, f"{where}: {cell.name}")
    if released or _is_copy(cells):
        raise AuthorError(f"{where}: {COPY}")
    tests, answers = [c for c in cells if c.role == "test"], [c for c in cells if c.is_answer]
    if tests and language != "python":
        raise AuthorError(
            f"{where}: it is for the language {language!r}, and test cells can be run in Python only so far: "
            "grade it with nbgrader, or make its test cells manually graded"
        )
    for cell in (*tests, *answers):
        if cell.role == "test" or (language == "python" and cell.role == "answer"):
            _parse(cell, f"{where}: {cell.name}")
    if not any(cell.role in ("test", "manual", "task") for cell in cells):
        raise AuthorError(f"{where}: nothing in it is graded: mark a test cell as `Autograder tests`")
    if tests and not answers:
        raise AuthorError(f"{where}: it has test cells and no answer cell: mark one as `Autograded answer`")


def _validate_cell(cell: Cell, where: str) -> None:
    if cell.points < 0:
        raise AuthorError(f"{where}: its points are negative")
    if cell.role == "test" and cell.kind != "code":
        raise AuthorError(f"{where}: a test cell has to be a code cell")
    for region in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
        cut(cell.source, region, None, where)
    if cell.role in ("free", "locked", "test", "task") and has(cell.source, "SOLUTION"):
        raise AuthorError(
            f"{where}: it holds a SOLUTION region and is no answer cell: learners would see it; "
            "mark it as `Autograded answer` or `Manually graded answer`"
        )
    if cell.role != "test" and has(cell.source, "HIDDEN TESTS"):
        raise AuthorError(
            f"{where}: it holds a HIDDEN TESTS region and is no test cell: move the tests to one, "
            "marked as `Autograder tests`"
        )
    number = next((n for n, line in enumerate(cell.source.splitlines(), 1) if _is_autotest(line)), 0)
    if cell.role == "test" and number:
        raise AuthorError(
            f"{where}: line {number} is an AUTOTEST, which nbgrader turns into tests: run "
            "`nbgrader generate_assignment --source_with_tests` and use the notebook that it writes"
        )


def _is_autotest(line: str) -> bool:
    return line.lstrip().startswith("#") and "AUTOTEST" in line.split()[:3]


def _is_copy(cells: tuple[Cell, ...]) -> bool:
    """Whether the solutions were taken out: all that learners write is a stub, or a test cell's hidden tests left."""
    autograded = [cell for cell in cells if cell.role == "answer"]
    stubs = [_is_stub(cell) for cell in autograded]
    return (bool(stubs) and all(stubs)) or any(c.role == "test" and c.source.strip() == HIDDEN_CELL for c in cells)


def _is_stub(cell: Cell) -> bool:
    wanted = STUB if cell.kind == "code" else TEXT_STUB
    lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
    return not has(cell.source, "SOLUTION") and lines[-len(wanted.splitlines()) :] == wanted.splitlines()


def _parse(cell: Cell, where: str) -> None:
    try:
        tree = parse(without_magics(cell.source))
    except SyntaxError as error:
        place = f"line {error.lineno}" if error.lineno else "it"
        raise AuthorError(f"{where}: {place} is not valid Python: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise AuthorError(f"{where}: it is not valid Python: {error or 'it is nested too deeply'}") from None
    if cell.role == "test" and _gives_points(tree):
        raise AuthorError(
            f"{where}: it ends in a number of points, which nbgrader counts and Jupyter Tutor does not: write an "
            'assert for each thing that earns points, and set `"credit": "check"` in the `tutor` metadata'
        )


def _gives_points(tree: ast.Module) -> bool:
    """Whether a test cell ends in a number that it has added up, which is nbgrader's way to give a part of the points.

    Any other last value is only shown, and nbgrader gives full points.
    """
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return False
    added = {n.target.id for n in ast.walk(tree) if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)}
    value = last.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _ROUNDING and value.args:
        value = value.args[0]
    return any(isinstance(n, ast.Name) and n.id in added for n in ast.walk(value) if isinstance(value, _NUMERIC)) or (
        isinstance(value, ast.Constant) and type(value.value) in (int, float)
    )
