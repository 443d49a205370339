"""Examples and checks of a draft as test cells of an authored notebook."""

import ast
from collections.abc import Iterable

from jupyter_tutor.generation.draft import DraftCheck, Example
from jupyter_tutor.grading.boundary.checks import BEGIN_HIDDEN, END_HIDDEN
from jupyter_tutor.python import parse, parse_expression

_RAISES = "raises"


def example_source(example: Example) -> str:
    """The lines of an example, with an assert of what it gives."""
    tree = parse(example.code)
    last = tree.body[-1]
    assert isinstance(last, ast.Expr)
    shown = ast.unparse(last).replace("\n", " ")
    case = ast.Constant(f"the example {shown[:80]}")
    gives = parse_expression(example.gives)
    same: ast.cmpop = ast.Is() if isinstance(gives, ast.Constant) and gives.value is None else ast.Eq()
    tree.body[-1] = ast.Assert(ast.Compare(last.value, [same], [gives]), case)
    return ast.unparse(ast.fix_missing_locations(tree))


def check_source(check: DraftCheck) -> str:
    """The statements of a check; each that verifies has the words of the case."""
    return "\n".join(_with_case(node, " ".join(check.case.split())) for node in parse(check.code).body)


def cell_source(sources: Iterable[str], hidden: bool) -> str:
    """One test cell."""
    body = "\n".join(sources)
    if "pytest" in body and "import pytest" not in body:
        body = f"import pytest\n{body}"
    return f"{BEGIN_HIDDEN}\n{body}\n{END_HIDDEN}" if hidden else body


def verifies(node: ast.stmt) -> bool:
    """Whether a statement of a check asserts something."""
    return bool(_asserts(node)) or _expects_error(node)


def _with_case(node: ast.stmt, case: str) -> str:
    for part in _asserts(node):
        part.msg = ast.Constant(case)
    source = ast.unparse(ast.fix_missing_locations(node))
    if not _expects_error(node) or _asserts(node):
        return source
    first, *others = source.split("\n")
    return "\n".join([f"{first}  # case: {case}", *others])


def _asserts(node: ast.stmt) -> list[ast.Assert]:
    return [part for part in ast.walk(node) if isinstance(part, ast.Assert)]


def _expects_error(node: ast.stmt) -> bool:
    return isinstance(node, ast.With) and any(
        isinstance(part, ast.Call) and ast.unparse(part.func).endswith(_RAISES)
        for item in node.items
        for part in ast.walk(item.context_expr)
    )
