"""Days in a row, skips of a week, and the calendar."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jupyter_tutor.learning.model import Past, Rules
from jupyter_tutor.learning.streak import Streaks, calendar, skips_left, streaks

Write = Callable[..., list[Past]]


@pytest.mark.parametrize(
    ("letters", "current", "longest"),
    [
        ("", 0, 0),
        ("P", 1, 1),
        ("PPP", 3, 3),
        ("PPP.", 3, 3),
        ("PPPF", 3, 3),
        ("PPPc", 3, 3),
        ("PPPS", 0, 3),
        ("PPP_", 3, 3),
        ("PPP__", 0, 3),
        ("PPP.P", 1, 3),
        ("PPPcP", 1, 3),
        ("PPPSPP", 2, 3),
        ("PhHP", 4, 4),
        ("PP_PPP", 3, 3),
        ("PPP_PP", 2, 3),
        ("CCC", 0, 0),
        (".......", 0, 0),
    ],
)
def test_streaks_on_the_last_day_of_a_sequence(letters: str, current: int, longest: int, write: Write) -> None:
    today = date(2026, 3, 2) + timedelta(days=len(letters) - 1)
    assert streaks(write(letters), today) == Streaks(current, longest)


def test_a_streak_goes_over_the_end_of_a_year(write: Write) -> None:
    assert streaks(write("PPPP", date(2025, 12, 30)), date(2026, 1, 2)).current == 4


@pytest.mark.parametrize(("letters", "left"), [("", 2), ("PP", 2), ("S", 1), ("SPS", 0), ("SSS", 0)])
def test_skips_left_in_a_week(letters: str, left: int, write: Write) -> None:
    assert skips_left(write(letters), date(2026, 3, 8), Rules()) == left


def test_skips_come_back_on_monday(write: Write) -> None:
    history = write("SS")
    assert skips_left(history, date(2026, 3, 8), Rules()) == 0
    assert skips_left(history, date(2026, 3, 9), Rules()) == 2


def test_a_week_over_the_end_of_a_year_is_one_week(write: Write) -> None:
    history = write("S_S", date(2025, 12, 30))
    assert skips_left(history, date(2026, 1, 4), Rules()) == 0
    assert skips_left(history, date(2026, 1, 5), Rules()) == 2


def test_the_calendar_goes_from_a_monday_to_today(write: Write) -> None:
    history = write("PS")
    days = calendar(history, date(2026, 3, 5), weeks=2)
    assert [day for day, _ in days] == [date(2026, 2, 23) + timedelta(days=n) for n in range(11)]
    assert [past for _, past in days] == [None] * 7 + history + [None] * 2


def test_the_calendar_shows_half_a_year() -> None:
    assert len(calendar([], date(2026, 3, 8))) == 26 * 7
