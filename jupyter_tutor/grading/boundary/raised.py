"""Exceptions as they cross: one that both sides know is rebuilt as itself, a learner's own as its stand-in."""

from typing import Any

from jupyter_tutor.grading.boundary.plain import TYPES
from jupyter_tutor.grading.boundary.wire import Decoder, Encoder, WireError

_LONGEST = 20_000
_DEEPEST = 20


def encode_error(error: BaseException, encoder: Encoder, number: int | None, kind: Any) -> list[Any]:
    """`number` is that of a learner-made exception, `kind` its encoded type."""
    try:
        message = str(error)[:_LONGEST]
    except Exception:
        message = ""
    depth = encoder.depth
    given = error.args
    if isinstance(error, OSError) and error.filename is not None and len(given) == 2:
        given = (*given, error.filename)
    try:
        args = [encoder.encode(a[:_LONGEST] if type(a) is str else a) for a in given]
        own = {name: encoder.encode(value) for name, value in vars(error).items() if not name.startswith("_tutor_")}
    except (WireError, TypeError):
        args, own, encoder.depth = [message], {}, depth
    cause = error.__cause__ if depth < _DEEPEST and error.__cause__ is not error else None
    return ["error", number, kind, message, args, own, cause and encoder.encode(cause)]


def rebuilt(kind: Any, args: list[Any], own: dict[str, Any], cause: Any) -> BaseException:
    """An exception of a type, whatever its own `__init__` wants."""
    if not isinstance(kind, type) or not issubclass(kind, BaseException):
        kind = RuntimeError
    python: Any = next(k for k in kind.__mro__ if TYPES.get(k.__name__) is k)
    try:
        error = kind.__new__(kind, *args)
        python.__init__(error, *args)
    except TypeError:
        error = kind.__new__(kind)
        error.args = tuple(args)
    error.__dict__.update({name: value for name, value in own.items() if not name.startswith("_tutor_")})
    if isinstance(cause, BaseException):
        error.__cause__ = cause
    return error


def decoded(decoder: Decoder, kind: Any, args: list[Any], own: dict[str, Any], cause: Any) -> BaseException:
    """The exception of an encoded one's parts."""
    return rebuilt(
        decoder.decode(kind),
        [decoder.decode(a) for a in args],
        {str(name): decoder.decode(value) for name, value in own.items()},
        decoder.decode(cause),
    )
