"""What the patterns share: the tree that they read, what they find, and the list of them all."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Loop: TypeAlias = ast.For | ast.AsyncFor | ast.While
Places: TypeAlias = Iterator[tuple[ast.AST, str]]
"""Where a pattern stands, and what to ask about it."""
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


class Code:
    """A source's syntax tree."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.nodes = list(ast.walk(tree))

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in self.nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    @cached_property
    def loops(self) -> list[Loop]:
        return [node for node in self.nodes if isinstance(node, LOOPS)]

    @cached_property
    def blocks(self) -> list[list[ast.stmt]]:
        """Every row of statements."""
        rows = (getattr(node, name, None) for node in self.nodes for name in ("body", "orelse", "finalbody"))
        return [row for row in rows if isinstance(row, list) and row]

    @cached_property
    def methods(self) -> list[Function]:
        return [node for of in self.classes for node in of.body if isinstance(node, ast.FunctionDef)]


@dataclass(frozen=True)
class Pattern:
    """`find` gives each place of the shape with what to ask about it. A pattern that is not `sure` can be right too: it
    is told only where it may explain what is seen, and one with `symptom` only where that is seen.
    """

    misconception: str
    find: Callable[[Code], Iterator[tuple[ast.AST, str]]]
    sure: bool
    symptom: str


PATTERNS: list[Pattern] = []
Find: TypeAlias = Callable[[Code], Iterator[tuple[ast.AST, str]]]


def pattern(misconception: str, sure: bool = True, symptom: str = "") -> Callable[[Find], Find]:
    """Adds a pattern to the list."""

    def add(find: Find) -> Find:
        PATTERNS.append(Pattern(misconception, find, sure, symptom))
        return find

    return add


def own(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a function or loop, without those of functions and classes defined in it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, _SCOPES):
            yield from own(child)


def rounds(loop: Loop) -> Iterator[ast.AST]:
    """The parts of a loop's body that belong to it and to no loop or function inside."""
    for node in loop.body:
        yield node
        yield from _of_this_loop(node)


def _of_this_loop(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, (*LOOPS, *_SCOPES)):
        return
    for child in ast.iter_child_nodes(node):
        yield child
        yield from _of_this_loop(child)


def parameters(function: Function) -> list[str]:
    """The names of a function's parameters, `self` and `cls` left out."""
    given = function.args
    names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def read(*nodes: ast.AST) -> set[str]:
    """The names that are read anywhere in these nodes."""
    found = (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name))
    return {name.id for name in found if isinstance(name.ctx, ast.Load)}


def bound(*nodes: ast.AST) -> set[str]:
    """The names that are given a value anywhere in these nodes."""
    found = (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name))
    return {name.id for name in found if not isinstance(name.ctx, ast.Load)}


def returned(function: Function) -> list[ast.Return]:
    """The `return`s that give a value."""
    found = (node for node in own(function) if isinstance(node, ast.Return) and node.value is not None)
    return [node for node in found if not is_constant(node.value, None)]


def yields(function: Function) -> bool:
    return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in own(function))


def is_constant(node: ast.AST | None, *values: object) -> bool:
    """Whether a node is one of these constants, types included."""
    return isinstance(node, ast.Constant) and any(node.value is v or repr(node.value) == repr(v) for v in values)


def name_of(node: ast.AST | None) -> str:
    """A plain name, or nothing."""
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.AST | None) -> str:
    """The name of the function or method that a call calls, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else name_of(node.func)


CHANGING = {"append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "add", "discard", "update"}
CHANGING |= {"setdefault", "popitem", "appendleft", "popleft"}


def changed(nodes: Iterable[ast.AST]) -> Iterator[tuple[ast.AST, str]]:
    """Each place where an object with a plain name is changed, with that name."""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
            if name := name_of(node.func.value):
                yield node, name
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) and (name := name_of(node.value)):
            yield node, name


def falls_through(block: list[ast.stmt]) -> bool:
    """Whether the end of a row of statements can be reached."""
    last = block[-1]
    if isinstance(last, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
        return False
    if isinstance(last, ast.If):
        return not last.orelse or falls_through(last.body) or falls_through(last.orelse)
    if isinstance(last, ast.While):
        inside = any(isinstance(node, ast.Break) for node in rounds(last))
        return not is_constant(last.test, True, 1) or inside
    if isinstance(last, ast.Try):
        parts = [last.orelse or last.body, *(handler.body for handler in last.handlers)]
        return falls_through(last.finalbody) if last.finalbody else any(map(falls_through, parts))
    if isinstance(last, (ast.With, ast.AsyncWith)):
        return falls_through(last.body)
    return not isinstance(last, ast.Match)
