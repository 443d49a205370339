"""The judge's side of the boundary: what stands in for the learner's names and objects.

A `Handle` stands for an object that lives in the player. Operations that only fetch data (iteration, length, items,
conversions) always work. Those that could decide a check (comparisons, arithmetic, truth, attributes, calls) work only
at places where the reference gave a handle too, as the proof recorded: so an object that equals everything fails.
"""

import builtins
import secrets
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, cast

from jupyter_tutor.grading.boundary.wire import TYPES, Decoder, Encoder, WireError, changes, dumps, loads, snapshot

CELL_FILE = "<test cell "
LONGEST = 2000
UNREADABLE = "the answer of your code could not be read"
_BUILTINS = {
    id(value): name for name, value in vars(builtins).items() if callable(value) and not isinstance(value, type)
}


class Interrupted(BaseException):
    """The player was stopped in the middle of a call. Not an Exception: a test's `except` must not swallow it."""


class Gone(BaseException):
    """The learner's process has ended; `late` when it was ended because its time was over."""

    def __init__(self, late: bool = False) -> None:
        super().__init__()
        self.late = late


class Unfit(Exception):
    """A reply that is missing, malformed, too large, or not the one that was asked for."""


class Refusal(TypeError):
    """A learner's object was about to decide a check where the reference gave a plain value."""


class RaisedByLearner:
    """Mixed into what learner code raised: `frames` are its own, as `(function, line, text)`."""

    frames: tuple[tuple[str, int, str], ...] = ()


class Link:
    """The judge's only way to the player. `exchange` takes a text and gives the next one back, by turns: what comes
    back is the reply, or first a call of one of the test's own functions.

    `places` are those where handles may act, or None to record them in `seen` (the proof). `fault` is what the boundary
    itself had to raise: a test that swallows it does not make it undone. `asked` counts requests.
    """

    def __init__(self, exchange: Callable[[str], str], places: frozenset[str] | None) -> None:
        self.exchange, self.places = exchange, places
        self.seen: set[str] = set()
        self.fault: BaseException | None = None
        self.asked = 0
        self.handles: dict[int, Any] = {}
        self.callbacks: list[Callable[..., Any]] = []
        self.calls: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = []

    def do(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """One operation in the player. Raises what the learner's code raised, Unfit, Interrupted or Gone."""
        encoder = Encoder(self.export)
        nonce = secrets.token_hex(8)
        self.asked += 1
        try:
            request = {
                "nonce": nonce,
                "do": operation,
                "args": [encoder.encode(a) for a in args],
                "kwargs": {k: encoder.encode(v) for k, v in kwargs.items()},
            }
            reply = loads(self.exchange(dumps(request)))
            while isinstance(reply, dict) and "callback" in reply:
                reply = loads(self.exchange(self.call_back(reply)))
            return self._take(reply, nonce, encoder.objects)
        except WireError as error:
            self.fault = Unfit(str(error)[:200])
            raise self.fault from None
        except (Unfit, Interrupted, Gone) as fault:
            self.fault = fault
            raise

    def _take(self, reply: Any, nonce: str, objects: list[Any]) -> Any:
        if not isinstance(reply, dict) or reply.get("nonce") != nonce:
            raise Unfit(UNREADABLE)
        if "unfit" in reply:
            raise Unfit(str(reply["unfit"])[:200])
        if "interrupted" in reply:
            raise Interrupted
        sys.stdout.write(str(reply.get("out", "")))
        decoder = Decoder({"handle": self.handle, "callback": self.callbacks.__getitem__}, objects)
        value = decoder.decode(reply["value"]) if "value" in reply else None
        try:
            for ref, contents in reply.get("changes", {}).items():
                decoder.fill(objects[int(ref)], contents)
        except WireError:
            raise
        except Exception:
            raise Unfit(UNREADABLE) from None
        if "error" in reply:
            raise self.exception(reply["error"], decoder)
        return value

    def exception(self, error: Any, decoder: Decoder) -> BaseException:
        """What learner code raised, as an exception of the same type here."""
        try:
            kind = decoder.decode(error["type"])
            args = [a[:LONGEST] if isinstance(a, str) else a for a in error["args"]]
            frames = tuple((str(name), int(line), str(text)) for name, line, text in error["frames"])
        except (TypeError, KeyError, ValueError):
            raise Unfit(UNREADABLE) from None
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            kind = RuntimeError
        message = str(error["message"])[:LONGEST]
        body = {"frames": frames, "__str__": lambda self: message}
        for ancestor in kind.__mro__:  # some take other arguments than these
            try:
                return cast(BaseException, type(kind.__name__, (RaisedByLearner, ancestor), body)(*args))
            except TypeError:
                continue
        raise Unfit(UNREADABLE)

    def handle(self, number: int, label: str, bases: list[Any] | None) -> Any:
        """The one stand-in for an object of the player; its exception classes become real ones."""
        if number not in self.handles:
            decoder = Decoder({"handle": self.handle})
            if bases is not None:
                kinds = tuple(b for b in map(decoder.decode, bases) if isinstance(b, type)) or (Exception,)
                self.handles[number] = type(str(label), kinds, {"_tutor_number": number})
            else:
                self.handles[number] = Handle(self, number, str(label))
        return self.handles[number]

    def export(self, value: Any) -> Any:
        """How the judge's own objects travel: handles go home, functions become callbacks."""
        number = (
            value.__dict__.get("_tutor_number")
            if isinstance(value, type)
            else value._tutor_number
            if type(value) is Handle
            else None
        )
        if number is not None:
            return ["handle", number]
        if id(value) in _BUILTINS:
            return ["builtin", _BUILTINS[id(value)]]
        if isinstance(value, type) and TYPES.get(value.__name__) is value:
            return ["type", value.__name__]
        if callable(value) and not isinstance(value, type):
            known = next((n for n, c in enumerate(self.callbacks) if c is value), None)
            if known is None:
                self.callbacks.append(value)
            return ["callback", len(self.callbacks) - 1 if known is None else known]
        raise TypeError(f"a {type(value).__name__} cannot be handed to the learner's code")

    def call_back(self, request: dict[str, Any]) -> str:
        """Answer a call that learner code made to a function of the test's."""
        try:
            decoder = Decoder({"handle": self.handle, "callback": self.callbacks.__getitem__})
            args = [decoder.decode(a) for a in request["args"]]
            kwargs = {str(k): decoder.decode(v) for k, v in request["kwargs"].items()}
            function = self.callbacks[request["callback"]]
        except (WireError, LookupError, TypeError, AttributeError):
            return dumps({"error": ["TypeError", "this call could not be read"]})
        known = [decoder.objects[n] for n in sorted(decoder.objects)]
        before = snapshot(known, self.export)
        try:
            encoder = Encoder(self.export, known)
            value = encoder.encode(function(*args, **kwargs))
            return dumps({"value": value, "changes": changes(known, before, encoder)})
        except Exception as error:
            kind = next((k.__name__ for k in type(error).__mro__ if TYPES.get(k.__name__) is k), "RuntimeError")
            return dumps({"error": [kind, str(error)[:500]]})

    def allows(self, operation: str) -> bool:
        """Whether the reference's handles did this at this place too; while proving, remembers the place."""
        place = f"{operation} at {_place(sys._getframe(1))}"
        if self.places is None:
            self.seen.add(place)
            return True
        return place in self.places

    def gate(self, operation: str, label: str) -> None:
        """Raises Refusal where a handle may not act."""
        if not self.allows(operation):
            self.fault = Refusal(f"a plain value was expected here, and your code gave a {label} object")
            raise self.fault


def _place(frame: FrameType | None) -> str:
    """Where in a test cell this runs: file, function, line and instruction, which is finer than any text of it."""
    while frame is not None and not frame.f_code.co_filename.startswith(CELL_FILE):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_code.co_name}:{frame.f_lineno}:{frame.f_lasti}" if frame else ""


class Handle:
    """Stands in the judge for one object of the player."""

    __slots__ = ("_tutor_label", "_tutor_link", "_tutor_number")

    def __init__(self, link: Link, number: int, label: str) -> None:
        for name, value in (("link", link), ("number", number), ("label", label)):
            object.__setattr__(self, f"_tutor_{name}", value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("_tutor_", "__array", "_ipython", "_repr_")) or name in (
            "__wrapped__",
            "__name__",
            "__set_name__",
            "__float__",
        ):
            raise AttributeError(name)
        return _gated(self, "getattr", self, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._tutor_link.gate("call", self._tutor_label)
        self._tutor_link.calls.append((self, args, kwargs))
        return self._tutor_link.do("call", self, *args, **kwargs)

    def __setattr__(self, name: str, value: Any) -> None:
        _gated(self, "setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        _gated(self, "delattr", self, name)

    def __enter__(self) -> Any:
        return _gated(self, "enter", self)

    def __exit__(self, kind: object, error: object, trace: object) -> Any:
        return _gated(self, "exit", self, kind is not None)

    def __bool__(self) -> bool:
        return _truth(_gated(self, "bool", self))

    def __instancecheck__(self, instance: Any) -> bool:
        return _truth(_gated(self, "isinstance", instance, self))

    def __subclasscheck__(self, kind: Any) -> bool:
        return _truth(_gated(self, "issubclass", kind, self))

    def __contains__(self, item: Any) -> bool:
        return _truth(_gated(self, "contains", self, item))

    def __iter__(self) -> Any:
        iterator = self._tutor_link.do("iter", self)
        return iterator if type(iterator) is Handle else iter(iterator)


def _gated(handle: Handle, operation: str, *args: Any) -> Any:
    handle._tutor_link.gate(operation, handle._tutor_label)
    return handle._tutor_link.do(operation, *args)


def _truth(value: Any) -> bool:
    return _exact(bool, value) is True


def _exact(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"a {kind.__name__} was expected from your code here")
    return value


def _binary(operation: str, swapped: bool) -> Callable[[Handle, Any], Any]:
    def method(self: Handle, other: Any) -> Any:
        link = self._tutor_link
        if operation in ("eq", "ne") and not link.allows(operation):
            return (self is other) == (operation == "eq")
        link.gate(operation, self._tutor_label)
        return self._tutor_link.do(operation, *((other, self) if swapped else (self, other)))

    return method


def _fetch(operation: str, kind: type | None) -> Callable[..., Any]:
    def method(self: Handle, *args: Any) -> Any:
        value = self._tutor_link.do(operation, self, *args)
        return value if kind is None else _exact(kind, value)

    return method


for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Handle, f"__{_name}__", _binary(_name, False))
for _name in (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "lshift",
    "rshift",
    "and",
    "or",
    "xor",
    "matmul",
    "pow",
    "divmod",
):
    _operation = _name + "_" if _name in ("and", "or") else _name
    setattr(Handle, f"__{_name}__", _binary(_operation, False))
    setattr(Handle, f"__r{_name}__", _binary(_operation, True))
    if _name != "divmod":
        setattr(Handle, f"__i{_name}__", _binary("i" + _name, False))
for _name in ("setitem", "delitem"):
    setattr(Handle, f"__{_name}__", lambda self, *args, _op=_name: _gated(self, _op, self, *args))
for _name in ("next", "getitem", "abs", "neg", "pos", "invert", "round", "reversed"):
    setattr(Handle, f"__{_name}__", _fetch(_name, None))
for _name, _kind in {
    "len": int,
    "hash": int,
    "str": str,
    "repr": str,
    "format": str,
    "int": int,
    "float": float,
    "complex": complex,
    "index": int,
}.items():
    setattr(Handle, f"__{_name}__", _fetch(_name, _kind))
