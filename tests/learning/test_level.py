"""How the level follows what the learner did."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from jupyter_tutor.learning.level import level_history
from jupyter_tutor.learning.model import LEVELS, Level, Past, Rules
from jupyter_tutor.learning.profile import Choice, Value

Write = Callable[..., list[Past]]
After = Callable[[str], date]
RULES = Rules(first_level="medium", pause_days=6)


@pytest.mark.parametrize(
    ("letters", "level"),
    [
        ("", "medium"),
        ("PP", "medium"),
        ("PPP", "hard"),
        ("PPPPPP", "hard"),
        ("PPhP", "hard"),
        ("PhhhP", "medium"),
        ("PPFP", "medium"),
        ("PPSPPP", "hard"),
        ("PPcoP", "hard"),
        ("PP..P", "hard"),
        ("PP_P", "hard"),
        ("SS", "easy"),
        ("FF", "easy"),
        ("CC", "easy"),
        ("HH", "easy"),
        ("SF", "easy"),
        ("FH", "easy"),
        ("F.F", "easy"),
        ("FhF", "easy"),
        ("FcF", "easy"),
        ("FPF", "medium"),
        ("cc", "medium"),
        ("oo", "medium"),
        ("SSSS", "easy"),
        ("SSPPP", "medium"),
        ("PPPSS", "medium"),
        ("SSPPPPPP", "hard"),
        ("SSPPPPP", "medium"),
    ],
)
def test_the_level_after_a_sequence_of_days(letters: str, level: Level, write: Write, after: After) -> None:
    assert level_history(write(letters), after(letters), RULES)[0] == level


def test_a_submission_in_vain_counts_only_after_midnight(write: Write) -> None:
    history = write("FF")
    assert level_history(history, history[-1].date, RULES)[0] == "medium"


@pytest.mark.parametrize("letters", ["FS", "FH"])
def test_skipping_and_many_hints_count_at_once(letters: str, write: Write) -> None:
    history = write(letters)
    assert level_history(history, history[-1].date, RULES)[0] == "easy"


def test_a_long_pause_starts_the_counts_again(write: Write, after: After) -> None:
    assert level_history(write("PP______P"), after("PP______P"), RULES)[0] == "medium"
    assert level_history(write("PP_____P"), after("PP_____P"), RULES)[0] == "hard"
    assert level_history(write("F......F"), after("F......F"), RULES)[0] == "medium"


def test_a_pause_alone_changes_nothing_unless_it_is_very_long(write: Write, after: After) -> None:
    history = write("PPPPPP")
    assert level_history(history, date(2026, 5, 6), RULES)[0] == "hard"
    level, changes = level_history(history, date(2030, 1, 1), RULES)
    assert (level, changes[-1].date) == ("medium", date(2026, 5, 6))
    assert changes[-1].reason == "You were away for more than 60 days, so it begins one level lower."
    assert level_history(history, date(2030, 1, 1), replace(RULES, long_pause_days=0))[0] == "hard"
    back = [*history, *write("PPP", date(2028, 1, 1))]
    assert [c.level for c in level_history(back, date(2028, 1, 4), RULES)[1]] == ["hard", "medium", "hard"]


def choice(name: str, value: Value, day: int) -> Choice:
    return Choice(name, value, date(2026, 3, day))


def test_a_level_set_by_hand_holds_and_the_rule_goes_on_from_there(write: Write, after: After) -> None:
    by_hand = [choice("level", "hard", 3)]
    level, changes = level_history(write("Ph"), after("Ph"), RULES, by_hand)
    assert (level, changes[0].reason) == ("hard", "You set it by hand.")
    assert level_history(write("PPSS"), after("PPSS"), RULES, by_hand)[0] == "medium"
    assert level_history(write("PP.PPP"), after("PP.PPP"), RULES, [choice("level", "easy", 3)])[0] == "medium"


def test_with_adapting_off_the_level_stays(write: Write, after: After) -> None:
    fixed = [choice("adapt", False, 1)]
    assert level_history(write("PPPPPP"), after("PPPPPP"), RULES, fixed) == ("medium", [])
    again = [*fixed, choice("adapt", True, 4)]
    assert level_history(write("PPPPPP"), after("PPPPPP"), RULES, again)[0] == "hard"


def test_another_skill_bounds_the_level_from_its_day_on(write: Write, after: After) -> None:
    level, changes = level_history(write("PPP.."), after("PPP.."), RULES, [choice("skill", "beginner", 6)])
    assert (level, changes[-1].reason) == ("medium", "You chose the skill beginner, which bounds the level.")
    assert level_history([], date(2026, 3, 2), replace(RULES, first_level="easy"), [choice("skill", "advanced", 2)])[
        0
    ] == ("medium")


def test_three_exercises_find_the_level_of_a_learner_who_wants_that(write: Write, after: After) -> None:
    rules, placed = replace(RULES, first_level="easy"), [choice("placement", True, 2)]
    levels = [level_history(write("PPF"[:n]), after("PPF"[:n]), rules, placed)[0] for n in range(4)]
    assert levels == ["easy", "medium", "hard", "medium"]
    assert level_history(write("PPFF"), after("PPFF"), rules, placed)[0] == "medium"
    _, changes = level_history(write("P"), after("P"), rules, placed)
    assert changes[0].reason == "An exercise that finds your level went well, so it goes up to medium."


def test_changes_say_when_and_why(write: Write, after: After) -> None:
    _, changes = level_history(write("PPPSFPPP"), after("PPPSFPPP"), RULES)
    assert [(change.date, change.level) for change in changes] == [
        (date(2026, 3, 4), "hard"),
        (date(2026, 3, 7), "medium"),
        (date(2026, 3, 9), "hard"),
    ]
    assert (
        changes[0].reason == "You passed 3 exercises in a row without a hint, so the level goes up to hard. Well done!"
    )
    assert changes[1].reason.startswith("The last 2 exercises were a struggle, so the level goes down to medium")


def test_the_bounds_hold_the_first_level_too(write: Write, after: After) -> None:
    beginner = replace(RULES, first_level="hard", bounds=("easy", "medium"))
    assert level_history([], after(""), beginner) == ("medium", [])
    assert level_history(write("PPP"), after("PPP"), beginner) == ("medium", [])
    advanced = replace(RULES, bounds=("medium", "hard"))
    assert level_history(write("SSSS"), after("SSSS"), advanced) == ("medium", [])


def test_thresholds_are_settings(write: Write, after: After) -> None:
    quick = replace(RULES, passes_up=1, struggles_down=1, struggle_hints=3)
    _, changes = level_history(write("Ph"), after("Ph"), quick)
    assert [change.level for change in changes] == ["hard", "medium"]
    assert changes[0].reason.startswith("You passed an exercise without a hint")
    assert changes[1].reason.startswith("The last exercise was a struggle")


def test_a_threshold_of_zero_switches_its_direction_off(write: Write, after: After) -> None:
    assert level_history(write("PPPP"), after("PPPP"), replace(RULES, passes_up=0)) == ("medium", [])
    assert level_history(write("SSSS"), after("SSSS"), replace(RULES, struggles_down=0)) == ("medium", [])


@pytest.mark.parametrize("bounds", [("easy", "hard"), ("easy", "medium"), ("medium", "hard"), ("medium", "medium")])
def test_in_all_short_histories_the_level_keeps_its_bounds_and_moves_by_one(
    bounds: tuple[Level, Level], write: Write, after: After
) -> None:
    rules = replace(RULES, bounds=bounds, passes_up=2)
    low, high = (LEVELS.index(bound) for bound in bounds)
    for letters in map("".join, itertools.product("PHhF.", repeat=6)):
        level, changes = level_history(write(letters), after(letters), rules)
        path = [LEVELS.index(step) for step in ("medium", *(change.level for change in changes))]
        assert all(low <= step <= high for step in path), letters
        assert all(abs(one - two) == 1 for one, two in itertools.pairwise(path)), letters
        assert LEVELS[path[-1]] == level, letters
        assert [change.date for change in changes] == sorted({change.date for change in changes}), letters


def test_what_is_known_of_the_past_does_not_depend_on_what_comes_after(write: Write, after: After) -> None:
    for letters in map("".join, itertools.product("PSF.", repeat=6)):
        whole = level_history(write(letters), after(letters), RULES)[1]
        start = level_history(write(letters[:4]), after(letters[:4]), RULES)[1]
        assert whole[: len(start)] == start, letters
