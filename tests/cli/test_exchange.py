"""Exercises from nbgrader courses and for them: nothing is lost, nothing leaks, nothing is overwritten."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import nbgrader
import pytest

from jupyter_tutor.exercises.exercise import read_exercise
from jupyter_tutor.exercises.release import release
from jupyter_tutor.testing import answer_cell, checks_cell, locked_cell, manual_cell, notebook, text_cell
from tests.sampling import LONG

Run = Callable[..., subprocess.CompletedProcess[str]]
EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source"
CELLS = (
    text_cell("# Shops\nSum what was sold."),
    locked_cell("import csv"),
    answer_cell("def sold(path):\n    return sum(int(r['n']) for r in csv.DictReader(open(path)))", "sold"),
    checks_cell("assert sold('data/shops.csv') == 9", "t_sold", 2),
    manual_cell("Because.", "why", 1),
)
AUTHORS = {
    "hints": ["SECRET hint"],
    "mistakes": [{"name": "SECRET", "source": "def sold(path): return 0", "says": "SECRET"}],
    "weights": {"correctness": 1, "quality": 0, "efficiency": 0, "style": 0},
    "topics": ["files"],
}


def course(folder: Path, **tutor: object) -> Path:
    """A course with one assignment, its data, and what does not belong to it."""
    source = folder / "source" / "Week 1"
    (source / "data").mkdir(parents=True)
    (source / "shops.ipynb").write_text(notebook(*CELLS, **tutor))
    (source / "data" / "shops.csv").write_text("shop,n\nA,4\nB,5\n")
    return source


def content(path: Path) -> dict:
    return json.loads(nbformat.v4.writes(nbformat.v4.reads(path.read_text())))


def test_a_course_becomes_exercises_that_are_proven_and_graded(tutor: Run, tmp_path: Path) -> None:
    course(tmp_path / "course")
    done = tutor("import", "course", "-o", "mine")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == (
        "mine/Week 1/shops.ipynb: 1 test cell worth 2 points; 1 cell graded by hand; "
        "learners get the files data/shops.csv"
    )
    assert "to add to its `tutor` metadata: topics, objectives, success_criteria, hints, mistakes" in lines[1]
    assert lines[2] == "Next: jupyter tutor check 'mine/Week 1/shops.ipynb'"
    path = tmp_path / "mine" / "Week 1" / "shops.ipynb"
    made = json.loads(path.read_text())["metadata"]["tutor"]
    assert (made["slug"], made["title"], made["files"]) == ("week-1-shops", "Shops", ["data/shops.csv"])
    assert tutor("check", path).returncode == 0
    copy = release(read_exercise(path))
    copy.cells[2].source = "def sold(path):\n    return sum(int(line.split(',')[1]) for line in list(open(path))[1:])"
    (tmp_path / "handed-in.ipynb").write_text(json.dumps(copy))
    graded = tutor("grade", "handed-in.ipynb", "--exercise", path, "--json")
    assert json.loads(graded.stdout)["passed"] is True, graded.stderr


def test_the_example_course_of_nbgrader_is_imported_and_proven(
    tutor: Run, tmp_path: Path, need: Callable[[bool, str], None]
) -> None:
    need(EXAMPLE.is_dir(), "nbgrader's example course")
    done = tutor("import", EXAMPLE.parent, "-o", "mine")
    assert done.returncode == 1
    assert "ps1_autotest/problem1.ipynb is not imported" in done.stderr
    assert "line 2 is an AUTOTEST" in done.stderr
    written = sorted(str(p.relative_to(tmp_path / "mine")) for p in (tmp_path / "mine").rglob("*.ipynb"))
    assert written == ["ps1/problem1.ipynb", "ps1/problem2.ipynb", "ps1_autotest/problem2.ipynb"]
    assert (tmp_path / "mine" / "ps1" / "jupyter.png").is_file()
    checked = tutor("check", *(tmp_path / "mine" / "ps1").glob("*.ipynb"), "--json")
    assert checked.returncode == 0, checked.stdout
    by_name = {Path(d["exercise"]).stem: d for d in map(json.loads, checked.stdout.splitlines())}
    trusts = {c["name"].rpartition("/")[0]: c["trust"] for c in by_name["problem1"]["checks"]}
    assert trusts.pop("sum_of_squares_uses_squares") == "in_kernel"
    assert set(trusts.values()) == {"outside"}


def test_only_what_belongs_to_the_notebook_travels_with_it(tutor: Run, tmp_path: Path) -> None:
    source = course(tmp_path / "course")
    (source / "other.ipynb").write_text(notebook(text_cell("# Only words")))
    for name in (".secret", "cache.pyc", "gradebook.db", "__pycache__/x.txt", "helpers.py", ".git/config"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("1\n")
    (source / "more").mkdir()
    (source / "more" / "next.ipynb").write_text(notebook(*CELLS))
    (source / "more" / "next.csv").write_text("1\n")
    (tmp_path / "elsewhere.csv").write_text("not yours\n")
    (source / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    done = tutor("import", source / "shops.ipynb", "-o", "mine")
    assert done.returncode == 0, done.stderr
    files = {str(p.relative_to(tmp_path / "mine")) for p in (tmp_path / "mine").rglob("*") if p.is_file()}
    assert files == {"shops.ipynb", "data/shops.csv", "helpers.py"}
    for number in range(200):
        (source / "data" / f"{number}.csv").touch()
    refused = tutor("import", source / "shops.ipynb", "-o", "many")
    assert (refused.returncode, "more than 200 files" in refused.stderr) == (1, True)
    assert not (tmp_path / "many").exists()


def test_nothing_is_overwritten_without_force(tutor: Run, tmp_path: Path) -> None:
    source = course(tmp_path / "course")
    assert tutor("import", source, "-o", "mine").returncode == 0
    assert tutor("import", source, "-o", "mine").returncode == 0, "the same again changes nothing"
    mine = tmp_path / "mine" / "shops.ipynb"
    mine.write_text("my work")
    (source / "new.csv").write_text("1\n")
    refused = tutor("import", source, "-o", "mine")
    assert refused.returncode == 1
    assert "shops.ipynb is there already: name another output, or add --force" in refused.stderr
    assert mine.read_text() == "my work"
    assert not (tmp_path / "mine" / "new.csv").exists(), "all or nothing"
    assert tutor("import", source, "-o", "mine", "--force").returncode == 0
    assert read_exercise(mine).metadata.files == ("new.csv", "data/shops.csv")
    before = tutor("export", mine, "-o", "out")
    (tmp_path / "out" / "source" / "shops" / "new.csv").write_text("2\n")
    after = tutor("export", mine, "-o", "out")
    assert (before.returncode, after.returncode) == (0, 1)
    assert "new.csv is there already" in after.stderr


def test_what_cannot_be_imported_is_named_and_the_others_are(tutor: Run, tmp_path: Path) -> None:
    source = course(tmp_path / "course")
    (source / "broken.ipynb").write_text("{")
    copy = release(read_exercise(source / "shops.ipynb"))
    (source / "copy.ipynb").write_text(json.dumps(copy))
    done = tutor("import", "course", "-o", "mine")
    assert done.returncode == 1
    assert "broken.ipynb is not imported: broken.ipynb: is not a notebook" in done.stderr
    assert "copy.ipynb is not imported: copy.ipynb: this is a learner's copy" in done.stderr
    assert [p.name for p in (tmp_path / "mine").rglob("*.ipynb")] == ["shops.ipynb"]
    (tmp_path / "empty").mkdir()
    for arguments, said in (
        (("import", "empty", "-o", "mine"), "there is no nbgrader notebook in it"),
        (("import", "nowhere.ipynb", "-o", "mine"), "cannot be read"),
        (("import", source / "shops.ipynb", "-o", source), "is the notebook itself"),
        (("grade", source / "copy.ipynb", "--exercise", source / "copy.ipynb"), "this is a learner's copy"),
    ):
        refused = tutor(*arguments)
        assert (refused.returncode, said in refused.stderr) == (1, True), refused.stderr
        assert "Traceback" not in refused.stderr


def test_an_exercise_comes_back_from_a_course_as_it_was(tutor: Run, tmp_path: Path, curriculum: Path) -> None:
    source = course(tmp_path / "own", slug="shops", files=["data/shops.csv"], **AUTHORS)
    shipped = sorted(curriculum.glob("*/*.ipynb"))
    assert tutor("export", source / "shops.ipynb", *shipped, "-o", "course").returncode == 0
    back = tutor("import", "course", "-o", "back")
    assert back.returncode == 0, back.stderr
    for path in (source / "shops.ipynb", *shipped):
        slug = read_exercise(path).metadata.slug
        assert content(tmp_path / "back" / slug / f"{slug}.ipynb") == content(path), slug
    data = Path("data", "shops.csv")
    assert (tmp_path / "back" / "shops" / data).read_text() == (source / data).read_text()


@LONG
def test_nbgrader_generates_and_grades_what_is_exported_and_students_get_no_hint(tutor: Run, tmp_path: Path) -> None:
    source = course(tmp_path / "own", slug="shops", files=["data/shops.csv"], **AUTHORS)
    assert tutor("export", source / "shops.ipynb", "-o", "course").returncode == 0
    root = tmp_path / "course"
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'c'\n")
    run_nbgrader(root, "generate_assignment", "shops", "--create")
    released = root / "release" / "shops"
    assert (released / "data" / "shops.csv").is_file()
    everything = "".join(p.read_text() for p in released.rglob("*") if p.is_file())
    assert "SECRET" not in everything
    for student, answer in {"right": CELLS[2]["source"], "wrong": "def sold(path): return 4"}.items():
        folder = root / "submitted" / student / "shops"
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "shops.csv").write_text((released / "data" / "shops.csv").read_text())
        handed_in = json.loads((released / "shops.ipynb").read_text())
        handed_in["cells"][2]["source"] = answer
        (folder / "shops.ipynb").write_text(json.dumps(handed_in))
    run_nbgrader(root, "autograde", "shops", "--create")
    run_nbgrader(root, "export", "--to", "grades.csv")
    header, *rows = (line.split(",") for line in (root / "grades.csv").read_text().splitlines())
    points = {row[header.index("student_id")]: float(row[header.index("raw_score")]) for row in rows}
    assert points == {"right": 2.0, "wrong": 0.0}
    ours = tutor("grade", *(root / "submitted" / s / "shops" / "shops.ipynb" for s in ("right", "wrong")),
                 "--exercise", source / "shops.ipynb", "--json")  # fmt: skip
    assert [json.loads(line)["points"] for line in ours.stdout.splitlines()] == [2.0, 0.0], ours.stderr


def run_nbgrader(course: Path, *arguments: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # it calls `alembic` by name
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("credit", ["cell", "check"])
def test_points_are_counted_by_cell_or_by_check_as_the_exercise_says(tutor: Run, tmp_path: Path, credit: str) -> None:
    cells = answer_cell("def f(x): return x + 1", "f"), checks_cell("assert f(1) == 2\nassert f(2) == 3", "t", 3)
    path = tmp_path / "f.ipynb"
    path.write_text(notebook(*cells, credit=credit))
    copy = release(read_exercise(path))
    copy.cells[0].source = "def f(x): return 2"
    (tmp_path / "half.ipynb").write_text(json.dumps(copy))
    verdict = json.loads(tutor("grade", "half.ipynb", "--exercise", path, "--json").stdout)
    assert (verdict["points"], verdict["passed"]) == (0.0 if credit == "cell" else 1.5, False)
