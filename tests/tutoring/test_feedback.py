"""Feedback on a graded answer, without a model."""

from typing import Any

from jupyter_tutor.tutoring.clues import MISCONCEPTIONS, Clue
from jupyter_tutor.tutoring.feedback import feedback
from tests.tutoring.test_help_prompts import situation


def check(status: str, message: str = "") -> dict[str, Any]:
    return {"name": "tests/1", "status": status, "visible": True, "message": message}


def verdict(*statuses: str, **values: Any) -> dict[str, Any]:
    checks = [check(status) for status in statuses]
    return {"passed": set(statuses) == {"passed"}, "checks": checks, "criteria": {}, "findings": [], **values}


def test_a_failing_answer_is_told_what_works_what_to_change_and_the_idea() -> None:
    clue = Clue("k", "pattern", "Look at line 2.", "answer", 2, misconception="missing-return")
    text = feedback(situation(verdict=verdict("passed", "failed"), clues=(clue,)))
    assert [part.split(".**")[0] for part in text.split("\n\n")] == [
        "**What is good",
        "**What to change",
        "**The concept",
        "**To think about",
    ]
    assert "1 of 2 checks pass already" in text
    assert "Look at line 2." in text
    assert MISCONCEPTIONS["missing-return"] in text
    assert "What do the names in line 2 hold just before it runs?" in text
    assert "n * 2" not in text


def test_an_answer_that_does_not_run_is_not_called_one_that_does() -> None:
    text = feedback(situation("def double(:", verdict=verdict("errored", "not_reached", message="It stops.")))
    assert "can be run" not in text
    assert "It stops." in text
    assert "can be run" in feedback(situation(verdict=verdict("failed", "failed")))


def test_the_question_is_about_the_call_that_goes_wrong() -> None:
    clue = Clue("k", "call", "`double(2)` gave 2.", call="double(2)")
    assert "Follow `double(2)` through your code" in feedback(situation(verdict=verdict("failed"), clues=(clue,)))


def test_after_passing_the_two_answers_are_compared() -> None:
    longer = "def double(n):\n    total = 0\n    for _ in range(2):\n        total += n\n    return total"
    findings = [{"message": "Use a clearer name.", "line": 2}]
    text = feedback(
        situation(longer, verdict=verdict("passed", criteria={"quality": 100, "style": 80}, findings=findings))
    )
    assert "The check passes at the first try." in text
    assert "Nothing to say against its quality." in text
    assert "Use a clearer name. (line 2)" in text
    assert "the number of loops is 0, and yours is 1" in text
    assert "```python\ndef double(n):" in text
    assert "n * 2" in text
