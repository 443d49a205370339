"""Splits a test cell into checks.

A check is a top-level statement that verifies something: an `assert`, a `with pytest.raises`, a call of an `assert...`
function, a loop or helper call that asserts. The other statements prepare. A cell without any is one check as a whole.
The words for its case are an assert's message, or a comment `# case: words` on one of its lines.
"""

import ast
import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jupyter_tutor.python import parse

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
_CASE = re.compile(r"#\s*case:\s*(.+)$")


@dataclass(frozen=True)
class Step:
    """One statement of a test cell. `check` is its number in the cell, from 1; None when it prepares."""

    nodes: tuple[ast.stmt, ...]
    check: int | None
    visible: bool
    case: str
    reads: frozenset[str]
    binds: frozenset[str]


def split(source: str, helpers: frozenset[str] = frozenset()) -> list[Step]:
    """The steps of a test cell, in order. `helpers` are functions defined before it that assert. Raises SyntaxError."""
    tree = parse(source)
    hidden, comments = hidden_lines(source), _case_comments(source)
    helpers = _with_helpers(tree, helpers)
    verifying = [_verifies(node, helpers) for node in tree.body]
    if not any(verifying):
        return [_step(tuple(tree.body), 1, hidden, comments)] if tree.body else []
    last = max(i for i, is_check in enumerate(verifying) if is_check)
    steps, number = [], 0
    for node, is_check in zip(tree.body[:last], verifying, strict=False):
        number += is_check
        steps.append(_step((node,), number if is_check else None, hidden, comments))
    return _hide_what_rests_on_hidden([*steps, _step(tuple(tree.body[last:]), number + 1, hidden, comments)])


def helpers_in(sources: Iterable[str], known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The functions defined in setup cells that assert, themselves or by calling one that does."""
    for source in sources:
        with contextlib.suppress(SyntaxError):
            known = _with_helpers(parse(source), known)
    return known


def _with_helpers(tree: ast.Module, known: frozenset[str]) -> frozenset[str]:
    functions = [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    known -= {f.name for f in functions}
    while found := {f.name for f in functions if any(_verifies(s, known) for s in f.body)} - known:
        known |= found
    return known


def _hide_what_rests_on_hidden(steps: list[Step]) -> list[Step]:
    """A check that reads what a hidden step bound would tell about it: it is hidden too."""
    bound: set[str] = set()
    out = []
    for step in steps:
        if step.visible and step.reads & bound:
            step = replace(step, visible=False)
        if not step.visible:
            bound |= step.binds
        out.append(step)
    return out


def hidden_lines(source: str) -> set[int]:
    """The line numbers, from 1, that lie in hidden regions."""
    lines, inside = set(), False
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or BEGIN_HIDDEN in line) and END_HIDDEN not in line
        if inside:
            lines.add(number)
    return lines


def _step(nodes: tuple[ast.stmt, ...], check: int | None, hidden: set[int], comments: dict[int, str]) -> Step:
    names = [n for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)]
    defined = {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}
    return Step(
        nodes,
        check,
        not any(hidden & set(range(node.lineno, (node.end_lineno or node.lineno) + 1)) for node in nodes),
        next((case for node in nodes if (case := _case(node, comments))), ""),
        frozenset(n.id for n in names if isinstance(n.ctx, ast.Load)),
        frozenset(n.id for n in names if not isinstance(n.ctx, ast.Load)) | defined,
    )


def _case_comments(source: str) -> dict[int, str]:
    """The words of `# case:` comments, by line number."""
    found = {number: _CASE.search(line) for number, line in enumerate(source.splitlines(), 1)}
    return {number: match[1].strip() for number, match in found.items() if match}


def _case(node: ast.stmt, comments: dict[int, str]) -> str:
    """The author's words for the case: an assert's constant message, or a comment."""
    for part in _inside(node):
        if isinstance(part, ast.Assert) and isinstance(part.msg, ast.Constant) and isinstance(part.msg.value, str):
            return part.msg.value.strip()
    return next((comments[n] for n in range(node.lineno, (node.end_lineno or node.lineno) + 1) if n in comments), "")


def _verifies(node: ast.stmt, helpers: frozenset[str]) -> bool:
    return any(
        isinstance(part, ast.Assert) or (isinstance(part, ast.Call) and _is_assertion(part, helpers))
        for part in _inside(node)
    )


def _is_assertion(call: ast.Call, helpers: frozenset[str]) -> bool:
    name = (
        call.func.attr
        if isinstance(call.func, ast.Attribute)
        else call.func.id
        if isinstance(call.func, ast.Name)
        else ""
    )
    return name.startswith("assert") or name in ("raises", "ok_", "eq_") or name in helpers


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and its parts, without the bodies of functions and classes defined in it."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _inside(child)
