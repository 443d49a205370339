"""A learner's data as a document: what goes out comes in again, and nothing else does."""

import copy
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.archive import MOST_BYTES, NOT_GRADED, Archive, read_archive
from jupyter_tutor.errors import Conflict, LearnerError
from jupyter_tutor.rights import Rights
from jupyter_tutor.storage.store import SqlStore
from jupyter_tutor.testing import Clock, answer_cell, checks_cell, notebook
from tests.storage.belongings import keep_everything
from tests.storage.conftest import FIRST
from tests.storage.test_moving import without_ids

Make = Callable[..., Any]
Change = Callable[[Any], object]
TODAY = FIRST + timedelta(days=2)
"""The date of the last daily."""


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A document is the same whatever database it comes from."""
    return f"sqlite+aiosqlite:///{tmp_path}/tutor/tutor.sqlite"


@pytest.fixture
async def rights(store: SqlStore, make_daily: Make, make_submission: Make) -> Rights:
    """Of a learner of whom something is kept in every table."""
    await keep_everything(store, make_daily, make_submission)
    return Rights(store, Clock())


@pytest.fixture
async def document(rights: Rights) -> dict[str, Any]:
    """What was exported."""
    return json.loads(await rights.export("ada"))


async def refusal(rights: Rights, text: str, today: date = TODAY) -> str:
    """Why a document is refused; nothing is kept of it."""
    with pytest.raises(LearnerError, match="cannot be imported, and nothing has changed: ") as refused:
        await rights.take("bob", text, today)
    assert not any((await rights.store.take_out("bob")).values())
    return str(refused.value).partition("changed: ")[2]


async def test_what_was_exported_is_imported_for_another_learner(rights: Rights) -> None:
    text = await rights.export("ada")
    archive = await rights.take("bob", text, TODAY)
    assert (archive.learner, archive.exported_at) == ("ada", rights.now())
    before, after = without_ids(await rights.store.take_out("ada")), without_ids(await rights.store.take_out("bob"))
    (left,) = (row for row in before["submission"] if row["status"] == "queued")
    left |= {"status": "failed", "problem": NOT_GRADED}
    assert after == before
    assert await rights.store.unfinished_submissions() == [await rights.store.submission("ada", "ada-0-2")]


async def test_an_export_of_nothing_is_a_document_too(rights: Rights) -> None:
    await rights.take("bob", await rights.export("eve"), TODAY)
    assert not any((await rights.store.take_out("bob")).values())


async def test_an_import_where_something_is_kept_says_what_to_do(rights: Rights) -> None:
    text = await rights.export("ada")
    with pytest.raises(Conflict, match="delete that first"):
        await rights.take("ada", text, TODAY)
    await rights.erase("ada")
    await rights.take("ada", text, TODAY)
    assert len(await rights.store.history("ada")) == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not JSON, or was cut off"),
        ("Dear diary", "it is not JSON, or was cut off"),
        ("[" * 100_000, "it is not JSON, or was cut off"),
        ("[]", "Jupyter Tutor did not export it"),
        ('{"cells": []}', "Jupyter Tutor did not export it"),
        ('{"format": "jupyter-tutor", "version": 2}', "a newer Jupyter Tutor exported it: upgrade the package"),
        ('{"format": "jupyter-tutor", "version": "1"}', "version should be 1"),
        ('{"format": "jupyter-tutor", "version": 1}', "the field 'exported_at' is missing"),
        ("\ud800", "it is not JSON"),
        (" " * (MOST_BYTES + 1), "it is larger than 100 MB"),
        ("ü" * (MOST_BYTES // 2 + 1), "it is larger than 100 MB"),
    ],
)
async def test_a_foreign_a_newer_and_a_huge_file_are_refused(rights: Rights, text: str, why: str) -> None:
    assert (await refusal(rights, text)).startswith(why)


def row(table: str, **values: Any) -> Change:
    """Other values in the last row of a table."""
    return lambda document: document["tables"][table][-1].update(values)


def twice(table: str, **values: Any) -> Change:
    """The last row of a table once more, with other values."""
    return lambda document: document["tables"][table].append(document["tables"][table][-1] | values)


FOREIGN = notebook(answer_cell("x = 1"), checks_cell("assert x == 1"), slug="other")
WITH_FILES = notebook(answer_cell("x = 1"), checks_cell("assert x == 1"), slug="own", files=["tutor.sqlite"])
CHANGES: list[tuple[Change, str]] = [
    (lambda d: d.update(more=1), "there is an unknown field 'more'"),
    (lambda d: d["tables"].update(more=[]), "there is an unknown field 'more'"),
    (lambda d: d["tables"].pop("chat"), "the field 'chat' is missing"),
    (lambda d: d["tables"].update(chat={}), "chat should be a valid"),
    (lambda d: d["tables"].update(chat=[1]), "in chat, row 1: "),
    (lambda d: d["tables"]["daily"][1].pop("minutes"), "in daily, row 2: the field 'minutes' is missing"),
    (row("daily", search="x"), "in daily, row 3: there is an unknown field 'search'"),
    (row("daily", minutes="10"), "in daily, row 3: minutes should be a valid integer"),
    (row("daily", minutes=10.5), "in daily, row 3: minutes should be a valid integer"),
    (row("daily", minutes=True), "in daily, row 3: minutes should be a valid integer"),
    (row("daily", minutes=0), "in daily, row 3: minutes should be greater than"),
    (row("daily", passed=1), "in daily, row 3: passed should be a valid boolean"),
    (row("daily", status="done"), "in daily, row 3: status should be 'pending'"),
    (row("daily", kind="riddle"), "in daily, row 3: kind should be 'algorithm'"),
    (row("daily", topics="loops"), "in daily, row 3: topics should be a valid"),
    (row("daily", topics=[1]), "in daily, row 3: topics should be a valid string"),
    (row("daily", best_score=100.5), "in daily, row 3: best_score should be less than or equal to 100"),
    (row("daily", best_score=float("nan")), "in daily, row 3: best_score should be a finite number"),
    (row("daily", active_seconds=2**31), "in daily, row 3: active_seconds should be less than"),
    (row("daily", active_seconds=-1), "in daily, row 3: active_seconds should be greater than"),
    (row("daily", date=str(TODAY + timedelta(days=2))), "in daily, row 3: date is in the future"),
    (row("daily", date="1999-12-31"), "in daily, row 3: date is before the year 2000"),
    (row("daily", date="2026-02-30"), "in daily, row 3: date should be a valid date"),
    (row("daily", date=20260302), "in daily, row 3: date should be a valid date"),
    (row("daily", completed_at="2026-03-02T10:00:00"), "in daily, row 3: completed_at should have timezone info"),
    (row("daily", completed_at="2027-03-02T10:00:00Z"), "in daily, row 3: completed_at is in the future"),
    (row("daily", path="../../outside.ipynb"), "in daily, row 3: path is no notebook below the server's folder"),
    (row("daily", path="/etc/outside.ipynb"), "in daily, row 3: path is no notebook below the server's folder"),
    (row("daily", path="C:\\outside.ipynb"), "in daily, row 3: path is no notebook below the server's folder"),
    (row("daily", path="tutor/run.sh"), "in daily, row 3: path is no notebook below the server's folder"),
    (row("daily", id="ada-0"), "in daily, two rows have the same id"),
    (row("daily", date=str(FIRST)), "in daily, two rows have the same date"),
    (row("hint", daily="none"), "in hint, row 1 belongs to no daily"),
    (row("submission", daily="none"), "in submission, row 3 belongs to no daily"),
    (row("chat", daily="none"), "in chat, row 2 belongs to no daily"),
    (row("submission", number=4), "in submission, row 3 has a number beyond its daily's submissions"),
    (row("submission", number=1), "in submission, two rows have the same number of a daily"),
    (row("submission", id="ada-0-0"), "in submission, two rows have the same id"),
    (row("submission", notebook="x"), "in submission, row 3: notebook is no JSON text"),
    (row("submission", notebook="[" * 100_000), "in submission, row 3: notebook is no JSON text"),
    (row("submission", notebook='{"cells": 1}'), "in submission, row 3: notebook is no notebook"),
    (row("submission", verdict='{"status": "graded"}'), "in submission, row 3: verdict is no verdict"),
    (row("submission", verdict="{}"), "in submission, row 3: verdict is no verdict"),
    (row("chat", role="author"), "in chat, row 2: role should be 'learner' or 'tutor'"),
    (row("chat", number=1), "in chat, two rows have the same number of a daily"),
    (twice("hint"), "in hint, two rows have the same rung of a daily"),
    (twice("memory", key="other"), "in memory, two rows have the same id"),
    (twice("memory", id="other"), "in memory, two rows have the same trait and key"),
    (row("memory", seen=0), "in memory, row 1: seen should be greater than"),
    (
        row("choice", name="minutes", value="20"),
        "in choice, row 2: value is not right: minutes has to be",
    ),
    (
        row("choice", name="minutes", value=500),
        "in choice, row 2: value is not right: minutes has to be",
    ),
    (row("choice", name="goals", value=[1]), "in choice, row 2: value should be"),
    (row("choice", name="nonsense"), "in choice, row 2: value is not right: a profile has no 'nonsense'"),
    (row("choice", value=1.5), "in choice, row 2: value should be"),
    (row("choice", day="2026-03-09"), "in choice, row 2: day is in the future"),
    (twice("notice"), "in notice, two rows have the same key"),
    (row("notice", kind="prize"), "in notice, row 2: kind should be 'badge' or 'level'"),
    (row("exercise", notebook="{}"), "in exercise, row 1: notebook is no exercise: own.ipynb: is not a notebook"),
    (row("exercise", notebook=FOREIGN), "in exercise, row 1: notebook is the notebook of another exercise"),
    (
        row("exercise", notebook=WITH_FILES),
        "in exercise, row 1: notebook is the notebook of another",
    ),
    (row("exercise", report="[]"), "in exercise, row 1: report is no JSON object"),
    (row("exercise", due="2028-01-01"), "in exercise, row 1: due is in the future"),
    (twice("exercise", id="other"), "in exercise, two rows have the same slug"),
    (twice("spent"), "in spent, two rows have the same day, use and model"),
    (row("spent", tokens_in=2**60), "in spent, row 1: tokens_in should be less than"),
    (row("spent", cost=float("inf")), "in spent, row 1: cost should be a finite number"),
]


@pytest.mark.parametrize(("change", "why"), CHANGES)
async def test_a_damaged_document_is_refused_with_the_place(
    rights: Rights, document: dict[str, Any], change: Change, why: str
) -> None:
    change(document)
    assert (await refusal(rights, json.dumps(document))).startswith(why)


async def test_a_document_that_was_cut_off_anywhere_is_refused(rights: Rights) -> None:
    text = await rights.export("ada")
    for end in range(0, len(text), len(text) // 40):
        assert await refusal(rights, text[:end]) == "it is not JSON, or was cut off"


async def test_any_field_that_is_missing_or_of_another_type_is_refused(
    rights: Rights, document: dict[str, Any]
) -> None:
    for table, rows in document["tables"].items():
        for field in rows[0]:
            for wrong in (..., {"a": 1}, [[]], -5, "2026-13-45"):
                broken = copy.deepcopy(document)
                if wrong is ...:
                    del broken["tables"][table][0][field]
                elif isinstance(wrong, str) and isinstance(rows[0][field], (str, list)) and field not in DATES:
                    continue
                else:
                    broken["tables"][table][0][field] = wrong
                with pytest.raises(LearnerError, match=f"in {table}, row 1: "):
                    read_archive(json.dumps(broken), TODAY)


DATES = {"date", "day", "due", "at", "created_at", "completed_at"}


async def test_a_daily_of_tomorrow_is_the_last_that_is_taken(rights: Rights, document: dict[str, Any]) -> None:
    row("daily", date=str(TODAY + timedelta(days=1)))(document)
    row("daily", completed_at=f"{TODAY + timedelta(days=1)}T23:00:00+00:00")(document)
    assert isinstance(read_archive(json.dumps(document), TODAY), Archive)


async def test_texts_are_kept_for_ever_or_for_so_many_days(rights: Rights, clock: Clock) -> None:
    rights.now = clock
    clock.move(days=30, hours=12)
    assert await rights.prune(0) == 0
    assert await rights.prune(31) == 0
    assert await rights.prune(30) == 5
    assert len(await rights.store.history("ada")) == 3


@pytest.fixture
def clock() -> Clock:
    return Clock()
