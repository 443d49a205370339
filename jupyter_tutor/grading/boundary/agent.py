"""The player's side of the boundary: does what the judge asks, inside the learner's own process.

Nothing here is trusted: it can only answer for the learner's code, so a learner who tampers with it changes the
answers, never a verdict.
"""

import builtins
import contextlib
import importlib
import io
import linecache
import os
import random
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

from jupyter_tutor.grading.boundary.operations import OPERATIONS, RUNTIME, specials
from jupyter_tutor.grading.boundary.plain import plain, plain_base, type_name
from jupyter_tutor.grading.boundary.raised import decoded, encode_error
from jupyter_tutor.grading.boundary.shared import Shared, held
from jupyter_tutor.grading.boundary.wire import Decoder, Encoder, WireError, changes, dumps, loads, snapshot

MAX_OUTPUT = 64_000
_NAMED = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)


class Callback:
    """A function of the test's, as learner code sees it: calling it asks the judge."""

    def __init__(self, agent: "Agent", number: int, name: str) -> None:
        self._agent, self._number = agent, number
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._agent.call_back(self._number, args, kwargs)


class Iterating:
    """An iterator of the test's, as learner code sees it."""

    def __init__(self, agent: "Agent", number: int) -> None:
        self._agent, self._number = agent, number

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return self._agent.call_back(self._number, (), {})


class Stdin(io.TextIOBase):
    """The test's standard input, as learner code sees it."""

    def __init__(self, agent: "Agent") -> None:
        self._agent = agent

    def readline(self, size: Any = -1) -> str:  # type: ignore[override]
        return str(self._agent.call_back("readline", (), {}))

    def read(self, size: int | None = -1) -> str:
        return "".join(iter(self.readline, ""))


class Agent:
    """Answers requests about the names and objects of one namespace.

    `ask` sends a text to the judge and waits for its answer (a callback); `source_of` names the learner's file of a
    code object, or None for code that is not the learner's.
    """

    def __init__(
        self, namespace: dict[str, Any], ask: Callable[[str], str], source_of: Callable[[Any], str | None]
    ) -> None:
        self.namespace, self.ask, self.source_of = namespace, ask, source_of
        self.objects: list[Any] = []
        self.handles: dict[int, int] = {}
        self.callbacks: dict[int, Any] = {}
        self.serve: Callable[[], None] = lambda: None
        self.shared = Shared(self.export)
        self.links = 0
        self.out, self.err = io.StringIO(), io.StringIO()
        self.imports: dict[str, Callable[..., Any]] = {
            "handle": lambda decoder, number: self.objects[number],
            "callback": lambda decoder, *of: self.callbacks.setdefault(of[0], Callback(self, *of)),
            "iterator": lambda decoder, number: self.callbacks.setdefault(number, Iterating(self, number)),
            "builtin": lambda decoder, name: builtins.__dict__[name],
            "shared": lambda decoder, number: self.shared.objects[number],
            "error": lambda decoder, number, kind, message, *parts: decoded(decoder, kind, *parts),
        }

    def answer(self, request: dict[str, Any]) -> str:
        """One reply, as text, to one request."""
        nonce, links = {"nonce": request["nonce"]}, self.links
        if "describe" in request:
            return dumps(nonce | {"class": self.describe_class(request["describe"])})
        try:
            with self._as_in_the_test():
                reply = self.perform(request)
            text = dumps(nonce | reply | self._printed())
            self.shared.agree()
        except WireError as error:
            for number in range(links, self.links):
                self.shared.drop(number + 1)
            text = dumps(nonce | {"unfit": str(error)})
        return text

    @contextlib.contextmanager
    def _as_in_the_test(self) -> Iterator[None]:
        """What is printed goes to the test, what is read comes from there."""
        kept = builtins.input, sys.stdin
        builtins.input = lambda prompt="": self.call_back("input", (prompt,), {})
        sys.stdin = Stdin(self)
        try:
            with contextlib.redirect_stdout(self.out), contextlib.redirect_stderr(self.err):
                yield
        finally:
            builtins.input, sys.stdin = kept

    def _printed(self) -> dict[str, str]:
        """What was printed since the last message."""
        texts = {"out": self.out.getvalue()[:MAX_OUTPUT], "err": self.err.getvalue()[:MAX_OUTPUT]}
        for stream in (self.out, self.err):
            stream.seek(0)
            stream.truncate()
        return texts

    def perform(self, request: dict[str, Any]) -> dict[str, Any]:
        decoder = Decoder(self.imports)
        args = [decoder.decode(a) for a in request["args"]]
        kwargs = {k: decoder.decode(v) for k, v in request["kwargs"].items()}
        self.shared.write(request["writes"], decoder)
        for number in request["drop"]:
            self.shared.drop(number)
        for which, given in request["seeds"]:
            (random if which == "random" else importlib.import_module("numpy.random")).seed(*decoder.decode(given))
        encoder = Encoder(self.export, [decoder.objects[n] for n in range(len(decoder.objects))], self.shared.numbers)
        del decoder
        before = snapshot(encoder.objects, self.export)
        try:
            reply = {"value": encoder.encode(self._does(request["do"])(*args, **kwargs))}
        except WireError:
            raise
        except KeyboardInterrupt:
            return {"interrupted": True}
        except BaseException as error:
            reply = {"error": self.describe(error, encoder)}
            error.with_traceback(None)
        del args, kwargs
        reply |= {"changes": changes(encoder.objects, before, encoder), "writes": self.shared.changed(encoder)}
        return reply | {"kept": self._keep(encoder.objects, held(encoder.objects))}

    def _does(self, operation: str) -> Callable[..., Any]:
        return self.read if operation == "name" else OPERATIONS[operation]

    def _keep(self, objects: list[Any], kept: set[int]) -> dict[str, int]:
        """Number the containers that stay with learner code: `{ref: number}`."""
        numbers = {}
        for ref, value in enumerate(objects):
            if id(value) in kept and id(value) not in self.shared.numbers:
                self.links += 1
                self.shared.add(self.links, value)
                numbers[str(ref)] = self.links
        return numbers

    def read(self, name: str) -> Any:
        if name not in self.namespace:
            raise NameError(f"name '{name}' is not defined")
        return self.namespace[name]

    def call_back(self, which: int | str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        encoder = Encoder(self.export, (), self.shared.numbers)
        request = {
            "callback": which,
            "args": [encoder.encode(a) for a in args],
            "kwargs": {k: encoder.encode(v) for k, v in kwargs.items()},
            "writes": self.shared.changed(encoder),
        }
        request["kept"] = self._keep(encoder.objects, held(encoder.objects))
        text = dumps(request | self._printed())
        self.shared.agree()
        reply = loads(self.ask(text))
        while "nonce" in reply:  # the test's function calls the learner's code in turn
            reply = loads(self.ask(self.answer(reply)))
        if "unread" in reply:
            raise TypeError("this call could not be read")
        decoder = Decoder(self.imports, encoder.objects)
        result = decoder.decode(reply["value" if "value" in reply else "error"])
        for ref, contents in reply["changes"].items():
            decoder.fill(encoder.objects[int(ref)], contents)
        self.shared.write(reply["writes"], decoder)
        if "error" in reply:
            raise result
        return result

    def number(self, value: Any) -> int:
        """The number of an object that stays here."""
        if id(value) not in self.handles:
            self.handles[id(value)] = len(self.objects)
            self.objects.append(value)
        return self.handles[id(value)]

    def export(self, value: Any, encoder: Encoder) -> Any:
        """A handle: the object stays here, the judge gets its number, its class, a name for messages, and its plain
        data when its class extends a plain type.
        """
        kind = type(value)
        if kind is Callback or kind is Iterating:
            return ["callback", value._number]
        if issubclass(kind, type):
            return ["kind", self.number(value)]
        if issubclass(kind, BaseException):
            named = type_name(kind)
            own = None if named else self.number(value)
            return encode_error(value, encoder, own, ["type", named] if named else ["kind", self.number(kind)])
        label = str(getattr(value, "__qualname__", kind.__name__) if kind in _NAMED else kind.__name__)
        described = ["handle", self.number(value), self.number(kind), label.rpartition("<locals>.")[2][:80]]
        return [*described, encoder.encode(plain(value))] if plain_base(kind) else described

    def describe_class(self, number: int) -> dict[str, Any]:
        """What the judge needs to know of a learner's class to have one like it."""
        kind: Any = self.objects[number]
        base: Any = plain_base(kind)
        error = issubclass(kind, BaseException)
        return {
            "name": kind.__name__,
            "qualname": kind.__qualname__,
            "module": str(kind.__module__),
            "specials": specials(kind),
            "hashable": kind.__hash__ is not None,
            "bases": [self._type(b) for b in kind.__bases__ if issubclass(b, BaseException)] if error else [],
            "mro": [self.number(k) for k in kind.__mro__],
            "plain": base and base.__name__,
            "runtime": kind.__name__ if kind in RUNTIME.values() else None,
        }

    def _type(self, kind: type) -> list[Any]:
        return ["type", type_name(kind)] if type_name(kind) else ["kind", self.number(kind)]

    def describe(self, error: BaseException, encoder: Encoder) -> dict[str, Any]:
        """An exception and the learner's own frames in it."""
        frames = []
        for frame, line in traceback.walk_tb(error.__traceback__):
            source = self.source_of(frame.f_code)
            if source is not None:
                lines = source.splitlines()
                frames.append(
                    [frame.f_code.co_name, line, lines[line - 1].strip()[:200] if 0 < line <= len(lines) else ""]
                )
        return {"error": encoder.encode(error), "frames": frames[-6:]}


def install(shell: Any, channel: int) -> None:
    """Make the agent of an IPython shell, and say over the channel, a descriptor, that it is there."""
    os.set_inheritable(channel, False)
    reader, writer = os.fdopen(channel, encoding="ascii"), os.fdopen(os.dup(channel), "w", encoding="ascii")

    def tell(text: str) -> None:
        writer.write(text + "\n")
        writer.flush()

    def ask(text: str) -> str:
        tell(text)
        return reader.readline()

    def source_of(code: Any) -> str | None:
        name = code.co_filename
        entry = linecache.cache.get(name)
        if entry is None or ("ipykernel" not in name and not name.startswith("<ipython")):
            return None
        return "".join(entry[2]) if len(entry) > 2 else None

    def serve() -> None:
        while True:
            try:
                text = reader.readline()
                if not text:
                    return
                tell(agent.answer(loads(text)))
            except KeyboardInterrupt:  # it came after the call that it was meant for
                continue

    def no_input(prompt: str = "") -> str:
        raise EOFError("nobody is here to type an answer: give the value to the function, or set it in the code")

    agent = Agent(shell.user_ns, ask, source_of)
    agent.serve = serve
    shell.kernel.raw_input = no_input
    globals()["AGENT"] = agent
    tell(f"ready {os.getpid()}")
