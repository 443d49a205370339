"""The player's side of the boundary: does what the judge asks, inside the learner's own process.

Nothing here is trusted: it can only answer for the learner's code, so a learner who tampers with it changes the
answers, never a verdict.
"""

import builtins
import contextlib
import io
import linecache
import operator
import os
import traceback
import types
from collections.abc import Callable
from typing import Any

from jupyter_tutor.grading.boundary.wire import TYPES, Decoder, Encoder, WireError, changes, dumps, loads, snapshot

MAX_OUTPUT = 64_000

OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda f, *args, **kwargs: f(*args, **kwargs),
    **{
        name: getattr(builtins, name)
        for name in ("getattr", "setattr", "delattr", "iter", "next", "len", "bool", "hash", "repr", "str", "format")
    },
    **{
        name: getattr(builtins, name)
        for name in (
            "int",
            "float",
            "complex",
            "abs",
            "round",
            "divmod",
            "pow",
            "reversed",
            "isinstance",
            "issubclass",
            "dir",
        )
    },
    **{
        name: getattr(operator, name)
        for name in (
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "contains",
            "getitem",
            "setitem",
            "delitem",
            "index",
            "neg",
            "pos",
            "invert",
        )
    },
    **{
        name: getattr(operator, name)
        for op in (
            "add",
            "sub",
            "mul",
            "truediv",
            "floordiv",
            "mod",
            "lshift",
            "rshift",
            "and_",
            "or_",
            "xor",
            "matmul",
            "pow",
        )
        for name in (op, "i" + op.rstrip("_"))
    },
    "enter": lambda manager: type(manager).__enter__(manager),
    "exit": lambda manager, failed: type(manager).__exit__(
        manager, *((RuntimeError, RuntimeError(), None) if failed else (None, None, None))
    ),
}
_NAMED = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)


class Callback:
    """A function of the test's, as learner code sees it: calling it asks the judge."""

    def __init__(self, agent: "Agent", number: int) -> None:
        self._agent, self._number = agent, number

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._agent.call_back(self._number, args, kwargs)


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
        self.callbacks: dict[int, Callback] = {}
        self.serve: Callable[[], None] = lambda: None

    def answer(self, request: dict[str, Any]) -> str:
        """One reply, as text, to one request."""
        reply: dict[str, Any] = {"nonce": request["nonce"]}
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                reply.update(self.perform(request))
            text = dumps(reply | {"out": out.getvalue()[:MAX_OUTPUT]})
        except WireError as error:
            text = dumps({"nonce": request["nonce"], "unfit": str(error)})
        return text

    def perform(self, request: dict[str, Any]) -> dict[str, Any]:
        decoder = Decoder(
            {"handle": self.objects.__getitem__, "callback": self.callback, "builtin": builtins.__dict__.__getitem__}
        )
        args = [decoder.decode(a) for a in request["args"]]
        kwargs = {k: decoder.decode(v) for k, v in request["kwargs"].items()}
        known = [decoder.objects[n] for n in range(len(decoder.objects))]
        before = snapshot(known, self.export)
        encoder = Encoder(self.export, known)
        try:
            result = self.read(*args) if request["do"] == "name" else OPERATIONS[request["do"]](*args, **kwargs)
            reply = {"value": encoder.encode(result)}
        except WireError:
            raise
        except KeyboardInterrupt:
            return {"interrupted": True}
        except BaseException as error:
            reply = {"error": self.describe(error)}
        return reply | {"changes": changes(known, before, encoder)}

    def read(self, name: str) -> Any:
        if name not in self.namespace:
            raise NameError(f"name '{name}' is not defined")
        return self.namespace[name]

    def callback(self, number: int) -> Callback:
        return self.callbacks.setdefault(number, Callback(self, number))

    def call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        encoder = Encoder(self.export)
        request = {
            "callback": number,
            "args": [encoder.encode(a) for a in args],
            "kwargs": {k: encoder.encode(v) for k, v in kwargs.items()},
        }
        reply = loads(self.ask(dumps(request)))
        while "do" in reply:  # the test's function calls the learner's code in turn
            reply = loads(self.ask(self.answer(reply)))
        if "error" in reply:
            kind, message = reply["error"]
            raise TYPES.get(kind, RuntimeError)(message)
        imports: dict[str, Callable[..., Any]] = {"handle": self.objects.__getitem__, "callback": self.callback}
        decoder = Decoder(imports | {"builtin": builtins.__dict__.__getitem__}, encoder.objects)
        value = decoder.decode(reply["value"])
        for ref, contents in reply["changes"].items():
            decoder.fill(encoder.objects[int(ref)], contents)
        return value

    def export(self, value: Any) -> Any:
        """A handle: the object stays here, the judge gets its number, a name for messages, what a class inherits."""
        if isinstance(value, Callback):
            return ["callback", value._number]
        if id(value) not in self.handles:
            self.handles[id(value)] = len(self.objects)
            self.objects.append(value)
        kind = type(value)
        label = str(
            getattr(value, "__qualname__", kind.__name__)
            if kind in _NAMED or isinstance(value, type)
            else kind.__name__
        )
        bases = (
            [self.export_type(b) for b in value.__bases__]
            if isinstance(value, type) and issubclass(value, BaseException)
            else None
        )
        return ["handle", self.handles[id(value)], label.rpartition("<locals>.")[2][:80], bases]

    def export_type(self, kind: type) -> Any:
        return ["type", kind.__name__] if TYPES.get(kind.__name__) is kind else self.export(kind)

    def describe(self, error: BaseException) -> dict[str, Any]:
        """Type, message and the learner's own frames of an exception."""
        frames = []
        for frame, line in traceback.walk_tb(error.__traceback__):
            source = self.source_of(frame.f_code)
            if source is not None:
                lines = source.splitlines()
                frames.append(
                    [frame.f_code.co_name, line, lines[line - 1].strip()[:200] if 0 < line <= len(lines) else ""]
                )
        try:
            message = str(error)[:2000]
        except Exception:
            message = ""
        plain = all(type(a) in (str, int, float, bool, type(None)) for a in error.args)
        args = [a[:2000] if isinstance(a, str) else a for a in error.args] if plain else [message]
        return {
            "type": self.export_type(type(error)),
            "message": message,
            "args": args[:10],
            "frames": frames[-6:],
        }


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
