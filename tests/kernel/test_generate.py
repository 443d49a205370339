"""`%tutor generate`, stage by stage."""

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Generation, Outcome, Stage
from jupyter_tutor.kernel.writing import Draft

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

Tutor = Callable[[str], tuple[str, str]]
CANCEL = "POST generations/g1/cancel"


def interrupt() -> None:
    """The learner stops the cell."""
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def test_stages_are_printed_and_then_how_to_open_it(found: Path, double: "Double", tutor: Tutor) -> None:
    stages = [double.stage("drafting", "Writing a draft"), double.stage("drafting", "Writing a draft", 2)]
    double.streams = [[*stages, double.ended("written", daily="d1")]]
    assert tutor("generate binary  search")[0].splitlines() == [
        "Writing an exercise on queues (data structure, easy)",
        "  Writing a draft",
        "  Writing a draft (try 2 of 3)",
        "It is written, proven, and today's exercise: open it with `%tutor today`.",
    ]
    assert double.bodies("generations") == [{"topic": "binary search"}]


def test_without_a_topic_it_is_what_is_due(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [[double.ended("written")]]
    assert "kept for tomorrow" in tutor("generate")[0]
    assert double.bodies("generations") == [{"topic": None}]


@pytest.mark.parametrize(
    ("status", "problem", "says"),
    [
        ("failed", "The model is down.", "The model is down. Your exercises come from the curriculum: `%tutor today`"),
        ("failed", None, "Nothing was written. Your exercises come from the curriculum"),
        ("cancelled", None, "It was cancelled: nothing is kept, and today's exercise stays as it is."),
    ],
)
def test_what_came_to_nothing_says_why(
    found: Path, double: "Double", tutor: Tutor, status: str, problem: str | None, says: str
) -> None:
    double.streams = [[double.ended(status, problem)]]
    assert says in tutor("generate")[0]


def test_without_a_model_it_says_why_and_asks_for_nothing(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answers["GET tutor/api/v1/model"] = double.reply({"off": "There is no language model: set one."})
    said = "There is no language model: set one. Your exercises come from the curriculum: `%tutor today` shows today's."
    assert tutor("generate") == ("", said + "\n")
    assert double.calls == ["GET model"]


def test_a_refusal_is_the_servers_sentence(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answers["POST tutor/api/v1/generations"] = double.problem(409, "An exercise is being written already.")
    assert tutor("generate") == ("", "An exercise is being written already.\n")


@pytest.mark.parametrize("words", ["--kind debugging", "binary search --difficulty=hard", "-h"])
def test_an_option_is_refused_before_anything_is_asked(found: Path, double: "Double", tutor: Tutor, words: str) -> None:
    option = next(word for word in words.split() if word.startswith("-"))
    said = f"`%tutor generate` takes the words of a topic, and no option `{option}`.\n"
    assert tutor(f"generate {words}") == ("", said)
    assert double.calls == []


@pytest.mark.parametrize(
    ("status", "says"), [("cancelled", "Stopped: nothing is kept"), ("written", "It was written before")]
)
def test_an_interrupt_cancels_the_writing(found: Path, double: "Double", tutor: Tutor, status: str, says: str) -> None:
    double.streams = [[double.stage("drafting", "Writing a draft")]]
    double.answers[f"{CANCEL[:5]}tutor/api/v1/{CANCEL[5:]}"] = double.reply(double.GENERATION | {"status": status})
    double.after_stream = interrupt
    assert tutor("generate")[1].startswith(says)
    assert CANCEL in double.calls


def test_a_server_that_goes_away_leaves_what_is_known(found: Path, double: "Double", tutor: Tutor) -> None:
    double.streams = [[double.stage("drafting", "Writing a draft")]]
    double.after_stream = double.close
    printed, complaint = tutor("generate")
    assert "  Writing a draft\n" in printed
    assert "is it still running?\nThe exercise may still be written: `%tutor today` will show it." in complaint


def test_the_output_of_a_notebook_marks_what_is_done_and_escapes_what_is_foreign(double: "Double") -> None:
    nasty = "<img src=x onerror=y>\x1b[1m"
    draft = Draft(read(Generation, double.GENERATION | {"topic": nasty}))
    assert "waiting for the language model\N{HORIZONTAL ELLIPSIS}" in draft.bundle()["text/plain"]
    draft.add(Stage(nasty, 1, 3))
    assert draft.bundle()["text/plain"].endswith("\N{HORIZONTAL ELLIPSIS}")
    draft.add(Outcome("failed", nasty, None))
    bundle = draft.bundle()
    assert "\N{HORIZONTAL ELLIPSIS}" not in bundle["text/plain"]
    assert "<img" not in bundle["text/html"]
    assert "\x1b" not in bundle["text/plain"] + bundle["text/html"]
