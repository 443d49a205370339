"""Days in a row, skips of a week, and the calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jupyter_tutor.learning.model import Past, Rules
from jupyter_tutor.learning.profile import FREQUENCIES, Choice, Frequency
from jupyter_tutor.learning.streak import Frequencies, Streaks, calendar, skips_left, streak_rule, streaks

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
    assert [day.date for day in days] == [date(2026, 2, 23) + timedelta(days=n) for n in range(11)]
    assert [day.status for day in days] == [None] * 7 + ["completed", "skipped"] + [None] * 2
    assert [day.passed for day in days].index(True) == 7


def test_the_calendar_shows_half_a_year() -> None:
    assert len(calendar([], date(2026, 3, 8))) == 26 * 7


def often(*choices: tuple[str, int]) -> Frequencies:
    """Frequencies from days of March on."""
    return Frequencies([Choice("frequency", value, date(2026, 3, day)) for value, day in choices])


WEEKDAYS, THREE = often(("weekdays", 1)), often(("three-a-week", 1))


@pytest.mark.parametrize(
    ("letters", "current"),
    [
        ("PPPPPPP", 7),
        ("PPPPPPP_", 7),
        ("PPPPPPP_P", 8),
        ("PPPPPPP__P", 1),
        ("PPPPPPP_PPPPPP_P", 1),
        ("PPPPPPP_PPPPPPP_P", 15),
        ("PPPPPPPSPP", 9),
        ("PPPPPP_P", 1),
    ],
)
def test_one_missed_day_is_forgiven_after_a_week_without(letters: str, current: int, write: Write) -> None:
    today = date(2026, 3, 2) + timedelta(days=len(letters) - 1)
    assert streaks(write(letters), today).current == current


def test_the_forgiven_day_is_marked_and_can_be_switched_off(write: Write) -> None:
    history, today = write("PPPPPPP_P"), date(2026, 3, 10)
    assert [day.date for day in calendar(history, today) if day.forgiven] == [date(2026, 3, 9)]
    assert streaks(history, today, Rules(grace_days=0)).current == 1


@pytest.mark.parametrize(
    ("letters", "current"),
    [
        ("PPPPP__P", 6),
        ("PPPPPPPP", 8),
        ("PPP_P", 1),
        ("PPPPP", 5),
        ("PPPPP___", 5),
        ("PPPPP__SP", 6),
        ("_PPPP__SP", 1),
        ("__PPP__PPPPP", 8),
    ],
)
def test_on_weekdays_the_weekend_is_free(letters: str, current: int, write: Write) -> None:
    today = date(2026, 3, 2) + timedelta(days=len(letters) - 1)
    assert streaks(write(letters), today, frequencies=WEEKDAYS).current == current


@pytest.mark.parametrize(
    ("letters", "current"),
    [
        ("P_P_P__P", 4),
        ("P_P_P__", 3),
        ("P_P____P", 1),
        ("_____P_P_P_P", 4),
        ("PPP_____", 3),
        ("PPP____PP_____P", 1),
        ("PPP____" * 4 + "PP_____P", 15),
    ],
)
def test_three_a_week_ends_a_streak_only_with_the_week(letters: str, current: int, write: Write) -> None:
    today = date(2026, 3, 2) + timedelta(days=len(letters) - 1)
    assert streaks(write(letters), today, frequencies=THREE).current == current


def test_another_frequency_holds_from_the_next_day_and_saves_no_missed_one(write: Write) -> None:
    history = write("PPP_P")
    assert streaks(history, date(2026, 3, 6), frequencies=often(("daily", 1), ("weekdays", 5))).current == 1
    relaxed = often(("daily", 1), ("weekdays", 6))
    assert streaks(write("PPPPP__P"), date(2026, 3, 9), frequencies=relaxed).current == 6


def test_the_first_frequency_makes_no_missed_day_good(write: Write) -> None:
    history = write("P_P_P__P_P_P__P")
    before = streaks(history, date(2026, 3, 16))
    assert streaks(history, date(2026, 3, 16), frequencies=often(("three-a-week", 16))) == before == Streaks(1, 1)


def test_changing_the_frequency_each_week_spares_no_week(write: Write) -> None:
    """Each Friday to weekdays, each Sunday to three a week, and one exercise a week."""
    letters = "P______" * 4
    turns = [(name, 1 + 7 * n + at) for n in range(4) for name, at in (("three-a-week", 0), ("weekdays", 5))]
    assert streaks(write(letters), date(2026, 3, 29), frequencies=often(*turns)).longest == 1


def test_no_day_of_three_a_week_is_missed_alone(write: Write) -> None:
    days = calendar(write("P_P____P_____P"), date(2026, 3, 15), frequencies=THREE, weeks=2)
    assert all(day.free for day in days)
    assert not any(day.passed and day.forgiven for day in days)


def test_free_days_are_marked() -> None:
    days = calendar([], date(2026, 3, 8), frequencies=WEEKDAYS, weeks=1)
    assert [day.free for day in days] == [False] * 5 + [True] * 2


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_the_rule_is_told_in_sentences(frequency: Frequency) -> None:
    grace = "4 weeks" if frequency == "three-a-week" else "7 days"
    assert grace in streak_rule(frequency, Rules())
    assert streak_rule(frequency, Rules()).startswith("Each exercise that is passed on its day makes your streak")
    assert "forgiven" in streak_rule(frequency, Rules())
    assert "forgiven" not in streak_rule(frequency, Rules(grace_days=0))


def test_a_late_pass_is_marked_as_one(write: Write) -> None:
    history = [replace(past, late=past.date.day == 3) for past in write("PPP")]
    days = calendar(history, date(2026, 3, 4), weeks=1)
    assert [(day.passed, day.late) for day in days] == [(True, False), (True, True), (True, False)]
    assert streaks(history, date(2026, 3, 4)).current == 1
