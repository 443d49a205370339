"""Server-sent events, as the standard has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """One event: its name (`message` when it has none) and its data."""

    name: str
    data: str


def read_events(lines: Iterable[bytes]) -> Iterator[Event]:
    """The events in the lines of a stream. An event that broke off before its blank line is dropped."""
    name, data = "", list[str]()
    for raw in lines:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line:
            if data:
                yield Event(name or "message", "\n".join(data))
            name, data = "", []
