"""Reading authored notebooks: defaults, roles, upgrades, and errors that name the cell and the cause."""

import json
from pathlib import Path

import nbformat
import pytest

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exercise import parse_exercise, read_exercise
from jupyter_tutor.exercises.regions import STUB
from jupyter_tutor.exercises.release import release
from jupyter_tutor.testing import (
    answer_cell,
    authored,
    checks_cell,
    code_cell,
    locked_cell,
    manual_cell,
    notebook,
    text_cell,
)

ANSWER = answer_cell("def f(x): return x")
CHECKS = checks_cell("assert f(1) == 1")


def test_a_plain_nbgrader_notebook_needs_no_tutor_metadata() -> None:
    exercise = parse_exercise(notebook(text_cell("# Add one\nTask."), ANSWER, CHECKS), Path("Problem 1.ipynb"))
    assert (exercise.metadata.slug, exercise.metadata.title, exercise.metadata.language) == (
        "problem-1",
        "Add one",
        "python",
    )
    assert (exercise.metadata.credit, exercise.metadata.difficulty) == ("cell", "medium")


def test_cells_get_the_roles_that_nbgrader_gives_them() -> None:
    manual = answer_cell("why?", "why")
    manual["metadata"]["nbgrader"] |= {"grade": True, "points": 2}
    task = text_cell("Draw it.")
    task["metadata"]["nbgrader"] = {
        "grade": False,
        "solution": False,
        "locked": True,
        "task": True,
        "grade_id": "task",
        "schema_version": 3,
        "points": 1,
    }
    exercise = authored(locked_cell("import math"), ANSWER, manual, CHECKS, task, code_cell("f(2)"))
    assert [cell.role for cell in exercise.cells] == ["locked", "answer", "manual", "test", "task", "free"]


def test_metadata_of_nbgraders_first_schema_is_understood() -> None:
    old = checks_cell("assert f(1) == 1")
    old["metadata"]["nbgrader"] = {"grade": True, "solution": False, "grade_id": "tests", "points": 3}
    exercise = authored(ANSWER, old)
    assert (exercise.tests[0].points, exercise.cells[1].role) == (3, "test")


@pytest.mark.parametrize("schema", [{}, {"schema_version": 1}, {"schema_version": 2, "cell_type": "code"}])
def test_a_release_carries_the_newest_metadata_whatever_the_source_has(schema: dict) -> None:
    old = answer_cell("def f(x): return x"), checks_cell("assert f(1) == 1")
    for cell in old:
        data = cell["metadata"]["nbgrader"]
        cell["metadata"]["nbgrader"] = {key: data[key] for key in ("grade", "solution", "grade_id")} | schema
    copy = release(authored(*old))
    assert [cell.metadata.nbgrader.schema_version for cell in copy.cells] == [3, 3]
    assert [cell.metadata.nbgrader.locked for cell in copy.cells] == [False, True]
    assert copy.cells[1].metadata.nbgrader.points == 0


@pytest.mark.parametrize(
    ("points", "counted"), [("2", 2.0), ("", 0.0), (None, 0.0), ("many", 0.0), (1e999, 0.0), (float("nan"), 0.0)]
)
def test_points_are_read_as_nbgrader_reads_them(points: object, counted: float) -> None:
    checks = checks_cell("assert f(1) == 1")
    checks["metadata"]["nbgrader"]["points"] = points
    assert authored(ANSWER, checks).tests[0].points == counted


def test_regions_are_found_however_they_are_commented() -> None:
    for mark in ("###", "#", "## ", "#### "):
        checks = checks_cell(f"assert f(1) == 1\n{mark} BEGIN HIDDEN TESTS\nassert f(2) == 2\n{mark} END HIDDEN TESTS")
        answer = code_cell(f"{mark} BEGIN SOLUTION\ndef f(x): return x\n{mark}END SOLUTION", **ANSWER["metadata"])
        exercise = authored(answer, checks)
        assert "### BEGIN HIDDEN TESTS" in exercise.tests[0].source
        assert [cell.source for cell in release(exercise).cells] == [STUB, "assert f(1) == 1"]


def test_a_learners_copy_is_refused_as_an_exercise() -> None:
    hidden = checks_cell("### BEGIN HIDDEN TESTS\nassert f(1) == 1\n### END HIDDEN TESTS")
    broken_code = answer_cell("def f(x): return 0\n### BEGIN SOLUTION\ndef f(x): return x\n### END SOLUTION")
    for exercise in (authored(ANSWER, CHECKS), authored(broken_code, hidden, kind="debugging")):
        copy = release(exercise)
        with pytest.raises(AuthorError, match="this is a learner's copy, without solutions and hidden tests"):
            parse_exercise(json.dumps(copy), Path("copy.ipynb"))
    cells = code_cell(f"def f(x):\n    # YOUR CODE HERE\n    {STUB.splitlines()[1]}", **ANSWER["metadata"]), CHECKS
    assert "this is a learner's copy" in broken(*cells)


@pytest.mark.parametrize("last", ["points", "points / 2", "round(points, 1)", "min(points, 3)", "2.5"])
def test_a_test_cell_that_ends_in_points_is_refused_with_what_to_do(last: str) -> None:
    source = f"points = 0\nif f(1) == 1:\n    points += 1\n{last}"
    assert "cell 2 (tests): it ends in a number of points" in broken(ANSWER, checks_cell(source))


@pytest.mark.parametrize("last", ["f(1)", "'all tests passed'", "print(n)", "expected", "[n]", "f'{n} tests'"])
def test_a_test_cell_may_end_in_a_value_that_is_only_shown(last: str) -> None:
    source = f"expected = 1\nn = 0\nfor x in (1, 2):\n    assert f(x) == x\n    n += 1\n{last}"
    assert authored(ANSWER, checks_cell(source)).tests[0].source == source


def test_a_mark_scheme_and_what_is_attached_to_it_stay_behind() -> None:
    task = text_cell("Draw it.\n\n=== BEGIN MARK SCHEME ===\nSECRET\n=== END MARK SCHEME ===")
    task["attachments"] = {"key.png": {"image/png": "U0VDUkVU"}}
    task["metadata"]["nbgrader"] = {"grade": False, "solution": False, "locked": True, "task": True, "grade_id": "task"}
    plain = text_cell("![](attachment:a.png)") | {"id": "plain", "attachments": {"a.png": {"image/png": "AAAA"}}}
    scheme = "=== BEGIN MARK SCHEME ===\nSECRET\n=== END MARK SCHEME ==="
    essay = manual_cell(f"Say why.\n{scheme}\n### BEGIN SOLUTION\nSECRET\n### END SOLUTION")
    copy = release(authored(task, plain, ANSWER, CHECKS, essay))
    assert copy.cells[4].source == "Say why.\nYOUR ANSWER HERE"
    assert "SECRET" not in json.dumps(copy)
    assert "attachments" not in copy.cells[0]
    assert copy.cells[0].source == "Draw it."
    assert copy.cells[1].attachments == {"a.png": {"image/png": "AAAA"}}


def test_cells_without_an_id_or_with_a_doubled_one_get_one_in_the_release() -> None:
    cells = [code_cell("1", "same"), code_cell("2", "same"), code_cell("3", ""), code_cell("4"), ANSWER, CHECKS]
    del cells[3]["id"]
    copy = release(authored(*cells))
    assert [cell.id for cell in copy.cells] == ["same", "cell-1", "cell-2", "cell-3", "answer", "tests"]
    nbformat.validate(copy)


def test_older_tutor_metadata_is_upgraded() -> None:
    data = json.loads(notebook(ANSWER, CHECKS))
    data["metadata"]["tutor"] = {"schema_version": 0, "topic": "sets", "mistakes": {"constant": "def f(x): return 1"}}
    exercise = parse_exercise(json.dumps(data), Path("x.ipynb"))
    assert exercise.metadata.schema_version == 1
    assert exercise.metadata.topics == ("sets",)
    assert exercise.metadata.mistakes[0].name == "constant"


def test_notebooks_of_format_three_are_converted() -> None:
    cells = [
        {"cell_type": "code", "language": "python", "input": c["source"], "metadata": c["metadata"], "outputs": []}
        for c in (ANSWER, CHECKS)
    ]
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": "old"},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    assert parse_exercise(json.dumps(old), Path("old.ipynb")).tests[0].source == "assert f(1) == 1"
    del old["metadata"], old["worksheets"][0]["cells"][0]["outputs"]
    old["worksheets"][0]["cells"].append({"cell_type": "heading", "level": 2, "source": ["Add ", "one"]})
    assert parse_exercise(json.dumps(old), Path("old.ipynb")).metadata.title == "Add one"


@pytest.mark.parametrize("language", ["R", "julia"])
def test_a_language_whose_tests_cannot_run_is_named_with_what_can_be_done(language: str) -> None:
    data = json.loads(notebook(ANSWER, checks_cell("stopifnot(f(1) == 1)")))
    data["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": language}
    with pytest.raises(AuthorError, match=f"is for the language '{language.lower()}', and test cells can be run in P"):
        parse_exercise(json.dumps(data), Path("x.ipynb"))


def broken(*cells: dict, **tutor: object) -> str:
    with pytest.raises(AuthorError) as error:
        authored(*cells, **tutor)
    return str(error.value)


def test_errors_name_the_cell_and_the_cause() -> None:
    twice = "exercise.ipynb: cell 1 (answer): cell 2 has the same grade_id: give each cell its own"
    assert broken(ANSWER, ANSWER, CHECKS) == twice
    open_region = answer_cell("### BEGIN SOLUTION\nx = 1")
    assert "cell 1 (answer): the SOLUTION region is not closed" in broken(open_region, CHECKS)
    assert "line 2 begins a HIDDEN TESTS region inside another" in broken(
        ANSWER, checks_cell("### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS")
    )
    assert "line 1 ends a HIDDEN TESTS region that was not begun" in broken(ANSWER, checks_cell("### END HIDDEN TESTS"))
    assert "cell 2 (tests): line 1 is not valid Python" in broken(ANSWER, checks_cell("assert ("))
    assert "cell 1 (answer): line 2 is not valid Python" in broken(answer_cell("def f(:"), CHECKS)
    assert "its points are negative" in broken(ANSWER, checks_cell("assert f(1) == 1", points=-1))
    assert "cell 1 (answer): it is not valid Python" in broken(answer_cell("%time f()\nx = '\x00'"), CHECKS)
    assert "cell 2 is graded or locked" in broken(ANSWER, checks_cell("assert f(1) == 1", ""))
    assert "it holds a SOLUTION region and is no answer cell" in broken(ANSWER, CHECKS, code_cell(ANSWER["source"]))
    assert "line 2 is an AUTOTEST" in broken(ANSWER, checks_cell("x = f(1)\n### AUTOTEST x"))
    hidden = "### BEGIN HIDDEN TESTS\nassert f(1) == 1\n### END HIDDEN TESTS"
    for cell in (locked_cell(hidden), code_cell(hidden), manual_cell(hidden, kind="code")):
        assert "it holds a HIDDEN TESTS region and is no test cell" in broken(ANSWER, CHECKS, cell)
    newer = checks_cell("assert f(1) == 1")
    newer["metadata"]["nbgrader"]["schema_version"] = 4
    assert "cell 2: its nbgrader metadata has schema version 4" in broken(ANSWER, newer)
    assert "nothing in it is graded" in broken(text_cell("# Empty"))
    assert "it has test cells and no answer cell" in broken(CHECKS)
    nameless = checks_cell("assert True")
    nameless["metadata"]["nbgrader"]["grade_id"] = ""
    assert "cell 2 is graded or locked by nbgrader and has no grade_id" in broken(ANSWER, nameless)
    prose = text_cell("Explain") | {"metadata": CHECKS["metadata"]}
    assert "a test cell has to be a code cell" in broken(ANSWER, prose)


@pytest.mark.parametrize(
    ("tutor", "said"),
    [
        ({"difficulty": "brutal"}, "tutor.difficulty"),
        ({"slug": "No Slug"}, "tutor.slug"),
        ({"minutes": 0}, "tutor.minutes"),
        ({"mistakes": [{"name": "n", "source": "x"}]}, "tutor.mistakes.0.says"),
        ({"files": ["../secret.csv"]}, "beside the notebook"),
        ({"files": ["/etc/passwd"]}, "beside the notebook"),
        ({"files": ["other.ipynb"]}, "beside the notebook"),
        ({"schema_version": 99}, "reads up to 1: upgrade it"),
        ({"weights": {"luck": 1}}, "tutor.weights.luck"),
    ],
)
def test_wrong_metadata_is_named(tutor: dict, said: str) -> None:
    assert said in broken(ANSWER, CHECKS, **tutor)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a notebook (not JSON"),
        ("[1, 2]", "it has no cells"),
        ('{"cells": 3, "nbformat": 4}', "is not a notebook"),
        ('{"cells": [1], "nbformat": 4, "metadata": {}}', "is not a notebook"),
        ('{"cells": [{"cell_type": "code", "source": 5, "metadata": {}}], "nbformat": 4}', "is not a notebook"),
        ('{"cells": [], "nbformat": 4, "metadata": {"tutor": []}}', "has to be an object"),
        ("[" * 100_000, "not JSON"),
        ('{"cells": [], "nbformat": 5}', "written in version 5 of the notebook format"),
        ('{"worksheets": [7], "nbformat": 3}', "is not a notebook"),
    ],
)
def test_what_is_no_notebook_is_said_to_be_none(text: str, said: str) -> None:
    with pytest.raises(AuthorError, match=said.replace("(", r"\(")):
        parse_exercise(text, Path("x.ipynb"))


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="cannot be read"):
        read_exercise(tmp_path / "none.ipynb")
    (tmp_path / "binary.ipynb").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AuthorError, match="not UTF-8"):
        read_exercise(tmp_path / "binary.ipynb")
    (tmp_path / "huge.ipynb").write_bytes(b" " * 20_000_001)
    with pytest.raises(AuthorError, match="larger than 20 MB"):
        read_exercise(tmp_path / "huge.ipynb")


def test_declared_files_have_to_be_there(tmp_path: Path) -> None:
    path = tmp_path / "with-data.ipynb"
    path.write_text(notebook(ANSWER, CHECKS, files=["data/numbers.csv"]))
    with pytest.raises(AuthorError, match=r"data/numbers\.csv"):
        read_exercise(path).files()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "numbers.csv").write_text("1\n")
    assert [name for name, _ in read_exercise(path).files()] == ["data/numbers.csv"]


def test_a_solution_is_shown_without_its_marks_and_without_broken_code() -> None:
    shown, checks = {"answer": "def f(x):\n    return x"}, checks_cell("assert f(1)")
    whole = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
    assert authored(answer_cell(whole), checks).solution() == shown
    broken = "def f(x):\n    return -x\n### BEGIN SOLUTION\ndef f(x):\n    return x\n### END SOLUTION"
    assert authored(answer_cell(broken), checks, kind="debugging").solution() == shown
