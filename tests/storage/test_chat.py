"""What every store does with what was said about exercises."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from jupyter_tutor.errors import Conflict, LearnerError, NotFound
from jupyter_tutor.learning.model import Daily
from jupyter_tutor.learning.talk import ChatPage
from jupyter_tutor.ports import Store
from jupyter_tutor.storage.cursor import write_cursor
from tests.storage.conftest import NOON


async def test_messages_come_back_in_order_and_only_to_their_learner(
    store: Store, make_daily: Callable[..., Daily]
) -> None:
    daily = await store.add_daily(make_daily())
    await store.add_message("ada", daily.id, "learner", "What is `seen` for?", NOON)
    await store.add_message("ada", daily.id, "tutor", "What do you look up in it?", NOON + timedelta(seconds=2))
    told = [(m.number, m.role, m.text, m.at) for m in await store.messages("ada", daily.id)]
    assert told == [
        (1, "learner", "What is `seen` for?", NOON),
        (2, "tutor", "What do you look up in it?", NOON + timedelta(seconds=2)),
    ]
    assert await store.messages("bob", daily.id) == []
    with pytest.raises(NotFound):
        await store.add_message("bob", daily.id, "learner", "mine?", NOON)


async def test_messages_that_come_at_once_each_have_their_number(
    store: Store, make_daily: Callable[..., Daily]
) -> None:
    daily = await store.add_daily(make_daily())
    await asyncio.gather(*(store.add_message("ada", daily.id, "learner", f"{n}", NOON) for n in range(20)))
    assert [m.number for m in await store.messages("ada", daily.id)] == [*range(1, 21)]


async def test_messages_are_found_over_all_exercises_newest_first(
    store: Store, make_daily: Callable[..., Daily]
) -> None:
    for n, said in enumerate(["Über Schleifen", "100 % sure_", "noch einmal ÜBER Listen"]):
        daily = await store.add_daily(make_daily(n))
        await store.add_message("ada", daily.id, "learner", said, NOON + timedelta(days=n))
    found = await store.find_messages("ada", "über", None, 10)
    assert [m.text for m in found.items] == ["noch einmal ÜBER Listen", "Über Schleifen"]
    assert [m.text for m in (await store.find_messages("ada", "% sure_", None, 10)).items] == ["100 % sure_"]
    assert (await store.find_messages("ada", "", None, 2)).items == ()
    assert (await store.find_messages("bob", "über", None, 10)).items == ()


async def pages(page: Callable[[str | None], Awaitable[ChatPage]]) -> list[list[str]]:
    """The texts of all pages, one after the other."""
    found, cursor, more = [], None, True
    while more:
        got = await page(cursor)
        found.append([m.text for m in got.items])
        cursor, more = got.next_cursor, got.next_cursor is not None
    return found


async def test_a_conversation_is_read_page_by_page_from_its_end(store: Store, make_daily: Callable[..., Daily]) -> None:
    daily = await store.add_daily(make_daily())
    for n in range(5):
        await store.add_message("ada", daily.id, "learner", f"{n}", NOON)
    first = await store.chat("ada", daily.id, None, 2)
    await store.add_message("ada", daily.id, "learner", "5", NOON)
    assert [m.text for m in first.items] == ["4", "3"]
    rest = await pages(lambda cursor: store.chat("ada", daily.id, cursor or first.next_cursor, 2))
    assert rest == [["2", "1"], ["0"]]
    assert await pages(lambda cursor: store.chat("ada", daily.id, cursor, 6)) == [["5", "4", "3", "2", "1", "0"]]
    assert await pages(lambda cursor: store.chat("bob", daily.id, cursor, 6)) == [[]]


async def test_what_is_found_is_read_page_by_page_whatever_came_at_the_same_instant(
    store: Store, make_daily: Callable[..., Daily]
) -> None:
    for n in range(3):
        daily = await store.add_daily(make_daily(n))
        for number in range(2):
            await store.add_message("ada", daily.id, "learner", f"loop {n}{number}", NOON)
    await store.add_message("ada", daily.id, "learner", "loop last", NOON + timedelta(microseconds=1))
    found = await pages(lambda cursor: store.find_messages("ada", "loop", cursor, 2))
    assert found == [["loop last", "loop 21"], ["loop 20", "loop 11"], ["loop 10", "loop 01"], ["loop 00"]]


@pytest.mark.parametrize("values", [("x",), ("-1",), (2**31,), ("1", "2"), ("01",), ("\0",), ("9" * 100,)])
async def test_a_cursor_of_no_conversation_is_refused(store: Store, values: tuple[object, ...]) -> None:
    with pytest.raises(LearnerError, match="this page link is not valid"):
        await store.chat("ada", "any", write_cursor(*values), 2)


@pytest.mark.parametrize("at", ["2026-03-02 12:00:00", "0001-01-01 00:00:00+14:00", "2026-03-02", "soon"])
async def test_a_cursor_of_no_instant_is_refused(store: Store, at: str) -> None:
    with pytest.raises(LearnerError, match="this page link is not valid"):
        await store.find_messages("ada", "any", write_cursor(at, "ada-0", 1), 2)


async def test_what_a_model_answered_is_counted_from_an_instant_on(
    store: Store, make_daily: Callable[..., Daily]
) -> None:
    daily = await store.add_daily(make_daily())
    for n, source in enumerate(["model", "learner", "diagnosis", "model"]):
        role = "learner" if source == "learner" else "tutor"
        await store.add_message("ada", daily.id, role, "words", NOON + timedelta(hours=n), source)  # type: ignore[arg-type]
    assert await store.answers_since("ada", NOON) == 2
    assert await store.answers_since("ada", NOON + timedelta(minutes=1)) == 1
    assert await store.answers_since("bob", NOON) == 0


async def test_a_daily_that_was_talked_about_keeps_its_exercise(store: Store, make_daily: Callable[..., Daily]) -> None:
    daily = await store.add_daily(make_daily())
    with pytest.raises(Conflict):
        await store.add_message("ada", daily.id, "learner", "Why?", NOON, slug="another")
    await store.add_message("ada", daily.id, "learner", "Why?", NOON, slug=daily.slug)
    assert (await store.replace_daily("ada", daily.id, make_daily(1))).slug == daily.slug
