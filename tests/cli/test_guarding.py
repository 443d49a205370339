"""`jupyter tutor guard` as people run it."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.exercises.release import release

SLUG = "lists/album-pages.ipynb"
WHOLE = """```python
def album_pages(photos, per_page):
    return [photos[n:n + per_page] for n in range(0, len(photos), per_page)]
```"""


@pytest.fixture
def exercise(curriculum: Path) -> Path:
    return curriculum / SLUG


@pytest.fixture
def submission(exercise: Path, tmp_path: Path) -> Path:
    path = tmp_path / "submission.ipynb"
    nbformat.write(release(read_exercise(exercise)), path)
    return path


def reply(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_reply_with_the_answer_leaks_and_one_without_does_not(
    tutor: Callable, exercise: Path, submission: Path, tmp_path: Path
) -> None:
    given = reply(tmp_path, "whole.md", WHOLE)
    done = tutor("guard", submission, "--exercise", exercise, "--reply", given, "--json")
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert said["leaks"] is True
    assert said["reason"]
    fine = reply(tmp_path, "fine.md", "Which positions do the pages start at? Write them down for five photos.")
    done = tutor("guard", submission, "--exercise", exercise, "--reply", fine, "--json")
    assert json.loads(done.stdout) == {"leaks": False, "reason": ""}
    assert (
        tutor("guard", submission, "--exercise", exercise, "--reply", fine).stdout == "The reply gives nothing away.\n"
    )


def test_replies_count_together(tutor: Callable, exercise: Path, submission: Path, tmp_path: Path) -> None:
    first = reply(tmp_path, "1.md", "Begin so:\n\n```python\ndef album_pages(photos, per_page):\n    pages = []\n```")
    rest = (
        "    for n in range(0, len(photos), per_page):\n        pages.append(photos[n:n + per_page])\n    return pages"
    )
    last = reply(tmp_path, "2.md", f"And then:\n\n```python\n{rest}\n```")
    done = tutor("guard", submission, "--exercise", exercise, "--reply", first, "--reply", last, "--json")
    assert json.loads(done.stdout)["leaks"] is True


def test_what_cannot_be_judged_is_said(tutor: Callable, exercise: Path, submission: Path, tmp_path: Path) -> None:
    given = reply(tmp_path, "whole.md", WHOLE)
    broken = reply(tmp_path, "broken.ipynb", "no notebook")
    done = tutor("guard", broken, "--exercise", exercise, "--reply", given, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the submission" in done.stderr
    done = tutor("guard", submission, "--exercise", exercise, "--reply", tmp_path / "none.md")
    assert (done.returncode, done.stdout) == (1, "")
    assert "none.md cannot be read" in done.stderr
    assert tutor("guard", submission, "--exercise", exercise).returncode == 2
