"""Which exercise is next, in small cases and for a learner who stays."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.learning.choose import KINDS, choose, choose_theme
from jupyter_tutor.learning.learner import Learner
from jupyter_tutor.learning.model import LEVELS, Candidate, Past, Rules
from jupyter_tutor.learning.profile import Choice, Profile

TODAY = date(2026, 3, 2)
CURRICULUM = Path(__file__).parents[2] / "notebooks" / "curriculum"
Give = Callable[[date, Candidate], Past]


def past(day: int, candidate: Candidate, passed: bool = False) -> Past:
    """A daily so many days before today."""
    given = candidate.slug, candidate.kind, candidate.difficulty, candidate.topics
    return Past(TODAY - timedelta(days=day), *given, "completed" if passed else "pending", passed)


def candidate(slug: str, **values: object) -> Candidate:
    return replace(Candidate(slug, "algorithm", "easy", ("loops",)), **values)  # type: ignore[arg-type]


def chosen(candidates: Sequence[Candidate], history: Sequence[Past] = (), day: date = TODAY, **profile: Any) -> str:
    return choose(candidates, learner(history, day, **profile)).candidate.slug


def because(candidates: Sequence[Candidate], history: Sequence[Past] = (), **profile: Any) -> tuple[str, ...]:
    return choose(candidates, learner(history, **profile)).because


def learner(history: Sequence[Past] = (), day: date = TODAY, id: str = "ada", **profile: Any) -> Learner:
    rules = Rules(first_level=profile.pop("first_level", "easy"), recent_days=profile.pop("recent_days", 5))
    choices = [Choice("wish", profile.pop("wish", ""), TODAY - timedelta(days=1))]
    return Learner(id, day, Profile("python", "UTC", **profile), history, choices, rules)


@pytest.fixture
def curriculum() -> list[Candidate]:
    """What the package ships."""
    read = [json.loads(file.read_text())["metadata"]["tutor"] for file in sorted(CURRICULUM.glob("*/*.ipynb"))]
    return [
        Candidate(t["slug"], t["kind"], t["difficulty"], tuple(t["topics"]), tuple(t.get("interests", ())))
        for t in read
    ]


def stay(
    candidates: Sequence[Candidate], days: int, give: Give, id: str = "ada"
) -> Iterator[tuple[Past, Candidate, Learner]]:
    """A learner who comes each day: the daily, what it was chosen from, and the learner before it."""
    history: list[Past] = []
    for day in (TODAY + timedelta(days=n) for n in range(days)):
        before = learner(list(history), day, id)
        one = choose(candidates, before).candidate
        daily = give(day, one)
        yield daily, one, before
        history.append(daily)


def passing(day: date, one: Candidate) -> Past:
    return Past(day, one.slug, one.kind, one.difficulty, one.topics, "completed", True, submissions=1)


def struggling(day: date, one: Candidate) -> Past:
    return Past(day, one.slug, one.kind, one.difficulty, one.topics, "in_progress", False, submissions=3)


def wavering(day: date, one: Candidate) -> Past:
    return (passing if day.toordinal() % 5 < 3 else struggling)(day, one)


LEARNERS = pytest.mark.parametrize("give", [passing, struggling, wavering])


def test_without_exercises_the_operator_is_told() -> None:
    with pytest.raises(OperatorError, match="there are no exercises: "):
        chosen([])


def test_a_fresh_exercise_comes_before_one_that_fits_better_and_was_given() -> None:
    given, fresh = candidate("given"), candidate("fresh", difficulty="medium")
    assert chosen([given, fresh], [past(100, given)]) == "fresh"


def test_when_all_were_given_the_one_longest_ago_comes_again() -> None:
    one, two = candidate("one"), candidate("two")
    assert chosen([one, two], [past(3, one), past(2, two)]) == "one"
    assert chosen([one, two], [past(30, one), past(20, two), past(2, one)]) == "two"


def test_the_level_comes_before_the_kind() -> None:
    turn, level = candidate("turn", kind="debugging", difficulty="medium"), candidate("level")
    assert chosen([turn, level], [past(10, candidate("before"))]) == "level"


def test_the_nearest_level_is_taken_when_there_is_none_at_the_level() -> None:
    easy, hard = candidate("easy"), candidate("hard", difficulty="hard")
    assert chosen([easy, hard], first_level="medium") == "easy"
    assert chosen([candidate("medium", difficulty="medium"), hard]) == "medium"


def test_the_bounds_of_the_skill_hold() -> None:
    hard, easy = candidate("hard", difficulty="hard"), candidate("easy")
    assert chosen([hard, easy], [past(1, easy)], skill="beginner") == "easy"
    assert chosen([hard, easy], [past(1, hard)], skill="advanced") == "hard"
    assert chosen([hard], skill="beginner") == "hard"  # better than nothing


def test_kinds_take_turns() -> None:
    kinds = [candidate(kind, kind=kind) for kind in KINDS]
    assert chosen(kinds) == "algorithm"
    given = [past(9, kinds[1]), past(8, kinds[0]), past(7, kinds[3]), past(6, kinds[2])]
    assert chosen([replace(one, slug=f"new-{one.slug}") for one in kinds], given[2:]) == "new-algorithm"
    assert chosen([candidate("odd", kind="puzzle"), kinds[3]]) == "practical"


def test_recent_topics_are_avoided_the_main_one_first() -> None:
    before = [past(1, candidate("before", topics=("loops", "sets")))]
    main, other = candidate("main", topics=("loops",)), candidate("other", topics=("strings", "loops"))
    assert chosen([main, other], before) == "other"
    assert chosen([candidate("some", topics=("lists", "sets")), candidate("none", topics=("lists",))], before) == "none"


def test_topics_are_recent_for_some_days_only() -> None:
    before = [past(4, candidate("d4", topics=("loops",))), past(2, candidate("d2", topics=("sets",)))]
    loops, sets = candidate("loops", topics=("loops",)), candidate("sets", topics=("sets",))
    assert chosen([loops, sets], before, recent_days=3) == "loops"


def test_a_topic_that_is_about_to_be_forgotten_comes_back_in_a_fresh_exercise() -> None:
    learned = candidate("learned", topics=("recursion",), kind="practical")
    back, other = candidate("back", topics=("recursion",)), candidate("other", topics=("lists",))
    long_ago = [past(40, learned, passed=True)]
    assert chosen([learned, back, other], long_ago) == "back"
    assert because([back], long_ago)[0] == "You last practised recursion 40 days ago: time to recall it."
    assert chosen([learned, replace(back, topics=("sets",)), other], [past(6, learned, passed=True)]) != "learned"


def test_an_exercise_comes_again_when_nothing_else_recalls_its_topic() -> None:
    learned, other = candidate("learned", topics=("recursion",)), candidate("other", topics=("lists",))
    assert chosen([learned, other], [past(60, learned, passed=True)]) == "learned"


def test_what_the_learner_asks_for_comes_next() -> None:
    asked, other = candidate("asked", topics=("linked-lists",), difficulty="medium"), candidate("other")
    assert chosen([asked, other], wish="Linked lists") == "asked"
    assert because([asked, other], wish="Linked lists")[0] == "You asked for linked lists."
    due = [past(40, candidate("learned", topics=("loops", "lists")), passed=True)]
    assert chosen([replace(asked, difficulty="hard"), other], due, wish="linked lists") == "asked"
    assert chosen([asked, other], due, skill="beginner", wish="graphs") == "other"


def test_interests_and_preferred_topics_decide_between_equals() -> None:
    plain, fun = candidate("plain"), candidate("fun", interests=("music", "space"))
    assert chosen([plain, fun], interests=("Space",)) == "fun"
    assert "You are interested in space." in because([fun], interests=("Space",))
    assert chosen([plain, replace(fun, difficulty="medium")], interests=("space",)) == "plain"
    assert chosen([plain, candidate("sets", topics=("sets",))], topics=("sets",)) == "sets"


def test_what_takes_longer_than_the_learner_has_comes_later() -> None:
    long, short = candidate("long", minutes=45), candidate("short", minutes=15)
    assert chosen([long, short], minutes=15) == "short"


def test_reasons_are_the_strongest_first_and_few() -> None:
    one = candidate("one", topics=("sets",), interests=("music",))
    said = because([one], wish="sets", interests=("music",), topics=("sets",))
    assert said == ("You asked for sets.", "You like to practise sets.", "You are interested in music.")


TELLINGS = {"": ("home",), "music": ("music", "art"), "stage": ("art",), "space": ("space",)}


@pytest.mark.parametrize(
    ("interests", "theme"),
    [((), ""), (("games",), ""), (("home",), ""), (("space",), "space"), (("art", "music", "space"), "music")],
)
def test_the_theme_is_the_one_that_shares_most_interests(interests: tuple[str, ...], theme: str) -> None:
    assert choose_theme(TELLINGS, interests, TODAY, "ada") == theme
    assert choose_theme(dict(reversed(TELLINGS.items())), interests, TODAY, "ada") == theme


def test_between_themes_that_suit_as_well_the_learner_and_the_date_draw_the_lot() -> None:
    days = [TODAY + timedelta(days=n) for n in range(30)]
    drawn = [choose_theme(TELLINGS, ("art", "home"), day, "ada") for day in days]
    assert set(drawn) == {"", "music", "stage"}
    assert drawn == [choose_theme(TELLINGS, ("home", "art"), day, "ada") for day in days]
    assert drawn != [choose_theme(TELLINGS, ("art", "home"), day, "bob") for day in days]


def test_the_choice_is_the_same_in_every_order_and_process(curriculum: list[Candidate]) -> None:
    shuffle = random.Random(7).shuffle
    first = choose(curriculum, learner())
    for _ in range(20):
        shuffle(curriculum)
        assert choose(curriculum, learner()) == first
    program = (
        "from datetime import date; from jupyter_tutor.learning.choose import choose;"
        "from jupyter_tutor.learning.learner import Learner; from jupyter_tutor.learning.model import Candidate;"
        "from jupyter_tutor.learning.profile import Profile;"
        "slugs = [Candidate(f's{n}', 'practical', 'easy', ()) for n in range(9)];"
        "print(choose(slugs, Learner('ada', date(2026, 3, 2), Profile('python', 'UTC'))).candidate.slug)"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(names) == 1


def test_learners_and_dates_draw_different_lots() -> None:
    equal = [candidate(f"slug-{n}") for n in range(40)]
    by_learner = {choose(equal, learner(id=id)).candidate.slug for id in ("ada", "bob", "eve", "\ud800")}
    by_date = {chosen(equal, day=TODAY + timedelta(days=n)) for n in range(4)}
    assert len(by_learner) > 1
    assert len(by_date) > 1


@pytest.mark.parametrize("give", [passing, wavering])
def test_the_curriculum_is_repeated_only_where_nothing_fresh_recalls_a_topic(
    curriculum: list[Candidate], give: Give
) -> None:
    for _, one, before in stay(curriculum, len(curriculum), give):
        given = {past.slug for past in before.history}
        fresh = [rest for rest in curriculum if rest.slug not in given and gap(rest.difficulty, before.level) < 2]
        due = {recall.topic for recall in before.recalls.values() if recall.due <= before.today}
        if one.slug in given and fresh:
            lacking = due.difference(*(rest.topics for rest in fresh))
            recent = {topic for past in before.history[-5:] for topic in past.topics}
            assert lacking.intersection(one.topics) or all(recent.intersection(rest.topics) for rest in fresh)


@LEARNERS
def test_no_exercise_is_two_levels_away(curriculum: list[Candidate], give: Give) -> None:
    for _, one, before in stay(curriculum, 80, give):
        assert gap(one.difficulty, before.level) < 2


@pytest.mark.parametrize("give", [passing, struggling])
def test_every_kind_comes_within_two_weeks(curriculum: list[Candidate], give: Give) -> None:
    kinds = [daily.kind for daily, _, _ in stay(curriculum, len(curriculum), give)]
    assert all(set(kinds[n : n + 14]) == set(KINDS) for n in range(len(kinds) - 13))


def gap(one: str, other: str) -> int:
    levels: tuple[str, ...] = LEVELS
    return abs(levels.index(one) - levels.index(other))
