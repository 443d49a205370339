"""Where code of a text is put: beside the learner's answer, under the right name, into the holes of the starter."""

import ast
import builtins
import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.leaks.asked import (
    Asked,
    Function,
    Slot,
    arguments,
    bindings,
    free,
    gives,
    imported,
    loads,
    tree,
    without_holes,
)
from jupyter_tutor.tutoring.leaks.bodies import (
    functions,
    is_docstring,
    is_single,
    prefixed,
    replaced,
    shapes,
    with_body,
)
from jupyter_tutor.tutoring.leaks.joining import (
    DEFINES,
    DYNAMIC,
    assign,
    called,
    filled,
    from_the_start,
    guarded,
    kept,
    needed,
    unparsed,
)

_BUILTINS = frozenset(dir(builtins))
_MOST_SLOTS = 4


@dataclass(frozen=True)
class Attempt:
    """Answers by grade_id with code put in. `placed` is the name for which code had to be renamed or put somewhere
    inside, and empty when it had not; `single`: and is one statement. `plain` are the same answers without what runs
    beside definitions.
    """

    answers: tuple[tuple[str, str], ...]
    placed: str = ""
    single: bool = False
    plain: tuple[tuple[str, str], ...] = ()


class Placing:
    """Puts code into the answers to one exercise."""

    def __init__(self, asked: Asked, answers: Mapping[str, str]) -> None:
        self.asked = asked
        self.answers = dict(answers)
        self.learner = {name: tree(source) for name, source in answers.items()}

    def attempts(self, module: ast.Module) -> Iterator[Attempt]:
        """Every way in which a piece of code may be meant, as answers to run."""
        bound = {name for node in module.body for name in bindings(node)}
        own = bound & set(self.asked.cells)
        if own or (called(module) & DYNAMIC):
            yield from self._beside(module, own or set(self.asked.cells), [])
        inner = [n for n in _definitions(module) if n.name in self.asked.cells and n not in module.body]
        if inner:
            yield from self._beside(ast.Module([*module.body, *inner], []), {n.name for n in inner}, [])
        if not own and not inner:
            yield from self._renamed(module)
            yield from self._methods(module)
            yield from self._helpers(module, bound)
        yield from self._oracles(module)
        statements = [n for n in module.body if not isinstance(n, DEFINES)]
        if statements and not own:
            yield from self._bodies(module)

    def _beside(
        self, module: ast.Module, names: Iterable[str], more: list[ast.stmt], placed: str = "", single: bool = False
    ) -> Iterator[Attempt]:
        """Code after the learner's answer, or after the starter where that may differ."""
        cells = {self.asked.cells[name] for name in names}
        for grade_id in sorted(cells):
            shaped = [*from_the_start(module.body), *more]
            for base in self._bases(grade_id, shaped):
                given = kept(base, shaped, self.asked)
                full = [*base, *given, *guarded(shaped), *filled(given)]
                plain = [*base, *given, *(n for n in shaped if isinstance(n, DEFINES) or n in more), *filled(given)]
                sources = [unparsed(statements) for statements in (full, plain)]
                both = [tuple({**self.answers, grade_id: source}.items()) for source in sources]
                yield Attempt(both[0], placed, single, both[1])

    def _bases(self, grade_id: str, shaped: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
        """What code is added to: the learner's answer, and the starter where what the code needs is another there."""
        starter = self.asked.starter.get(grade_id, ast.Module([], []))
        learner = self.learner.get(grade_id, ast.Module([], []))
        imports = [n for n in starter.body if isinstance(n, (ast.Import, ast.ImportFrom))]
        first = [*imports, *guarded(without_holes(learner).body)]
        second = [*imports, *guarded(without_holes(starter).body)]
        names = loads(*shaped) | {n.name for n in shaped if isinstance(n, ast.ClassDef)}
        yield first
        if needed(first, names) != needed(second, names):
            yield second

    def _renamed(self, module: ast.Module) -> Iterator[Attempt]:
        """Functions and classes under another name than the exercise's."""
        callables = {name: part for node in module.body for name, part in _callables(node)}
        inner = {name for part in callables.values() for name in loads(part) if part is not callables.get(name)}
        roots = [name for name in callables if name not in inner] or list(callables)
        for slot in [slot for slot in self.asked.slots if slot.name in self.asked.checked][:_MOST_SLOTS]:
            for name in roots[-3:]:
                if not slot.owner and not _is_method(callables[name]) and _fits(callables[name], slot.starter):
                    yield from self._beside(module, [slot.name], [assign(slot.name, name)], placed=slot.name)
        classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
        for own in self.asked.checked:
            reference = self.asked.bound(own)
            if isinstance(reference, ast.ClassDef):
                for node in classes[-2:]:
                    more = [assign(own, node.name), *_methods_renamed(node, reference)]
                    yield from self._beside(module, [own], more, placed=own)
            elif isinstance(reference, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in classes[-2:]:
                    for method in (m for m in node.body if isinstance(m, ast.FunctionDef) and _is_method(m)):
                        if _fits(method, reference, skip=1):
                            more = [parse(f"{own} = lambda *a, **k: {node.name}().{method.name}(*a, **k)").body[0]]
                            yield from self._beside(module, [own], more, placed=own)

    def _oracles(self, module: ast.Module) -> Iterator[Attempt]:
        """What a call of the exercise's function is compared with, as its result."""
        for node in ast.walk(module):
            if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.Is)):
                for call, result in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
                    name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
                    given = [a.id for a in call.args if isinstance(a, ast.Name)] if isinstance(call, ast.Call) else []
                    if name in self.asked.cells and given and free(result) & set(given):
                        function = parse(f"def {name}({', '.join(dict.fromkeys(given))}): pass").body[0]
                        assert isinstance(function, ast.FunctionDef)
                        function.body = [ast.Return(result)]
                        outer = [n for n in module.body if isinstance(n, DEFINES)]
                        yield from self._beside(ast.Module([*outer, function], []), [name], [], placed=name)

    def _methods(self, module: ast.Module) -> Iterator[Attempt]:
        """Functions that are methods of the exercise's class, by their name or because they take `self`."""
        loose = [n for n in module.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
        for owner in dict.fromkeys(slot.owner for slot in self.asked.slots if slot.owner):
            names = {slot.name for slot in self.asked.slots if slot.owner == owner}
            fitting = [n for n in loose if n.name in names and _is_method(n)]
            if fitting:
                more = [assign(f"{owner}.{n.name}", n.name) for n in fitting]
                yield from self._beside(module, [owner], more, placed=owner)

    def _helpers(self, module: ast.Module, bound: set[str]) -> Iterator[Attempt]:
        """Names that the learner's own code calls."""
        for grade_id, learner in self.learner.items():
            needed = loads(learner) & bound
            if needed and any(isinstance(n, DEFINES) and bindings(n) & needed for n in module.body):
                names = [name for name, cell in self.asked.cells.items() if cell == grade_id]
                yield from self._beside(module, names[:1], [], placed=names[0])

    def _bodies(self, module: ast.Module) -> Iterator[Attempt]:
        """Statements as the body of a function or method that is asked for."""
        body = [n for n in module.body if not is_docstring(n)]
        used = free(*body)
        single = len(body) == 1 and is_single(body[0])
        for slot in self._slots_for(used, body):
            for shaped in shapes(body, slot, self._known(slot)):
                function = with_body(slot.starter, shaped)
                if function is None:
                    continue
                imports = [n for n in body if isinstance(n, (ast.Import, ast.ImportFrom))]
                code = ast.Module([*imports, function], [])
                if slot.owner:
                    more = [assign(f"{slot.owner}.{slot.name}", slot.name)]
                    yield from self._beside(code, [slot.owner], more, placed=slot.owner, single=single)
                else:
                    yield from self._beside(code, [slot.name], [], placed=slot.name, single=single)
        if not single and len(body) > 1:
            yield from self._woven(body, used)

    def _slots_for(self, used: set[str], body: list[ast.stmt]) -> list[Slot]:
        """Functions whose parameters the code uses, or that take none; those with most of them first."""
        slots = []
        for slot in self.asked.slots:
            method = bool(slot.owner)
            shared = len(used & slot.parameters)
            needs_self = "self" in used
            if method != needs_self and method:
                continue
            if shared or (method and needs_self) or (gives(body) and not method):
                slots.append((-shared, slot))
        return [slot for _, slot in sorted(slots, key=lambda pair: pair[0])][:_MOST_SLOTS]

    def _known(self, slot: Slot) -> set[str]:
        """Names that code in a function can use."""
        modules = [*self.asked.starter.values(), *self.learner.values()]
        outer = {name for module in modules for node in module.body for name in bindings(node) | imported(node)}
        return set(_BUILTINS) | outer | slot.parameters | {"self"} | bindings(ast.Module(slot.starter.body, []))

    def _woven(self, body: list[ast.stmt], used: set[str]) -> Iterator[Attempt]:
        """Statements in place of those of the learner's function that set the same names, or before all others."""
        for grade_id, learner in self.learner.items():
            for holder, index, function in functions(learner):
                owner = holder.name if isinstance(holder, ast.ClassDef) else function.name
                if owner not in self.asked.cells or not used & (
                    arguments(function) | bindings(ast.Module(function.body, []))
                ):
                    continue
                for changed in (replaced(function, body), prefixed(function, body)):
                    if changed is not None:
                        whole = copy.deepcopy(learner)
                        place = _same(whole, learner, holder)
                        place.body[index] = changed
                        yield Attempt(tuple({**self.answers, grade_id: unparsed(whole.body)}.items()), placed=owner)


def _definitions(module: ast.Module) -> list[Function | ast.ClassDef]:
    return [n for n in ast.walk(module) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]


def _methods_renamed(node: ast.ClassDef, reference: ast.ClassDef) -> list[ast.stmt]:
    """Each method of the reference that a class lacks, from the one that stands at its place."""
    theirs = [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    wanted = [n for n in reference.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    if len(theirs) != len(wanted):
        return []
    pairs = zip(theirs, wanted, strict=True)
    return [assign(f"{node.name}.{w.name}", f"{node.name}.{t.name}") for t, w in pairs if t.name != w.name]


def _is_method(node: Function | ast.Lambda) -> bool:
    first = [*node.args.posonlyargs, *node.args.args][:1]
    return bool(first) and first[0].arg in ("self", "cls")


def _callables(node: ast.stmt) -> Iterator[tuple[str, Function | ast.Lambda]]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield node.name, node
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda) and isinstance(node.targets[0], ast.Name):
        yield node.targets[0].id, node.value


def _fits(node: Function | ast.Lambda, wanted: Function, skip: int = 0) -> bool:
    """Whether a function can be called as another one is."""
    spec = node.args
    given = len([*spec.posonlyargs, *spec.args]) - skip
    required = given - len(spec.defaults)
    most = len([*wanted.args.posonlyargs, *wanted.args.args])
    least = most - len(wanted.args.defaults)
    return required <= most and (bool(spec.vararg) or least <= given)


def _same(whole: ast.Module, module: ast.Module, holder: ast.Module | ast.ClassDef) -> ast.Module | ast.ClassDef:
    """The copy of a holder in a copy of its module."""
    if isinstance(holder, ast.Module):
        return whole
    found = whole.body[module.body.index(holder)]
    assert isinstance(found, ast.ClassDef)
    return found
