"""What is told to authors about their exercises."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_tutor.learning.analysis import analyse
from jupyter_tutor.learning.figures import LEAST, Figures, Share, Stated
from jupyter_tutor.learning.flags import flags
from jupyter_tutor.learning.model import LEVELS, Attempt
from tests.learning.classes import Task, tasks, taught

SKIPPED = Attempt("ada", "sums", "easy", False, 0, 0, 0, 15, True)
AT_ONCE = Attempt("ada", "sums", "easy", True, 0, 1, 600, 15, False)
HELPED = Attempt("ada", "sums", "easy", True, 2, 3, 1200, 15, False)
FAILED = Attempt("ada", "sums", "easy", False, 1, 2, 300, 15, False)
OPENED = Attempt("ada", "sums", "easy", False, 0, 0, 0, 15, False)


def by(*attempts: Attempt) -> list[Attempt]:
    """Each by a learner of its own."""
    return [replace(attempt, learner=f"learner-{n:03}") for n, attempt in enumerate(attempts)]


def only(attempts: Sequence[Attempt], stated: Stated | None = None) -> Figures:
    """The figures of the one exercise."""
    (figures,) = analyse(attempts, {"sums": stated} if stated else None)
    return figures


def flagged(attempts: Sequence[Attempt]) -> dict[str, tuple[str, ...]]:
    """The sentences by exercise, where there are some."""
    return {figures.slug: said for figures in analyse(attempts) if (said := flags(figures))}


def test_the_figures_are_those_of_a_small_class() -> None:
    found = only(by(AT_ONCE, HELPED, FAILED, SKIPPED, OPENED))
    assert (found.learners, found.tried, found.skipped) == (5, 3, Share(1, 5))
    assert (found.passed, found.at_once) == (Share(2, 3), Share(1, 3))
    assert (found.tries, found.hints, found.minutes) == (2.0, 1.0, 20.0)
    assert (found.discrimination, found.observed, found.enough) == (None, None, False)


def test_nobody_has_tried_what_all_skipped() -> None:
    found = only(by(SKIPPED, SKIPPED))
    assert (found.tried, found.passed, found.tries, found.hints, found.minutes) == (0, None, None, None, None)
    assert found.skipped == Share(2, 2)
    assert analyse([]) == []


def test_of_a_learner_the_first_attempt_counts_that_shows_something() -> None:
    assert only([FAILED, AT_ONCE]).passed == Share(0, 1)
    later = only([SKIPPED, OPENED, HELPED, AT_ONCE])
    assert (later.learners, later.passed, later.skipped) == (1, Share(1, 1), Share(0, 1))


def test_what_the_author_states_goes_before_what_was_stated_once() -> None:
    assert only([AT_ONCE]).stated == Stated("easy", 15)
    assert only([AT_ONCE], Stated("hard", 40)).stated == Stated("hard", 40)


def test_time_counts_where_it_was_measured() -> None:
    assert only(by(AT_ONCE, replace(AT_ONCE, seconds=0), replace(AT_ONCE, seconds=900))).minutes == 15.0


@pytest.mark.parametrize(
    ("count", "number", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_the_interval_is_wilsons(count: int, number: int, low: float, high: float) -> None:
    share = Share(count, number)
    assert (share.low, share.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize("by_level", [True, False])
def test_exercises_that_are_stated_rightly_are_hardly_ever_flagged(by_level: bool) -> None:
    quiet = 0
    for seed in range(60):
        lot = random.Random(seed)
        quiet += not flagged(list(taught(tasks(12, lot), 60, 10, lot, by_level)))
    assert quiet >= 57


@pytest.mark.parametrize("by_level", [True, False])
@pytest.mark.parametrize(("stated", "logit", "found"), [("easy", 0.9, "hard"), ("hard", -0.9, "easy")])
def test_the_one_with_the_wrong_level_is_flagged(by_level: bool, stated: str, logit: float, found: str) -> None:
    hit = others = 0
    for seed in range(20):
        lot = random.Random(seed)
        given_to = tasks(12, lot)
        wrong = next(n for n, task in enumerate(given_to) if task.stated == stated)
        given_to[wrong] = replace(given_to[wrong], logit=logit)
        said = flagged(list(taught(given_to, 150, 10, lot, by_level)))
        hit += any(
            one.startswith(f"Learners find it {found}, not {stated} (") for one in said.get(f"task-{wrong:02}", ())
        )
        others += bool(said.keys() - {f"task-{wrong:02}"})
    assert hit >= 18
    assert others <= 1


def test_strong_learners_do_better_at_good_exercises() -> None:
    lot = random.Random(2)
    for figures in analyse(list(taught(tasks(12, lot), 300, 10, lot))):
        assert figures.discrimination is not None
        assert 0.1 < figures.discrimination < 0.6


def test_an_exercise_that_strong_learners_fail_at_is_flagged() -> None:
    lot = random.Random(3)
    given_to = [*tasks(11, lot), Task("trap", "medium", 0.0, helps=-1.5)]
    said = flagged(list(taught(given_to, 120, 9, lot)))
    assert said.keys() == {"trap"}
    assert any("discrimination -0." in one and "refuses right answers" in one for one in said["trap"])


def test_few_learners_show_no_discrimination() -> None:
    lot = random.Random(4)
    assert {figures.discrimination for figures in analyse(list(taught(tasks(6, lot), 19, 6, lot)))} == {None}


def test_too_few_learners_are_no_reason_to_flag() -> None:
    bad = replace(FAILED, seconds=9000)
    assert flags(only(by(*[bad] * (LEAST - 1)))) == ()
    slow = replace(AT_ONCE, seconds=9000)
    assert flags(only(by(*[slow] * (LEAST - 1)))) == ()


def test_how_many_pass_is_flagged_when_it_is_certain() -> None:
    (few,) = flags(only(by(*[FAILED] * 40, HELPED)))
    assert few.startswith("Only 1 of 41 pass it: ")
    (all_of_them,) = flags(only(by(*[AT_ONCE] * 400)))
    assert all_of_them.startswith("400 of 400 pass it, so it hardly tells learners apart: ")
    assert flags(only(by(*[AT_ONCE] * 30))) == ()
    assert flags(only(by(*[FAILED] * 9, HELPED))) == ()


def test_more_than_twice_the_stated_minutes_is_flagged() -> None:
    slow = by(*[replace(HELPED, seconds=31 * 60)] * 10)
    assert flags(only(slow)) == (
        "Half of those who pass it take 31 minutes or more, 15 are stated: state 31, or shorten the task.",
    )
    assert flags(only(slow, Stated("easy", 16))) == ()


def test_a_level_that_is_off_as_a_whole_blames_no_single_exercise() -> None:
    lot = random.Random(5)
    given_to = [replace(task, logit=task.logit - 0.6 * (task.stated == "hard")) for task in tasks(18, lot, 0.1)]
    assert flagged(list(taught(given_to, 400, 12, lot, by_level=False))) == {}


def test_one_exercise_alone_is_neither_hard_nor_easy() -> None:
    assert only(by(*[FAILED] * 50)).observed is None


ATTEMPTS = st.builds(
    Attempt,
    st.sampled_from("abc"),
    st.sampled_from(("x", "y", "z", "w", "v")),
    st.sampled_from(LEVELS),
    st.booleans(),
    st.integers(0, 9),
    st.integers(0, 99),
    st.integers(0, 10**9),
    st.integers(1, 600),
    st.booleans(),
)


@given(st.lists(ATTEMPTS, max_size=60))
def test_any_attempts_give_figures(attempts: list[Attempt]) -> None:
    attempts.sort(key=lambda attempt: attempt.learner)
    found = analyse(attempts)
    assert {figures.slug for figures in found} == {attempt.slug for attempt in attempts}
    for figures in found:
        assert figures.tried <= figures.learners <= 3
        for share in (figures.passed, figures.at_once, figures.skipped):
            assert share is None or 0 <= share.low <= share.value <= share.high <= 1 + 1e-9
        assert flags(figures) == ()


def test_a_class_that_is_split_in_two_has_figures_too() -> None:
    """Half solve everything at once, half nothing: discrimination cannot be higher."""
    given = [
        Attempt(f"learner-{n}", slug, "easy", n % 2 == 0, 0, 1, 300, 15, False) for n in range(40) for slug in "abcd"
    ]
    assert all(one.discrimination is not None and one.discrimination > 0.99 for one in analyse(given))
    assert flagged(given) == {}
