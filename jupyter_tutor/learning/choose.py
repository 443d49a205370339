"""Which exercise is next, and why: each reason has a weight, and the best sum wins."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.learning.evidence import LOGITS
from jupyter_tutor.learning.learner import Learner, as_topic, fits
from jupyter_tutor.learning.level import between, distance
from jupyter_tutor.learning.model import Candidate, Level
from jupyter_tutor.learning.recall import SOONEST

NONE = (
    "there are no exercises: check that the curriculum is installed, "
    "and that it has some in the learner's language (c.Tutor.curriculum, c.Tutor.language)"
)
KINDS = ("algorithm", "data-structure", "debugging", "practical")
"""The order in which kinds take turns."""
DESIRABLE = 0.75
"""The chance of solving it at once that is aimed at: hard enough to learn from, easy enough to go on."""


@dataclass(frozen=True)
class Weights:
    """How much each reason weighs. Level, repetition and recent topics count against an exercise."""

    wish: float = 30.0
    due: float = 12.0
    due_beside: float = 9.0
    overdue_day: float = 6.0
    recent: float = 14.0
    recent_main: float = 3.0
    level: float = 7.0
    given: float = 20.0
    given_due: float = 8.0
    kind: float = 4.0
    preferred: float = 3.0
    interest: float = 1.5
    fresh_topic: float = 2.5
    crowded: float = 4.0
    ahead: float = 2.0
    length: float = 2.0
    chance: float = 4.0


@dataclass(frozen=True)
class Reason:
    """`weight` is what it adds; `says` tells it to the learner, and is empty for what speaks against an exercise."""

    weight: float
    says: str = ""


@dataclass(frozen=True)
class Chosen:
    """An exercise, and the strongest reasons for it, as sentences."""

    candidate: Candidate
    because: tuple[str, ...]


def choose(candidates: Sequence[Candidate], learner: Learner) -> Chosen:
    """The best candidate within the learner's bounds for the learner's date: the same in whatever order they come.

    Raises OperatorError when there is nothing to choose from.
    """
    if not candidates:
        raise OperatorError(NONE)
    levels = between(*learner.profile.bounds)
    within = [c for c in candidates if c.difficulty in levels] or candidates
    within = [c for c in within if fits(learner.wish, c.topics)] or within
    near = [c for c in within if abs(distance(learner.level, c.difficulty)) < 2] or within
    scale = Scale(learner, near)
    best = max(near, key=lambda one: (scale.sum(one), _lot(learner.id, learner.today, one.slug)))
    reasons = sorted(scale.reasons(best), key=lambda reason: -reason.weight)
    return Chosen(best, tuple(reason.says for reason in reasons if reason.says and reason.weight > 0)[:3])


class Scale:
    """Weighs exercises for a learner."""

    def __init__(self, learner: Learner, candidates: Sequence[Candidate], weights: Weights | None = None) -> None:
        self.learner, self.weights, self.today = learner, weights or Weights(), learner.today
        self.slug_given = {past.slug: past.date for past in learner.history}
        self.kind_given = {past.kind: past.date for past in learner.history}
        self.due = {r.topic: r for r in learner.recalls.values() if r.due <= learner.today}
        self.crowd = min(max(sum(r.due <= learner.today + SOONEST for r in learner.recalls.values()) - 2, 0), 4)
        since = learner.today - timedelta(days=max(0, learner.rules.recent_days))
        recent = [past for past in learner.history if past.date >= since and learner.rules.recent_days]
        self.recent = {topic for past in recent for topic in past.topics}
        self._chances: dict[tuple[tuple[str, ...], Level], float] = {}
        self.fresh = {topic for c in candidates if c.slug not in self.slug_given for topic in c.topics}

    def sum(self, one: Candidate) -> float:
        return round(sum(reason.weight for reason in self.reasons(one)), 6)

    def reasons(self, one: Candidate) -> Iterator[Reason]:
        """All that speaks for and against an exercise."""
        parts: tuple[Callable[[Candidate], Iterator[Reason]], ...] = (
            self._wished,
            self._due,
            self._ahead,
            self._recent,
            self._level,
            self._given,
            self._kind,
            self._liked,
            self._topic,
            self._length,
            self._chance,
        )
        for part in parts:
            yield from part(one)

    def _wished(self, one: Candidate) -> Iterator[Reason]:
        if fits(self.learner.wish, one.topics):
            main = fits(self.learner.wish, one.topics[:1])
            yield Reason(self.weights.wish + main, f"You asked for {words(self.learner.wish)}.")

    def _due(self, one: Candidate) -> Iterator[Reason]:
        """Each topic that is about to be forgotten; a longer wait counts more."""
        for place, topic in enumerate(one.topics):
            if recall := self.due.get(topic):
                waited = min((self.today - recall.due).days, 10)
                weight = self.weights.due_beside if place else self.weights.due
                away = (self.today - recall.last).days
                says = f"You last practised {words(topic)} {away} days ago: time to recall it."
                yield Reason(weight + self.weights.overdue_day * waited, says)

    def _ahead(self, one: Candidate) -> Iterator[Reason]:
        """When many topics come back at once, one that is near goes before them."""
        for topic in one.topics[:1] if self.crowd else ():
            recall = self.learner.recalls.get(topic)
            if recall and self.today < recall.due <= self.today + 2 * SOONEST:
                yield Reason(
                    self.weights.ahead * self.crowd, f"Soon you would have been asked to recall {words(topic)} anyway."
                )

    def _recent(self, one: Candidate) -> Iterator[Reason]:
        again = [topic for topic in one.topics if topic in self.recent and topic not in self.due]
        if again:
            yield Reason(-self.weights.recent * len(again) - self.weights.recent_main * (again[0] == one.topics[0]))

    def _level(self, one: Candidate) -> Iterator[Reason]:
        away = distance(self.learner.level, one.difficulty)
        if away:
            yield Reason(-self.weights.level * away**2 - 0.5 * (away > 0))
        else:
            yield Reason(0.01, f"It is at your level, {self.learner.level}.")

    def _given(self, one: Candidate) -> Iterator[Reason]:
        """What was given before comes last, the longest ago first, unless nothing else recalls a topic."""
        if given := self.slug_given.get(one.slug):
            only = any(topic in self.due and topic not in self.fresh for topic in one.topics)
            weight = self.weights.given_due if only else self.weights.given
            yield Reason(-weight * (1 + 1 / (1 + (self.today - given).days / 30)))

    def _kind(self, one: Candidate) -> Iterator[Reason]:
        """Kinds take turns: the longer one waits, the more it counts."""
        last = self.kind_given.get(one.kind)
        waited = (self.today - last).days if last else 7
        turn = KINDS.index(one.kind) if one.kind in KINDS else len(KINDS)
        says = f"It is some time since your last {words(one.kind)} exercise." if last and waited > 3 else ""
        yield Reason(self.weights.kind * min(waited, 7) / 4 - 0.02 * turn, says)

    def _liked(self, one: Candidate) -> Iterator[Reason]:
        profile = self.learner.profile
        preferred = [as_is for as_is in one.topics if any(fits(as_topic(p), [as_is]) for p in profile.topics)]
        if preferred:
            yield Reason(self.weights.preferred, f"You like to practise {words(preferred[0])}.")
        known = {interest.casefold() for interest in profile.interests}
        shared = [interest for interest in one.interests if interest.casefold() in known]
        if shared:
            yield Reason(self.weights.interest * min(len(shared), 2), f"You are interested in {shared[0]}.")

    def _topic(self, one: Candidate) -> Iterator[Reason]:
        """A topic that is new appears now and then, and not while others wait to be recalled."""
        if not one.topics or one.topics[0] in self._met:
            return
        weight = self.weights.fresh_topic * (1 if self._settled else -1) - self.weights.crowded * self.crowd
        yield Reason(weight, f"New to you: {words(one.topics[0])}." if self._met else "")

    def _length(self, one: Candidate) -> Iterator[Reason]:
        over = one.minutes - self.learner.profile.minutes
        if over > 0:
            yield Reason(-self.weights.length * min(over / 10, 2))

    def _chance(self, one: Candidate) -> Iterator[Reason]:
        asked = one.topics, one.difficulty
        if asked not in self._chances:
            day = float(self.today.toordinal())
            self._chances[asked] = self.learner.knowledge.predict(one.topics, LOGITS[one.difficulty], day)
        chance = self._chances[asked]
        yield Reason(-self.weights.chance * abs(chance - DESIRABLE))

    @cached_property
    def _met(self) -> set[str]:
        return {topic for past in self.learner.history for topic in past.topics}

    @cached_property
    def _settled(self) -> bool:
        """Whether none of the latest three exercises brought a topic that was new."""
        history = self.learner.history
        before = {topic for past in history[:-3] for topic in past.topics}
        return all(past.topics[:1] and past.topics[0] in before for past in history[-3:])


def choose_theme(tellings: Mapping[str, Collection[str]], interests: Collection[str], today: date, learner: str) -> str:
    """The telling that shares most interests with the learner, of several equals the one that is drawn; the empty name
    of the author's own text when none shares any. `tellings` gives the interests of each by its name.
    """
    liked = {interest.casefold() for interest in interests}
    shared = {name: len(liked.intersection(map(str.casefold, words))) for name, words in tellings.items()}
    most = max(shared.values(), default=0)
    equals = [name for name, count in shared.items() if count == most] if most else [""]
    return min(equals, key=lambda name: _lot(learner, today, name))


def words(topic: str) -> str:
    """A topic or kind as it is read: `linked lists`."""
    return topic.replace("-", " ")


def _lot(learner: str, today: date, slug: str) -> str:
    return hashlib.sha256(f"{learner}\n{today}\n{slug}".encode(errors="surrogatepass")).hexdigest()
