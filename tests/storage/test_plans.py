"""How SQLite finds what the store asks for: by an index, and never by reading a table from end to end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from jupyter_tutor.dialogue import Spent, Tokens
from jupyter_tutor.learning.model import Filters, GivenHint, Notice
from jupyter_tutor.learning.profile import Choice
from jupyter_tutor.learning.talk import Memory
from jupyter_tutor.storage.cursor import write_cursor
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.store import SqlStore
from tests.benchmarks.scale import fill, learners
from tests.storage.conftest import FIRST, NOON

LAST = date(2026, 3, 2)
ID, ATTEMPT = "learner-7/3", "learner-7/3/1"
WHO = "learner-7"
CURSOR = write_cursor(LAST - timedelta(days=1500))
Ask = Callable[[SqlStore], Awaitable[Any]]


@pytest.fixture(scope="module")
async def grown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with a few thousand rows in the large tables, as the benchmark of scale fills it."""
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('grown')}/tutor.sqlite"
    await fill(url, list(learners(6000, 50, 2000)), LAST)
    return url


@pytest.fixture
async def store(grown: str) -> AsyncIterator[SqlStore]:
    store = await open_store(grown)
    yield store
    await store.close()


async def plans(store: SqlStore, ask: Ask) -> list[tuple[str, str]]:
    """Each step of the plan of each statement that an ask makes, with the statement."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        if statement.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT"):
            asked.append((statement, parameters[0] if many else parameters))

    event.listen(store.database.engine.sync_engine, "before_cursor_execute", note)
    await ask(store)
    event.remove(store.database.engine.sync_engine, "before_cursor_execute", note)
    assert asked
    found = []
    async with store.database.engine.connect() as connection:
        for statement, parameters in asked:
            steps = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found += [(step.detail, statement) for step in steps]
    return found


SMALL = Notice("key", "badge", "Title", "Text", FIRST)
ASKS: dict[str, Ask] = {
    "daily": lambda s: s.daily(WHO, ID),
    "daily_for": lambda s: s.daily_for(WHO, LAST),
    "daily_at": lambda s: s.daily_at(WHO, f"tutor/{LAST}-slug-0.ipynb"),
    "latest_daily": lambda s: s.latest_daily(WHO),
    "page": lambda s: s.dailies("learner-0", Filters(), None, 20),
    "deep page": lambda s: s.dailies("learner-0", Filters(), CURSOR, 20),
    "page of a status": lambda s: s.dailies("learner-0", Filters(status="skipped"), CURSOR, 20),
    "page of all filters": lambda s: s.dailies(
        "learner-0", Filters("completed", "topic-1", "debugging", "easy", "python", "title"), None, 20
    ),
    "history": lambda s: s.history(WHO),
    "history since": lambda s: s.history(WHO, LAST - timedelta(days=6)),
    "active_seconds": lambda s: s.active_seconds(WHO),
    "change_daily": lambda s: s.change_daily(WHO, ID, opened=True),
    "add_activity": lambda s: s.add_activity(WHO, ID, 5),
    "add_hint": lambda s: s.add_hint(WHO, ID, GivenHint(2, "Look.", NOON)),
    "hints": lambda s: s.hints(ID),
    "change_submission": lambda s: s.change_submission(ATTEMPT, status="done", score=50.0),
    "submission": lambda s: s.submission(WHO, ATTEMPT),
    "latest_submission": lambda s: s.latest_submission(ID),
    "unfinished_submissions": lambda s: s.unfinished_submissions(),
    "add_message": lambda s: s.add_message(WHO, ID, "learner", "Why?", NOON),
    "messages": lambda s: s.messages(WHO, ID),
    "chat": lambda s: s.chat(WHO, ID, write_cursor(3), 10),
    "find_messages": lambda s: s.find_messages(WHO, "why", None, 10),
    "find_messages deep": lambda s: s.find_messages(WHO, "why", write_cursor(NOON, ID, 3), 10),
    "answers_since": lambda s: s.answers_since(WHO, NOON),
    "remember": lambda s: s.remember(Memory("m", WHO, "goal", "key", "text", "evidence", "chat", NOON)),
    "memories": lambda s: s.memories(WHO),
    "change_memory": lambda s: s.change_memory(WHO, "m", on=False),
    "add_choices": lambda s: s.add_choices(WHO, [Choice("minutes", 20, FIRST)]),
    "choices": lambda s: s.choices(WHO),
    "add_notices": lambda s: s.add_notices(WHO, [SMALL]),
    "notices": lambda s: s.notices(WHO, seen=False),
    "see_notices": lambda s: s.see_notices(WHO, ["key"]),
    "attempts at some": lambda s: s.attempts(["slug-1", "slug-2"]),
    "written": lambda s: s.written(WHO),
    "written_named": lambda s: s.written_named(WHO, "slug"),
    "written_for": lambda s: s.written_for(WHO, LAST),
    "add_spent": lambda s: s.add_spent(Spent(WHO, LAST, "chat", "small", Tokens(1, 1, 1))),
    "spent": lambda s: s.spent(WHO, LAST),
    "kept_reply": lambda s: s.kept_reply("sha"),
    "proof": lambda s: s.proof("sha"),
    "take_out": lambda s: s.take_out(WHO),
    "put_in": lambda s: s.put_in("nobody", {}),
}


@pytest.mark.parametrize("name", ASKS)
async def test_nothing_reads_a_table_from_end_to_end(store: SqlStore, name: str) -> None:
    for step, statement in await plans(store, ASKS[name]):
        assert not step.startswith("SCAN") or step == "SCAN CONSTANT ROW", (step, statement)


async def test_a_page_is_not_sorted(store: SqlStore) -> None:
    for name in ("page", "deep page", "page of a status", "page of all filters", "history", "latest_daily"):
        steps = await plans(store, ASKS[name])
        assert [step for step, _ in steps if "TEMP B-TREE" in step] == [], name


async def test_deleting_a_learner_reads_no_large_table_from_end_to_end(store: SqlStore) -> None:
    whole = [step for step, _ in await plans(store, lambda s: s.erase("nobody")) if step.startswith("SCAN")]
    assert whole == ["SCAN reply"], "which has 2,000 rows at most"
