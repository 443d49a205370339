"""The typed encoding in which values cross between judge and player.

A value becomes JSON: `None`, booleans, strings, finite floats and small integers stand for themselves, everything else
is `[tag, ...]`. Containers are `[tag, ref, contents]`: `ref` numbers them, so that a container met twice is
`["ref", n]` and stays one object. Never pickle. Only exact types cross by value; whatever else is given to the side's
own `export` (a handle in the player, a callback in the judge).

This file is also sent to the player as source: standard library only, no import of the package.
"""

import base64
import collections
import datetime
import decimal
import fractions
import json
import math
import sys
from collections.abc import Callable, Iterable
from typing import Any

MAX_DEPTH = 200
MAX_NODES = 200_000
MAX_BYTES = 8_000_000

TYPES: dict[str, type] = {
    t.__name__: t
    for t in (
        bool,
        int,
        float,
        complex,
        str,
        bytes,
        bytearray,
        list,
        tuple,
        dict,
        set,
        frozenset,
        range,
        slice,
        object,
        type,
        collections.Counter,
        collections.OrderedDict,
        collections.defaultdict,
        collections.deque,
        decimal.Decimal,
        fractions.Fraction,
        datetime.date,
        datetime.datetime,
        datetime.time,
        datetime.timedelta,
        type(None),
    )
}
TYPES |= {
    name: e for name, e in vars(__import__("builtins")).items() if isinstance(e, type) and issubclass(e, BaseException)
}
_MUTABLE = (
    list,
    dict,
    set,
    bytearray,
    collections.deque,
    collections.OrderedDict,
    collections.defaultdict,
    collections.Counter,
)
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_VIEW_NAMES: dict[str, Callable[[list[Any]], Any]] = {
    "dict_keys": lambda keys: dict.fromkeys(keys).keys(),
    "dict_values": lambda values: dict(enumerate(values)).values(),
    "dict_items": lambda items: dict(items).items(),
}
_ISO = (datetime.datetime, datetime.date, datetime.time)


class WireError(Exception):
    """A value that cannot cross, or a message that is none."""


def dumps(message: Any) -> str:
    """ASCII JSON, so that lone surrogates and any kernel's encoding cannot break it."""
    text = json.dumps(message, allow_nan=False)
    if len(text) > MAX_BYTES:
        raise WireError("the value is too large to be checked")
    return text


def loads(text: str) -> Any:
    """The message in a text, or WireError."""
    if len(text) > MAX_BYTES:
        raise WireError("the value is too large to be checked")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a malformed message ({type(error).__name__})") from None


class Encoder:
    """Encodes the values of one message; containers known from `objects` become references."""

    def __init__(self, export: Callable[[Any], Any], objects: Iterable[Any] = ()) -> None:
        self.export = export
        self.objects = list(objects)
        self.refs = {id(o): n for n, o in enumerate(self.objects)}
        self.nodes = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise WireError("the value is too deep or has too many parts to be checked")
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            return value if value.bit_length() < 64 else ["int", hex(value)]
        if kind is float:
            return value if math.isfinite(value) else ["float", repr(value)]
        if id(value) in self.refs:
            return ["ref", self.refs[id(value)]]
        return self._tagged(value, kind, depth)

    def _tagged(self, value: Any, kind: type, depth: int) -> Any:
        simple = _encode_simple(value, kind)
        if simple is not None:
            return simple
        if kind in _VIEWS:
            return [kind.__name__, [self.encode(v, depth + 1) for v in value]]
        if kind in _MUTABLE or kind in (tuple, frozenset):
            ref = self._remember(value)
            return [kind.__name__, ref, self.contents(value, depth)]
        data = _encode_array(value, kind, lambda v: self.encode(v, depth + 1))
        if data is not None:
            return [data[0], self._remember(value), *data[1:]]
        return self.export(value)

    def _remember(self, value: Any) -> int:
        self.refs[id(value)] = len(self.objects)
        self.objects.append(value)
        return len(self.objects) - 1

    def contents(self, value: Any, depth: int = 0) -> Any:
        """What is inside a container, without the container itself."""
        kind = type(value)
        if kind is bytearray:
            return base64.b64encode(value).decode()
        if isinstance(value, dict):
            pairs = [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]
            factory = getattr(value, "default_factory", None)
            return [_type_name(factory), pairs] if kind is collections.defaultdict else pairs
        items = [self.encode(v, depth + 1) for v in value]
        return [value.maxlen, items] if kind is collections.deque else items


class Decoder:
    """Rebuilds the values of one message; `imports` turns the other side's objects into this side's stand-ins."""

    def __init__(self, imports: dict[str, Callable[..., Any]], objects: Iterable[Any] = ()) -> None:
        self.imports = imports
        self.objects = dict(enumerate(objects))

    def decode(self, data: Any) -> Any:
        if data is None or isinstance(data, (bool, int, float, str)):
            return data
        try:
            tag, *rest = data
            return self._tagged(tag, rest)
        except WireError:
            raise
        except RecursionError:
            raise WireError("the value is too deep to be checked") from None
        except Exception as error:
            raise WireError(f"a malformed value ({type(error).__name__})") from None

    def _tagged(self, tag: Any, rest: list[Any]) -> Any:
        if tag == "ref":
            return self.objects[rest[0]]
        if tag in self.imports:
            return self.imports[tag](*rest)
        if tag in _SIMPLE:
            return _SIMPLE[tag](*rest)
        if tag in _VIEW_NAMES:
            return _VIEW_NAMES[tag]([self.decode(v) for v in rest[0]])
        kind = TYPES.get(tag)
        if kind in _MUTABLE:
            ref, contents = rest
            empty = self.objects[ref] = collections.deque(maxlen=contents[0]) if kind is collections.deque else kind()
            self.fill(empty, contents)
            return empty
        if kind in (tuple, frozenset):
            ref, contents = rest
            self.objects[ref] = kind([self.decode(v) for v in contents])
            return self.objects[ref]
        value = self.objects[rest[0]] = _decode_array(tag, rest[1:], self.decode)
        return value

    def fill(self, value: Any, contents: Any) -> None:
        """Put decoded contents into a container, in place."""
        if isinstance(value, bytearray):
            value[:] = base64.b64decode(contents)
        elif isinstance(value, dict):
            if type(value) is collections.defaultdict:
                value.default_factory = TYPES[contents[0]] if contents[0] else value.default_factory
                contents = contents[1]
            items = [(self.decode(k), self.decode(v)) for k, v in contents]
            value.clear()
            for key, item in items:
                dict.__setitem__(value, key, item)
        elif isinstance(value, (list, set, collections.deque)):
            items = [self.decode(v) for v in (contents[1] if isinstance(value, collections.deque) else contents)]
            value.clear()
            (value.update if isinstance(value, set) else value.extend)(items)
        else:
            value[...] = _decode_array(contents[0], contents[1:], self.decode)


def snapshot(objects: list[Any], export: Callable[[Any], Any]) -> dict[int, str]:
    """The contents of each changeable object as text, to tell later which ones were changed in place."""
    encoder = Encoder(export, objects)
    return {
        n: json.dumps(contents)
        for n, contents in ((n, _state(encoder, o)) for n, o in enumerate(objects))
        if contents is not None
    }


def changes(objects: list[Any], before: dict[int, str], encoder: Encoder) -> dict[str, Any]:
    """What has to be written back: `{ref: contents}` of the objects that no longer are as in `before`."""
    now = {n: _state(encoder, objects[n]) for n in before}
    return {str(n): contents for n, contents in now.items() if json.dumps(contents) != before[n]}


def _state(encoder: Encoder, value: Any) -> Any:
    if type(value) in _MUTABLE:
        return encoder.contents(value)
    data = _encode_array(value, type(value), encoder.encode) if type(value).__name__ == "ndarray" else None
    return list(data) if data is not None else None


def _type_name(kind: Any) -> str | None:
    """The wire name of a plain type, else None."""
    return next((name for name, known in TYPES.items() if known is kind), None)


def _encode_simple(value: Any, kind: type) -> Any:
    """Types without parts; None when it is not one of them."""
    if kind is bytes:
        return ["bytes", base64.b64encode(value).decode()]
    if kind is complex:
        return ["complex", repr(value.real), repr(value.imag)]
    if kind is range:
        return ["range", str(value.start), str(value.stop), str(value.step)]
    if kind is slice and all(type(p) in (int, type(None)) for p in (value.start, value.stop, value.step)):
        return ["slice", value.start, value.stop, value.step]
    if kind is decimal.Decimal or kind is fractions.Fraction:
        return [kind.__name__, str(value)]
    if kind in _ISO and getattr(value, "tzinfo", None) in (None, datetime.UTC):
        return [kind.__name__, value.isoformat()]
    if kind is datetime.timedelta:
        return ["timedelta", value.days, value.seconds, value.microseconds]
    if value is ... or value is NotImplemented:
        return ["constant", "Ellipsis" if value is ... else "NotImplemented"]
    if kind is type and _type_name(value):
        return ["type", _type_name(value)]
    return None


_SIMPLE: dict[str, Callable[..., Any]] = {
    "int": lambda text: int(text, 16),
    "float": float,
    "bytes": lambda text: base64.b64decode(text),
    "complex": lambda real, imag: complex(float(real), float(imag)),
    "range": lambda *parts: range(*map(int, parts)),
    "slice": slice,
    "Decimal": decimal.Decimal,
    "Fraction": fractions.Fraction,
    "timedelta": lambda *parts: datetime.timedelta(*parts),
    "constant": {"Ellipsis": ..., "NotImplemented": NotImplemented}.__getitem__,
    "type": TYPES.__getitem__,
    **{kind.__name__: kind.fromisoformat for kind in _ISO},
}


def _encode_array(value: Any, kind: Any, encode: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """numpy arrays and scalars, pandas series, frames and indexes; None for all else."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None and kind is numpy.ndarray:
        if value.dtype.hasobject:
            return "ndarray", "O", list(value.shape), [encode(v) for v in value.ravel().tolist()]
        raw = base64.b64encode(numpy.ascontiguousarray(value).tobytes()).decode()
        return "ndarray", value.dtype.str, list(value.shape), raw
    if (
        numpy is not None
        and isinstance(value, numpy.generic)
        and kind.__module__ == "numpy"
        and not isinstance(value, numpy.void)
    ):
        return "npscalar", value.dtype.str, base64.b64encode(value.tobytes()).decode()
    if pandas is None:
        return None
    if kind is pandas.Series:
        return "Series", encode(value.index), _column(value, encode), encode(value.name)
    if kind is pandas.DataFrame:
        columns = [_column(value.iloc[:, i], encode) for i in range(value.shape[1])]
        return "DataFrame", encode(value.index), encode(value.columns), columns
    if kind is pandas.RangeIndex:
        return "RangeIndex", value.start, value.stop, value.step, encode(value.name)
    if kind in (pandas.Index, pandas.DatetimeIndex) and not isinstance(value, pandas.MultiIndex):
        return "Index", _column(value, encode), encode(value.name)
    if kind is pandas.Timestamp and value.tz is None:
        return "Timestamp", value.isoformat()
    return None


def _column(values: Any, encode: Callable[[Any], Any]) -> list[Any]:
    """One column as `[pandas dtype, numpy array of it]`."""
    return [str(values.dtype), encode(values.to_numpy())]


def _decode_array(tag: Any, rest: Any, decode: Callable[[Any], Any]) -> Any:
    if tag in ("ndarray", "npscalar"):
        import numpy

        if tag == "npscalar":
            return numpy.frombuffer(base64.b64decode(rest[1]), dtype=rest[0])[0]
        dtype, shape, data = rest
        if dtype == "O":
            array = numpy.empty(len(data), dtype=object)
            array[:] = [decode(v) for v in data]
            return array.reshape(shape)
        return numpy.frombuffer(base64.b64decode(data), dtype=dtype).reshape(shape).copy()
    import pandas

    if tag == "Series":
        index, (dtype, values), name = rest
        return pandas.Series(decode(values), index=decode(index), dtype=dtype, name=decode(name))
    if tag == "DataFrame":
        index, columns, data = decode(rest[0]), decode(rest[1]), rest[2]
        frame = pandas.DataFrame(
            {i: pandas.Series(decode(v), index=index, dtype=t) for i, (t, v) in enumerate(data)}, index=index
        )
        frame.columns = columns
        return frame
    if tag == "RangeIndex":
        start, stop, step, name = rest
        return pandas.RangeIndex(start, stop, step, name=decode(name))
    if tag == "Index":
        (dtype, values), name = rest
        return pandas.Index(decode(values), dtype=dtype, name=decode(name))
    if tag == "Timestamp":
        return pandas.Timestamp(rest[0])
    raise WireError(f"an unknown kind of value ({str(tag)[:20]})")
