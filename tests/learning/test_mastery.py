"""What evidence says about a learner."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_tutor.learning.mastery import SHIPPED, Evidence, Knowledge, knowledge
from jupyter_tutor.learning.repeats import SIGNS as REPEAT_SIGNS
from jupyter_tutor.learning.weights import SIGNS, Parameters

EASY, HARD = -0.7, 0.7
BLIND = replace(SHIPPED, repeats=(-30.0, 0.0, 0.0, 0.0, 0.0, 0.0))
TOPICS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True).map(tuple)
EVIDENCE = st.builds(Evidence, TOPICS, st.floats(0, 1), st.floats(0, 2000), st.sampled_from([EASY, 0.0, HARD]))
HISTORIES = st.lists(EVIDENCE, max_size=30).map(lambda found: sorted(found, key=lambda one: one.day))


def daily(rights: str, topics: tuple[str, ...] = ("loops",), difficulty: float = 0.0) -> Knowledge:
    """One exercise a day: 1 solved at once, 0 not solved."""
    return knowledge(Evidence(topics, float(right), float(day), difficulty) for day, right in enumerate(rights))


@pytest.mark.parametrize(
    ("rights", "low", "mean", "high", "chance"),
    [
        ("", 0.265, 0.607, 0.893, 0.527),
        ("1", 0.384, 0.690, 0.920, 0.777),
        ("0", 0.171, 0.475, 0.792, 0.570),
        ("11111111", 0.748, 0.875, 0.966, 0.883),
        ("00000", 0.071, 0.231, 0.450, 0.289),
        ("1011011101", 0.474, 0.691, 0.869, 0.737),
        ("0000011111111", 0.537, 0.726, 0.880, 0.806),
        ("11111111000", 0.384, 0.627, 0.837, 0.564),
    ],
)
def test_sequences_of_one_topic(rights: str, low: float, mean: float, high: float, chance: float) -> None:
    known = daily(rights)
    mastery = known.mastery("loops")
    assert (mastery.low, mastery.mean, mastery.high) == pytest.approx((low, mean, high), abs=0.001)
    assert known.predict(("loops",)) == pytest.approx(chance, abs=0.001)
    assert mastery.evidence == len(rights)


def test_who_solves_everything_at_once_has_mastered_it_with_a_narrow_band() -> None:
    mastery = daily("1" * 20).mastery("loops")
    assert mastery.mean > 0.9
    assert mastery.high - mastery.low < 0.15


def test_who_fails_has_not_mastered_it() -> None:
    assert daily("000").mastery("loops").mean < 0.4


def test_of_a_new_learner_little_is_known() -> None:
    mastery = Knowledge().mastery("loops")
    assert 0.5 < mastery.mean < 0.7
    assert mastery.high - mastery.low > 0.6
    assert Knowledge().topics == ()
    assert 0.5 < Knowledge().predict(()) < 0.7


def test_one_topic_says_a_little_about_another() -> None:
    known = daily("1" * 8)
    assert known.topics == ("loops",)
    assert Knowledge().mastery("sorting").mean < known.mastery("sorting").mean < known.mastery("loops").mean
    assert known.mastery("sorting").evidence == 0


def test_a_hard_exercise_says_more_when_solved_and_less_when_not() -> None:
    solved = [daily("111", difficulty=difficulty).mastery("loops").mean for difficulty in (EASY, 0.0, HARD)]
    failed = [daily("000", difficulty=difficulty).mastery("loops").mean for difficulty in (EASY, 0.0, HARD)]
    assert solved == sorted(solved)
    assert failed == sorted(failed)
    assert solved[0] + 0.02 < solved[-1]
    assert failed[0] + 0.02 < failed[-1]


def test_an_exercise_of_several_topics_says_less_about_each() -> None:
    alone, shared = daily("1111"), daily("1111", ("loops", "sorting"))
    assert shared.mastery("loops") == shared.mastery("sorting")
    assert Knowledge().mastery("loops").mean < shared.mastery("loops").mean < alone.mastery("loops").mean


def test_with_time_the_band_widens_until_little_is_known() -> None:
    known = daily("1" * 20)
    widths = [(lambda m: m.high - m.low)(known.mastery("loops", 20.0 + days)) for days in (0, 30, 180, 720, 100_000)]
    assert widths == sorted(widths)
    assert known.mastery("loops", 1e9).mean == pytest.approx(Knowledge().mastery("loops").mean)


def test_a_record_that_lists_one_answer_as_several_rows_is_seen_through() -> None:
    rows = [Evidence((t,), float(right), may_repeat=True) for right in (1, 1, 0, 1) * 5 for t in ("area", "sums")]
    known = knowledge([*rows, Evidence(("area",), 0.0, may_repeat=True)])
    assert known.predict(("sums",), may_repeat=True) < 0.2
    assert known.predict(("sums",)) > 0.5


def test_dailies_of_one_day_never_count_as_repeats() -> None:
    rows = [Evidence((t,), float(right), 1.0) for right in (1, 1, 0, 1) * 5 for t in ("area", "sums")]
    assert knowledge(rows).predict(("area",), day=1.0) == knowledge(rows).predict(("area",))
    assert knowledge(rows).predict(("area",)) == knowledge(rows, BLIND).predict(("area",))


def test_parameters_of_single_topics_are_possible_and_none_is_shipped() -> None:
    assert (len(SHIPPED.signs), len(SHIPPED.repeats)) == (len(SIGNS), len(REPEAT_SIGNS))
    assert not SHIPPED.skills
    assert not SHIPPED.pairs
    easier = Parameters(SHIPPED.signs, SHIPPED.repeats, skills={("loops",): 1.0})
    assert Knowledge(easier).predict(("loops",)) > Knowledge().predict(("loops",))
    assert Knowledge(easier).predict(("sorting",)) == Knowledge().predict(("sorting",))


@given(HISTORIES, EVIDENCE)
def test_another_right_answer_never_lowers_mastery_and_a_wrong_one_never_raises_it(
    history: list[Evidence], one: Evidence
) -> None:
    day = max(2000.0, one.day)
    before, better, worse = (knowledge(history) for _ in range(3))
    better.learn(replace(one, right=1.0, day=day))
    worse.learn(replace(one, right=0.0, day=day))
    for topic in one.topics:
        assert worse.mastery(topic, day).mean <= before.mastery(topic, day).mean + 1e-9
        assert better.mastery(topic, day).mean >= before.mastery(topic, day).mean - 1e-9


@given(HISTORIES, TOPICS, st.floats(0, 5000))
def test_chances_and_bands_are_in_order(history: list[Evidence], topics: tuple[str, ...], day: float) -> None:
    known = knowledge(history)
    easy, medium, hard = (known.predict(topics, difficulty, day) for difficulty in (EASY, 0.0, HARD))
    assert 0 <= hard <= medium <= easy <= 1
    for topic in topics:
        mastery = known.mastery(topic, day)
        assert 0 < mastery.low < mastery.mean < mastery.high < 1
        assert mastery.evidence == sum(topic in one.topics for one in history)


@given(HISTORIES)
def test_reading_changes_nothing_and_the_same_evidence_gives_the_same_knowledge(history: list[Evidence]) -> None:
    read, unread = Knowledge(), knowledge(history)
    for one in history:
        read.predict(one.topics, one.difficulty, one.day + 10)
        read.mastery(one.topics[0], one.day + 10)
        read.learn(one)
    for topic in "abcd":
        assert read.mastery(topic) == unread.mastery(topic)
        assert read.predict((topic,)) == unread.predict((topic,))


@given(HISTORIES, st.permutations("abcd"))
def test_names_of_topics_mean_nothing(history: list[Evidence], names: list[str]) -> None:
    other = dict(zip("abcd", names, strict=True))
    renamed = [replace(one, topics=tuple(other[topic] for topic in one.topics)) for one in history]
    for topic in "abcd":
        assert knowledge(history).predict((topic,)) == knowledge(renamed).predict((other[topic],))
