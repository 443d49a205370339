"""What stands in the judge for the learner's objects and classes.

A `Handle` stands for an object that lives in the player, a `Kind` for its class: one class here for each class there,
with the special methods that it has there, so that `callable`, `isinstance` with an ABC and `type(a) is type(b)` say
what they would say beside the object. Everything else is forwarded.

What a handle may do depends on the place in the test cell, and on what the reference's objects did there in the proof:
- where the reference's objects did the same thing, it is done in the player;
- elsewhere the reference gave plain data, and no learner's object may act. It equals only itself, shows nothing of
  itself in text, and what it holds (iteration, items, length, membership) is asked for once and kept: two answers that
  contradict each other cannot both be had. All else is refused;
- an object whose class extends a plain type arrives as that plain data, read by the plain type's own methods, where no
  reference's object arrived. (Where one did, and the type cannot change, its handle really holds that data.)
"""

import dis
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from jupyter_tutor.grading.boundary.operations import (
    ALWAYS,
    OPERATIONS,
    RUNTIME,
    SPECIALS,
    Special,
    parameters,
)
from jupyter_tutor.grading.boundary.plain import FIXED, TYPES, type_name

CELL_FILE = "<test cell "
_ITEMS = frozenset({"iter", "len", "getitem", "contains", "reversed", "next"})
_TEXTS = frozenset({"str", "repr", "format"})
_ABSENT = ("__array", "_ipython_")
"""What libraries look for on every object, and learner classes do not have."""


class Kind(type):
    """The class of handles for one learner class, and the stand-in of that class itself."""

    _tutor_link: Any
    _tutor_number: int
    _tutor_label: str
    _tutor_mro: list[int]

    def __new__(meta, name: str, bases: tuple[type, ...], body: dict[str, Any], **extra: Any) -> "Kind":
        if "_tutor_number" not in body:
            raise TypeError("a test cell cannot extend a class of the learner's from outside")
        return super().__new__(meta, name, bases, body)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return called(cls, args, kwargs)

    def __getattribute__(cls, name: str) -> Any:
        if name.startswith("_tutor_"):
            return type.__getattribute__(cls, name)
        if name == "__signature__":
            return parameters(gated(cls, "signature", cls))
        if _special(name) and not _asked_by_test_cell():
            try:
                return type.__getattribute__(cls, name)
            except AttributeError:
                if _lacks(cls):
                    raise
        return gated(cls, "getattr", cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if _special(name) and not _asked_by_test_cell():
            type.__setattr__(cls, name, value)
        else:
            gated(cls, "setattr", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        gated(cls, "delattr", cls, name)

    def __bool__(cls) -> bool:
        link, label = cls._tutor_link, cls._tutor_label
        link.gate("bool", label)
        return True

    def __instancecheck__(cls, instance: Any) -> bool:
        return cls.__subclasscheck__(type(instance)) or _says_yes(cls, "isinstance", instance)

    def __subclasscheck__(cls, kind: type) -> bool:
        if type(kind) is Kind and cls._tutor_number in kind._tutor_mro:
            return True
        return type.__subclasscheck__(cls, kind) or _says_yes(cls, "issubclass", kind)


def _lacks(cls: Any) -> bool:
    """Whether a library is told that a class has no attribute, without asking it."""
    return issubclass(cls, BaseException) or not cls._tutor_link.allows("getattr")


def _says_yes(cls: Any, operation: str, value: Any) -> bool:
    """Whether the class itself takes a value for its own, where the reference's could say so too."""
    if issubclass(cls, BaseException) or (
        isinstance(value, type) and type_name(value) is None and not is_handle(value)
    ):
        return False
    return cls._tutor_link.allows(operation) and cls._tutor_link.do(operation, value, cls) is True


def _class_method(special: Special) -> Callable[..., Any]:
    def method(cls: Any, *args: Any) -> Any:
        return gated(cls, special.operation, cls, *args)

    return method


for _name in ("__iter__", "__len__", "__getitem__", "__contains__", "__reversed__"):
    setattr(Kind, _name, _class_method(SPECIALS[_name]))


class Handle:
    """Stands in the judge for one object of the player."""

    _tutor_class: type | None = None

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_tutor_"):
            return object.__getattribute__(self, name)
        if name == "__class__":
            own = type(self)._tutor_class
            return type(self) if own is None or _is_read(sys._getframe(1)) else own
        if name.startswith(_ABSENT):
            raise AttributeError(name)
        if name == "__signature__":
            return parameters(gated(self, "signature", self))
        return gated(self, "getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        gated(self, "setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        gated(self, "delattr", self, name)

    def __dir__(self) -> Any:
        return gated(self, "dir", self)

    def __copy__(self) -> Any:
        return gated(self, "copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        return gated(self, "deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("an object of the learner's cannot be pickled from outside")


def called(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call a learner's function, class or object."""
    link = function._tutor_link
    link.gate("call", function._tutor_label)
    link.calls.append((function, args, kwargs))
    return link.do("call", function, *args, **kwargs)


def gated(handle: Any, operation: str, *args: Any) -> Any:
    """Do something in the player, where the reference's objects did it too. Raises Refusal elsewhere."""
    handle._tutor_link.gate(operation, handle._tutor_label)
    return handle._tutor_link.do(operation, *args)


def _aside(handle: Any, operation: str, args: tuple[Any, ...]) -> Any:
    """What a handle answers where the reference gave plain data."""
    if operation in ("eq", "ne"):
        return (handle is args[0]) == (operation == "eq")
    if operation == "hash":
        return object.__hash__(handle)
    if operation in _TEXTS:
        return f"<{handle._tutor_label} object>"
    if operation not in _ITEMS:
        handle._tutor_link.gate(operation, handle._tutor_label)
    items, walk = handle._tutor_link.items(handle)
    if operation == "next" or (operation == "iter" and "__next__" in vars(type(handle))):
        return next(walk) if operation == "next" else walk
    return OPERATIONS[operation](items, *args)


def _method(special: Special) -> Callable[..., Any]:
    operation, kind = special.operation, special.kind

    def method(self: Any, *args: Any) -> Any:
        link = self._tutor_link
        if operation == "call":
            return called(self, args, {})
        if not link.allows(operation):
            return _aside(self, operation, args)
        if operation in ("exit", "aexit"):
            args = (args[1],)
        value = link.do(operation, *((*args, self) if special.swapped else (self, *args)))
        if kind is not None and type(value) is not kind:
            raise TypeError(f"a {kind.__name__} was expected from your code here")
        return value

    if operation in ("anext", "aenter", "aexit"):

        async def awaited(self: Any, *args: Any) -> Any:
            return method(self, *args)

        return awaited
    return called_with_names if operation == "call" else method


def called_with_names(self: Any, *args: Any, **kwargs: Any) -> Any:
    """`__call__` of a handle."""
    return called(self, args, kwargs)


_METHODS = {name: _method(special) for name, special in SPECIALS.items()}


def _special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_read(frame: FrameType) -> bool:
    """Whether a frame reads an attribute by its name just now, and does not merely ask `isinstance`."""
    return dis.opname[frame.f_code.co_code[frame.f_lasti]] in ("LOAD_ATTR", "LOAD_METHOD")


def _asked_by_test_cell() -> bool:
    """Whether the test cell itself, and no library, reads an attribute of a class."""
    return sys._getframe(2).f_code.co_filename.startswith(CELL_FILE)


def new_kind(link: Any, number: int, described: dict[str, Any], bases: tuple[type, ...]) -> Kind:
    """The stand-in of a learner class. `bases` are those of an exception class, and empty for any other."""
    names = {str(name) for name in described["specials"]} & _METHODS.keys()
    body: dict[str, Any] = {
        "_tutor_link": link,
        "_tutor_number": number,
        "_tutor_label": str(described["name"])[:80],
        "__module__": str(described["module"]),
        "__qualname__": str(described["qualname"]),
    }
    body["_tutor_mro"] = [int(n) for n in described["mro"]]
    if bases:
        return Kind(body["_tutor_label"], bases, body | {"__str__": _message, "__getattr__": _of_error})
    base = TYPES.get(str(described["plain"]))
    fixed = base in FIXED
    body |= {name: _METHODS[name] for name in (names if fixed else names | ALWAYS)}
    if not described["hashable"]:
        body["__hash__"] = None
    elif "__hash__" not in names and not fixed:
        body["__hash__"] = object.__hash__
    body["_tutor_class"] = None if fixed else base or RUNTIME.get(str(described["runtime"]))
    return Kind(body["_tutor_label"], (Handle, base) if fixed and base else (Handle,), body)


def new_handle(kind: Kind, number: int, label: str, content: Any) -> Any:
    """The stand-in of one object. `content` is the plain data of one whose class extends an unchangeable plain type."""
    base: Any = next((k for k in FIXED if type.__subclasscheck__(k, kind)), None)
    of: Any = kind
    handle: Any = object.__new__(of) if base is None else base.__new__(of, content)
    for name, value in (("link", kind._tutor_link), ("number", number), ("label", label)):
        object.__setattr__(handle, f"_tutor_{name}", value)
    return handle


def _message(self: Any) -> str:
    return str(self.__dict__.get("_tutor_message", ""))


def _of_error(self: Any, name: str) -> Any:
    """An attribute that a learner's exception has beyond its own data."""
    if name.startswith(("_tutor_", "__")):
        raise AttributeError(name)
    return gated(type(self), "getattr", self, name)


def is_handle(value: Any) -> bool:
    """Whether a value stands for a learner's object or class."""
    return type(value) is Kind or type(type(value)) is Kind
