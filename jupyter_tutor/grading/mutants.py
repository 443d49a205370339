"""Small faults put into a reference, one at a time.

Of the maintained libraries mutmut offers a command line and no public operators, and cosmic-ray brings SQLAlchemy, an
HTTP client and a work database for a parse tree of its own: the standard operators on `ast` are shorter than either.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from jupyter_tutor.python import parse

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC_BACK: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.FloorDiv, ast.Div, ast.Pow),
    ast.Div: (ast.FloorDiv, ast.Mult),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
}
"""What may have been meant where an operator stands."""
_SYMMETRIC = ("max", "min", "math.gcd", "math.lcm", "math.isclose", "math.hypot")
"""Calls that do not care about the order of their arguments."""
_REMOVED = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Delete)


@dataclass(frozen=True)
class Mutant:
    """The source with one fault, the line of the fault in the unchanged source, and the fault in words."""

    source: str
    line: int
    what: str


_Changes: TypeAlias = Callable[[ast.expr | ast.stmt], Iterator[tuple[ast.AST, str]]]


def mutants(source: str, most: int) -> tuple[Mutant, ...]:
    """At most so many mutants of a source, spread evenly over its lines; the same for the same source."""
    ordered = sorted(_made(source, _changes), key=lambda mutant: mutant.line)
    if len(ordered) <= most:
        return tuple(ordered)
    return tuple(ordered[(2 * index + 1) * len(ordered) // (2 * most)] for index in range(most))


def repairs(source: str, most: int) -> tuple[Mutant, ...]:
    """At most so many small changes that may mend a source, the commonest slips first: a comparison, a constant, then
    other operators.
    """
    commonest = (ast.Compare, ast.Constant)
    made = [(not isinstance(change, commonest), mutant) for mutant, change in _each(source, _mending)]
    return tuple(mutant for _, mutant in sorted(made, key=lambda pair: pair[0])[:most])


def _made(source: str, changes: _Changes) -> Iterator[Mutant]:
    return (mutant for mutant, _ in _each(source, changes))


def _each(source: str, changes: _Changes) -> Iterator[tuple[Mutant, ast.AST]]:
    """Each different mutant, with what was put into it."""
    tree = parse(source)
    seen = {ast.unparse(tree)}
    for position, node in enumerate(_nodes(tree)):
        for change, what in changes(node):
            mutated = copy.deepcopy(tree)
            made = _replaced(mutated, _nodes(mutated)[position], change)
            text = ast.unparse(ast.fix_missing_locations(made))
            if text not in seen:
                seen.add(text)
                yield Mutant(text, node.lineno, what), change


def _nodes(tree: ast.Module) -> list[ast.expr | ast.stmt]:
    """What can be mutated: no docstrings, annotations, decorators, defaults of types or messages of exceptions."""
    return list(_walk(tree))


def _walk(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "keywords", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_text(child):
                continue
            if isinstance(child, (ast.expr, ast.stmt)):
                yield child
            if not isinstance(child, (ast.Raise, ast.JoinedStr)):
                yield from _walk(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.expr | ast.stmt) -> Iterator[tuple[ast.AST, str]]:
    """What may stand in a node's place, with words for it."""
    was = ast.unparse(node).splitlines()[0][:60]
    for changed in (*_operators(node), *_values(node), *_statements(node)):
        new = ast.unparse(changed).splitlines()[0][:60]
        yield changed, f"`{was}` made `{new}`" if not isinstance(changed, ast.Pass) else f"`{was}` left out"


def _mending(node: ast.expr | ast.stmt) -> Iterator[tuple[ast.AST, str]]:
    """What may have been meant in a node's place."""
    was = ast.unparse(node).splitlines()[0][:60]
    numbers = _values(node) if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) else ()
    for changed in (*_operators(node), *_meant(node), *numbers):
        yield changed, f"`{was}`"


def _meant(node: ast.AST) -> Iterator[ast.AST]:
    """Of operators that `_operators` does not give back, and conditions turned around."""
    if isinstance(node, ast.BinOp):
        others = _ARITHMETIC_BACK.get(type(node.op), ())
        yield from (ast.BinOp(node.left, other(), node.right) for other in others)
        if isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod)):
            yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.AugAssign):
        others = _ARITHMETIC_BACK.get(type(node.op), ())
        yield from (ast.AugAssign(node.target, other(), node.value) for other in others)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        if not isinstance(node.ops[0], (ast.In, ast.NotIn)):
            yield ast.Compare(node.comparators[0], node.ops, [node.left])
    elif isinstance(node, (ast.If, ast.While)) and not isinstance(node.test, (ast.Compare, ast.UnaryOp)):
        turned = ast.UnaryOp(ast.Not(), node.test)
        yield ast.If(turned, node.body, node.orelse) if isinstance(node, ast.If) else ast.While(turned, node.body, [])
    elif isinstance(node, (ast.Break, ast.Continue)):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
        yield ast.AugAssign(node.target, _ARITHMETIC[type(node.op)](), node.value)
    elif isinstance(node, ast.Compare):
        for other in _COMPARISON[type(node.ops[0])]:
            yield ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand


def _values(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, (int, float)):
            yield ast.Constant(node.value + 1)
            if node.value > 0:
                yield ast.Constant(node.value - 1)
        elif isinstance(node.value, str):
            yield ast.Constant(node.value + "?")
    elif isinstance(node, ast.Call) and len(node.args) > 1 and ast.unparse(node.func) not in _SYMMETRIC:
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        yield ast.If(ast.Constant(False), node.body, node.orelse)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, _REMOVED):
        yield ast.Pass()
    elif isinstance(node, (ast.Break, ast.Continue)):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _replaced(tree: ast.Module, old: ast.AST, new: ast.AST) -> ast.Module:
    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else super().visit(node)

    made = Swap().visit(tree)
    assert isinstance(made, ast.Module)
    return made
