"""Python sources as syntax trees, in any thread.

CPython up to 3.12 counts the depth of all threads' trees in one place, and may raise SystemError when two are made at
once (gh-106905). Making the tree again is all that it takes.
"""

import ast
from contextlib import suppress

_TRIES = 20


def parse(source: str) -> ast.Module:
    """The tree of a module. Raises as `ast.parse` does."""
    for _ in range(_TRIES):
        with suppress(SystemError):
            return ast.parse(source)
    return ast.parse(source)


def parse_expression(source: str) -> ast.expr:
    """The tree of an expression. Raises as `ast.parse` does."""
    for _ in range(_TRIES):
        with suppress(SystemError):
            return ast.parse(source, mode="eval").body
    return ast.parse(source, mode="eval").body
