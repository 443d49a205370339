"""Which exercise is next, in small cases and for a learner who stays."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.learning.choose import KINDS, choose, choose_theme
from jupyter_tutor.learning.level import level_history
from jupyter_tutor.learning.model import LEVELS, Candidate, Past, Rules

TODAY = date(2026, 3, 2)
CURRICULUM = Path(__file__).parents[2] / "notebooks" / "curriculum"
Give = Callable[[date, Candidate], Past]


def past(day: int, candidate: Candidate, passed: bool = False) -> Past:
    """A daily so many days before today."""
    given = candidate.slug, candidate.kind, candidate.difficulty, candidate.topics
    return Past(TODAY - timedelta(days=day), *given, "completed" if passed else "pending", passed)


def candidate(slug: str, **values: object) -> Candidate:
    return replace(Candidate(slug, "algorithm", "easy", ("loops",)), **values)  # type: ignore[arg-type]


def chosen(candidates: Sequence[Candidate], history: Sequence[Past] = (), **rules: object) -> str:
    return choose(candidates, history, TODAY, "ada", replace(Rules(), **rules)).slug  # type: ignore[arg-type]


@pytest.fixture
def curriculum() -> list[Candidate]:
    """What the package ships."""
    read = [json.loads(file.read_text())["metadata"]["tutor"] for file in sorted(CURRICULUM.glob("*/*.ipynb"))]
    return [
        Candidate(t["slug"], t["kind"], t["difficulty"], tuple(t["topics"]), tuple(t.get("interests", ())))
        for t in read
    ]


def stay(
    candidates: Sequence[Candidate], days: int, give: Give, learner: str = "ada"
) -> Iterator[tuple[Past, Candidate, list[Past]]]:
    """A learner who comes each day: the daily, what it was chosen from, and the history before it."""
    history: list[Past] = []
    for day in (TODAY + timedelta(days=n) for n in range(days)):
        one = choose(candidates, history, day, learner, Rules())
        daily = give(day, one)
        yield daily, one, list(history)
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
    given, fresh = candidate("given"), candidate("fresh", difficulty="hard")
    assert chosen([given, fresh], [past(100, given)]) == "fresh"


def test_when_all_were_given_the_one_longest_ago_comes_again() -> None:
    one, two = candidate("one"), candidate("two")
    assert chosen([one, two], [past(3, one), past(2, two)]) == "one"
    assert chosen([one, two], [past(4, one), past(3, two), past(2, one)]) == "two"


def test_the_level_comes_before_the_kind() -> None:
    turn, level = candidate("turn", kind="debugging", difficulty="medium"), candidate("level")
    assert chosen([turn, level], [past(1, candidate("before"))]) == "level"


def test_the_nearest_level_is_taken_when_there_is_none_at_the_level() -> None:
    easy, hard = candidate("easy"), candidate("hard", difficulty="hard")
    assert chosen([easy, hard], first_level="medium") == "easy"
    assert chosen([candidate("medium", difficulty="medium"), hard]) == "medium"


def test_kinds_take_turns() -> None:
    kinds = [candidate(kind, kind=kind) for kind in KINDS]
    assert chosen(kinds) == "algorithm"
    given = [past(4, kinds[1]), past(3, kinds[0]), past(2, kinds[3]), past(1, kinds[2])]
    assert chosen([replace(one, slug=f"new-{one.slug}") for one in kinds], given) == "new-data-structure"
    assert chosen([candidate("odd", kind="puzzle"), kinds[3]]) == "practical"


def test_recent_topics_are_avoided_the_main_one_first() -> None:
    before = [past(1, candidate("before", topics=("loops", "sets")))]
    main, other = candidate("main", topics=("loops",)), candidate("other", topics=("strings", "loops", "sets"))
    assert chosen([main, other], before) == "other"
    assert chosen([candidate("some", topics=("lists", "sets")), candidate("none", topics=("lists",))], before) == "none"


def test_topics_are_recent_for_some_dailies_only() -> None:
    rest = [past(day, candidate(f"d{day}", topics=("sets",))) for day in (2, 1)]
    history = [past(3, candidate("d3", topics=("loops",))), *rest]
    loops, sets = candidate("loops", topics=("loops",)), candidate("sets", topics=("sets",))
    assert chosen([loops, sets], history, recent_days=2) == "loops"


def test_interests_decide_between_equals_only() -> None:
    plain, fun = candidate("plain"), candidate("fun", interests=("music", "space"))
    assert chosen([plain, fun], interests=("space",)) == "fun"
    assert chosen([plain, replace(fun, difficulty="medium")], interests=("space",)) == "plain"


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
    first = choose(curriculum, [], TODAY, "ada", Rules())
    for _ in range(50):
        shuffle(curriculum)
        assert choose(curriculum, [], TODAY, "ada", Rules()) == first
    program = (
        "from datetime import date; from jupyter_tutor.learning.choose import choose;"
        "from jupyter_tutor.learning.model import Candidate, Rules;"
        "slugs = [Candidate(f's{n}', 'practical', 'easy', ()) for n in range(9)];"
        "print(choose(slugs, [], date(2026, 3, 2), 'ada', Rules()).slug)"
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
    by_learner = {choose(equal, [], TODAY, learner, Rules()).slug for learner in ("ada", "bob", "eve", "\ud800")}
    by_date = {choose(equal, [], TODAY + timedelta(days=n), "ada", Rules()).slug for n in range(4)}
    assert len(by_learner) > 1
    assert len(by_date) > 1


@LEARNERS
def test_nobody_gets_an_exercise_twice_before_all_were_given(curriculum: list[Candidate], give: Give) -> None:
    days = list(stay(curriculum, 2 * len(curriculum), give))
    slugs = [daily.slug for daily, _, _ in days]
    assert set(slugs[: len(curriculum)]) == {one.slug for one in curriculum}
    assert slugs[len(curriculum) :] == slugs[: len(curriculum)]


@LEARNERS
def test_the_level_is_the_nearest_that_is_left(curriculum: list[Candidate], give: Give) -> None:
    for daily, one, history in stay(curriculum, len(curriculum), give):
        level, _ = level_history(history, daily.date, Rules())
        left = {rest.difficulty for rest in curriculum if rest.slug not in {past.slug for past in history}}
        assert gap(one.difficulty, level) == min(gap(difficulty, level) for difficulty in left)


@LEARNERS
def test_the_kind_is_the_one_that_waited_longest_of_those_left_at_the_level(
    curriculum: list[Candidate], give: Give
) -> None:
    for _, one, history in stay(curriculum, len(curriculum), give):
        last = {past.kind: past.date for past in history}
        given = {past.slug for past in history}
        left = {rest.kind for rest in curriculum if rest.difficulty == one.difficulty and rest.slug not in given}
        assert last.get(one.kind, date.min) == min(last.get(kind, date.min) for kind in left)


@pytest.mark.parametrize("give", [passing, struggling])
def test_four_days_in_a_row_are_of_four_kinds(curriculum: list[Candidate], give: Give) -> None:
    kinds = [daily.kind for daily, _, _ in stay(curriculum, len(curriculum), give)]
    assert all(set(kinds[n : n + 4]) == set(KINDS) for n in range(len(kinds) - 3))


@LEARNERS
@pytest.mark.parametrize("learner", ["ada", "bob", "eve", "joe"])
def test_a_main_topic_comes_back_soon_only_when_there_is_no_other(
    curriculum: list[Candidate], give: Give, learner: str
) -> None:
    again = 0
    for _, one, history in stay(curriculum, len(curriculum), give, learner):
        recent = {past.topics[0] for past in history[-Rules().recent_days :]}
        if one.topics[0] in recent:
            again += 1
            given = {past.slug for past in history}
            same = [rest for rest in curriculum if (rest.kind, rest.difficulty) == (one.kind, one.difficulty)]
            assert all(rest.topics[0] in recent for rest in same if rest.slug not in given)
    assert again <= 4


def gap(one: str, other: str) -> int:
    levels: tuple[str, ...] = LEVELS
    return abs(levels.index(one) - levels.index(other))
