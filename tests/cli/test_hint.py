"""`jupyter tutor hint`: help without a server or a model, and a clear word for what is no submission."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.testing import answer_cell, authored, checks_cell, submission
from tests.cli.conftest import Run

RIGHT = "def river_sign(level, rising):\n    if level < 40:\n        return 'shallow'\n    if level < 120:\n"
RIGHT += "        return 'open'\n    return 'care' if level < 150 and not rising else 'closed'\n"
Write = Callable[[str], Path]


@pytest.fixture
def river(curriculum: Path) -> Exercise:
    return read_exercise(curriculum / "conditionals" / "river-sign.ipynb")


@pytest.fixture
def write(river: Exercise, tmp_path: Path) -> Write:
    """A submission with an answer."""

    def write(source: str) -> Path:
        path = tmp_path / "submission.ipynb"
        nbformat.write(submission(river, source), path)
        return path

    return write


def test_a_hint_tells_what_goes_wrong_and_the_rung_that_was_asked_for(
    tutor: Run, river: Exercise, write: Write
) -> None:
    path = write(RIGHT.replace("level < 120", "level <= 120"))
    done = tutor("hint", path, "--exercise", river.path, "--rung", 2, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {name: said[name] for name in ("submission", "rung", "of", "source")} == {
        "submission": str(path),
        "rung": 2,
        "of": 4,
        "source": "diagnosis",
    }
    assert said["text"] == f"{said['clues'][0]['text']}\n\nHint 2: {river.metadata.hints[1]}"
    assert set(said["clues"][0]) == {"key", "kind", "text", "cell", "line", "call", "misconception"}
    assert any(clue["call"].startswith("river_sign(120, ") for clue in said["clues"])


def test_the_rung_beyond_the_last_is_the_last_and_it_is_said_so(tutor: Run, river: Exercise, write: Write) -> None:
    done = tutor("hint", write("def river_sign(level, rising)\n    pass"), "--exercise", river.path, "--rung", 9)
    assert done.stdout.startswith("Python stops reading at line 1")
    assert "There are 4 hints: this is the last one.\n\nHint 4: " in done.stdout


def test_a_right_answer_needs_no_hint(tutor: Run, river: Exercise, write: Write) -> None:
    done = tutor("hint", write(RIGHT), "--exercise", river.path)
    assert done.stdout == "Your answer passes every check: there is nothing to hint at.\n"


@pytest.mark.parametrize(("source", "said"), [("", "Nothing is written here yet."), ("x = 1\n" * 200_000, "very long")])
def test_what_cannot_be_diagnosed_gets_the_next_best_help(
    tutor: Run, river: Exercise, write: Write, source: str, said: str
) -> None:
    done = tutor("hint", write(source), "--exercise", river.path)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert river.metadata.hints[0] in done.stdout


@pytest.mark.parametrize("rung", ["0", "first", "-1"])
def test_a_rung_that_is_none_is_refused(tutor: Run, river: Exercise, write: Write, rung: str) -> None:
    done = tutor("hint", write(RIGHT), "--exercise", river.path, f"--rung={rung}")
    assert done.returncode == 2
    assert "has to be a whole number, 1 or more" in done.stderr


def test_what_is_no_submission_is_refused_with_a_reason(tutor: Run, river: Exercise, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.ipynb"
    other = authored(answer_cell("x = 1"), checks_cell("assert x == 1"), slug="other")
    nbformat.write(submission(other, "x = 1"), foreign)
    (tmp_path / "junk.ipynb").write_text("{")
    for path, said in (
        (foreign, "belongs to the exercise 'other'"),
        (tmp_path / "junk.ipynb", "is not a notebook"),
        (tmp_path / "none.ipynb", "cannot be read (No such file"),
    ):
        done = tutor("hint", path, "--exercise", river.path)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_an_exercise_without_hints_tells_the_clue_alone(tutor: Run, tmp_path: Path) -> None:
    bare = authored(answer_cell("def one():\n    return 1"), checks_cell("assert one() == 1, 'one'"))
    nbformat.write(bare.notebook, tmp_path / "exercise.ipynb")
    nbformat.write(submission(bare, "def one():\n    return 2"), tmp_path / "wrong.ipynb")
    done = tutor("hint", tmp_path / "wrong.ipynb", "--exercise", tmp_path / "exercise.ipynb", "--json")
    said = json.loads(done.stdout)
    assert (said["rung"], said["of"], said["text"]) == (0, 0, said["clues"][0]["text"])
