"""What every store deletes, and what it leaves."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import NotFound, StorageError
from jupyter_tutor.learning.model import Attempt, GivenHint
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.store import SqlStore
from tests.storage.belongings import keep_everything
from tests.storage.conftest import NOON

Make = Callable[..., Any]
HOUR = timedelta(hours=1)


async def test_everything_of_one_learner_goes_and_nothing_of_another(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    for learner in ("ada", "bob"):
        await keep_everything(store, make_daily, make_submission, learner)
    await store.add_proof("sha", "{}")
    before = await store.take_out("bob")
    await store.erase("ada")
    assert all(rows == [] for rows in (await store.take_out("ada")).values())
    assert await store.take_out("bob") == before
    assert await store.kept_reply("sha-ada") is None
    assert await store.kept_reply("sha-bob") is not None
    assert await store.proof("sha") == "{}"
    await store.erase("ada")


async def test_what_was_begun_before_finds_nothing_after(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    daily, *_ = await keep_everything(store, make_daily, make_submission)
    await store.erase("ada")
    for late in (
        store.change_submission(f"{daily.id}-2", status="done", passed=True, score=1.0),
        store.add_submission(make_submission(daily, 7)),
        store.add_hint("ada", daily.id, GivenHint(2, "look", NOON)),
        store.add_message("ada", daily.id, "tutor", "Late.", NOON),
        store.add_activity("ada", daily.id, 5),
        store.change_daily("ada", daily.id, opened=True),
        store.change_memory("ada", "ada-m", on=False),
        store.change_written("ada", "ada-w", None),
    ):
        with pytest.raises(NotFound):
            await late
    assert all(rows == [] for rows in (await store.take_out("ada")).values())


async def test_verdicts_that_come_meanwhile_hinder_nothing(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    daily, *_ = await keep_everything(store, make_daily, make_submission)
    for n in range(10, 30):
        await store.add_submission(make_submission(daily, n))
    values = {"status": "done", "passed": True, "score": 50.0, "at": NOON}
    late = [store.change_submission(f"{daily.id}-{n}", **values) for n in range(10, 30)]
    *_, erased = await asyncio.gather(*late, store.erase("ada"), return_exceptions=True)
    assert erased is None
    assert all(rows == [] for rows in (await store.take_out("ada")).values())


def remains(file: Path, learner: str) -> list[str]:
    """The files of a database that hold words of a learner, in whatever case."""
    files = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
    return [path.name for path in files if path.exists() and f"{learner}'s own".encode() in path.read_bytes().lower()]


@pytest.mark.parametrize("pragma", ["ON", "OFF"])
async def test_not_a_word_is_left_in_the_files_of_sqlite(
    tmp_path: Path, make_daily: Make, make_submission: Make, pragma: str
) -> None:
    file = tmp_path / "tutor.sqlite"
    store = await open_store(f"sqlite+aiosqlite:///{file}")
    for learner in ("ada", "bob"):
        await keep_everything(store, make_daily, make_submission, learner)
    assert remains(file, "ada")
    with closing(sqlite3.connect(file)) as other:  # what went before secure_delete was on
        other.execute(f"PRAGMA secure_delete={pragma}")
        other.execute("DELETE FROM memory WHERE learner = 'ada'")
        other.execute("UPDATE chat SET text = '' WHERE learner = 'ada'")
        other.commit()
    await store.erase("ada")
    assert remains(file, "ada") == []
    assert remains(file, "bob") == [file.name]
    assert len((await store.take_out("bob"))["submission"]) == 3
    await store.close()
    assert remains(file, "ada") == []


async def test_a_program_that_reads_meanwhile_is_named(tmp_path: Path, make_daily: Make, make_submission: Make) -> None:
    file = tmp_path / "tutor.sqlite"
    store = await open_store(f"sqlite+aiosqlite:///{file}", busy_seconds=0.1)
    await keep_everything(store, make_daily, make_submission)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM daily").fetchall()
        with pytest.raises(StorageError, match="another program holds the database"):
            await store.erase("ada")
    assert all(rows == [] for rows in (await store.take_out("ada")).values())
    await store.erase("ada")
    assert remains(file, "ada") == []
    await store.close()


async def test_old_texts_go_and_progress_stays(store: SqlStore, make_daily: Make, make_submission: Make) -> None:
    daily, talked, *_ = await keep_everything(store, make_daily, make_submission)
    history = await store.history("ada")
    assert await store.prune(NOON) == 0
    assert len(await store.messages("ada", talked.id)) == 2
    assert await store.prune(NOON + HOUR) == 5, "a submission, a hint's text, two messages, a report"
    assert await store.history("ada") == history
    assert [hint.text for hint in await store.hints(daily.id)] == [""]
    assert [hint.clue for hint in await store.hints(daily.id)] == ["pattern:loop"]
    assert await store.messages("ada", talked.id) == []
    kept = (await store.take_out("ada"))["submission"]
    assert [row["number"] for row in kept] == [2, 3], "the best and the latest"
    assert [written.report for written in await store.written("ada")] == ["{}"]
    assert await store.prune(NOON + HOUR) == 0
    assert len(await store.memories("ada")) == 1
    await store.add_submission(make_submission(daily, 9))
    assert (await store.daily("ada", daily.id)).submissions == 4


async def test_of_old_submissions_the_latest_and_the_best_stay_and_what_is_not_graded_yet(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    scores = [None, 70.0, 90.0, 90.0, 20.0, None, None]
    for learner in ("ada", "bob"):
        daily = await store.add_daily(make_daily(0, learner))
        for n, score in enumerate(scores):
            await store.add_submission(make_submission(daily, n))
            if n != 5:
                await store.change_submission(f"{daily.id}-{n}", status="done", score=score, passed=False)
    assert await store.prune(NOON + timedelta(minutes=2, seconds=30)) == 6
    assert await store.prune(NOON + HOUR) == 2
    for learner in ("ada", "bob"):
        kept = (await store.take_out(learner))["submission"]
        assert [row["number"] for row in kept] == [4, 6, 7]


async def test_what_learners_did_is_summed_for_authors(
    store: SqlStore, make_daily: Make, make_submission: Make
) -> None:
    await store.add_daily(
        make_daily(0, status="completed", passed=True, hints_asked=2, submissions=3, active_seconds=60)
    )
    await store.add_daily(make_daily(1, status="skipped"))
    await store.add_daily(make_daily(2))
    await store.add_daily(make_daily(0, "bob", status="in_progress"))
    first = Attempt("ada", "slug-0", "easy", True, 2, 3, 60, 10, False)
    skipped = Attempt("ada", "slug-1", "easy", False, 0, 0, 0, 10, True)
    other = Attempt("bob", "slug-0", "easy", False, 0, 0, 0, 10, False)
    assert await store.attempts() == [first, skipped, other]
    assert repr(await store.attempts(["slug-0", "none"])) == repr([first, other])
    assert await store.attempts(["none"]) == []
