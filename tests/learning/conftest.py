"""Histories written as one letter a day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jupyter_tutor.learning.model import Past

Write = Callable[..., list[Past]]

MONDAY = date(2026, 3, 2)
DAYS: dict[str, dict[str, Any]] = {
    "P": {"status": "completed", "passed": True, "submissions": 1},
    "h": {"status": "completed", "passed": True, "submissions": 2, "hints": 3},
    "H": {"status": "completed", "passed": True, "submissions": 2, "hints": 4},
    "F": {"status": "in_progress", "passed": False, "submissions": 1},
    "C": {"status": "completed", "passed": False, "submissions": 1},
    "c": {"status": "completed", "passed": False},
    "S": {"status": "skipped", "passed": False},
    "o": {"status": "in_progress", "passed": False},
    ".": {"status": "pending", "passed": False},
}
"""P passed, h with some hints, H with many, F submitted in vain, C and then marked as complete, c without a submission,
S skipped, o opened, a dot untouched; an underscore is a day without a daily."""


@pytest.fixture
def write() -> Write:
    """Turns letters into a history that begins on a Monday."""

    def write(letters: str, first: date = MONDAY) -> list[Past]:
        days = ((first + timedelta(days=n), DAYS[letter]) for n, letter in enumerate(letters) if letter != "_")
        return [Past(day, f"slug-{day}", "algorithm", "easy", ("loops",), **values) for day, values in days]

    return write


@pytest.fixture
def after() -> Callable[[str], date]:
    """The day after the last letter."""
    return lambda letters: MONDAY + timedelta(days=len(letters))
