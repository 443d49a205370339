"""The types that cross by value, and the plain data inside an object whose class extends one of them."""

import builtins
import collections
import datetime
import decimal
import fractions
import importlib
import io
import pathlib
import uuid
from collections.abc import Callable
from typing import Any

TYPES: dict[str, type] = {
    t.__name__: t
    for t in (
        *(bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset),
        *(range, slice, object, type, type(None)),
        *(collections.Counter, collections.OrderedDict, collections.defaultdict, collections.deque),
        *(decimal.Decimal, fractions.Fraction, uuid.UUID, pathlib.PosixPath, pathlib.PurePosixPath),
        *(datetime.date, datetime.datetime, datetime.time, datetime.timedelta),
        *(io.StringIO, io.BytesIO),
    )
}
TYPES |= {name: e for name, e in vars(builtins).items() if isinstance(e, type) and issubclass(e, BaseException)}
MUTABLE = (
    *(list, dict, set, bytearray, collections.deque, io.StringIO, io.BytesIO),
    *(collections.OrderedDict, collections.defaultdict, collections.Counter),
)
FIXED = (bool, int, float, complex, str, bytes, tuple, frozenset)
"""Types whose content never changes: a handle of a class that extends one holds that content itself."""
ERROR_MODULES = (
    *("json", "dataclasses", "decimal", "statistics", "configparser", "csv", "queue", "asyncio", "struct", "binascii"),
    *("shutil", "copy", "re", "zipfile", "subprocess", "concurrent.futures", "urllib.error", "socket", "zoneinfo"),
    *("numpy.linalg", "numpy.exceptions", "pandas.errors", "sqlite3", "pickle", "unicodedata", "graphlib"),
)
"""Where exceptions other than Python's own are real ones on both sides."""


def type_name(kind: Any) -> str | None:
    """The wire name of a type that both sides have, else None."""
    name = getattr(kind, "__name__", "")
    if TYPES.get(name) is kind:
        return str(name)
    if not isinstance(kind, type) or not issubclass(kind, BaseException):
        return None
    rooms = (room for room in ERROR_MODULES if kind.__module__.partition(".")[0] == room.partition(".")[0])
    return next((f"{room}:{name}" for room in rooms if type_named(f"{room}:{name}") is kind), None)


def type_named(name: str) -> Any:
    """The type of a wire name. Raises KeyError."""
    room, colon, name = name.rpartition(":")
    if not colon:
        return TYPES[name]
    if room not in ERROR_MODULES:
        raise KeyError(name)
    try:
        kind = getattr(importlib.import_module(room), name, None)
    except ImportError:
        raise KeyError(name) from None
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None


_COPIES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (complex, lambda v: complex(complex.__pos__(v))),
    (str, str.__str__),
    (bytes, lambda v: bytes.__getitem__(v, slice(None))),
    (bytearray, lambda v: bytearray.__getitem__(v, slice(None))),
    (list, lambda v: list.__getitem__(v, slice(None))),
    (tuple, lambda v: tuple.__getitem__(v, slice(None))),
    (collections.OrderedDict, lambda v: {k: dict.__getitem__(v, k) for k in collections.OrderedDict.__iter__(v)}),
    (dict, dict.copy),
    (set, lambda v: set().union(v)),
    (frozenset, lambda v: frozenset().union(v)),
    (collections.deque, lambda v: collections.deque(collections.deque.__iter__(v))),
)


def plain_base(kind: type) -> type | None:
    """The plain type that a class extends."""
    return next((base for base, _ in _COPIES if issubclass(kind, base)), None)


def plain(value: Any) -> Any:
    """The plain data in an object of a subclass, read by the plain type's own methods."""
    return next(copied for base, copied in _COPIES if issubclass(type(value), base))(value)
