"""What a learner chooses, and what cannot be chosen."""

from datetime import date
from typing import Any

import pytest

from jupyter_tutor.errors import LearnerError
from jupyter_tutor.learning.interview import questions, unanswered
from jupyter_tutor.learning.profile import NAMES, Choice, Profile, checked, chosen

DEFAULTS = Profile("python", "UTC")
DAY = date(2026, 3, 2)
LANGUAGES = ("javascript", "python")


def keep(name: str, value: Any, profile: Profile = DEFAULTS) -> Any:
    return checked(name, value, profile, LANGUAGES)


def test_the_last_choice_holds_and_the_operator_decides_the_rest() -> None:
    profile = chosen(DEFAULTS, [Choice("skill", "beginner", DAY), Choice("skill", "advanced", DAY)])
    assert (profile.skill, profile.language, profile.bounds) == ("advanced", "python", ("medium", "hard"))


def test_choices_of_a_later_version_say_nothing() -> None:
    assert chosen(DEFAULTS, [Choice("color", "red", DAY)]) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("language", "javascript", "javascript"),
        ("skill", "beginner", "beginner"),
        ("time_zone", " Asia/Tokyo ", "Asia/Tokyo"),
        ("interests", ["Music", " music", "", "sport  and\tgames"], ("music", "sport and games")),
        ("interests", [], ()),
        ("goals", ["learn 🐍", "לתכנת", "تعلم"], ("learn 🐍", "לתכנת", "تعلم")),
        ("goals", ["evil\u202egnp.exe", "a\x00b\nc"], ("evil gnp.exe", "a b c")),
        ("goals", ["e\u0301tudier"], ("\u00e9tudier",)),
        ("minutes", 25, 25),
        ("level", "hard", "hard"),
        ("level", None, None),
        ("placement", True, True),
        ("wish", "Linked lists", "Linked lists"),
        ("wish", "", ""),
        ("interview", "skipped", "skipped"),
    ],
)
def test_what_is_kept(name: str, value: Any, kept: Any) -> None:
    assert keep(name, value) == kept


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("colour", "red", "a profile has no 'colour': it has language, "),
        ("language", "klingon", "language has to be one of javascript, python"),
        ("skill", "guru", "skill has to be one of beginner, intermediate, advanced"),
        ("skill", 3, "skill has to be one of"),
        ("time_zone", "Europe/Wien", "there is no time zone 'Europe/Wien': did you mean 'Europe/Vienna'?"),
        ("time_zone", "1990-05-03", "there is no time zone '1990-05-03': "),
        ("time_zone", "../../etc/passwd", "there is no time zone '../../etc/passwd': "),
        ("time_zone", "x" * 10_000, "there is no time zone 'xxxx"),
        ("time_zone", "", "there is no time zone '': use a name such as 'Europe/Vienna'"),
        ("time_zone", None, "there is no time zone"),
        ("interests", [str(n) for n in range(10_000)], "these are too many interests: name at most 20"),
        ("interests", [str(n) for n in range(21)], "these are too many interests: name at most 20"),
        ("interests", "music", "interests has to be a list of words"),
        ("interests", ["x" * 61], "is too long: at most 60 characters"),
        ("goals", [3], "goals has to be a list of words"),
        ("minutes", 0, "minutes has to be a whole number from 5 to 180"),
        ("minutes", 1990, "minutes has to be a whole number from 5 to 180"),
        ("minutes", True, "minutes has to be a whole number"),
        ("minutes", 12.5, "minutes has to be a whole number"),
        ("placement", "yes", "placement has to be true or false"),
        ("frequency", "hourly", "frequency has to be one of daily, weekdays, three-a-week"),
        ("level", "expert", "level has to be one of easy, medium, hard"),
    ],
)
def test_what_cannot_be_chosen_is_said(name: str, value: Any, says: str) -> None:
    with pytest.raises(LearnerError) as error:
        keep(name, value)
    assert says in str(error.value)
    assert len(str(error.value)) < 400


def test_a_level_outside_the_bounds_of_the_skill_is_refused_with_the_way() -> None:
    beginner = Profile("python", "UTC", skill="beginner")
    with pytest.raises(LearnerError, match="choose another skill first, then the level hard"):
        keep("level", "hard", beginner)


def test_every_question_is_about_a_field_of_the_profile() -> None:
    names = [question.name for question in questions(LANGUAGES)]
    assert set(names) <= set(NAMES)
    assert [option.value for option in questions(LANGUAGES)[0].options] == list(LANGUAGES)


def test_every_option_of_a_question_can_be_chosen() -> None:
    for question in questions(LANGUAGES):
        for option in question.options:
            assert keep(question.name, option.value) == option.value


def test_an_interview_goes_on_where_it_was_left() -> None:
    names = unanswered([], LANGUAGES)
    assert names[:2] == ("language", "skill")
    answered = [Choice(name, "", DAY) for name in names[:4]]
    assert unanswered(answered, LANGUAGES) == names[4:]
    assert unanswered([], ("python",))[0] == "skill"
