"""The typed encoding in which values cross between judge and player.

A value becomes JSON: `None`, booleans, strings, finite floats and small integers stand for themselves, everything else
is `[tag, ...]`. Containers are `[tag, ref, contents]`: `ref` numbers them, so that a container met twice is
`["ref", n]` and stays one object; one that both sides hold is `["shared", n]`. Never pickle. Only exact types cross by
value; whatever else is given to the side's own `export` (a handle in the player, a callback in the judge).
"""

import base64
import collections
import datetime
import io
import json
import math
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jupyter_tutor.grading.boundary.plain import MUTABLE, TYPES, type_name, type_named
from jupyter_tutor.grading.boundary.tables import TAGS, changeable, decode_table, encode_table, fill_table

MAX_DEPTH = 200
MAX_NODES = 200_000
MAX_BYTES = 8_000_000

_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_VIEW_NAMES: dict[str, Callable[[list[Any]], Any]] = {
    "dict_keys": lambda keys: dict.fromkeys(keys).keys(),
    "dict_values": lambda values: dict(enumerate(values)).values(),
    "dict_items": lambda items: dict(items).items(),
}
_ISO = (datetime.datetime, datetime.date, datetime.time)
_TEXTUAL = tuple(TYPES[name] for name in ("Decimal", "Fraction", "UUID", "PosixPath", "PurePosixPath"))
_FILES = (io.StringIO, io.BytesIO)


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
    """Encodes the values of one message; containers known from `objects` become references.

    `export` is called with what cannot cross by value and with this encoder. `shared` gives the numbers, by id, of
    containers that both sides hold.
    """

    def __init__(
        self,
        export: Callable[[Any, "Encoder"], Any],
        objects: Iterable[Any] = (),
        shared: Mapping[int, int] | None = None,
    ) -> None:
        self.export = export
        self.objects = list(objects)
        self.refs = {id(o): n for n, o in enumerate(self.objects)}
        self.shared = {} if shared is None else shared
        self.nodes = 0
        self.depth = 0

    def encode(self, value: Any) -> Any:
        self.nodes += 1
        if self.depth > MAX_DEPTH or self.nodes > MAX_NODES:
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
        if id(value) in self.shared:
            return ["shared", self.shared[id(value)]]
        self.depth += 1
        encoded = self._tagged(value, kind)
        self.depth -= 1
        return encoded

    def _tagged(self, value: Any, kind: type) -> Any:
        simple = _encode_simple(value, kind)
        if simple is not None:
            return simple
        if kind in _VIEWS:
            return [kind.__name__, [self.encode(v) for v in value]]
        if kind in MUTABLE or kind in (tuple, frozenset):
            ref = self._remember(value)
            return [kind.__name__, ref, self.contents(value)]
        data = encode_table(value, kind, self.encode)
        if data is not None:
            return [data[0], self._remember(value), *data[1:]]
        return self.export(value, self)

    def _remember(self, value: Any) -> int:
        self.refs[id(value)] = len(self.objects)
        self.objects.append(value)
        return len(self.objects) - 1

    def contents(self, value: Any) -> Any:
        """What is inside a container, without the container itself."""
        kind = type(value)
        if kind is bytearray:
            return base64.b64encode(value).decode()
        if kind in _FILES:
            return [self.encode(value.getvalue()), value.tell()] if not value.closed else []
        if isinstance(value, dict):
            factory = getattr(value, "default_factory", None)
            pairs = [[self.encode(k), self.encode(v)] for k, v in value.items()]
            return [self.encode(factory), pairs] if kind is collections.defaultdict else pairs
        items = [self.encode(v) for v in value]
        return [value.maxlen, items] if kind is collections.deque else items

    def state(self, value: Any) -> Any:
        """What of a value can change in place; None when nothing can."""
        if type(value) in MUTABLE:
            return self.contents(value)
        data = encode_table(value, type(value), self.encode) if changeable(value) else None
        return list(data) if data is not None else None


class Decoder:
    """Rebuilds the values of one message; `imports` turns the other side's objects into this side's stand-ins: by tag,
    a function of this decoder and of what follows the tag.
    """

    def __init__(self, imports: Mapping[str, Callable[..., Any]], objects: Iterable[Any] = ()) -> None:
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
            return self.imports[tag](self, *rest)
        if tag in _SIMPLE:
            return _SIMPLE[tag](*rest)
        if tag in _VIEW_NAMES:
            return _VIEW_NAMES[tag]([self.decode(v) for v in rest[0]])
        if tag in TAGS:
            value = self.objects[rest[0]] = decode_table(tag, rest[1:], self.decode)
            return value
        return self._container(TYPES[tag], *rest)

    def _container(self, kind: Any, ref: int, contents: Any) -> Any:
        if kind in (tuple, frozenset):
            self.objects[ref] = kind([self.decode(v) for v in contents])
        elif kind in MUTABLE:
            self.objects[ref] = collections.deque(maxlen=contents[0]) if kind is collections.deque else kind()
            self.fill(self.objects[ref], contents)
        else:
            raise WireError(f"an unknown kind of value ({kind.__name__})")
        return self.objects[ref]

    def fill(self, value: Any, contents: Any) -> None:
        """Put decoded contents into a container, in place."""
        if isinstance(value, bytearray):
            value[:] = base64.b64decode(contents)
        elif isinstance(value, _FILES):
            _fill_file(value, [self.decode(part) for part in contents])
        elif isinstance(value, dict):
            if type(value) is collections.defaultdict:
                value.default_factory = self.decode(contents[0])
                contents = contents[1]
            items = [(self.decode(k), self.decode(v)) for k, v in contents]
            value.clear()
            for key, item in items:
                value[key] = item
        elif isinstance(value, (list, set, collections.deque)):
            items = [self.decode(v) for v in (contents[1] if isinstance(value, collections.deque) else contents)]
            value.clear()
            (value.update if isinstance(value, set) else value.extend)(items)
        else:
            fill_table(value, decode_table(contents[0], contents[1:], self.decode))


def _fill_file(file: Any, contents: list[Any]) -> None:
    if not contents:
        file.close()
        return
    file.seek(0)
    file.truncate()
    file.write(contents[0])
    file.seek(contents[1])


def snapshot(objects: list[Any], export: Callable[[Any, Encoder], Any]) -> dict[int, str]:
    """The contents of each changeable object as text, to tell later which ones were changed in place."""
    encoder = Encoder(export, objects)
    states = ((n, encoder.state(o)) for n, o in enumerate(objects))
    return {n: json.dumps(contents) for n, contents in states if contents is not None}


def changes(objects: list[Any], before: dict[int, str], encoder: Encoder) -> dict[str, Any]:
    """What has to be written back: `{ref: contents}` of the objects that no longer are as in `before`."""
    now = {n: encoder.state(objects[n]) for n in before}
    return {str(n): contents for n, contents in now.items() if json.dumps(contents) != before[n]}


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
    if kind in _TEXTUAL:
        return [kind.__name__, str(value)]
    if kind is datetime.datetime and type(value.tzinfo) is zoneinfo.ZoneInfo and value.tzinfo.key:
        return ["zoned", value.replace(tzinfo=None).isoformat(), value.tzinfo.key, value.fold]
    if kind is zoneinfo.ZoneInfo and value.key:
        return ["ZoneInfo", value.key]
    if kind in _ISO and type(getattr(value, "tzinfo", None)) in (type(None), datetime.timezone):
        return [kind.__name__, value.isoformat()]
    if kind is datetime.timedelta:
        return ["timedelta", value.days, value.seconds, value.microseconds]
    if value is ... or value is NotImplemented:
        return ["constant", "Ellipsis" if value is ... else "NotImplemented"]
    if issubclass(kind, type) and type_name(value):
        return ["type", type_name(value)]
    return None


_SIMPLE: dict[str, Callable[..., Any]] = {
    "int": lambda text: int(text, 16),
    "float": float,
    "bytes": lambda text: base64.b64decode(text),
    "complex": lambda real, imag: complex(float(real), float(imag)),
    "range": lambda *parts: range(*map(int, parts)),
    "slice": slice,
    "timedelta": lambda *parts: datetime.timedelta(*parts),
    "ZoneInfo": zoneinfo.ZoneInfo,
    "zoned": lambda text, key, fold: datetime.datetime.fromisoformat(text).replace(
        tzinfo=zoneinfo.ZoneInfo(key), fold=fold
    ),
    "constant": {"Ellipsis": ..., "NotImplemented": NotImplemented}.__getitem__,
    "type": type_named,
    **{kind.__name__: kind for kind in _TEXTUAL},
    **{kind.__name__: kind.fromisoformat for kind in _ISO},
}
