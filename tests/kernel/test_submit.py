"""`%tutor submit`, check by check."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from jupyter_tutor.kernel.magic import TutorMagic
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Step, Submission
from jupyter_tutor.kernel.results import Results

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

Tutor = Callable[[str], tuple[str, str]]


def ran(magic: TutorMagic, cell: str, source: str) -> None:
    """The learner has run a cell."""
    magic.cells.record(SimpleNamespace(raw_cell=source, cell_id=cell))


def test_checks_are_printed_and_then_the_summary(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [double.graded(double.CHECK, double.FAILED, double.CHECK | {"name": "h", "visible": False})]
    assert tutor("submit")[0].splitlines() == [
        "Submitted: Two sum",
        "✓ passed  two words",
        "✗ failed  no words",
        "    expected 0",
        "    got 1",
        "✓ passed  h  (hidden)",
        "Not there yet: 2 of 3 checks passed.",
        "Points: 2 of 3. Score: 66.7 of 100.",
        "Next: change your code and run `%tutor submit` again, as often as you like; `%tutor hint` costs nothing.",
    ]


def test_scores_beyond_correctness_and_what_to_improve_are_printed(found: Path, double: "Double", tutor: Tutor) -> None:
    finding = {"criterion": "style", "cell": "answer", "line": 3, "message": "Use `is None`.", "rule": "E711"}
    slow = {"criterion": "efficiency", "cell": "answer", "line": None, "message": "Loop once.", "rule": "growth"}
    criteria = {"correctness": 100.0, "quality": None, "efficiency": 60.0, "style": 92.5}
    double.streams = [double.graded(double.CHECK, criteria=criteria, findings=[finding, slow])]
    printed, _ = tutor("submit")
    assert (
        "Beyond correctness: efficiency 60, style 92.5.\n"
        "  answer, line 3 (style): Use `is None`.\n"
        "  answer (efficiency): Loop once.\n"
    ) in printed


def test_nothing_is_said_of_what_was_not_measured(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [double.graded(double.CHECK)]
    assert "Beyond" not in tutor("submit")[0]


def test_a_passed_exercise_of_today_tells_the_streak(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [double.graded(double.CHECK)]
    printed, _ = tutor("submit")
    assert "Well done! The check passed." in printed
    assert "Your streak: 2 days." in printed


def test_a_streak_that_cannot_be_had_hides_no_verdict(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [double.graded(double.CHECK)]
    del double.answers["GET tutor/api/v1/progress"]
    printed, complaint = tutor("submit")
    assert "Well done!" in printed
    assert not complaint


def test_an_older_exercise_tells_no_streak(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answers["GET tutor/api/v1/dailies/by-path"] = double.reply(double.DAILY | {"is_today": False})
    double.streams = [double.graded(double.CHECK)]
    assert "streak" not in tutor("submit")[0]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"status": "timed_out", "passed": False}, "Time ran out: 1 of 1 checks passed."),
        (
            {"status": "killed", "passed": False, "message": "Out of memory."},
            "Your code was stopped: 1 of 1 checks passed.\nOut of memory.",
        ),
        (
            {"status": "invalid", "passed": False, "message": "No notebook."},
            "This notebook could not be checked.\nNo notebook.",
        ),
        (
            {"passed": None, "score": None, "max_points": 0.0},
            "No part of it is checked automatically.\nNext: you can submit again",
        ),
        ({"manual": ["essay"]}, "A person grades: essay."),
    ],
)
def test_each_kind_of_verdict_has_its_words(
    found: Path, double: "Double", tutor: Tutor, more: dict[str, object], says: str
) -> None:
    double.streams = [double.graded(double.CHECK, **more)]
    assert says in tutor("submit")[0]


def test_a_submission_that_failed_tells_why(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [[double.event("done", double.submission("failed", problem="The grader ended: submit again."))]]
    assert "The grader ended: submit again." in tutor("submit")[0]


def test_a_broken_stream_prints_no_check_twice(found: Path, double: "Double", tutor: Tutor) -> None:
    whole = double.graded(double.CHECK, double.FAILED)
    double.streams = [[*whole[:2], 0.05, b"event: che"], [0.05, *whole]]
    printed, _ = tutor("submit")
    assert printed.count("two words") == 1
    assert printed.count("no words") == 1
    assert printed.count("Not there yet") == 1


def test_a_server_that_goes_away_leaves_what_is_known(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [double.graded(double.CHECK, double.FAILED)[:2]]
    double.after_stream = double.close
    printed, complaint = tutor("submit")
    assert "✓ passed  two words" in printed
    assert "is it still running?" in complaint
    assert "Your answer was handed in" in complaint


def test_a_refused_submission_shows_the_servers_sentence(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answer("POST", "submissions", double.problem(409, "Your notebook is gone: open it again."))
    assert tutor("submit") == ("", "Your notebook is gone: open it again.\n")


def test_a_malformed_event_is_one_message(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [[double.event("check", "{oops")]]
    assert "an event that is no JSON" in tutor("submit")[1]


def test_cells_run_since_the_last_save_are_sent(found: Path, double: "Double", tutor: Tutor, magic: TutorMagic) -> None:
    double.answers["GET api/contents/tutor/2026-11-21-two-sum.ipynb"] = double.reply(
        {"last_modified": "1970-01-01T00:01:00Z"}
    )
    double.streams = [double.graded(double.CHECK)]
    for second, cell in ((10.0, "old"), (61.0, "fresh")):
        magic.cells.now = lambda second=second: second
        ran(magic, cell, "x = 1")
    tutor("submit")
    assert double.bodies("submissions") == [{"sources": {"fresh": "x = 1"}}]


@pytest.mark.parametrize(
    "answer", [(404, "application/json", b"{}"), (200, "application/json", b'{"last_modified": "soon"}')]
)
def test_all_cells_are_sent_when_the_last_save_is_unknown(
    found: Path, double: "Double", tutor: Tutor, magic: TutorMagic, answer: tuple[int, str, bytes]
) -> None:
    double.answers["GET api/contents/tutor/2026-11-21-two-sum.ipynb"] = answer
    double.streams = [double.graded(double.CHECK)]
    ran(magic, "a", "x = 1")
    tutor("submit")
    assert double.bodies("submissions") == [{"sources": {"a": "x = 1"}}]


def test_cells_of_another_notebook_are_not_sent(
    found: Path, double: "Double", tutor: Tutor, magic: TutorMagic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(found / "scratch.ipynb"))
    double.answers["GET tutor/api/v1/dailies/by-path"] = double.problem(404, "no")
    double.streams = [double.graded(double.CHECK)]
    ran(magic, "a", "x = 1")
    assert "This notebook is no exercise" in tutor("submit")[0]
    assert double.bodies("submissions") == [{"sources": {}}]


def test_the_output_of_a_notebook_escapes_what_comes_from_the_server(double: "Double") -> None:
    results = Results("<script>x</script>")
    results.add(Step(0, 3, "<i>"))
    assert "&lt;i&gt;" in results.bundle()["text/html"]
    nasty = "<img src=x onerror=y>\x1b[1m"
    checks = [double.FAILED | {"name": nasty, "message": nasty, "status": nasty}]
    results.add(read(Submission, double.submission(found=double.verdict(*checks, message=nasty, manual=[nasty]))))
    bundle = results.bundle()
    assert "<script" not in bundle["text/html"]
    assert "<img" not in bundle["text/html"]
    assert "\x1b" not in bundle["text/plain"] + bundle["text/html"]


def test_the_progress_line_counts_checks(double: "Double") -> None:
    results = Results("Two sum")
    assert "waiting for the first check" in results.bundle()["text/plain"]
    results.add(Step(0, 10))
    assert "checked 0 of 10" in results.bundle()["text/plain"]
    results.add(Step(3, 10, "running"))
    assert "running" in results.bundle()["text/html"]
