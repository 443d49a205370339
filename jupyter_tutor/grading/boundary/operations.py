"""What can be done with an object on the other side: one table for the player's agent and the judge's stand-ins."""

import asyncio
import builtins
import copy
import functools
import inspect
import itertools
import math
import operator
import threading
import types
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jupyter_tutor.grading.boundary.plain import FIXED

MOST_ITEMS = 200_000

_COMPARED = ("eq", "ne", "lt", "le", "gt", "ge")
_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "lshift", "rshift", "and", "or", "xor", "matmul", "pow")
_UNARY = ("neg", "pos", "invert", "abs")
_BUILTINS = (
    "getattr setattr delattr iter next len bool hash repr str format int float complex round divmod reversed "
    "isinstance issubclass dir aiter bytes"
)

_INTERPRETERS: tuple[Any, ...] = (
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CodeType, functools.partial, property),
    *(types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, map, filter, zip, enumerate, reversed),
)
RUNTIME: dict[str, type] = {kind.__name__: kind for kind in _INTERPRETERS}
"""Types of the interpreter itself: an object of one says so to `isinstance`, and is reached like a learner's."""


class _Loop:
    """The event loop in which a learner's coroutines run, beside the kernel's own; started when first needed."""

    loop: asyncio.AbstractEventLoop | None = None

    def finish(self, awaitable: Awaitable[Any]) -> Any:
        """What an awaitable gives."""
        if self.loop is None:
            self.loop = asyncio.new_event_loop()
            threading.Thread(target=self.loop.run_forever, daemon=True).start()

        async def wait() -> Any:
            return await awaitable

        running = asyncio.run_coroutine_threadsafe(wait(), self.loop)
        try:
            return running.result()
        finally:
            running.cancel()


_finish = _Loop().finish


def _exit(manager: Any, error: BaseException | None) -> Any:
    return type(manager).__exit__(manager, *((type(error), error, error.__traceback__) if error else (None,) * 3))


def _aexit(manager: Any, error: BaseException | None) -> Any:
    return _finish(type(manager).__aexit__(manager, *((type(error), error, None) if error else (None,) * 3)))


def _items(value: Any) -> Any:
    """All that an object holds, as plain data, asked for once."""
    if isinstance(value, Mapping):
        return {key: value[key] for key in itertools.islice(value, MOST_ITEMS + 1)}
    return list(itertools.islice(value, MOST_ITEMS + 1))


def _signature(function: Any) -> list[Any]:
    """Parameters as `(name, kind, default as a list of none or one, annotation likewise)`, and the result's."""

    def given(value: Any) -> list[Any]:
        return [] if value is inspect.Parameter.empty else [value]

    signature = inspect.signature(function)
    rows = [(p.name, int(p.kind), given(p.default), given(p.annotation)) for p in signature.parameters.values()]
    return [rows, given(signature.return_annotation)]


OPERATIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(builtins, name) for name in _BUILTINS.split()},
    **{name: getattr(operator, name) for name in (*_COMPARED, *_UNARY, "contains", "getitem", "setitem", "delitem")},
    **{name: getattr(operator, name + "_" * (name in ("and", "or"))) for name in _BINARY},
    **{f"i{name}": getattr(operator, f"i{name}") for name in _BINARY},
    "pow": pow,
    "index": operator.index,
    "trunc": math.trunc,
    "floor": math.floor,
    "ceil": math.ceil,
    "call": lambda f, *args, **kwargs: f(*args, **kwargs),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "items": _items,
    "signature": _signature,
    "enter": lambda manager: type(manager).__enter__(manager),
    "exit": _exit,
    "await": _finish,
    "anext": lambda iterator: _finish(type(iterator).__anext__(iterator)),
    "aenter": lambda manager: _finish(type(manager).__aenter__(manager)),
    "aexit": _aexit,
}


@dataclass(frozen=True)
class Special:
    """What a special method asks for. `kind` is the exact type that must come back, where Python wants one."""

    operation: str
    swapped: bool = False
    kind: type | None = None


SPECIALS: dict[str, Special] = {
    **{f"__{name}__": Special(name) for name in (*_COMPARED, *_BINARY, *_UNARY, "divmod")},
    **{f"__r{name}__": Special(name, swapped=True) for name in (*_BINARY, "divmod")},
    **{f"__i{name}__": Special(f"i{name}") for name in _BINARY},
    **{f"__{name}__": Special(name) for name in ("getitem", "setitem", "delitem", "iter", "next", "reversed", "round")},
    **{f"__{name}__": Special(name) for name in ("trunc", "floor", "ceil", "call")},
    **{f"__{name}__": Special(name, kind=int) for name in ("len", "hash", "int", "index")},
    **{f"__{name}__": Special(name, kind=bool) for name in ("bool", "contains")},
    **{f"__{name}__": Special(name, kind=str) for name in ("str", "repr", "format")},
    "__float__": Special("float", kind=float),
    "__complex__": Special("complex", kind=complex),
    "__bytes__": Special("bytes", kind=bytes),
    **{f"__{name}__": Special(name) for name in ("enter", "exit", "aiter", "anext", "aenter", "aexit")},
}
ALWAYS = frozenset({"__bool__", "__repr__", "__str__", "__format__"})
"""What every object has, one way or another."""


def specials(kind: type) -> list[str]:
    """The special methods of the table that a class has of its own: beyond those of every object, and beyond those of
    an unchangeable plain type, whose content its handle holds.
    """
    found = []
    for name in SPECIALS:
        owner = next((c for c in kind.__mro__ if name in vars(c)), object)
        if owner is not object and owner not in FIXED and vars(owner)[name] is not None:
            found.append(name)
    return found


def parameters(data: Any) -> inspect.Signature:
    """The signature that `_signature` described."""
    rows, result = data
    empty = inspect.Parameter.empty
    kinds = {int(kind): kind for kind in inspect._ParameterKind}
    return inspect.Signature(
        [
            inspect.Parameter(name, kinds[kind], default=[*default, empty][0], annotation=[*note, empty][0])
            for name, kind, default, note in rows
        ],
        return_annotation=[*result, empty][0],
    )
