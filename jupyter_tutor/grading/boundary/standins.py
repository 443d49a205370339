"""The judge's side of the boundary: the way to the player, and what comes back from there."""

import builtins
import secrets
import sys
import threading
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

from jupyter_tutor.grading.boundary.faults import Gone, Interrupted, Refusal, Unfit
from jupyter_tutor.grading.boundary.handles import CELL_FILE, is_handle, new_handle, new_kind
from jupyter_tutor.grading.boundary.plain import type_name
from jupyter_tutor.grading.boundary.raised import decoded, encode_error
from jupyter_tutor.grading.boundary.shared import Shared
from jupyter_tutor.grading.boundary.wire import Decoder, Encoder, WireError, changes, dumps, loads, snapshot

UNREADABLE = "the answer of your code could not be read"
_BUILTINS = {
    id(value): name for name, value in vars(builtins).items() if callable(value) and not isinstance(value, type)
}

__all__ = ["Gone", "Interrupted", "Link", "Refusal", "Unfit", "frames_of"]


def frames_of(error: BaseException) -> list[tuple[str, int, str]] | None:
    """The learner's own frames, `(function, line, text)`, of what learner code raised; None for any other error."""
    return error.__dict__.get("_tutor_frames")


class Link:
    """The judge's only way to the player. `exchange` takes a text and gives the next one back, by turns: what comes
    back is the reply, or first a call of one of the test's own functions.

    `places` are those where handles may act, or None to record them in `seen` (the proof). `fault` is what the boundary
    itself had to raise: a test that swallows it does not make it undone. `asked` counts requests. `input` answers the
    learner's `input()`.
    """

    def __init__(self, exchange: Callable[[str], str], places: frozenset[str] | None) -> None:
        self.exchange, self.places = exchange, places
        self.seen: set[str] = set()
        self.fault: BaseException | None = None
        self.asked = 0
        self.turn = threading.RLock()
        self.handles: dict[int, Any] = {}
        self.fetched: dict[int, tuple[Any, Any]] = {}
        self.awaited: dict[int, Any] = {}
        self.callbacks: list[Any] = []
        self.calls: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = []
        self.shared = Shared(self.export)
        self.seeds: list[Any] = []
        self.names: Mapping[str, Any] = {}
        self.imports: dict[str, Callable[..., Any]] = {
            "handle": self._handle,
            "kind": lambda decoder, number: self._kind(number),
            "error": self._error,
            "callback": lambda decoder, number: self.callbacks[number],
            "iterator": lambda decoder, number: self.callbacks[number],
            "shared": lambda decoder, number: self.shared.objects[number],
        }

    def do(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """One operation in the player. Raises what the learner's code raised, Unfit, Interrupted or Gone."""
        with self.turn:
            self.asked += 1
            try:
                return self._do(operation, args, kwargs)
            except WireError as error:
                self.fault = Unfit(str(error)[:200])
                raise self.fault from None
            except (Unfit, Interrupted, Gone) as fault:
                self.fault = fault
                raise

    def _do(self, operation: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nonce = secrets.token_hex(8)
        encoder = Encoder(self.export, (), self.shared.numbers)
        request = {
            "nonce": nonce,
            "do": operation,
            "args": [encoder.encode(a) for a in args],
            "kwargs": {k: encoder.encode(v) for k, v in kwargs.items()},
            "writes": self.shared.changed(encoder),
            "seeds": [[which, encoder.encode(list(given))] for which, given in self.seeds],
        }
        self.seeds = []
        self.shared.agree()
        request["drop"] = self.shared.forget()
        reply = loads(self.exchange(dumps(request)))
        while isinstance(reply, dict) and "callback" in reply:
            reply = loads(self.exchange(self.call_back(reply)))
        return self._take(reply, nonce, encoder.objects)

    def _take(self, reply: Any, nonce: str, objects: list[Any]) -> Any:
        if not isinstance(reply, dict) or reply.get("nonce") != nonce:
            raise Unfit(UNREADABLE)
        if "unfit" in reply:
            raise Unfit(str(reply["unfit"])[:200])
        if "interrupted" in reply:
            raise Interrupted
        _replay(reply)
        decoder = Decoder(self.imports, objects)
        value = decoder.decode(reply["value"]) if "value" in reply else None
        error = self._raised(reply["error"], decoder) if "error" in reply else None
        try:
            for ref, contents in reply.get("changes", {}).items():
                decoder.fill(objects[int(ref)], contents)
            self._learn(reply, decoder)
        except WireError:
            raise
        except Exception:
            raise Unfit(UNREADABLE) from None
        if error is not None:
            raise error
        return value

    def _learn(self, message: dict[str, Any], decoder: Decoder) -> None:
        """Take over what a message says about containers that both sides hold."""
        self.shared.write(message.get("writes", {}), decoder)
        for ref, number in message.get("kept", {}).items():
            self.shared.add(int(number), decoder.objects[int(ref)])

    def _raised(self, data: Any, decoder: Decoder) -> BaseException:
        try:
            error = decoder.decode(data["error"])
            frames = [(str(name), int(line), str(text)) for name, line, text in data["frames"]]
        except (TypeError, KeyError, ValueError):
            raise Unfit(UNREADABLE) from None
        if not isinstance(error, BaseException):
            raise Unfit(UNREADABLE)
        error.__dict__["_tutor_frames"] = frames
        return error.with_traceback(None)

    def _handle(self, decoder: Decoder, number: int, kind: int, label: str, *content: Any) -> Any:
        """The one stand-in for an object of the player, or its plain data."""
        plain = decoder.decode(content[0]) if content else None
        if content and not self.allows("arrive"):
            return plain
        if number not in self.handles:
            of = self._kind(kind)
            handle = new_handle(of, number, str(label), plain)
            self.handles[number] = handle
            if handle.__class__.__name__ == "coroutine":
                self.handles[number] = self._await(handle)
                self.awaited[id(self.handles[number])] = handle
        return self.handles[number]

    def _kind(self, number: int) -> Any:
        """The one stand-in for a class of the player; its exception classes extend the real ones."""
        if number not in self.handles:
            data = self._described(number)
            try:
                decoder = Decoder(self.imports)
                bases = tuple(b for b in map(decoder.decode, data["bases"]) if isinstance(b, type))
                self.handles[number] = new_kind(self, number, data, bases)
            except (TypeError, KeyError, ValueError):
                raise Unfit(UNREADABLE) from None
        return self.handles[number]

    def _described(self, number: int) -> Any:
        """What a class of the player's is like. It is asked for while another reply is being read."""
        nonce = secrets.token_hex(8)
        reply = loads(self.exchange(dumps({"nonce": nonce, "describe": number})))
        if not isinstance(reply, dict) or reply.get("nonce") != nonce or "class" not in reply:
            raise Unfit(UNREADABLE)
        return reply["class"]

    async def _await(self, coroutine: Any) -> Any:
        return self.do("await", coroutine)

    def _error(self, decoder: Decoder, number: int | None, kind: Any, message: str, *parts: Any) -> BaseException:
        if number is not None and number in self.handles:
            return self.handles[number]
        error = decoded(decoder, kind, *parts)
        if number is not None:
            error.__dict__ |= {"_tutor_number": number, "_tutor_link": self, "_tutor_message": str(message)}
            error.__dict__["_tutor_label"] = type(error).__name__
            self.handles[number] = error
        return error

    def items(self, handle: Any) -> tuple[Any, Any]:
        """What an object holds as plain data, and an iterator of it: asked for once."""
        number = handle._tutor_number
        if number not in self.fetched:
            data = self.do("items", handle)
            self.fetched[number] = data, iter(data)
        return self.fetched[number]

    def export(self, value: Any, encoder: Encoder) -> Any:
        """How the judge's own objects travel: handles go home, functions become callbacks."""
        if isinstance(value, BaseException):
            number = value.__dict__.get("_tutor_number")
            if number is not None:
                return ["handle", number]
            kind = next(name for k in type(value).__mro__ if (name := type_name(k)))
            return encode_error(value, encoder, None, ["type", kind])
        value = self.awaited.get(id(value), value)
        if is_handle(value):
            return ["handle", value._tutor_number]
        if id(value) in _BUILTINS:
            return ["builtin", _BUILTINS[id(value)]]
        if hasattr(type(value), "__next__"):
            return ["iterator", self._number(value)]
        if callable(value) and not isinstance(value, type):
            return ["callback", self._number(value), str(getattr(value, "__name__", type(value).__name__))]
        raise TypeError(f"a {type(value).__name__} of a test cell cannot be handed to the learner's code")

    def _number(self, value: Any) -> int:
        known = next((n for n, c in enumerate(self.callbacks) if c is value), None)
        if known is None:
            self.callbacks.append(value)
        return len(self.callbacks) - 1 if known is None else known

    def call_back(self, request: dict[str, Any]) -> str:
        """Answer a call that learner code made to a function of the test's."""
        try:
            _replay(request)
            decoder = Decoder(self.imports)
            args = [decoder.decode(a) for a in request["args"]]
            kwargs = {str(k): decoder.decode(v) for k, v in request["kwargs"].items()}
            function = self._function(request["callback"])
            self._learn(request, decoder)
        except (WireError, LookupError, TypeError, AttributeError):
            return dumps({"unread": True})
        known = [decoder.objects[n] for n in sorted(decoder.objects)]
        before = snapshot(known, self.export)
        encoder = Encoder(self.export, known, self.shared.numbers)
        try:
            reply = {"value": encoder.encode(function(*args, **kwargs))}
        except Exception as error:
            reply = {"error": encoder.encode(error)}
        reply |= {"changes": changes(known, before, encoder), "writes": self.shared.changed(encoder)}
        self.shared.agree()
        return dumps(reply)

    def _function(self, which: Any) -> Callable[..., Any]:
        if which == "input":
            return self.names.get("input", builtins.input)
        if which == "readline":
            return sys.stdin.readline
        value = self.callbacks[which]
        return value.__next__ if hasattr(type(value), "__next__") else value

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


def _replay(message: dict[str, Any]) -> None:
    """Print what learner code printed."""
    sys.stdout.write(str(message.get("out", "")))
    sys.stderr.write(str(message.get("err", "")))


def _place(frame: FrameType | None) -> str:
    """Where in a test cell this runs: file, function, line and instruction, which is finer than any text of it."""
    while frame is not None and not frame.f_code.co_filename.startswith(CELL_FILE):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_code.co_name}:{frame.f_lineno}:{frame.f_lasti}" if frame else ""
