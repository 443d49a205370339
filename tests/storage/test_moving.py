"""What every store does with all that is kept of one learner."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from jupyter_tutor.errors import Conflict, LearnerError
from jupyter_tutor.learning.model import Daily, Filters
from jupyter_tutor.storage.store import SqlStore
from jupyter_tutor.storage.tables import Base
from tests.storage.belongings import keep_everything
from tests.storage.conftest import FIRST

Make = Callable[..., Any]
NOT_PERSONAL = {"proof", "reply"}
"""A cache each."""


def without_ids(tables: Any) -> Any:
    """The same, with the place of a daily for its id, and no ids of what nothing refers to."""
    tables = copy.deepcopy(tables)
    places = {row["id"]: place for place, row in enumerate(tables["daily"])}
    for rows in tables.values():
        for row in rows:
            row.pop("id", None)
            row.update({"daily": places[row["daily"]]} if "daily" in row else {})
    return tables


async def test_everything_of_a_learner_comes_out_as_json(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    await keep_everything(store, make_daily, make_submission)
    await keep_everything(store, make_daily, make_submission, "bob")
    tables = await store.take_out("ada")
    assert json.loads(json.dumps(tables)) == tables
    assert tables.keys() == Base.metadata.tables.keys() - NOT_PERSONAL
    assert {name: len(rows) for name, rows in tables.items()} == {
        "daily": 3,
        "hint": 1,
        "submission": 3,
        "chat": 2,
        "memory": 1,
        "choice": 2,
        "notice": 2,
        "exercise": 1,
        "spent": 1,
    }
    assert "bob" not in json.dumps(tables)
    assert [row["key"] for row in tables["notice"]] == ["badge-2", "badge-1"]
    for name, rows in tables.items():
        left_out = {"learner", "search"} | ({"number"} if name in ("choice", "notice") else set())
        assert rows[0].keys() == set(Base.metadata.tables[name].c.keys()) - left_out, name


async def test_nothing_is_kept_of_whoever_was_never_there(store: SqlStore) -> None:
    assert all(rows == [] for rows in (await store.take_out("eve")).values())


async def test_what_came_out_goes_in_again_for_anybody(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    dailies = await keep_everything(store, make_daily, make_submission)
    tables = await store.take_out("ada")
    await store.put_in("bob", tables)
    assert without_ids(await store.take_out("bob")) == without_ids(tables)
    assert await store.take_out("ada") == tables
    (found,) = (await store.dailies("bob", Filters(text="TITLE 1"), None, 10)).items
    assert found.id != dailies[1].id
    said = await store.find_messages("bob", "own question", None, 5)
    assert [message.number for message in said.items] == [1]
    latest = await store.latest_submission((await store.dailies("bob", Filters(), None, 10)).items[2].id)
    assert latest is not None
    assert latest.learner == "bob"
    await store.add_notices("bob", [])
    await store.put_in("eve", {})
    assert all(rows == [] for rows in (await store.take_out("eve")).values())


async def test_a_daily_keeps_its_id_where_it_is_free_as_its_notebook_names_it(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    dailies = await keep_everything(store, make_daily, make_submission)
    tables = await store.take_out("ada")
    await store.erase("ada")
    await store.put_in("ada", tables)
    assert [past.slug for past in await store.history("ada")] == ["slug-0", "slug-1", "slug-2"]
    assert (await store.daily("ada", dailies[0].id)).slug == "slug-0"
    assert [hint.rung for hint in await store.hints(dailies[0].id)] == [1]
    await store.add_submission(make_submission(dailies[0], 9))
    assert (await store.daily("ada", dailies[0].id)).submissions == 4


@pytest.mark.parametrize("kept", ["daily", "choice", "notice", "memory"])
async def test_nothing_goes_in_where_something_is(
    store: SqlStore, make_daily: Make, make_submission: Make, kept: str
) -> None:
    await keep_everything(store, make_daily, make_submission)
    tables = await store.take_out("ada")
    await store.put_in("bob", {kept: tables[kept]})
    before = await store.take_out("bob")
    with pytest.raises(Conflict, match="something is kept of you already"):
        await store.put_in("bob", tables)
    assert await store.take_out("bob") == before


async def test_what_was_written_ahead_makes_way(store: SqlStore, make_daily: Make, make_submission: Make) -> None:
    await keep_everything(store, make_daily, make_submission)
    tables = await store.take_out("ada")
    await store.put_in("bob", {kept: tables[kept] for kept in ("exercise", "spent")})
    await store.put_in("bob", tables)
    assert {name: len(rows) for name, rows in (await store.take_out("bob")).items()} == {
        name: len(rows) for name, rows in tables.items()
    }


def broken(tables: Any, name: str, values: Any) -> Any:
    tables = copy.deepcopy(dict(tables))
    tables[name][-1] |= values
    return tables


@pytest.mark.parametrize(
    "change",
    [
        lambda t: broken(t, "hint", {"daily": "none"}),
        lambda t: broken(t, "submission", {"daily": "none"}),
        lambda t: broken(t, "submission", {"number": 1}),
        lambda t: broken(t, "chat", {"number": 1}),
        lambda t: broken(t, "daily", {"id": t["daily"][0]["id"]}),
        lambda t: broken(t, "daily", {"date": t["daily"][0]["date"]}),
        lambda t: broken(t, "daily", {"date": "the first"}),
        lambda t: broken(t, "daily", {"date": 5}),
        lambda t: broken(t, "daily", {"more": 5}),
        lambda t: broken(t, "daily", {"slug": None}),
        lambda t: broken(t, "notice", {"key": "badge-2"}),
        lambda t: {**t, "choice": [{"name": "level"}]},
        lambda t: {**t, "daily": ["a"]},
        lambda t: {**t, "daily": []},
        lambda t: {**t, "proof": []},
        lambda t: {**t, "spent": [*t["spent"], *t["spent"]]},
    ],
)
async def test_what_does_not_fit_together_changes_nothing(
    store: SqlStore, make_daily: Make, make_submission: Make, change: Callable[[Any], Any]
) -> None:
    await keep_everything(store, make_daily, make_submission)
    tables = await store.take_out("ada")
    with pytest.raises(LearnerError, match="does not fit together"):
        await store.put_in("bob", change(tables))
    assert all(rows == [] for rows in (await store.take_out("bob")).values())
    assert await store.take_out("ada") == tables


async def test_many_dailies_go_in(store: SqlStore, make_daily: Callable[..., Daily]) -> None:
    first = await store.add_daily(make_daily())
    (row,) = (await store.take_out("ada"))["daily"]
    many = [row | {"id": f"id-{n}", "date": str(FIRST + timedelta(days=n))} for n in range(1500)]
    many[1200]["id"] = first.id
    await store.put_in("bob", {"daily": many})
    assert len(await store.history("bob")) == 1500
    assert await store.daily("ada", first.id) == first
    async with store.database.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM daily")) == 1501
