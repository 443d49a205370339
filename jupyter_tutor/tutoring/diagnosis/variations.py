"""Small variations of the literal values in what checks ask, of the kind that the checks themselves use."""

import ast
import copy
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from jupyter_tutor.python import parse_expression
from jupyter_tutor.tutoring.diagnosis.scenarios import Scenario

Observed: TypeAlias = dict[str, frozenset[str]]
"""What holds for all values that were seen at each place: a function's name and the position of an argument."""
_FEW, _MOST_PARTS = 3, 6


def variations(scenario: Scenario, numbers: Sequence[int], most: int) -> list[Scenario]:
    """At most so many scenarios that differ in one literal or one statement, the smallest changes first. `numbers` are
    those that may be limits: from the task's text and the learner's code.
    """
    tree = _Tree(scenario)
    literals = tree.literals()
    there = list({repr(part): part for _, literal in literals for part in _parts(literal)}.values())[:_MOST_PARTS]
    streams = [tree.replaced(place, literal, Near(numbers, there)) for place, literal in literals]
    streams.append(tree.shortened())
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*streams))
    found: dict[str, Scenario] = {}
    for made in rounds:
        if made is not None and made.code != scenario.code:
            found.setdefault(made.code, made)
        if len(found) >= most:
            break
    return list(found.values())


class _Tree:
    """A scenario as one module, so that places in it can be counted."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.module = ast.Module([*scenario.before, ast.Expr(scenario.asked)], [])

    def literals(self) -> list[tuple[int, Any]]:
        """The largest literals, each with its place among all nodes."""
        found, inside = [], set[int]()
        for place, node in enumerate(ast.walk(self.module)):
            if isinstance(node, ast.JoinedStr):
                inside |= {id(part) for part in ast.walk(node)}
            if id(node) in inside or not isinstance(node, ast.expr):
                continue
            try:
                value = ast.literal_eval(node)
            except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                continue
            found.append((place, value))
            inside |= {id(part) for part in ast.walk(node)}
        return [(place, value) for place, value in found if value is not None and value is not ...]

    def replaced(self, place: int, literal: Any, near: "Near") -> Iterator[Scenario]:
        for value in near.to(literal):
            module = copy.deepcopy(self.module)
            old, new = list(ast.walk(module))[place], parse_expression(repr(value))
            yield self._scenario(_swap(module, old, new).body)

    def shortened(self) -> Iterator[Scenario]:
        """Without one of the statements, and with one of them twice."""
        body = self.module.body
        for place, node in enumerate(body[:-1]):
            if isinstance(node, ast.Expr):
                yield self._scenario([*body[:place], *body[place + 1 :]])
                yield self._scenario([*body[: place + 1], *body[place:]])

    def _scenario(self, body: list[ast.stmt]) -> Scenario:
        *before, last = body
        assert isinstance(last, ast.Expr)
        return Scenario(tuple(before), last.value, self.scenario.raises)


@dataclass(frozen=True)
class Near:
    """Makes values of the same type out of one, the smallest and the nearest first. `numbers` may be limits, `there`
    are texts and numbers that stand in the same scenario: two of them may be equal.
    """

    numbers: Sequence[int] = ()
    there: Sequence[Any] = ()

    def to(self, value: Any) -> Iterator[Any]:
        """The values near this one."""
        if isinstance(value, bool):
            yield not value
        elif isinstance(value, int):
            yield from (0, 1, value + 1, value - 1, *self._same(value), *self.numbers, 2 * value, -value)
        elif isinstance(value, float):
            yield from (0.0, value + 1, value - 1, value / 2, *map(float, self.numbers), -value)
        elif isinstance(value, str):
            yield from self._texts(value)
        elif isinstance(value, list):
            yield from self._lists(value)
        elif isinstance(value, tuple):
            yield from (tuple(part) for part in self._one_changed(list(value)))
        elif isinstance(value, dict):
            yield from (dict(part) for part in self._lists(list(value.items())) if _hashable(part))
        elif isinstance(value, (set, frozenset)):
            yield from (type(value)(part) for part in self._lists(sorted(value, key=repr)))

    def _same(self, value: Any) -> list[Any]:
        return [other for other in self.there if type(other) is type(value)]

    def _texts(self, value: str) -> Iterator[str]:
        yield from ("", value[:1], *self._same(value)[:_FEW], value[:-1], value[1:])
        if value.lstrip("-").isdigit():
            yield from map(str, Near(self.numbers).to(int(value)))
        yield from (value[::-1], value.upper(), value.lower(), value.swapcase(), value + value, value + value[-1:])
        yield f" {value}"

    def _lists(self, value: list[Any]) -> Iterator[list[Any]]:
        yield from ([], value[:1], value[:-1], value[1:], value[:2], value[::-1], value[:1] * 2, value + value[:1])
        yield from ([value[0], *value[2:]], [*value[1:2], *value[:1], *value[2:]]) if len(value) > 1 else ()
        yield from self._one_changed(value)
        yield from ([*value[:place], *value[:1], *value[place + 1 :]] for place in range(1, min(len(value), 1 + _FEW)))
        yield value + value

    def _one_changed(self, value: list[Any]) -> Iterator[list[Any]]:
        """With one of the first items or the last one changed, in turns."""
        places = [*range(min(len(value), _FEW)), *([len(value) - 1] if len(value) > _FEW else [])]
        streams = ([(place, item) for item in itertools.islice(self.to(value[place]), 12)] for place in places)
        for pair in itertools.chain.from_iterable(itertools.zip_longest(*streams)):
            if pair is not None:
                yield [*value[: pair[0]], pair[1], *value[pair[0] + 1 :]]


def _parts(value: Any) -> Iterator[Any]:
    """The texts and numbers in a literal."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from _parts(part)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield value


def _hashable(items: Iterable[Any]) -> bool:
    return all(isinstance(item[0], (str, int, float, tuple, type(None))) for item in items)


def _swap(module: ast.Module, old: ast.AST, new: ast.expr) -> ast.Module:
    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    made = Swap().visit(module)
    assert isinstance(made, ast.Module)
    return ast.fix_missing_locations(made)


def observed(scenarios: Iterable[Scenario]) -> Observed:
    """What holds for the literal arguments of all calls in these scenarios, by function and position."""
    seen: dict[str, list[frozenset[str]]] = {}
    for scenario in scenarios:
        for place, traits in _arguments(scenario):
            seen.setdefault(place, []).append(traits)
    return {place: _common(traits) for place, traits in seen.items()}


def _common(traits: list[frozenset[str]]) -> frozenset[str]:
    """What all have in common; what only chance may have made alike is left out when they are few."""
    every = frozenset().union(*traits)
    common = frozenset.intersection(*(t | _vacuous(t, every) for t in traits))
    few = len(set(traits)) < _FEW
    return frozenset(t for t in common if not (few and any(word in t for word in ("length", "like", "not empty"))))


def _vacuous(traits: frozenset[str], of: frozenset[str]) -> frozenset[str]:
    """What holds for each item of an empty list: everything."""
    return frozenset(trait for trait in of if "each " in trait) if "empty" in traits else frozenset()


def fits(scenario: Scenario, known: Observed) -> bool:
    """Whether a scenario's arguments have all that those of the checks have in common."""
    return all(
        known[place] <= traits | _vacuous(traits, known[place])
        for place, traits in _arguments(scenario)
        if place in known
    )


def _arguments(scenario: Scenario) -> Iterator[tuple[str, frozenset[str]]]:
    values: dict[str, ast.expr] = {}
    for node in (*scenario.before, scenario.asked):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value
        for call in (part for part in ast.walk(node) if isinstance(part, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            given = [(str(n), a) for n, a in enumerate(call.args)] + [(k.arg or "", k.value) for k in call.keywords]
            known = {place: _value(argument, values) for place, argument in given}
            known = {place: found for place, found in known.items() if found}
            for place, found in known.items():
                yield f"{name} {place}", frozenset(_traits(found[0]))
            if known:
                yield f"{name} together", frozenset(_pairs({place: found[0] for place, found in known.items()}))


def _value(node: ast.expr, values: dict[str, ast.expr]) -> list[Any]:
    """The value of an argument in a list; an empty one when it has to be computed."""
    node = values.get(node.id, node) if isinstance(node, ast.Name) else node
    try:
        return [ast.literal_eval(node)]
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return []


def _traits(value: Any) -> Iterator[str]:
    """What holds for a value, as words that are compared only."""
    yield type(value).__name__
    if isinstance(value, (int, float)):
        yield from (f">= {limit}" for limit in (0, 1) if value >= limit)
    elif isinstance(value, str):
        yield from ("not empty",) if value else ()
        yield f"like {''.join('0' if c.isdigit() else 'a' if c.isalpha() else c for c in value)}"
        yield from (f"no {name}" for name, test in _CHARACTERS.items() if not any(map(test, value)))
    elif isinstance(value, tuple):
        yield f"length {len(value)}"
        yield from (f"{place} {trait}" for place, item in enumerate(value) for trait in _traits(item))
        yield from _pairs(dict(enumerate(value)))
    elif isinstance(value, (list, set, frozenset, dict)):
        items = list(value.items()) if isinstance(value, dict) else list(value)
        yield "not empty" if items else "empty"
        yield f"length {len(items)}"
        yield from ("all different",) if len(set(map(repr, items))) == len(items) else ()
        yield from _sorted(value) if isinstance(value, list) else ()
        every = [frozenset(_traits(item)) for item in items]
        yield from (f"each {trait}" for trait in (frozenset.intersection(*every) if every else ()))


_CHARACTERS = {"digit": str.isdigit, "space": str.isspace, "capital": str.isupper, "sign": lambda c: not c.isalnum()}


def _sorted(value: list[Any]) -> Iterator[str]:
    for name, key in (("sorted", None), ("sorted by its last", lambda item: item[-1])):
        try:
            if value == sorted(value, key=key):
                yield name
        except (TypeError, IndexError, KeyError):
            continue


def _pairs(values: dict[Any, Any]) -> Iterator[str]:
    """How two values beside each other compare."""
    for (one, left), (two, right) in itertools.combinations(values.items(), 2):
        if isinstance(left, (int, float)) and isinstance(right, (int, float)):
            yield from (f"{one} <= {two}",) if left <= right else ()
            yield from (f"{one} < {two}",) if left < right else ()
            yield from (f"{one} >= {two}",) if left >= right else ()
        elif isinstance(left, (list, str)) and isinstance(right, (list, str)) and len(left) == len(right):
            yield f"as many in {one} as in {two}"
