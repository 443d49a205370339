"""What every ledger does with what models took, and with their answers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from jupyter_tutor.dialogue import Spent, Tokens
from jupyter_tutor.ports import Ledger
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.ledger import MOST_REPLIES
from jupyter_tutor.storage.store import SqlStore
from jupyter_tutor.storage.tables import ReplyRow
from jupyter_tutor.testing.model import MemoryLedger

DAY = date(2026, 3, 2)
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["sql", "memory"])
async def ledger(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Ledger]:
    """A ledger that holds nothing."""
    if request.param == "memory":
        yield MemoryLedger()
        return
    store = await open_store(database_url)
    yield store
    await store.close()


def spent(learner: str = "ada", days: int = 0, use: str = "hint", model: str = "m", read: int = 10) -> Spent:
    return Spent(learner, DAY + timedelta(days=days), use, model, Tokens(read, 5, 1, 0.25))  # type: ignore[arg-type]


async def test_what_was_spent_adds_up_for_a_learner_day_use_and_model(ledger: Ledger) -> None:
    for entry in (spent(), spent(read=1), spent(days=1), spent(use="chat"), spent(model="n"), spent("bob")):
        await ledger.add_spent(entry)
    ada = await ledger.spent("ada", DAY)
    assert sum((entry.tokens for entry in ada), Tokens()) == Tokens(31, 20, 4, 1.0)
    assert {(entry.use, entry.model) for entry in ada} == {("hint", "m"), ("chat", "m"), ("hint", "n")}
    assert len({entry.day for entry in await ledger.spent("ada")}) == 2
    assert await ledger.spent("bob", DAY) == [spent("bob")]
    assert await ledger.spent("eve") == []


async def test_what_is_spent_at_once_is_counted_in_full(ledger: Ledger) -> None:
    await asyncio.gather(*(ledger.add_spent(spent()) for _ in range(50)))
    assert sum((entry.tokens for entry in await ledger.spent("ada")), Tokens()) == Tokens(500, 250, 50, 12.5)


async def test_two_programs_count_in_full(database_url: str) -> None:
    stores = [await open_store(database_url, busy_seconds=30) for _ in range(2)]
    await asyncio.gather(*(store.add_spent(spent()) for _ in range(25) for store in stores))
    assert [entry.tokens.requests for entry in await stores[0].spent("ada")] == [50]
    for store in stores:
        await store.close()


async def test_more_tokens_than_fit_four_bytes_are_counted(ledger: Ledger) -> None:
    await ledger.add_spent(spent(read=2**40))
    assert (await ledger.spent("ada"))[0].tokens.input == 2**40


async def test_an_answer_is_found_by_its_digest_and_replaced(ledger: Ledger) -> None:
    assert await ledger.kept_reply("sha") is None
    await ledger.keep_reply("sha", "one")
    await ledger.keep_reply("other", "two")
    await ledger.keep_reply("sha", "three")
    assert (await ledger.kept_reply("sha"), await ledger.kept_reply("other")) == ("three", "two")


async def test_the_same_answer_kept_at_once_is_kept_once(ledger: Ledger) -> None:
    await asyncio.gather(*(ledger.keep_reply("sha", "same") for _ in range(20)))
    assert await ledger.kept_reply("sha") == "same"


async def test_the_oldest_answers_go(store: SqlStore) -> None:
    numbers = range(1, MOST_REPLIES + 1)
    old = [{"digest": f"old-{n}", "text": "x", "at": datetime(2026, 1, 1, tzinfo=UTC) + n * SECOND} for n in numbers]
    async with store.database.writing() as session:
        await session.execute(insert(ReplyRow), old)
    await store.keep_reply("young", "y")
    assert await store.kept_reply("old-1") is None
    assert (await store.kept_reply("old-2"), await store.kept_reply("young")) == ("x", "y")
