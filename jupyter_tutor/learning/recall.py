"""When a topic is about to be forgotten: spaced repetition by FSRS, one card a topic.

https://github.com/open-spaced-repetition/py-fsrs; its memory model is described at
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from fsrs import Card, Rating, Scheduler

from jupyter_tutor.learning.mastery import Evidence

_EASY, _GOOD, _HARD = 0.9, 0.65, 0.34
"""How well it went at least for a rating."""
SOONEST = timedelta(days=5)
"""Nothing comes back sooner, or a struggle would be followed by the same topic on the next day."""


_SPREAD = 14
"""Within so many days a topic finds a date of its own."""


@dataclass(frozen=True)
class Recall:
    """How a topic is remembered: the last exercise of it, and the date on which the chance of recalling it falls below
    what is wanted.
    """

    topic: str
    last: date
    due: date


def recalls(seen: Iterable[Evidence], wanted: float) -> dict[str, Recall]:
    """The next date of each topic that an exercise was mainly about, from evidence that is oldest first. `wanted` is
    the chance of recalling it.

    An exercise recalls its other topics too. When it was not solved that speaks against its main topic; the others were
    hard, for nobody knows what it was.
    """
    scheduler = _scheduler(wanted)
    cards: dict[str, Card] = {}
    found: dict[str, Recall] = {}
    taken: Counter[date] = Counter()
    for evidence in seen:
        rating = _rating(evidence.right)
        at = datetime.combine(date.fromordinal(int(evidence.day)), datetime.min.time(), UTC)
        for place, topic in enumerate(evidence.topics):
            if place == 0 or topic in cards:
                rated = max(rating, Rating.Hard) if place else rating
                cards[topic], _ = scheduler.review_card(cards.get(topic) or Card(card_id=0, due=at), rated, at)
                due = max((cards[topic].due - at).days, SOONEST.days)
                if topic in found:
                    taken[found[topic].due] -= 1
                found[topic] = Recall(topic, at.date(), _quiet(at.date(), due, taken))
                taken[found[topic].due] += 1
    return found


def _quiet(last: date, days: int, taken: Counter[date]) -> date:
    """The first date from so many days on that no other topic has, or the least taken one of two weeks: a day has one
    exercise, and topics that come back on one date would wait for each other.
    """
    later = [last + timedelta(days=days + n) for n in range(_SPREAD)]
    return min(later, key=lambda day: (taken[day], day))


def _rating(right: float) -> Rating:
    if right >= _EASY:
        return Rating.Easy
    if right >= _GOOD:
        return Rating.Good
    return Rating.Hard if right >= _HARD else Rating.Again


@lru_cache(maxsize=8)
def _scheduler(wanted: float) -> Scheduler:
    """Days only, and the same for everybody: no steps within a day, nothing drawn by lot."""
    return Scheduler(desired_retention=wanted, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
