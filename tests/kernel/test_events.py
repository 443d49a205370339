"""Reading server-sent events."""

import pytest

from jupyter_tutor.kernel.events import Event, read_events


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"event: check\ndata: {}\n\n", [Event("check", "{}")]),
        (b"data: a\ndata: b\n\n", [Event("message", "a\nb")]),
        (b"event:x\r\ndata:1\r\n\r\n", [Event("x", "1")]),
        (b": comment\n\nevent: alone\n\nid: 4\nretry: 5\ndata: 2\n\n", [Event("message", "2")]),
        (b"event: x\ndata: whole\n\nevent: y\ndata: broken", [Event("x", "whole")]),
        (b"data: \xff\n\n", [Event("message", "\ufffd")]),
        (b"data: a: b\n\n", [Event("message", "a: b")]),
        (b"", []),
    ],
)
def test_events_are_read_as_the_standard_says(stream: bytes, events: list[Event]) -> None:
    assert list(read_events(stream.splitlines(keepends=True))) == events


def test_an_event_is_there_as_soon_as_its_blank_line_is() -> None:
    def lines() -> object:
        yield from (b"data: 1\n", b"\n")
        raise AssertionError("read too far")

    assert next(read_events(lines())) == Event("message", "1")
