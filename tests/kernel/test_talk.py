"""`%tutor hint`, `ask`, `feedback` and `memory`: what the tutor says, as it is said."""

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jupyter_tutor.kernel.follow import Restarted
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Said, Speech, Withdrawn
from jupyter_tutor.kernel.talk import Talk

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

Tutor = Callable[[str], tuple[str, str]]


def said(double: "Double", *texts: str, **speech: Any) -> list[bytes]:
    """A stream of pieces, and the speech that they make."""
    pieces = [double.event("text", {"text": text}) for text in texts]
    return [*pieces, double.event("done", double.SPEECH | {"text": "".join(texts)} | speech)]


def running(double: "Double", **speech: Any) -> Any:
    return double.reply(double.SPEECH | {"status": "running", "text": ""} | speech)


def test_a_hint_shows_its_number_and_its_text(found: Path, double: "Double", tutor: Tutor) -> None:
    assert tutor("hint")[0] == "Hint 1 of 2\n\nUse a **dict**.\n"
    double.answer("POST", "hints", double.reply(double.SPEECH | {"rung": 2, "text": "```\nd = {}\n```"}))
    assert tutor("hint")[0].startswith("Hint 2 of 2: the last one\n\n```\nd = {}")
    double.answer("POST", "hints", double.reply(double.SPEECH | {"rung": 3, "source": "diagnosis"}))
    assert tutor("hint")[0] == "Hint 3\n\nUse a **dict**.\n\n(from running your code)\n"
    double.answer("POST", "hints", double.reply(double.SPEECH | {"again": True}))
    assert tutor("hint")[0].startswith("Hint 1 again: there is nothing new to say")


def test_what_a_model_says_is_printed_line_by_line(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answer("POST", "hints", running(double))
    double.streams = [said(double, "Look at ", "line 2.\nWhat is", " `n`?", source="model")]
    assert tutor("hint")[0].splitlines() == [
        "Hint 1 of 2",
        "",
        "Look at line 2.",
        "What is `n`?",
        "",
        "(written by a language model, may be wrong)",
    ]
    assert double.bodies("hints") == [{"sources": {}}]


def test_what_is_withdrawn_is_no_longer_shown(double: "Double") -> None:
    talk = Talk(read(Speech, double.SPEECH | {"status": "running", "text": ""}))
    talk.add(Said("Look at line 2.\nThe"))
    assert talk.lines() == ["Hint 1 of 2", "", "Look at line 2."]
    assert talk.bundle()["text/markdown"] == "**Hint 1 of 2**\n\nLook at line 2.\nThe\N{HORIZONTAL ELLIPSIS}"
    talk.add(Withdrawn("That said too much. Once more:"))
    talk.add(Said("What is `n`?"))
    assert "line 2" not in talk.bundle()["text/plain"]
    assert "*That said too much. Once more:*" in talk.bundle()["text/markdown"]
    talk.add(Restarted())
    assert "What" not in talk.bundle()["text/plain"]


def test_a_question_is_sent_as_it_was_typed(found: Path, double: "Double", tutor: Tutor) -> None:
    assert tutor("ask what gives {1 + 1} and $HOME")[0]
    assert double.bodies("chat").pop() == {"text": "what gives {1 + 1} and $HOME", "sources": {}}
    double.asked.clear()
    assert tutor("ask what does  <b>enumerate</b> do?")[0] == "The tutor\n\nUse a **dict**.\n"
    assert double.bodies("chat") == [{"text": "what does <b>enumerate</b> do?", "sources": {}}]
    assert "What do you want to know?" in tutor("ask")[1]
    double.answer("POST", "chat", double.problem(409, "The questions of today are used up."))
    assert tutor("ask more") == ("", "The questions of today are used up.\n")


def test_what_the_tutor_says_cannot_bring_scripts(double: "Double") -> None:
    evil = "<script>alert(1)</script> ![x](http://evil/x.png) [y](javascript:alert(1))"
    shown = Talk(read(Speech, double.SPEECH | {"text": evil})).bundle()["text/markdown"]
    assert not any(part in shown for part in ("<script", "![x]", "](javascript"))


def test_a_speech_without_words_says_why(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answer(
        "POST", "hints", double.reply(double.SPEECH | {"text": "", "problem": "The grader ended: ask again."})
    )
    assert "The grader ended: ask again." in tutor("hint")[0]


def test_who_stops_listening_is_told_where_it_goes_on(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answer("POST", "hints", running(double))
    double.streams = [[double.event("text", {"text": "Look"}), 0.3, *said(double, " here")]]
    stop = threading.Timer(0.2, lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT))
    stop.start()
    assert "You stopped listening" in tutor("hint")[1]


def test_feedback_is_about_the_latest_submission(found: Path, double: "Double", tutor: Tutor) -> None:
    assert "You have handed in nothing yet" in tutor("feedback")[1]
    submitted = double.DAILY | {"latest": double.submission("done", found=double.verdict(double.CHECK))}
    double.answers["GET tutor/api/v1/dailies/by-path"] = double.reply(submitted)
    assert tutor("feedback")[0] == "Feedback\n\nUse a **dict**.\n"


@pytest.mark.parametrize("words", ["memory maybe", "memory on off"])
def test_memory_is_shown_and_switched(found: Path, double: "Double", tutor: Tutor, words: str) -> None:
    assert tutor("memory")[0].splitlines()[:2] == ["The tutor remembers:", "  interest: chess (You said so.)"]
    assert "uses nothing of this" in tutor("memory off")[0]
    assert (double.calls[-1], double.bodies("memory")[-1]) == ("PUT memory", {"on": False})
    assert "`%tutor memory off`" in tutor(words)[1]
    double.answers["GET tutor/api/v1/memory"] = double.reply({"on": True, "items": []})
    assert tutor("memory")[0] == "The tutor remembers nothing about you.\n"
