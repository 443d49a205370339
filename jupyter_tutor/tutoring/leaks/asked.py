"""What an exercise asks for: the names that answers bind, as syntax trees."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.grading.plan import boundary
from jupyter_tutor.tutoring.leaks.repair import parsed

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Slot:
    """One function or method that the learner writes: its starter, and the class that it belongs to."""

    name: str
    owner: str
    starter: Function

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(arguments(self.starter) - {"self", "cls"})


@dataclass(frozen=True)
class Asked:
    """`cells` are the answer cells by the names that the learner has to bind there; `checked` are those that
    checks read themselves."""

    cells: dict[str, str]
    starter: dict[str, ast.Module]
    reference: dict[str, ast.Module]
    checked: frozenset[str]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Functions and methods of the starter, or of the reference where the starter has none."""
        found: dict[tuple[str, str], Slot] = {}
        for trees in (self.reference, self.starter):
            for tree in trees.values():
                for slot in _slots(tree):
                    if (slot.owner or slot.name) in self.cells:
                        found[slot.owner, slot.name] = slot
        return tuple(found.values())

    def bound(self, name: str) -> ast.stmt | None:
        """The reference's last statement that binds a name."""
        found = None
        for tree in self.reference.values():
            for node in tree.body:
                found = node if name in bindings(node) else found
        return found


def asked(exercise: Exercise) -> Asked:
    """What an exercise asks for. Names that the starter binds in the same way are given, not asked for."""
    starter = {name: tree(source) for name, source in exercise.starter().items()}
    reference = {name: tree(source) for name, source in exercise.reference().items()}
    names = set(boundary(exercise).names)
    cells = {}
    for grade_id, module in reference.items():
        given = {ast.dump(node) for node in starter[grade_id].body} if not exercise.debugging else set()
        for node in module.body:
            if ast.dump(node) not in given:
                cells.update(dict.fromkeys(bindings(node) & names, grade_id))
    checked = loads(*(tree(cell.source) for cell in exercise.tests))
    return Asked(cells, starter, reference, frozenset(checked & set(cells)))


def tree(source: str) -> ast.Module:
    """A cell's module; an empty one where it is no Python."""
    return parsed(without_magics(source)) or ast.Module([], [])


def bindings(node: ast.AST) -> set[str]:
    """The names that a statement binds where it stands, imports left out."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return set()
    if isinstance(node, ast.Name):
        return set() if isinstance(node.ctx, ast.Load) else {node.id}
    return {name for child in ast.iter_child_nodes(node) for name in bindings(child)}


def imported(node: ast.stmt) -> set[str]:
    """The names that an import binds; none for other statements."""
    names = node.names if isinstance(node, (ast.Import, ast.ImportFrom)) else []
    return {(a.asname or a.name).partition(".")[0] for a in names}


def loads(*nodes: ast.AST) -> set[str]:
    """The names that are read anywhere inside."""
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def free(*nodes: ast.AST) -> set[str]:
    """The names that are read and not arguments of an inner function."""
    found: set[str] = set()
    for node in nodes:
        inner = free(*ast.iter_child_nodes(node))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inner -= arguments(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            inner = {node.id}
        found |= inner
    return found


def arguments(function: Function | ast.Lambda) -> set[str]:
    """The names of a function's parameters."""
    spec = function.args
    several = [a for a in (spec.vararg, spec.kwarg) if a]
    return {a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *several)}


def gives(body: Iterable[ast.AST]) -> bool:
    """Whether statements return or yield, not counting functions and classes defined in them."""
    return any(
        isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) or gives(ast.iter_child_nodes(node))
        for node in body
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda))
    )


def is_hole(node: ast.stmt) -> bool:
    """Whether a statement marks what is still to be written."""
    return isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.unparse(node.exc)


def without_holes(module: ast.Module) -> ast.Module:
    """A module without the holes that are not inside of a definition."""
    return ast.Module([node for node in module.body if not is_hole(node)], [])


def _slots(module: ast.Module) -> Iterator[Slot]:
    for node in module.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Slot(node.name, "", node)
        elif isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    yield Slot(part.name, node.name, part)
