"""A database that has grown: 10,000 dailies of one learner among others."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from jupyter_tutor.learning.model import Filters
from jupyter_tutor.storage.dailies import page_query
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.store import SqlStore

MANY = 10_000
FIRST = date(2000, 1, 1)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database with many dailies."""
    file = tmp_path_factory.mktemp("many") / "tutor.sqlite"
    asyncio.run(create(file))
    rows = [row(learner, n) for learner, count in (("ada", MANY), ("bob", 50)) for n in range(count)]
    with sqlite3.connect(file) as connection:
        connection.executemany(f"INSERT INTO daily VALUES ({', '.join('?' * 25)})", rows)
    connection.close()
    return file


async def create(file: Path) -> None:
    await (await open_store(f"sqlite+aiosqlite:///{file}")).close()


def row(learner: str, n: int) -> tuple[object, ...]:
    kind = ("algorithm", "data-structure", "debugging", "practical")[n % 4]
    topics = f'["topic-{n % 30}", "topic-{n % 7}"]'
    day = (FIRST + timedelta(days=n)).isoformat()
    texts = f"{learner}-{n}", learner, day, f"slug-{n}", f"Title {n}", kind, ("easy", "hard")[n % 2], "python", topics
    numbers = 10, f"tutor/{n}.ipynb", ("completed", "pending")[n % 2], n % 2, 0, 0, 0, 1, 50.0, 60, None
    return (*texts, *numbers, f"title {n}\nslug-{n}\ntopic-{n % 30}\ntopic-{n % 7}", "", "[]", 1, 1)


@pytest.fixture
async def store(full: Path) -> AsyncIterator[SqlStore]:
    """The store of that database."""
    store = await open_store(f"sqlite+aiosqlite:///{full}")
    yield store
    await store.close()


@pytest.mark.parametrize("filters", [Filters(), Filters(topic="topic-3"), Filters(kind="debugging", text="1")])
async def test_pages_visit_every_daily_once(store: SqlStore, filters: Filters) -> None:
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await store.dailies("ada", filters, cursor, 500)
        seen += [daily.id for daily in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    expected = [past.date for past in await store.history("ada") if matches(past.kind, past.topics, past.slug, filters)]
    assert seen == [f"ada-{(day - FIRST).days}" for day in reversed(expected)]


def matches(kind: str, topics: tuple[str, ...], slug: str, filters: Filters) -> bool:
    found = filters.text is None or filters.text in " ".join((slug, *topics))
    return filters.kind in (None, kind) and (filters.topic is None or filters.topic in topics) and found


@pytest.mark.parametrize("filters", [Filters(), Filters(status="skipped"), Filters(topic="topic-3"), Filters(text="x")])
@pytest.mark.parametrize("later", [False, True])
async def test_a_page_is_read_from_the_index_in_its_order(store: SqlStore, filters: Filters, later: bool) -> None:
    first = await store.dailies("ada", Filters(), None, 20)
    query = page_query("ada", filters, first.next_cursor if later else None, 20)
    sql = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    async with store.database.reading() as session:
        plan = await session.execute(text("EXPLAIN QUERY PLAN " + sql.replace(":", r"\:")))
        steps = [step.detail for step in plan]
    seek = "learner=? AND date<?" if later else "learner=?"
    assert steps == [f"SEARCH daily USING INDEX sqlite_autoindex_daily_2 ({seek})"]


async def test_single_dailies_are_found_among_many(store: SqlStore) -> None:
    assert (await store.daily("ada", "ada-5000")).slug == "slug-5000"
    assert (await store.daily_at("ada", "tutor/77.ipynb")).id == "ada-77"
    found = await store.daily_for("ada", FIRST + timedelta(days=123))
    latest = await store.latest_daily("ada")
    assert found is not None
    assert latest is not None
    assert (found.id, latest.id) == ("ada-123", f"ada-{MANY - 1}")
