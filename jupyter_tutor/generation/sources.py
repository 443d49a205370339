"""What the code of a draft has to be like before any of it is run."""

import ast
from collections.abc import Iterator
from importlib.util import find_spec

from jupyter_tutor.exercises.metadata import Difficulty
from jupyter_tutor.generation.checks import verifies
from jupyter_tutor.generation.draft import Draft
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.python import parse

STANDARD = frozenset(
    (
        *(
            "abc",
            "array",
            "bisect",
            "calendar",
            "cmath",
            "collections",
            "contextlib",
            "copy",
            "dataclasses",
            "datetime",
        ),
        *("decimal", "difflib", "enum", "fractions", "functools", "heapq", "itertools", "json", "math", "numbers"),
        *("operator", "random", "re", "statistics", "string", "textwrap", "typing", "unicodedata"),
    )
)
"""Modules of the standard library that reach neither network, processes nor files."""
INSTALLED = frozenset(name for name in ("numpy", "pandas") if find_spec(name))
_FORBIDDEN = frozenset(
    (
        *("open", "exec", "eval", "compile", "input", "breakpoint", "globals", "locals", "vars", "__import__"),
        *("print", "help"),
    )
)
_CLOCKS = frozenset(("now", "today", "utcnow"))
_INSIDES = frozenset(
    (
        *("__globals__", "__builtins__", "__subclasses__", "__code__", "__bases__", "__mro__", "__loader__"),
        "__closure__",
    )
)
_LINES: dict[Difficulty, int] = {"easy": 30, "medium": 50, "hard": 90}
_FEWEST_CHECKS, _FEWEST_HIDDEN, _MOST_CHECKS = 6, 4, 40


def syntax_problems(draft: Draft) -> list[str]:
    """Sources that are no Python, or not of the form that is asked for."""
    named = [("starter", draft.starter), ("reference", draft.reference)]
    named += [(f"mistake {m.name!r}", m.source) for m in draft.mistakes]
    found = [f"{name}: {said}" for name, source in named if (said := _unreadable(source))]
    for number, check in enumerate((*draft.visible, *draft.hidden), 1):
        said = _unreadable(check.code)
        if said or not verifies(parse(check.code).body[-1]):
            found.append(f"check {number} ({check.case}): {said or 'it has to end in an assert or in pytest.raises'}")
    for number, example in enumerate(draft.examples, 1):
        said = _unreadable(example.code)
        if said or not isinstance(parse(example.code).body[-1], ast.Expr):
            found.append(f"example {number}: {said or 'its last line has to be an expression'}")
        try:
            ast.literal_eval(example.gives.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            found.append(f"example {number}: `gives` has to be a Python literal, and {example.gives[:40]!r} is none")
    return [f"{said}." for said in found]


def source_problems(draft: Draft, wanted: Wanted) -> list[str]:
    """What is wrong with sources that can be parsed, in sentences for their author."""
    return [*_numbers(draft, wanted), *_reaches(draft)]


def _unreadable(source: str) -> str:
    try:
        return "" if parse(source).body else "it is empty"
    except SyntaxError as error:
        return f"line {error.lineno} is not valid Python ({error.msg})"
    except (ValueError, RecursionError, MemoryError):
        return "it is not valid Python"


def _numbers(draft: Draft, wanted: Wanted) -> Iterator[str]:
    shown, hidden = len(draft.examples) + len(draft.visible), len(draft.hidden)
    if hidden < _FEWEST_HIDDEN or shown + hidden < _FEWEST_CHECKS or not draft.examples:
        yield (
            f"There are {shown} visible and {hidden} hidden checks: at least {_FEWEST_CHECKS} are needed, "
            f"{_FEWEST_HIDDEN} of them hidden, and one example."
        )
    if shown + hidden > _MOST_CHECKS:
        yield f"There are {shown + hidden} checks, and {_MOST_CHECKS} are the most."
    lines = sum(1 for line in draft.reference.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    if lines > _LINES[wanted.difficulty]:
        yield f"The reference has {lines} lines, and {_LINES[wanted.difficulty]} are the most for {wanted.difficulty}."
    cases = [" ".join(c.case.lower().split()) for c in (*draft.visible, *draft.hidden)]
    if len(set(cases)) < len(cases):
        yield "Two checks have the same words for their case: give each its own."


def _reaches(draft: Draft) -> Iterator[str]:
    """Things that an exercise must not use."""
    answer = [("reference", draft.reference), ("starter", draft.starter)]
    answer += [("a mistake", mistake.source) for mistake in draft.mistakes]
    checks = [("a check", code) for code in draft.checked]
    said: dict[str, None] = {}
    for where, source in (*answer, *checks):
        allowed = STANDARD | INSTALLED | ({"pytest"} if where == "a check" else set())
        for node in ast.walk(parse(source)):
            said |= dict.fromkeys(f"{where} {what}." for what in _reached(node, allowed))
    yield from said
    loose = {"seed", "Random", "default_rng"}
    for where, source in (*answer, *checks):
        tree = parse(source)
        if "random" in _used(tree) and not loose & _used(tree):
            yield f"{where} uses random numbers without a seed: every run has to say the same."


def _reached(node: ast.AST, allowed: frozenset[str] | set[str]) -> Iterator[str]:
    modules: list[str] = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or "."]
    for module in modules:
        if module.partition(".")[0] not in allowed:
            names = ", ".join(sorted(allowed))
            yield f"imports {module}, which exercises cannot use; these can be imported: {names}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FORBIDDEN:
        yield f"calls {node.func.id}, which exercises cannot: results are returned, and files are out of reach"
    if isinstance(node, ast.Attribute) and node.attr in _INSIDES:
        yield f"uses {node.attr}, which exercises have no need of"
    if isinstance(node, ast.Attribute) and node.attr in _CLOCKS:
        yield f"asks for the time with {node.attr}: every run has to say the same"


def _used(tree: ast.AST) -> set[str]:
    """All names, attributes and modules in a source."""
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            used.add(node.id)
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            used |= {part for alias in node.names for part in (alias.asname or alias.name).split(".")}
    return used
