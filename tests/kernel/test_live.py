"""Listening to what changes, over streams that break."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.events import Event
from jupyter_tutor.kernel.live import CHANGED, MOST, Watch
from jupyter_tutor.kernel.message import NoAnswer

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

QUICK = (0.01, 0.01)
HEART = [b": waiting\n\n", 0.02] * 500


def watching(api: Api, heard: list[Event], find: Callable[[], Api] | None = None) -> Watch:
    watch = Watch(find or (lambda: api), heard.append, QUICK)
    watch.start()
    return watch


def ended(*watches: Watch) -> bool:
    for watch in watches:
        watch.thread.join(5)
    return not any(watch.thread.is_alive() for watch in watches)


def wait(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_events_are_told_as_they_come_and_heartbeats_are_not(api: Api, double: "Double") -> None:
    heard: list[Event] = []
    double.changes = [[b": waiting\n\n", double.event("progress", {"done": 1}), b": x\n\n", *HEART]]
    watch = watching(api, heard)
    wait(lambda: bool(heard))
    watch.stop()
    assert ended(watch)
    assert heard == [Event("progress", '{"done": 1}')]
    assert double.calls == ["GET progress/events"]


def test_a_stream_that_breaks_is_opened_again_and_what_was_missed_is_told(api: Api, double: "Double") -> None:
    heard: list[Event] = []
    progress = double.event("progress", {"done": 1})
    double.changes = [[progress, b"event: chan"], [b": waiting\n\n", progress, *HEART]]
    watch = watching(api, heard)
    wait(lambda: len(heard) == 3)
    watch.stop()
    assert ended(watch)
    assert [event.name for event in heard] == ["progress", "changed", "progress"]
    assert heard[1] == CHANGED


def test_a_server_that_comes_back_elsewhere_is_found_again(api: Api, double: "Double") -> None:
    heard: list[Event] = []
    tries = iter([NoAnswer("It is away."), NoAnswer("It is away.")])

    def find() -> Api:
        for message in tries:
            raise message
        return api

    double.changes = [[b": waiting\n\n", *HEART]]
    watch = watching(api, heard, find)
    wait(lambda: heard == [CHANGED])
    watch.stop()
    assert ended(watch)


def test_a_server_without_such_a_stream_is_left_alone(api: Api, double: "Double") -> None:
    watch = watching(api, [])
    assert ended(watch)
    assert double.calls == ["GET progress/events"]


def test_a_listener_that_fails_is_told_of_the_next_event_too(api: Api, double: "Double") -> None:
    heard: list[Event] = []

    def tell(event: Event) -> None:
        heard.append(event)
        raise RuntimeError("no")

    double.changes = [[double.event("a", {}), double.event("b", {}), *HEART]]
    watch = Watch(lambda: api, tell, QUICK)
    watch.start()
    wait(lambda: len(heard) == 2)
    watch.stop()
    assert ended(watch)


def test_the_oldest_of_too_many_stops(api: Api, double: "Double") -> None:
    double.changes = [HEART]
    watches = [watching(api, []) for _ in range(MOST + 1)]
    assert ended(watches[0])
    assert all(watch.thread.is_alive() and watch.thread.daemon for watch in watches[1:])
    for watch in watches:
        watch.stop()
    assert ended(*watches)
