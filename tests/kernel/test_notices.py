"""What the learner is told once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

Tutor = Callable[[str], tuple[str, str]]
SEEN = "notices/seen"
BADGE = {
    "key": "streak-7",
    "kind": "badge",
    "title": "A week",
    "text": "A streak of 7\x1b[2J days.",
    "day": "2026-11-21",
}
LEVEL = {"key": "level-1", "kind": "level", "title": "Medium", "text": "You passed 3 in a row.", "day": "2026-11-21"}


@pytest.mark.parametrize("command", ["today", "submit", "skip", "complete"])
def test_badges_and_levels_are_told_and_then_marked_as_seen(
    found: Path, double: "Double", tutor: Tutor, command: str
) -> None:
    double.streams = [double.graded(double.CHECK)]
    double.answers["GET tutor/api/v1/notices"] = double.reply([BADGE, LEVEL])
    printed, complaint = tutor(command)
    assert not complaint
    assert printed.endswith("★ You earned a badge: A week. A streak of 7 days.\n↕ Your level: You passed 3 in a row.\n")
    assert double.calls[-2:] == ["GET notices", "POST notices/seen"]
    assert double.bodies(SEEN) == [{"keys": ["streak-7", "level-1"]}]


def test_without_news_nothing_is_marked(found: Path, double: "Double", tutor: Tutor) -> None:
    tutor("skip")
    assert double.calls[-1] == "GET notices"


def test_a_server_that_does_not_say_costs_nothing(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answers["GET tutor/api/v1/notices"] = double.problem(500, "No.")
    printed, complaint = tutor("complete")
    assert ("Marked as complete" in printed, complaint) == (True, "")


def test_a_hint_brings_no_news(found: Path, double: "Double", tutor: Tutor) -> None:
    tutor("hint")
    assert "GET notices" not in double.calls
