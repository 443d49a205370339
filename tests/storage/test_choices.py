"""What every store does with a learner's choices, and with what a learner is told once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from jupyter_tutor.learning.model import Notice
from jupyter_tutor.learning.profile import Choice, Value
from jupyter_tutor.ports import Store
from tests.storage.conftest import FIRST

CHOICE = Choice("minutes", 20, FIRST)
BADGE = Notice("first-pass", "badge", "First pass", "You passed an exercise.", FIRST)


async def test_choices_come_back_in_the_order_in_which_they_were_made(store: Store) -> None:
    await store.add_choices("ada", [Choice("minutes", n, FIRST) for n in range(20, 10, -1)])
    await store.add_choices("bob", [Choice("minutes", 5, FIRST)])
    await store.add_choices("ada", [Choice("minutes", 7, FIRST - timedelta(days=1))])
    assert [choice.value for choice in await store.choices("ada")] == [*range(20, 10, -1), 7]
    assert await store.choices("bob") == [Choice("minutes", 5, FIRST)]
    assert await store.choices("eve") == []


@pytest.mark.parametrize("value", ["Europe/Vienna", "", 'ü"\\', 20, True, False, None, (), ("jazz", 'Go "the game"')])
async def test_a_value_comes_back_as_it_was_chosen(store: Store, value: Value) -> None:
    choice = Choice("anything", value, FIRST)
    await store.add_choices("ada", [choice])
    assert repr(await store.choices("ada")) == repr([choice])


async def test_a_text_that_databases_refuse_is_mended_in_a_choice(store: Store) -> None:
    await store.add_choices("ada", [Choice("goals", ("a\ud800",), FIRST)])
    assert [choice.value for choice in await store.choices("ada")] == [("a\ufffd",)]


async def test_nothing_is_told_to_a_learner_who_is_gone(store: Store) -> None:
    assert await store.add_notices("ada", [BADGE]) == []
    assert await store.notices("ada") == []


async def test_a_notice_is_kept_once(store: Store) -> None:
    other = replace(BADGE, key="level/2026-03-02", kind="level")
    await store.add_choices("ada", [CHOICE])
    assert await store.add_notices("ada", [BADGE]) == [BADGE]
    assert await store.add_notices("ada", [replace(BADGE, title="Again"), other]) == [other]
    assert await store.notices("ada") == [BADGE, other]
    assert await store.notices("bob") == []


async def test_a_notice_is_told_until_the_learner_has_seen_it(store: Store) -> None:
    notices = [replace(BADGE, key=f"badge-{n}") for n in range(3, 0, -1)]
    for learner in ("ada", "bob"):
        await store.add_choices(learner, [CHOICE])
        await store.add_notices(learner, notices)
    await store.see_notices("ada", ["badge-2", "none"])
    assert [notice.key for notice in await store.notices("ada", seen=False)] == ["badge-3", "badge-1"]
    assert await store.notices("ada", seen=True) == [replace(BADGE, key="badge-2", seen=True)]
    assert await store.notices("bob", seen=False) == notices
    await store.add_notices("ada", notices)
    assert len(await store.notices("ada", seen=False)) == 2, "what was seen is not told again"


async def test_a_notice_that_comes_twice_at_once_is_kept_once(store: Store) -> None:
    await store.add_choices("ada", [CHOICE])
    given = await asyncio.gather(*(store.add_notices("ada", [BADGE]) for _ in range(10)))
    assert sum(map(len, given)) == 1
    assert await store.notices("ada") == [BADGE]
