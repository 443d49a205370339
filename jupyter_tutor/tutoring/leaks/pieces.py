"""Pieces of code put together: what stands in several blocks, or was told over several replies."""

import ast
import re
from collections.abc import Iterator, Sequence

from jupyter_tutor.tutoring.leaks.asked import bindings, gives, loads
from jupyter_tutor.tutoring.leaks.repair import parsed
from jupyter_tutor.tutoring.leaks.snippets import Snippet

_MOST = 12


def pieces(now: Sequence[Snippet], past: Sequence[Snippet]) -> list[str]:
    """Each piece of code of a text, and what they and those of earlier texts may be together."""
    fresh = [s.code for s in now if s.primary][:_MOST]
    before = [s.code for s in past if s.primary][-_MOST:]
    found = [s.code for s in now]
    found += [code for some in (fresh, [*before, *fresh]) if fresh and len(some) > 1 for code in _together(some)]
    for old in before:
        for new in fresh:
            if _belong(old, new):
                found += _together([old, new])
    return list(dict.fromkeys(found))


def absorbed(module: ast.Module) -> ast.Module | None:
    """A module in which what follows a function belongs to it, when that returns something outside of any function."""
    last = 0
    for number, node in enumerate(module.body):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            last = number + 1
        elif last and gives([node]):
            function = module.body[last - 1]
            assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
            whole = type(function)(**{**vars(function), "body": [*function.body, *module.body[last:]]})
            return ast.Module([*module.body[: last - 1], whole], [])
    return None


def _together(some: Sequence[str]) -> Iterator[str]:
    """Pieces one after another: as they are, and each indented as far as the one before ends."""
    yield "\n".join(some)
    deep = some[0].rstrip()
    for code in some[1:]:
        last = deep.split("\n")[-1]
        margin = len(last) - len(last.lstrip()) + 4 * last.rstrip().endswith(":")
        deep += "\n" + re.sub(r"^(?=.)", " " * margin, _flush(code), flags=re.M)
    yield deep


def _flush(code: str) -> str:
    lines = [line for line in code.split("\n") if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[margin:] for line in lines)


def _belong(old: str, new: str) -> bool:
    """Whether one of two pieces is not complete without the other."""
    trees = [parsed(_flush(code)) for code in (old, new)]
    if any(tree is None or gives(tree.body) for tree in trees) or old[:1].isspace() or new[:1].isspace():
        return True
    first, second = (tree for tree in trees if tree is not None)
    return bool(bindings(first) & loads(second) or bindings(second) & loads(first))
