"""When topics come back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jupyter_tutor.learning.mastery import Evidence
from jupyter_tutor.learning.recall import SOONEST, recalls

DAY = date(2026, 3, 2)


def seen(right: float, day: int = 0, topics: tuple[str, ...] = ("loops",)) -> Evidence:
    return Evidence(topics, right, float(DAY.toordinal() + day))


def days(*evidence: Evidence, topic: str = "loops", wanted: float = 0.85) -> int:
    """After how many days a topic comes back."""
    recall = recalls(evidence, wanted)[topic]
    return (recall.due - recall.last).days


@pytest.mark.parametrize(("right", "after"), [(0.0, 5), (0.5, 5), (0.8, 5), (1.0, 16)])
def test_the_better_it_went_the_later_a_topic_comes_back(right: float, after: int) -> None:
    assert days(seen(right)) == after


def test_the_intervals_grow_with_each_recall() -> None:
    history, gaps = [seen(0.8)], []
    for _ in range(4):
        gaps.append(days(*history))
        due = recalls(history, 0.85)["loops"].due
        history.append(seen(0.8, (due - DAY).days))
    assert gaps == [5, 35, 192, 846]


def test_a_struggle_brings_a_topic_back_soon() -> None:
    well = [seen(1.0), seen(1.0, 16), seen(1.0, 80)]
    assert days(*well) > 100
    assert days(*well, seen(0.0, 200)) <= 14


def test_what_is_to_be_remembered_better_comes_back_sooner() -> None:
    assert days(seen(1.0), wanted=0.95) < days(seen(1.0), wanted=0.85) < days(seen(1.0), wanted=0.75)


def test_only_the_main_topic_begins_to_come_back_and_all_known_ones_are_recalled() -> None:
    assert set(recalls([seen(1.0, 0, ("loops", "lists"))], 0.85)) == {"loops"}
    both = recalls([seen(1.0, 0, ("lists",)), seen(1.0, 10, ("loops", "lists"))], 0.85)
    assert both["lists"].last == DAY + timedelta(days=10)


def test_topics_come_back_on_different_days() -> None:
    many = recalls([seen(0.0, n % 2, (f"topic-{n}",)) for n in range(4)], 0.85)
    assert len({recall.due for recall in many.values()}) == 4


@given(some.lists(some.tuples(some.floats(0, 1), some.integers(0, 40), some.sampled_from("abc")), max_size=30))
def test_nothing_comes_back_at_once_and_the_same_history_gives_the_same_dates(
    steps: list[tuple[float, int, str]],
) -> None:
    at, history = 0, []
    for right, gap, topic in steps:
        at += gap
        history.append(seen(right, at, (topic,)))
    found = recalls(history, 0.85)
    assert found == recalls(history, 0.85)
    assert all(recall.due - recall.last >= SOONEST for recall in found.values())
