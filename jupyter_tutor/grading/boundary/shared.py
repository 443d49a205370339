"""Containers that both sides hold: one object on each side, kept alike.

A list that a learner's object keeps and gives out, or that it was given and keeps, is the same object wherever a test
meets it: before each message a side tells what it changed in such containers. Containers that only one side holds on to
need none of this, and are found by counting who refers to them.
"""

import collections
import json
import operator
import sys
from collections.abc import Callable, Iterable
from typing import Any

from jupyter_tutor.grading.boundary.plain import MUTABLE
from jupyter_tutor.grading.boundary.tables import changeable
from jupyter_tutor.grading.boundary.wire import Decoder, Encoder, WireError

_FEW = 16


class Shared:
    """One side's half: its objects by number, and the contents that both sides last agreed on."""

    def __init__(self, export: Callable[[Any, Encoder], Any]) -> None:
        self.export = export
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.states: dict[int, Any] = {}
        self.told: dict[int, Any] = {}
        self.many = _FEW

    def add(self, number: int, value: Any) -> None:
        """A container that is the same on both sides at this moment."""
        self.objects[number], self.states[number] = value, self._state(value)
        self.numbers[id(value)] = number

    def drop(self, number: int) -> None:
        if number in self.objects:
            del self.numbers[id(self.objects.pop(number))], self.states[number]

    def changed(self, encoder: Encoder) -> dict[str, Any]:
        """What this side changed since: `{number: contents}`. It counts as told with `agree`."""
        now = ((n, self._state(value)) for n, value in self.objects.items())
        self.told = {n: state for n, state in now if not _same(state, self.states[n])}
        return {str(n): encoder.state(self.objects[n]) for n in self.told}

    def agree(self) -> None:
        """The other side has been told what changed."""
        self.states |= self.told

    def write(self, contents: dict[str, Any], decoder: Decoder) -> None:
        """Take over what the other side changed."""
        for number, new in contents.items():
            value = self.objects[int(number)]
            decoder.fill(value, new)
            self.states[int(number)] = self._state(value)

    def forget(self) -> list[int]:
        """Let go of what nobody else on this side refers to any more: its numbers. Only when there is much to go
        through, since nothing is wrong with keeping it.
        """
        if len(self.objects) < self.many:
            return []
        self.states.clear()  # they refer to what is in the containers
        kept = held(list(self.objects.values()), 1)
        numbers = [number for address, number in self.numbers.items() if address not in kept]
        self.states = {n: self._state(value) for n, value in self.objects.items()}
        for number in numbers:
            self.drop(number)
        self.many = max(_FEW, 2 * len(self.objects))
        return numbers

    def _state(self, value: Any) -> Any:
        """What is directly in a container: a list of it; of one without parts, a text."""
        if isinstance(value, dict):
            return [*value, *value.values()]
        if isinstance(value, (list, set, collections.deque)):
            return list(value)
        try:
            return json.dumps(Encoder(self.export, (), self.numbers).state(value))
        except WireError:
            return ""


def _same(now: Any, before: Any) -> bool:
    if isinstance(now, str):
        return bool(now == before)
    return len(now) == len(before) and all(map(operator.is_, now, before))


def held(objects: list[Any], extra: int = 0) -> set[int]:
    """The ids of changeable objects that something beyond this list refers to, directly or through another of them.
    `extra` is how often each is referred to by who asks.
    """
    inner = collections.Counter(address for value in objects for address in map(id, _parts(value)))
    free = _counts([[]])[0] + extra
    counts = _counts(objects)
    outside = [o for o, count in zip(objects, counts, strict=True) if count > free + inner[id(o)]]
    ids = {id(o): o for o in objects}
    found: set[int] = set()
    while outside:
        value = outside.pop()
        if id(value) in found:
            continue
        if changeable(value) or type(value) in MUTABLE:
            found.add(id(value))
            outside += [ids[id(part)] for part in _parts(value) if id(part) in ids]
    return found


def _counts(objects: list[Any]) -> list[int]:
    return [sys.getrefcount(value) for value in objects]


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*value.values(), *value.keys()]
    return list(value) if isinstance(value, (list, set, collections.deque, tuple, frozenset)) else ()
