"""`jupyter tutor data` as people run it."""

import asyncio
import json
import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jupyter_tutor.learning.model import Submission
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.storage.database import open_store

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_data_goes_out_is_deleted_and_comes_in_again(tutor: Run, tmp_path: Path) -> None:
    path = Path(tutor("today").stdout.strip())
    file = tmp_path / "mine.json"
    assert tutor("data", "export", file).stdout == f"{file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = json.loads(file.read_text())
    assert [row["path"] for row in before["tables"]["daily"]] == [str(path)]
    assert tutor("data", "import", file).stderr.startswith("jupyter tutor: something is kept of you already: delete")
    gone = tutor("data", "delete", "--yes")
    assert (gone.returncode, gone.stdout) == (
        0,
        "Everything is deleted. Your notebooks in the folder tutor/ stay: they are yours to delete.\n",
    )
    assert (tmp_path / path).is_file()
    assert tutor("data", "export", tmp_path / "empty.json").returncode == 0
    assert not any(json.loads((tmp_path / "empty.json").read_text())["tables"].values())
    taken = tutor("data", "import", file)
    assert taken.stdout == "Imported: 1 exercise with all that belongs to them.\n", taken.stderr
    assert tutor("data", "export", tmp_path / "again.json").returncode == 0
    assert json.loads((tmp_path / "again.json").read_text())["tables"] == before["tables"]
    assert Path(tutor("today").stdout.strip()) == path


async def keep_large_answers(database: Path) -> None:
    """More than can be imported."""
    store = await open_store(f"sqlite+aiosqlite:///{database}")
    daily = await store.latest_daily(LEARNER)
    assert daily is not None
    for n in range(12):
        notebook = json.dumps({"cells": [], "metadata": {"note": "x" * 9_000_000}})
        await store.add_submission(Submission(f"{n}", LEARNER, daily.id, datetime.now(UTC), "done", notebook))
    await store.close()


def test_an_export_that_cannot_be_imported_is_whole_and_says_so(tutor: Run, tmp_path: Path) -> None:
    tutor("today")
    asyncio.run(keep_large_answers(tmp_path / "data" / "tutor" / "tutor.sqlite"))
    done = tutor("data", "export", tmp_path / "mine.json")
    assert done.returncode == 0
    assert "larger than the 100 MB that can be imported: with c.Tutor.keep_days" in done.stderr
    assert len(json.loads((tmp_path / "mine.json").read_text())["tables"]["submission"]) == 12


def test_nothing_is_deleted_where_nobody_can_be_asked(tutor: Run, tmp_path: Path) -> None:
    tutor("today")
    done = tutor("data", "delete")
    assert (done.returncode, done.stderr) == (
        1,
        "jupyter tutor: nothing was deleted: say --yes where nobody can be asked\n",
    )
    tutor("data", "export", tmp_path / "mine.json")
    assert len(json.loads((tmp_path / "mine.json").read_text())["tables"]["daily"]) == 1


def test_a_file_that_is_there_is_not_overwritten(tutor: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")
    done = tutor("data", "export", file)
    assert (done.returncode, done.stderr) == (1, f"jupyter tutor: {file} is there already: name another file\n")
    assert file.read_text() == "mine"
    missing = tutor("data", "export", tmp_path / "none" / "mine.json")
    assert "cannot be written (No such file or directory)" in missing.stderr


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"{}", "Jupyter Tutor did not export it"),
        (None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(tutor: Run, tmp_path: Path, content: bytes | None, why: str) -> None:
    file = tmp_path / "mine.json"
    if content is not None:
        file.write_bytes(content)
    done = tutor("data", "import", file)
    assert done.returncode == 1
    assert done.stderr.startswith("jupyter tutor: ")
    assert why in done.stderr


def test_a_huge_file_is_not_even_read(tutor: Run, tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as hole:
        hole.truncate(110_000_000)
    assert "cannot be imported: it is larger than 100 MB" in tutor("data", "import", file).stderr
