"""What a daily shows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jupyter_tutor.learning.evidence import evidence_of
from jupyter_tutor.learning.model import Past

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
CLEAN = Past(DAY, "x", "algorithm", "easy", ("loops",), "completed", True, submissions=1, score=100.0, seconds=600)


def right(**values: Any) -> float | None:
    seen = evidence_of(replace(CLEAN, **values), NEXT)
    return None if seen is None else round(seen.right, 3)


@pytest.mark.parametrize(
    ("values", "worth"),
    [
        ({}, 1.0),
        ({"score": 80.0}, 0.98),
        ({"hints": 1}, 0.88),
        ({"hints": 3}, 0.64),
        ({"hints": 4}, 0.5),
        ({"submissions": 3}, 0.8),
        ({"submissions": 30}, 0.7),
        ({"seconds": 3600}, 0.9),
        ({"late": True}, 0.9),
        ({"hints": 9, "submissions": 30, "seconds": 9999, "late": True, "score": 50.0}, 0.35),
        ({"passed": False, "score": 50.0}, 0.15),
        ({"passed": False, "score": None}, 0.0),
        ({"passed": False, "status": "skipped", "submissions": 0}, None),
        ({"passed": False, "status": "skipped", "submissions": 2, "score": 0.0}, 0.0),
        ({"passed": False, "status": "pending", "submissions": 0}, None),
    ],
)
def test_how_well_it_went(values: dict[str, Any], worth: float | None) -> None:
    assert right(**values) == worth


def test_what_is_not_over_shows_nothing() -> None:
    going = replace(CLEAN, passed=False, status="in_progress")
    assert evidence_of(going, DAY) is None
    assert evidence_of(going, NEXT) is not None
