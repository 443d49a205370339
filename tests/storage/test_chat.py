"""What every store does with what was said about exercises."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from jupyter_tutor.errors import Conflict, NotFound
from jupyter_tutor.learning.model import Daily
from jupyter_tutor.ports import Store
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
    found = await store.find_messages("ada", "über", 10)
    assert [m.text for m in found] == ["noch einmal ÜBER Listen", "Über Schleifen"]
    assert [m.text for m in await store.find_messages("ada", "% sure_", 10)] == ["100 % sure_"]
    assert len(await store.find_messages("ada", "", 2)) == 0
    assert await store.find_messages("bob", "über", 10) == []


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
