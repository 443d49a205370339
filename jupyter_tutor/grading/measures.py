"""What is seen in an answer's syntax tree and no linter says."""

import ast
from collections.abc import Iterator
from itertools import pairwise

Seen = tuple[str, int, str]
"""A rule, the line it is about, and the name or line that its words quote."""
_TERSE = frozenset("_ijkmnxyz")
"""Letters that have a meaning of their own: positions, counts, coordinates."""
_REPEATED = 3
_LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def measure(tree: ast.Module) -> list[Seen]:
    """All that is seen, by line."""
    return sorted([*_unreachable(tree), *_one_letter_names(tree), *_repeated_blocks(tree)], key=lambda seen: seen[1])


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Each list of statements, outer ones first."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def _unreachable(tree: ast.Module) -> Iterator[Seen]:
    for block in _blocks(tree):
        for node, after in pairwise(block):
            if isinstance(node, _LEAVES):
                yield "unreachable", after.lineno, ""
                break


def _one_letter_names(tree: ast.Module) -> Iterator[Seen]:
    """Names of one letter in functions that live longer than a loop, an expression or a `with` block; each once."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    nodes = {id(part): part for function in functions for part in ast.walk(function)}
    short_lived = {id(part) for node in nodes.values() for target in _passing(node) for part in ast.walk(target)}
    lines: dict[str, int] = {}
    for key, node in nodes.items():
        if not isinstance(node, (ast.arg, ast.Name)) or key in short_lived:
            continue
        name = node.arg if isinstance(node, ast.arg) else node.id if isinstance(node.ctx, ast.Store) else ""
        if len(name) == 1 and name not in _TERSE and not name.isupper():
            lines[name] = min(node.lineno, lines.get(name, node.lineno))
    for name, line in lines.items():
        yield "one-letter-name", line, name


def _passing(node: ast.AST) -> Iterator[ast.AST]:
    """Where a node binds names for a short time."""
    if isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        yield node.target
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars
    elif isinstance(node, ast.Lambda):
        yield node.args


def _repeated_blocks(tree: ast.Module) -> Iterator[Seen]:
    """Three statements in a row, or one of three lines and more, that were there before."""
    first: dict[tuple[str, ...], int] = {}
    ends = 0
    windows = sorted(_windows(tree), key=lambda window: (window[0].lineno, -_last(window)))
    for window in windows:
        key = tuple(ast.dump(node) for node in window)
        line = window[0].lineno
        if line <= ends:
            continue
        if key in first:
            ends = _last(window)
            yield "repeated-block", line, str(first[key])
        else:
            first[key] = line


def _windows(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for block in _blocks(tree):
        yield from (block[at : at + _REPEATED] for at in range(len(block) - _REPEATED + 1))
        yield from ([node] for node in block if _last([node]) - node.lineno + 1 >= _REPEATED)


def _last(window: list[ast.stmt]) -> int:
    return window[-1].end_lineno or window[-1].lineno
