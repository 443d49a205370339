"""Badges: data, and the one evaluator of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jupyter_tutor.learning.model import Notice

Measure = Literal["streak", "passed", "mastered", "first_tries", "topics", "kinds", "hard_passed"]
"""What is counted: the longest streak in days, passed exercises, mastered topics, passes at the first try without a
hint, topics and kinds with a passed exercise, and passed hard exercises."""
Icon = Literal["flame", "star", "tree", "medal"]


@dataclass(frozen=True)
class Achievement:
    """A badge that is earned when a measure reaches `need`, of one `topic` where it names one (`*`: of each)."""

    key: str
    title: str
    text: str
    measure: Measure
    need: int
    icon: Icon = "medal"
    topic: str = ""


@dataclass(frozen=True)
class Badge:
    """An achievement of a learner: `earned` is the local date, None as long as it is not."""

    key: str
    title: str
    text: str
    icon: Icon
    need: int
    have: int
    earned: date | None


Measures = Mapping[Measure, Mapping[str, int]]
"""How far a learner is: by measure, then by topic; the empty topic is for all."""

ACHIEVEMENTS = (
    Achievement("streak-7", "A week", "A streak of 7 days.", "streak", 7, "flame"),
    Achievement("streak-30", "A month", "A streak of 30 days.", "streak", 30, "flame"),
    Achievement("streak-100", "A hundred days", "A streak of 100 days.", "streak", 100, "flame"),
    Achievement("streak-365", "A year", "A streak of 365 days.", "streak", 365, "flame"),
    Achievement("passed-10", "Ten solved", "10 exercises passed.", "passed", 10, "star"),
    Achievement("passed-50", "Fifty solved", "50 exercises passed.", "passed", 50, "star"),
    Achievement("passed-100", "A hundred solved", "100 exercises passed.", "passed", 100, "star"),
    Achievement("passed-500", "Five hundred solved", "500 exercises passed.", "passed", 500, "star"),
    Achievement("mastered", "Mastery of {topic}", "You have mastered {topic}.", "mastered", 1, "tree", "*"),
    Achievement("mastered-5", "Five topics", "Mastery of 5 topics.", "mastered", 5, "tree"),
    Achievement("mastered-10", "Ten topics", "Mastery of 10 topics.", "mastered", 10, "tree"),
)


def badges(achievements: Iterable[Achievement], measures: Measures, earned: Mapping[str, date]) -> list[Badge]:
    """All badges: earned ones first, the latest before; then those that are nearest. A badge of each topic is there
    once it is earned.
    """
    found = [badge for one in achievements for badge in _badges(one, measures.get(one.measure, {}), earned)]
    return sorted(found, key=_order)


def newly_earned(achievements: Sequence[Achievement], measures: Measures, today: date) -> list[Notice]:
    """A notice for every badge that is earned by now; whoever keeps them knows which are there already."""
    return [
        Notice(badge.key, "badge", badge.title, badge.text, today)
        for badge in badges(achievements, measures, {})
        if badge.have >= badge.need
    ]


def _badges(one: Achievement, counts: Mapping[str, int], earned: Mapping[str, date]) -> Iterable[Badge]:
    if one.topic != "*":
        yield _badge(one, one.key, one.topic, counts.get(one.topic, 0), earned)
        return
    prefix = f"{one.key}/"
    topics = {key.removeprefix(prefix) for key in earned if key.startswith(prefix)}
    topics |= {topic for topic, count in counts.items() if topic and count >= one.need}
    for topic in sorted(topics):
        yield _badge(one, prefix + topic, topic, counts.get(topic, 0), earned)


def _badge(one: Achievement, key: str, topic: str, have: int, earned: Mapping[str, date]) -> Badge:
    words = topic.replace("-", " ")
    title, text = (part.replace("{topic}", words) for part in (one.title, one.text))
    at = earned.get(key)
    return Badge(key, title, text, one.icon, one.need, max(have, one.need) if at else have, at)


def _order(badge: Badge) -> tuple[object, ...]:
    if badge.earned:
        return (0, -badge.earned.toordinal(), badge.key)
    return (1, 1 - badge.have / badge.need, badge.need, badge.key)
