"""How numpy arrays and scalars, pandas series, frames and indexes cross: by value, when their library is loaded."""

import base64
import sys
from collections.abc import Callable
from typing import Any

TAGS = frozenset({"ndarray", "npscalar", "Series", "DataFrame", "RangeIndex", "Index", "Timestamp", "dtype"})


def encode_table(value: Any, kind: Any, encode: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The tag and the parts of a value; None for all that is no such value."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None and getattr(numpy, "generic", None):
        found = _numpy(numpy, value, kind, encode)
        if found is not None:
            return found
    return _pandas(pandas, value, kind, encode) if pandas is not None and hasattr(pandas, "Timestamp") else None


def _numpy(numpy: Any, value: Any, kind: Any, encode: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    if kind is numpy.ndarray and value.dtype.fields is None:
        if value.dtype.hasobject:
            return "ndarray", "O", list(value.shape), [encode(v) for v in value.ravel().tolist()]
        raw = base64.b64encode(numpy.ascontiguousarray(value).tobytes()).decode()
        return "ndarray", value.dtype.str, list(value.shape), raw
    if isinstance(value, numpy.generic) and kind.__module__ == "numpy" and not isinstance(value, numpy.void):
        return "npscalar", value.dtype.str, base64.b64encode(value.tobytes()).decode()
    if isinstance(value, numpy.dtype) and kind.__module__.partition(".")[0] == "numpy" and value.fields is None:
        return "dtype", value.str
    return None


def _pandas(pandas: Any, value: Any, kind: Any, encode: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    if kind is pandas.Series:
        return "Series", encode(value.index), _column(value, encode), encode(value.name)
    if kind is pandas.DataFrame:
        columns = [_column(value.iloc[:, i], encode) for i in range(value.shape[1])]
        return "DataFrame", encode(value.index), encode(value.columns), columns
    if kind is pandas.RangeIndex:
        return "RangeIndex", value.start, value.stop, value.step, encode(value.name)
    if kind in (pandas.Index, pandas.DatetimeIndex) and not isinstance(value, pandas.MultiIndex):
        return "Index", _column(value, encode), encode(value.name)
    if kind is pandas.Timestamp:
        return "Timestamp", value.isoformat(), value.tz and str(value.tz)
    return None


def _column(values: Any, encode: Callable[[Any], Any]) -> list[Any]:
    """One column as `[pandas dtype, parts of a numpy array of it]`: the array is the table's own, and nobody else's."""
    array = values.to_numpy()
    return [str(values.dtype), list(_numpy(sys.modules["numpy"], array, type(array), encode) or ())]


def decode_table(tag: Any, rest: Any, decode: Callable[[Any], Any]) -> Any:
    """The value of a tag and its parts. Raises LookupError for another tag."""
    if tag in ("ndarray", "npscalar", "dtype"):
        return _array(tag, *rest, decode)
    import pandas

    if tag == "Series":
        index, (dtype, values), name = rest
        return pandas.Series(_array(*values, decode), index=decode(index), dtype=dtype, name=decode(name))
    if tag == "DataFrame":
        index, columns, data = decode(rest[0]), decode(rest[1]), rest[2]
        frame = pandas.DataFrame(
            {i: pandas.Series(_array(*v, decode), index=index, dtype=t) for i, (t, v) in enumerate(data)}, index=index
        )
        frame.columns = columns
        return frame
    if tag == "RangeIndex":
        start, stop, step, name = rest
        return pandas.RangeIndex(start, stop, step, name=decode(name))
    if tag == "Index":
        (dtype, values), name = rest
        return pandas.Index(_array(*values, decode), dtype=dtype, name=decode(name))
    if tag == "Timestamp":
        return pandas.Timestamp(rest[0]) if rest[1] is None else pandas.Timestamp(rest[0]).tz_convert(rest[1])
    raise LookupError(tag)


def _array(tag: str, *parts: Any) -> Any:
    import numpy

    *rest, decode = parts

    if tag == "dtype":
        return numpy.dtype(rest[0])
    if tag == "npscalar":
        return numpy.frombuffer(base64.b64decode(rest[1]), dtype=rest[0])[0]
    dtype, shape, data = rest
    if dtype == "O":
        array = numpy.empty(len(data), dtype=object)
        array[:] = [decode(v) for v in data]
        return array.reshape(shape)
    return numpy.frombuffer(base64.b64decode(data), dtype=dtype).reshape(shape).copy()


def changeable(value: Any) -> bool:
    """Whether a value is a table that can change in place."""
    return type(value).__name__ in ("ndarray", "Series", "DataFrame")


def fill_table(value: Any, new: Any) -> None:
    """Put other contents into a table, in place."""
    if type(value).__name__ == "ndarray" and value.shape == new.shape:
        value[...] = new
    else:
        type(value).__init__(value, new)
