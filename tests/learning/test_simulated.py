"""Learners who are simulated, on a curriculum for a year: their levels, and when topics come."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp
from pathlib import Path

import pytest

from jupyter_tutor.learning.choose import KINDS, choose
from jupyter_tutor.learning.learner import Learner
from jupyter_tutor.learning.level import distance
from jupyter_tutor.learning.model import LEVELS, Candidate, Level, Past
from jupyter_tutor.learning.profile import Profile

FIRST = date(2026, 3, 2)
DAYS = 100
TOPICS = [f"topic-{n}" for n in range(32)]
WEAK, EASY, MEDIUM, BETWEEN, HARD, EXPERT = -3.0, 0.0, 2.0, 3.7, 4.5, 8.0
"""Abilities: at 0 every second easy exercise is solved at once, at 2.5 every second medium one."""


@dataclass(frozen=True)
class Step:
    """One day: the learner before it, the exercise that was chosen, and since when each due topic has been due."""

    learner: Learner
    chosen: Candidate
    due: dict[str, date]


SEEDS = pytest.mark.parametrize("seed", [1, 2])
Lives = Callable[[float, int], list[Step]]


@pytest.fixture(scope="module")
def year() -> list[Candidate]:
    """Each topic in every kind and level, alone and with another."""
    lot = random.Random(5)
    return [
        Candidate(f"{topic}-{kind}-{level}-{n}", kind, level, (topic, *lot.sample(others, n)))
        for topic in TOPICS
        for others in ([other for other in TOPICS if other != topic],)
        for kind in KINDS
        for level in LEVELS
        for n in range(2)
    ]


@pytest.fixture(scope="module")
def shipped() -> list[Candidate]:
    """What the package ships."""
    folder = Path(__file__).parents[2] / "notebooks" / "curriculum"
    told = [json.loads(file.read_text())["metadata"]["tutor"] for file in sorted(folder.glob("*/*.ipynb"))]
    return [Candidate(t["slug"], t["kind"], t["difficulty"], tuple(t["topics"])) for t in told]


@pytest.fixture(scope="module")
def lives(year: list[Candidate]) -> Lives:
    """A learner's days by ability and seed, lived once."""
    return cache(lambda ability, seed: list(live(year, ability, seed)))


def live(candidates: list[Candidate], ability: float, seed: int, days: int = DAYS) -> Iterator[Step]:
    lot = random.Random(seed)
    history: list[Past] = []
    due: dict[str, date] = {}
    for day in (FIRST + timedelta(days=n) for n in range(days)):
        learner = Learner(f"learner-{seed}", day, Profile("python", "UTC"), list(history))
        for recall in learner.recalls.values():
            if recall.due <= day:
                due.setdefault(recall.topic, recall.due)
        chosen = choose(candidates, learner).candidate
        yield Step(learner, chosen, dict(due))
        for topic in chosen.topics:
            due.pop(topic, None)
        history.append(work(day, chosen, ability, lot))


def work(day: date, one: Candidate, ability: float, lot: random.Random) -> Past:
    """Solved at once, with some help, or not."""
    at_once = 1 / (1 + exp(2.5 * LEVELS.index(one.difficulty) - ability))
    drawn = lot.random()
    given = (day, one.slug, one.kind, one.difficulty, one.topics)
    if drawn < at_once:
        return Past(*given, "completed", True, submissions=1, score=95.0, seconds=600)
    if drawn < at_once + 0.4 * (1 - at_once):
        return Past(*given, "completed", True, hints=2, submissions=3, score=80.0, seconds=1500)
    return Past(*given, "in_progress", False, hints=2, submissions=3, score=30.0)


@pytest.mark.parametrize(("ability", "own"), [(-9.0, "easy"), (EXPERT + 9, "hard")])
def test_learners_reach_their_level_in_ten_exercises(year: list[Candidate], ability: float, own: Level) -> None:
    levels = [step.learner.level for step in live(year, ability, 1, 25)]
    assert own in levels[:10]
    assert set(levels[10:]) == {own}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("ability", [EASY, HARD, EXPERT])
def test_the_shipped_curriculum_does_what_it_can_for_its_first_month(
    shipped: list[Candidate], ability: float, seed: int
) -> None:
    """36 exercises, a third of them on loops, strings, lists or dictionaries, cannot do all that a year's can."""
    steps = list(live(shipped, ability, seed, 30))
    again = late = 0
    for step in steps:
        recent = [past for past in step.learner.history if (step.learner.today - past.date).days < 5]
        mains = {past.topics[0] for past in recent}
        again += step.chosen.topics[0] in mains and step.chosen.topics[0] not in step.due
        seen = [step.due[topic] for topic in step.chosen.topics if topic in step.due]
        late += sum((step.learner.today - day).days > 4 for day in seen)
    assert again <= 2
    assert late <= 1
    assert len({step.chosen.slug for step in steps}) >= 17


@SEEDS
def test_a_learner_of_medium_ability_reaches_medium_in_ten_exercises(lives: Lives, seed: int) -> None:
    levels = [step.learner.level for step in lives(BETWEEN, seed)]
    assert "medium" in levels[:10]
    assert levels[10:].count("medium") > len(levels[10:]) / 3


@pytest.mark.parametrize("ability", [WEAK, EASY, MEDIUM, HARD, EXPERT])
def test_no_level_swings_by_more_than_one_in_three_exercises(lives: Lives, ability: float) -> None:
    levels = [step.learner.level for step in lives(ability, 1)]
    assert all(abs(distance(one, other)) < 2 for n in (1, 2) for one, other in zip(levels, levels[n:], strict=False))


@SEEDS
@pytest.mark.parametrize("ability", [WEAK, EASY, MEDIUM, HARD, EXPERT])
def test_topics_that_are_due_are_seen_within_two_days(lives: Lives, ability: float, seed: int) -> None:
    steps, waits = lives(ability, seed), []
    for step in steps:
        waits += [(step.learner.today - step.due[topic]).days for topic in step.chosen.topics if topic in step.due]
    last = steps[-1]
    waits += [(last.learner.today - day).days for topic, day in last.due.items() if topic not in last.chosen.topics]
    assert len(waits) > 5
    assert max(waits) <= 2


@SEEDS
@pytest.mark.parametrize("ability", [WEAK, EASY, MEDIUM, HARD, EXPERT])
def test_no_topic_comes_twice_in_five_days_unless_it_is_due(lives: Lives, ability: float, seed: int) -> None:
    for step in lives(ability, seed):
        recent = [past for past in step.learner.history if (step.learner.today - past.date).days < 5]
        again = {topic for past in recent for topic in past.topics}.intersection(step.chosen.topics)
        assert again <= set(step.due)


@pytest.mark.parametrize("ability", [EASY, EXPERT])
def test_every_kind_comes_each_week_and_nothing_comes_twice(lives: Lives, ability: float) -> None:
    chosen = [step.chosen for step in lives(ability, 1)]
    kinds = [one.kind for one in chosen]
    assert all(set(kinds[n : n + 8]) == set(KINDS) for n in range(len(kinds) - 7))
    assert len({one.slug for one in chosen}) == len(chosen)


def test_new_topics_appear_until_all_are_known(lives: Lives) -> None:
    met = [len({topic for past in step.learner.history for topic in past.topics}) for step in lives(HARD, 1)]
    assert all(met[n + 15] > met[n] or met[n] > 0.8 * len(TOPICS) for n in range(len(met) - 15))
