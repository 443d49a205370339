"""Statements as the body of a function: made ready for it, and put into it."""

import ast
import copy
import difflib
import itertools
from collections.abc import Iterable, Iterator

from jupyter_tutor.tutoring.leaks.asked import Function, Slot, bindings, gives, imported, is_hole, loads
from jupyter_tutor.tutoring.leaks.joining import unparsed


def patched(source: str, changes: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> str | None:
    """A source with old lines replaced by new ones; None when nothing of it was there."""
    lines, done = [line for line in source.split("\n") if line.strip()], False
    for old, new in changes:
        wanted = [line for line in old if line.strip()]
        for start in range(len(lines) - len(wanted) + 1) if wanted else ():
            part = lines[start : start + len(wanted)]
            if [line.strip() for line in part] == [line.strip() for line in wanted]:
                shift = _margin(part[0]) - _margin(wanted[0])
                moved = [" " * max(0, _margin(line) + shift) + line.strip() for line in new]
                lines[start : start + len(wanted)] = moved
                done = True
                break
    return "\n".join(lines) if done else None


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_single(node: ast.stmt) -> bool:
    """Whether a statement is one step: a simple one, or a condition before a simple one."""
    inner = getattr(node, "body", None)
    if inner is None:
        return True
    return isinstance(node, ast.If) and not node.orelse and len(inner) == 1 and not hasattr(inner[0], "body")


def shapes(body: list[ast.stmt], slot: Slot, known: set[str]) -> Iterator[list[ast.stmt]]:
    """Statements as a body: with a return at the end, without example data, under the slot's parameter names."""
    shaped = [copy.deepcopy(n) for n in body if not _sets_a_parameter(n, slot) and not _is_demo(n, slot)]
    if not shaped:
        return
    last = shaped[-1]
    if isinstance(last, ast.Expr) and not gives(shaped):
        shown = last.value
        if isinstance(shown, ast.Call) and isinstance(shown.func, ast.Name) and shown.func.id == "print" and shown.args:
            shown = shown.args[0]
        shaped[-1] = ast.Return(shown)
    names = sorted(
        (n for s in shaped for n in ast.walk(s) if isinstance(n, ast.Name) and n.id not in known),
        key=lambda n: (n.lineno, n.col_offset),
    )
    bound = {name for s in shaped for n in ast.walk(s) for name in (bindings(n) | _targets(n))}
    missing = [name for name in dict.fromkeys(n.id for n in names) if name not in bound]
    spare = [p for p in _ordered(slot.starter) if p not in loads(*shaped)]
    if not missing:
        yield shaped
    elif gives(shaped) and 0 < len(missing) == len(spare) and not (slot.parameters & loads(*shaped)):
        for order in _orders(missing, spare):
            yield [_Renamed(dict(zip(missing, order, strict=True))).visit(copy.deepcopy(s)) for s in shaped]


def _orders(missing: list[str], spare: list[str]) -> list[tuple[str, ...]]:
    """Parameters in the orders in which they may belong to other names: any of two, else as they come or look alike."""
    if len(spare) == 2:
        return list(itertools.permutations(spare))
    left = spare[:]
    alike = []
    for name in missing:
        best = max(left, key=lambda parameter: difflib.SequenceMatcher(None, name, parameter).ratio())
        left.remove(best)
        alike.append(best)
    return list(dict.fromkeys([tuple(spare), tuple(alike)]))


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)


def _targets(node: ast.AST) -> set[str]:
    """Names bound by comprehensions, arguments, imports and handlers."""
    if isinstance(node, ast.comprehension):
        return bindings(node.target)
    if isinstance(node, ast.arg):
        return {node.arg}
    if isinstance(node, ast.ExceptHandler) and node.name:
        return {node.name}
    return imported(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else set()


def _ordered(function: Function) -> list[str]:
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args) if a.arg not in ("self", "cls")]


def _sets_a_parameter(node: ast.stmt, slot: Slot) -> bool:
    """Example data under the name of a parameter."""
    if not isinstance(node, ast.Assign) or not bindings(node) <= slot.parameters:
        return False
    return not any(isinstance(n, (ast.Name, ast.Call)) and n not in node.targets for n in ast.walk(node.value))


def _is_demo(node: ast.stmt, slot: Slot) -> bool:
    return isinstance(node, ast.Expr) and slot.name in loads(node)


def with_body(function: Function, body: list[ast.stmt]) -> Function | None:
    """The starter with its hole filled, or with another body where it has none; None when that is no Python."""
    filled = copy.deepcopy(function)
    for node in ast.walk(filled):
        inner = getattr(node, "body", None)
        if isinstance(inner, list):
            for number, statement in enumerate(inner):
                if is_hole(statement):
                    inner[number : number + 1] = body
                    return _compiled(filled)
    filled.body = [*(n for n in function.body[:1] if is_docstring(n)), *body]
    return _compiled(filled)


def _compiled(function: Function) -> Function | None:
    try:
        compile(unparsed([function]), "answer", "exec")
    except (SyntaxError, ValueError):
        return None
    return function


def functions(module: ast.Module) -> Iterator[tuple[ast.Module | ast.ClassDef, int, Function]]:
    """Each function and method of a module, with what it stands in and at which place."""
    holders: list[ast.Module | ast.ClassDef] = [module, *(n for n in module.body if isinstance(n, ast.ClassDef))]
    for holder in holders:
        for index, node in enumerate(holder.body):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield holder, index, node


def replaced(function: Function, body: list[ast.stmt]) -> Function | None:
    """A function in which each statement that sets a name is replaced by one of the code that sets the same."""
    fresh = {frozenset(bindings(n)): n for n in body if isinstance(n, (ast.Assign, ast.AugAssign, ast.AnnAssign))}
    fresh.pop(frozenset(), None)
    changed = copy.deepcopy(function)
    count = 0
    for node in ast.walk(changed):
        inner = getattr(node, "body", None)
        for number, statement in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(statement, ast.Assign) and frozenset(bindings(statement)) in fresh:
                inner[number] = fresh[frozenset(bindings(statement))]  # type: ignore[index]
                count += 1
    return _compiled(changed) if count > 1 else None


def prefixed(function: Function, body: list[ast.stmt]) -> Function | None:
    changed = copy.deepcopy(function)
    start = int(bool(function.body) and is_docstring(function.body[0]))
    changed.body[start:start] = [n for n in body if not isinstance(n, ast.Expr)]
    return _compiled(changed) if len(changed.body) > len(function.body) else None
