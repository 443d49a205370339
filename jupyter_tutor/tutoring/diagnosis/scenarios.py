"""What a visible check asks of the learner's code, as a learner could run it."""

import ast
from dataclasses import dataclass

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.grading.boundary.checks import Step, helpers_in, split
from jupyter_tutor.grading.plan import boundary


@dataclass(frozen=True)
class Scenario:
    """An expression that reaches the learner's code, and the statements that come before it.

    `raises` are the names of the exceptions that are expected of it; empty when it is to give a value.
    """

    before: tuple[ast.stmt, ...]
    asked: ast.expr
    raises: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """As Python, the expression in its last line."""
        return "\n".join([*map(ast.unparse, self.before), ast.unparse(self.asked)])


def scenarios(exercise: Exercise, visible: bool = True) -> dict[str, Scenario]:
    """Those of the visible (or of the hidden) checks, by the name of the check."""
    side = boundary(exercise)
    helpers, names = helpers_in(side.setup), frozenset(side.names)
    found: dict[str, Scenario] = {}
    for cell in exercise.tests:
        steps = split(without_magics(cell.source), helpers)
        for place, step in enumerate(steps):
            if step.check and step.visible is visible:
                asked = _asked(step.nodes[0], names)
                if asked is not None:
                    before = _needed(steps[:place], asked[0], names, visible)
                    found[f"{cell.grade_id}/{step.check}"] = Scenario(before, *asked)
    return found


def names_read(*nodes: ast.AST) -> frozenset[str]:
    """The names that a piece of code reads."""
    found = (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name))
    return frozenset(name.id for name in found if isinstance(name.ctx, ast.Load))


def _asked(node: ast.stmt, names: frozenset[str]) -> tuple[ast.expr, frozenset[str]] | None:
    """The expression of a check that is about the learner's code; the expected side of a comparison is left out."""
    if isinstance(node, ast.Assert):
        test = node.test
        sides = [test.left, *test.comparators] if isinstance(test, ast.Compare) else [test]
        return next((side for side in sides if not _is_literal(side)), test), frozenset()
    if isinstance(node, ast.With) and len(node.items) == 1 and isinstance(node.items[0].context_expr, ast.Call):
        call, last = node.items[0].context_expr, node.body[-1]
        if ast.unparse(call.func).endswith("raises") and len(node.body) == 1 and isinstance(last, ast.Expr):
            return last.value, names_read(*call.args[:1])
    return None


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _needed(steps: list[Step], asked: ast.expr, names: frozenset[str], visible: bool) -> tuple[ast.stmt, ...]:
    """The statements before a check that bind or change what it reads, checks made plain expressions."""
    wanted = set(names_read(asked)) - names
    kept: list[ast.stmt] = []
    for step in reversed(steps):
        if step.visible is not visible:
            continue
        for node in reversed(step.nodes):
            bound = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
            bound |= {node.name} if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else set()
            if bound & wanted or _changed(node) & wanted:
                asked_here = _asked(node, names) if isinstance(node, ast.Assert) else None
                kept.append(ast.Expr(asked_here[0]) if asked_here else node)
                wanted |= names_read(node) - names
    return tuple(reversed(kept))


def _changed(node: ast.stmt) -> set[str]:
    """Names of objects whose methods a statement calls, or that it hands over."""
    calls = (part for part in ast.walk(node) if isinstance(part, ast.Call))
    owners = (call.func.value for call in calls if isinstance(call.func, ast.Attribute))
    return {owner.id for owner in owners if isinstance(owner, ast.Name)}
