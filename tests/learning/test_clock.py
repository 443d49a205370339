"""Which date it is for a learner."""

from datetime import UTC, date, datetime

import pytest

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.learning.clock import day_of, local_date

NIGHT = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", 9), ("Europe/Vienna", 10), ("America/Los_Angeles", 9), ("Pacific/Kiritimati", 10), ("Asia/Kathmandu", 10)],
)
def test_the_date_is_the_learners_own(zone: str, day: int) -> None:
    assert local_date(NIGHT, zone) == date(2026, 3, day)


def test_the_day_changes_at_local_midnight_on_the_day_of_a_clock_change() -> None:
    before, after = datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)
    assert local_date(before, "Europe/Vienna") == date(2026, 3, 29)
    assert local_date(after, "Europe/Vienna") == date(2026, 3, 30)


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Europe", "", "/etc/passwd", "../secret", "a\0b", "\ud800"])
def test_an_unknown_zone_is_named_in_the_error(zone: str) -> None:
    with pytest.raises(OperatorError, match="Europe/Vienna") as caught:
        local_date(NIGHT, zone)
    assert repr(zone) in str(caught.value)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(NIGHT.replace(tzinfo=None), "UTC")


def test_a_clock_that_was_moved_back_stays_at_the_latest_daily() -> None:
    assert day_of(NIGHT, "UTC", [date(2026, 3, 10)]) == date(2026, 3, 10)
    assert day_of(NIGHT, "UTC", [date(2026, 3, 8)]) == date(2026, 3, 9)
    assert day_of(NIGHT, "UTC", []) == date(2026, 3, 9)
