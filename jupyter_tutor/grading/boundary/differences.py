"""Where two values differ: the first line, item, key, cell, in words."""

import reprlib
import types
from typing import Any

from jupyter_tutor.grading.boundary.handles import Kind, is_handle
from jupyter_tutor.grading.boundary.plain import TYPES

_FUNCTIONS = (types.FunctionType, types.MethodType)
_SHORT = 40
"""Values that take fewer characters are compared at a glance."""


class _Brief(reprlib.Repr):
    """Short texts of values; a learner's object is only named."""

    def repr1(self, x: Any, level: int) -> str:
        if is_handle(x):
            return f"<{x._tutor_label} {'class' if type(x) is Kind else 'object'}>"
        return super().repr1(x, level)


_brief = _Brief()
_brief.maxlevel, _brief.maxstring, _brief.maxother, _brief.maxlong = 4, 160, 160, 60
_brief.maxdict = _brief.maxlist = _brief.maxtuple = _brief.maxset = _brief.maxfrozenset = _brief.maxdeque = 16


def show(value: Any) -> str:
    """A value for a message: short, and never an exception."""
    try:
        return _brief.repr(value)[:400]
    except Exception:
        return f"a {type(value).__name__}"


def where(got: Any, want: Any) -> str:
    """Where a value differs from the expected one; empty when that is plain to see."""
    try:
        return _where(got, want)
    except Exception:
        return ""


def _where(got: Any, want: Any) -> str:
    if is_handle(got) or is_handle(want):
        return "that is a function, which is still to be called" if type(got)._tutor_class in _FUNCTIONS else ""
    if got is None:
        return "a function without `return` gives None"
    kinds = type(got).__name__, type(want).__name__
    if kinds[0] != kinds[1]:
        if kinds[1] not in TYPES and kinds[1] not in _TABLES:
            return ""
        return "" if isinstance(got, (int, float)) and isinstance(want, (int, float)) else f"{_a(got)}, not {_a(want)}"
    found = _TABLES.get(kinds[0])
    if found is not None:
        return found(got, want)
    if not (type(got) is str and "\n" in got + want) and len(show(got)) < _SHORT and len(show(want)) < _SHORT:
        return ""
    return next((tell(got, want) for kind, tell in _CONTAINERS if isinstance(got, kind)), "")


def _a(value: Any) -> str:
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _text(got: str, want: str) -> str:
    here, there = got.split("\n"), want.split("\n")
    if len(here) == len(there) == 1:
        return f"they differ from character {_first(got, want) + 1} on"
    line = _first(here, there)
    if line >= len(here):
        return f"line {line + 1} is missing: {show(there[line])}"
    if line >= len(there):
        return f"line {line + 1} is too much: {show(here[line])}"
    return f"line {line + 1} is {show(here[line])}, expected {show(there[line])}"


def _sequence(got: Any, want: Any) -> str:
    here, there = list(got), list(want)
    place = _first(here, there)
    lengths = f"; it has {len(here)} items, expected {len(there)}" if len(here) != len(there) else ""
    if place >= min(len(here), len(there)):
        return lengths.removeprefix("; ")
    return f"item {place} is {show(here[place])}, expected {show(there[place])}{lengths}"


def _mapping(got: Any, want: Any) -> str:
    for key in want:
        if key not in got:
            return f"the key {show(key)} is missing"
        if got[key] != want[key]:
            return f"under the key {show(key)} is {show(got[key])}, expected {show(want[key])}"
    return next((f"the key {show(key)} is too much" for key in got if key not in want), "")


def _set(got: Any, want: Any) -> str:
    missing, extra = want - got, got - want
    return f"{show(next(iter(missing)))} is missing" if missing else f"{show(next(iter(extra)))} is too much"


def _array(got: Any, want: Any) -> str:
    if got.shape != want.shape:
        return f"its shape is {got.shape}, expected {want.shape}"
    places = (got != want).nonzero()
    place = tuple(int(axis[0]) for axis in places)
    at = place[0] if len(place) == 1 else place
    return f"at {at} is {got[place]}, expected {want[place]}"


def _frame(got: Any, want: Any) -> str:
    if list(got.columns) != list(want.columns):
        return f"its columns are {show(list(got.columns))}, expected {show(list(want.columns))}"
    if list(got.index) != list(want.index):
        return f"its rows are {show(list(got.index))}, expected {show(list(want.index))}"
    for name in got.columns:
        said = _series(got[name], want[name])
        if said:
            return f"in the column {show(name)}, {said}"
    return ""


def _series(got: Any, want: Any) -> str:
    if list(got.index) != list(want.index):
        return f"its rows are {show(list(got.index))}, expected {show(list(want.index))}"
    if got.dtype != want.dtype:
        return f"the type is {got.dtype}, expected {want.dtype}"
    for row, here, there in zip(got.index, got, want, strict=True):
        if here != there and (here == here or there == there):
            return f"row {show(row)} is {show(here)}, expected {show(there)}"
    return ""


def _first(got: Any, want: Any) -> int:
    """The first position at which two sequences differ."""
    pairs = enumerate(zip(got, want, strict=False))
    return next((i for i, (a, b) in pairs if a is not b and a != b), min(len(got), len(want)))


_TABLES = {"ndarray": _array, "DataFrame": _frame, "Series": _series}
_CONTAINERS: tuple[tuple[Any, Any], ...] = (
    (str, _text),
    ((list, tuple), _sequence),
    (dict, _mapping),
    ((set, frozenset), _set),
)
