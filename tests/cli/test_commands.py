"""The commands as people run them: their output, their exit codes, and what they say when something is wrong."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.testing import answer_cell, authored, checks_cell, locked_cell, notebook, submission, text_cell

Run = Callable[..., subprocess.CompletedProcess[str]]
CELLS = (
    text_cell("# Add one"),
    answer_cell("def f(x): return x + 1"),
    checks_cell('assert f(1) == 2, "one"', "shown", 1),
    checks_cell('### BEGIN HIDDEN TESTS\nassert f(-1) == 0, "negative"\n### END HIDDEN TESTS', "hidden", 2),
)


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    path = tmp_path / "add-one.ipynb"
    path.write_text(notebook(*CELLS, slug="add-one"))
    return path


def answered(tmp_path: Path, name: str, source: str) -> Path:
    path = tmp_path / f"{name}.ipynb"
    path.write_text(json.dumps(submission(authored(*CELLS, slug="add-one"), source)))
    return path


def test_grading_prints_one_verdict_a_line_in_the_order_of_the_submissions(
    tutor: Run, tmp_path: Path, exercise: Path
) -> None:
    right, wrong = (
        answered(tmp_path, "right", "def f(x): return 1 + x"),
        answered(tmp_path, "wrong", "def f(x): return 2"),
    )
    done = tutor("grade", right, wrong, "--exercise", exercise, "--json")
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["submission"], first["passed"], first["score"]) == (str(right), True, 100.0)
    assert (second["submission"], second["passed"], second["points"], second["max_points"]) == (
        str(wrong),
        False,
        1.0,
        3.0,
    )
    assert {
        "submission",
        "status",
        "passed",
        "points",
        "max_points",
        "score",
        "criteria",
        "duration_ms",
        "checks",
    } <= first.keys()
    assert {"name", "status", "visible", "points", "max_points", "message", "duration_ms"} == first["checks"][0].keys()


def test_what_cannot_be_graded_is_invalid_and_the_others_are_graded(tutor: Run, tmp_path: Path, exercise: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{")
    right = answered(tmp_path, "right", "def f(x): return 1 + x")
    done = tutor("grade", broken, tmp_path / "none.ipynb", right, "--exercise", exercise, "--json")
    assert done.returncode == 1
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [v["status"] for v in verdicts] == ["invalid", "invalid", "graded"]
    assert "not a notebook" in verdicts[0]["message"]
    assert "cannot be read" in verdicts[1]["message"]


def test_grading_for_people_names_scores_beyond_correctness_and_what_to_improve(
    tutor: Run, tmp_path: Path, exercise: Path
) -> None:
    sloppy = answered(tmp_path, "sloppy", "def f(x):\n    if x == None:\n        return 0\n    return 1 + x")
    done = tutor("grade", sloppy, "--exercise", exercise)
    assert (
        "  beyond correctness: quality 100, style 90\n    answer, line 2 (style): Compare with None by" in done.stdout
    )


def test_grading_for_people_names_each_check_and_its_reason(tutor: Run, tmp_path: Path, exercise: Path) -> None:
    done = tutor("grade", answered(tmp_path, "wrong", "def f(x): return 3"), "--exercise", exercise)
    assert "✗ failed: one\n      f(1) gave 3, expected 2." in done.stdout
    assert "✗ failed: negative" in done.stdout


def test_checking_says_what_is_proven_and_what_is_not(tutor: Run, tmp_path: Path, exercise: Path) -> None:
    weak = tmp_path / "weak.ipynb"
    weak.write_text(notebook(answer_cell("def f(x): return x"), checks_cell("assert f(1) == 1")))
    done = tutor("check", exercise, weak, "--json")
    assert done.returncode == 1
    good, bad = map(json.loads, done.stdout.splitlines())
    checks = [
        {"name": "shown/1", "visible": True, "trust": "outside"},
        {"name": "hidden/1", "visible": False, "trust": "outside"},
    ]
    assert good == {"exercise": str(exercise), "proven": True, "checks": checks, "problems": []}
    assert bad["proven"] is False
    assert any("gives its first argument back" in problem for problem in bad["problems"])
    assert "✓" in tutor("check", exercise).stdout


def test_checking_proves_every_theme_and_names_the_one_that_fails(tutor: Run, tmp_path: Path) -> None:
    cells = answer_cell("def plus(x): return x + 1"), checks_cell("assert plus(1) == 2\nassert plus(20) == 21")
    themes = [
        {"name": "good", "interests": ["web"], "values": {"most": 21}},
        {"name": "bad", "interests": ["music"], "values": {"most": 30}},
    ]
    path = tmp_path / "told.ipynb"
    path.write_text(notebook(*cells, parameters={"most": 21}, themes=themes))
    done = tutor("check", path, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["proven"] is False
    assert [problem.split(", ")[0] for problem in told["problems"]] == [
        "theme 'bad': the reference does not pass tests/2: failed"
    ]
    path.write_text(notebook(*cells, parameters={"most": 21}, themes=themes[:1]))
    assert tutor("check", path).returncode == 0


def test_releasing_writes_the_learners_copy_and_its_files(tutor: Run, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "numbers.csv").write_text("1\n2\n")
    (source / "key.csv").write_text("secret")
    cells = (locked_cell("numbers = open('numbers.csv').read().split()"), *CELLS)
    (source / "data.ipynb").write_text(notebook(*cells, slug="data", files=["numbers.csv"]))
    out = tmp_path / "out"
    out.mkdir()
    done = tutor("release", source / "data.ipynb", "-o", out)
    assert done.returncode == 0, done.stderr
    assert {p.name for p in out.iterdir()} == {"data.ipynb", "numbers.csv"}
    assert "HIDDEN" not in (out / "data.ipynb").read_text()
    refused = tutor("release", source / "data.ipynb", "-o", source)
    assert refused.returncode == 1
    assert "the authored notebook itself" in refused.stderr


def test_today_writes_one_notebook_and_prints_its_path(tutor: Run, tmp_path: Path) -> None:
    first, second = tutor("today"), tutor("today")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert (tmp_path / first.stdout.strip()).is_file()


def test_the_doctor_finds_nothing_wrong_or_says_how_to_mend_it(tutor: Run) -> None:
    findings = {f["name"]: f for f in json.loads(tutor("doctor", "--json").stdout)}
    assert {"Python", "kernel and grader", "database", "exercises", "sandbox", "model endpoint"} <= findings.keys()
    assert findings["kernel and grader"]["state"] == "fine", findings
    assert findings["quality and style"]["state"] == "fine", findings
    assert all(f["mend"] for f in findings.values() if f["state"] == "wrong")


def test_the_doctor_names_a_broken_configuration_database_and_curriculum(tutor: Run, tmp_path: Path) -> None:
    (tmp_path / "config" / "jupyter_server_config.json").write_text(
        json.dumps(
            {"Tutor": {"curriculum": [str(tmp_path / "nowhere")], "database_url": f"sqlite+aiosqlite:///{tmp_path}"}}
        )
    )
    done = tutor("doctor", "--json")
    wrong = {f["name"]: f for f in json.loads(done.stdout) if f["state"] == "wrong"}
    assert done.returncode == 1
    assert {"database", "exercises"} <= wrong.keys()
    (tmp_path / "config" / "jupyter_tutor_config.py").write_text("c.Tutor.jobs = 'many'")
    assert "c.Tutor" in tutor("doctor").stdout
    (tmp_path / "config" / "jupyter_tutor_config.py").write_text("1 / 0")
    assert "ZeroDivisionError" in tutor("doctor").stdout


def test_a_database_from_the_future_is_refused_with_advice(tutor: Run, tmp_path: Path) -> None:
    import sqlite3

    assert tutor("today").returncode == 0
    with sqlite3.connect(tmp_path / "data" / "tutor" / "tutor.sqlite") as database:
        database.execute("update alembic_version set version_num = '9999'")
    refused = tutor("today")
    assert refused.returncode == 1
    assert "newer Jupyter Tutor" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("grade",), ("grade", "x.ipynb"), ("check",), ("grade", "x", "--exercise", "y", "--jobs", "0"),
     ("grade", "x", "--exercise", "y", "--time-limit", "-1"), ("today", "--colour")],
)  # fmt: skip
def test_bad_arguments_are_two_with_the_usage(tutor: Run, arguments: tuple[str, ...]) -> None:
    done = tutor(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_missing_files_and_folders_are_named(tutor: Run, tmp_path: Path, exercise: Path) -> None:
    for done, said in (
        (tutor("grade", exercise, "--exercise", "none.ipynb"), "none.ipynb"),
        (tutor("release", "none.ipynb", "-o", "out"), "none.ipynb"),
        (tutor("today", "--root", "nowhere"), "there is no folder"),
    ):
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
