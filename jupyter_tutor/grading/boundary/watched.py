"""Asserts that remember what they compared, wherever in a test cell they stand; what they do stays the same."""

import ast
from dataclasses import dataclass
from types import TracebackType
from typing import Any

SEEN = "__tutor_seen__"


@dataclass(frozen=True)
class Part:
    """One condition of an assert: `file` and `lines` are the assert's."""

    test: ast.expr
    file: str
    lines: range


class Watch(ast.NodeTransformer):
    """Passes the values of conditions through `see`, and finds those of the assert that failed."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.values: dict[int, list[Any]] = {}
        self.last = -1
        self.file = ""
        self.lines = range(0)

    def compile(self, nodes: list[ast.stmt], file: str) -> Any:
        """The code of some statements."""
        self.file = file
        tree = ast.Module([self.visit(node) for node in nodes], [])
        return compile(ast.fix_missing_locations(tree), file, "exec")

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        self.lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        return ast.copy_location(ast.Assert(self._watched(node.test), node.msg), node)

    def _watched(self, test: ast.expr) -> ast.expr:
        """A condition; of several joined by `and`, each one."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return ast.copy_location(ast.BoolOp(test.op, [self._watched(part) for part in test.values]), test)
        number = len(self.parts)
        self.parts.append(Part(test, self.file, self.lines))
        if isinstance(test, ast.Compare):
            left, *others = (_seen(number, i, side) for i, side in enumerate((test.left, *test.comparators)))
            return ast.copy_location(ast.Compare(left, test.ops, others), test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return ast.copy_location(ast.UnaryOp(test.op, _seen(number, 0, test.operand)), test)
        return _seen(number, 0, test)

    def see(self, number: int, side: int, value: Any) -> Any:
        """Remember one side of a condition."""
        self.last = number
        self.values[number] = [*self.values.get(number, [])[:side], value]
        return value

    def clear(self) -> None:
        """Forget the values of the step before."""
        self.values.clear()
        self.last = -1

    def failed(self, error: BaseException) -> tuple[ast.expr, list[Any]] | None:
        """The condition that did not hold and its values; None when another line raised the error."""
        trace: TracebackType | None = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is None or self.last < 0:
            return None
        part = self.parts[self.last]
        if trace.tb_frame.f_code.co_filename != part.file or trace.tb_lineno not in part.lines:
            return None
        return part.test, self.values[self.last]


def _seen(number: int, side: int, node: ast.expr) -> ast.expr:
    call = ast.Call(ast.Name(SEEN, ast.Load()), [ast.Constant(number), ast.Constant(side), node], [])
    return ast.copy_location(call, node)
