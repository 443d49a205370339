"""JSON into frozen dataclasses, by their annotations."""

import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from jupyter_tutor.kernel.message import TutorMessage

T = TypeVar("T")


def read(kind: type[T], data: object) -> T:
    """The reply as a value of this kind, fields that it does not know left out.

    A field that cannot be called as in the reply has that `name` in its metadata. Raises TutorMessage when a field is
    missing or of another type.
    """
    try:
        return cast(T, _value(kind, data))
    except (TypeError, ValueError):
        raise TutorMessage(
            f"The Jupyter server's answer was not understood ({kind.__name__}): restart the kernel, "
            "and check that server and kernel have the same version of jupyter-tutor (`jupyter tutor doctor`)."
        ) from None


def _value(kind: Any, data: object) -> object:
    if is_dataclass(kind):
        return _record(cast(type, kind), data)
    if get_origin(kind) is list:
        (inner,) = get_args(kind)
        return [_value(inner, item) for item in cast(list[object], _exactly(list, data))]
    if isinstance(kind, types.UnionType):
        return None if data is None else _value(next(one for one in get_args(kind) if one is not type(None)), data)
    return _SCALARS[kind](data)


def _record(kind: type, data: object) -> object:
    given = cast(dict[str, object], _exactly(dict, data))
    hints = _hints(kind)
    return kind(**{one.name: _value(hints[one.name], given[_key(one)]) for one in _fields(kind, given)})


def _fields(kind: Any, given: dict[str, object]) -> list[Any]:
    """The fields to read. Raises ValueError when one without a default is missing."""
    missing = [
        _key(one)
        for one in fields(kind)
        if _key(one) not in given and one.default is MISSING and one.default_factory is MISSING
    ]
    if missing:
        raise ValueError(f"no {', '.join(missing)}")
    return [one for one in fields(kind) if _key(one) in given]


def _key(one: Field[Any]) -> str:
    return str(one.metadata.get("name", one.name))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _exactly(kind: type, data: object) -> object:
    if type(data) is not kind:
        raise TypeError(f"a {kind.__name__} was expected")
    return data


def _number(data: object) -> float:
    if type(data) not in (int, float):
        raise TypeError("a number was expected")
    return float(cast(float, data))


def _date(data: object) -> date:
    return date.fromisoformat(cast(str, _exactly(str, data)))


_SCALARS: dict[Any, Callable[[object], object]] = {
    str: lambda data: _exactly(str, data),
    int: lambda data: _exactly(int, data),
    bool: lambda data: _exactly(bool, data),
    float: _number,
    date: _date,
}
