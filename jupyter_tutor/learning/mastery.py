"""The learner model: evidence is folded into knowledge, and knowledge predicts.

Two parts. *Ability* (ability.py) is what the learner is shown as mastery: a mean with a band, per topic. The *forecast*
adds what the learner did lately, by one weighted sum with named signs (weights.py).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from jupyter_tutor.learning import ability
from jupyter_tutor.learning.ability import Belief, averaged, sigmoid
from jupyter_tutor.learning.contexts import Contexts
from jupyter_tutor.learning.repeats import Repeats
from jupyter_tutor.learning.weights import SHIPPED, Parameters

BAND = 1.2816
"""Standard deviations on either side of the mean that hold 80 %."""
USUAL = 0.65
"""The share of right answers from which what happened lately is counted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one exercise showed: its topics, and how well it went from 0 (not solved) to 1 (solved at once).

    `day` counts from any beginning. `difficulty` is in logits: 0 is medium. `may_repeat` is for records that may list
    one answer as several rows, one for each topic: this may be the answer of the evidence before once more.
    """

    topics: tuple[str, ...]
    right: float
    day: float = 0.0
    difficulty: float = 0.0
    may_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Mastery:
    """The chance that the learner solves a medium exercise of a topic at once; low and high hold 80 % of the belief.
    `evidence` counts the exercises it rests on.
    """

    mean: float
    low: float
    high: float
    evidence: int


@dataclass(slots=True)
class _Topic:
    """What is known of one topic. `recent` is above 0 when it went well lately, `last` counts exercises."""

    belief: Belief
    count: int = 0
    recent: float = 0.0
    last: int = 0


class Knowledge:
    """What is known of one learner. Evidence comes oldest first."""

    def __init__(self, parameters: Parameters = SHIPPED) -> None:
        self._parameters = parameters
        self._overall = ability.overall(0.0)
        self._topics: dict[str, _Topic] = {}
        self._quick = self._slow = 0.0
        self._answers = 0
        self._last: Evidence | None = None
        self._repeats = Repeats()
        self._contexts = Contexts()
        self._day = 0.0

    @property
    def topics(self) -> tuple[str, ...]:
        """Those that were met, in the order in which they were."""
        return tuple(self._topics)

    def mastery(self, topic: str, day: float | None = None) -> Mastery:
        """On a day, by default that of the last evidence. Without evidence: the learner as far as other topics tell."""
        known = self._topics.get(topic)
        mean, variance = self._sum((topic,), self._day if day is None else day)
        low, high = (sigmoid(mean + side * BAND * sqrt(variance)) for side in (-1, 1))
        return Mastery(sigmoid(averaged(mean, variance)), low, high, known.count if known else 0)

    def predict(
        self, topics: Sequence[str], difficulty: float = 0.0, day: float | None = None, *, may_repeat: bool = False
    ) -> float:
        """The chance that an exercise of these topics goes right, from 0 to 1."""
        topics = tuple(topics)
        signs = self.signs(topics, self._day if day is None else day)
        chance = sigmoid(self._parameters.strength(signs, self.contexts(topics)) - difficulty)
        last, repeated = self._last, self.repeat_signs(topics) if may_repeat else None
        if last is None or repeated is None:
            return chance
        repeat = sigmoid(self._parameters.repeat(repeated, last.topics, topics))
        return repeat * last.right + (1 - repeat) * chance

    def learn(self, evidence: Evidence) -> None:
        """Take in one exercise."""
        day = self._day = max(self._day, evidence.day)
        topics = evidence.topics
        mean, variance = self._sum(topics, day)
        chance = sigmoid(averaged(mean - evidence.difficulty, variance))
        if evidence.may_repeat:
            self._learn_repeat(topics, evidence.right, chance)
        lately = evidence.right - USUAL
        if evidence.difficulty:  # what it would have been on a medium exercise
            lately += sigmoid(averaged(mean, variance)) - chance
        self._believe(topics, evidence.right - chance, chance * (1 - chance), variance, day)
        self._answers += 1
        self._quick += 0.3 * (lately - self._quick)
        self._slow += 0.02 * (lately - self._slow)
        for known in map(self._topics.__getitem__, topics):
            known.recent += 0.4 * (lately - known.recent)
            known.count += 1
            known.last = self._answers
        self._last = evidence
        if self._parameters.skills:
            self._contexts.learn(topics, evidence.right > 0.5)

    def signs(self, topics: tuple[str, ...], day: float) -> list[float]:
        """What the forecast weighs, in the order of `weights.SIGNS`."""
        mean, variance = self._sum(topics, day)
        known = [self._topics[topic] for topic in topics if topic in self._topics]
        share = 1 / len(topics) if topics else 0.0
        return [
            1.0,
            averaged(mean, variance),
            sqrt(variance),
            share * sum(topic.recent for topic in known),
            self._quick,
            self._slow,
            log(1 + self._answers),
            log(1 + len(self._topics)),
            1 - share * len(known),
            share * sum(log(1 + self._answers - topic.last) for topic in known),
        ]

    def repeat_signs(self, topics: tuple[str, ...]) -> list[float] | None:
        """What speaks for a repeat of the last evidence, in the order of `repeats.SIGNS`; None when it is none."""
        last = self._last
        if last is None or last.topics == topics:
            return None
        return self._repeats.signs(last.topics, topics)

    def contexts(self, topics: tuple[str, ...]) -> tuple[Hashable, ...]:
        """Where weights of single topics may be found; nowhere in the product."""
        return self._contexts.keys(topics) if self._parameters.skills else ()

    def _learn_repeat(self, topics: tuple[str, ...], right: float, chance: float) -> None:
        if last := self._last:
            expected = chance if last.right > 0.5 else 1 - chance
            self._repeats.learn(last.topics, topics, abs(last.right - right) < 0.01, expected)

    def _sum(self, topics: tuple[str, ...], day: float) -> tuple[float, float]:
        """Mean and variance of the ability in an exercise of these topics: the learner's and the topics' average."""
        mean, variance = self._overall.at(day)
        share = 1 / len(topics) if topics else 0.0
        for topic in topics:
            known = self._topics.get(topic)
            more, doubt = known.belief.at(day) if known else (0.0, ability.TOPIC_VARIANCE)
            mean += share * more
            variance += share * share * doubt
        return mean, variance

    def _believe(self, topics: tuple[str, ...], surprise: float, slope: float, doubt: float, day: float) -> None:
        self._overall.wait(day)
        self._overall.move(1.0, surprise, slope, doubt)
        for topic in topics:
            known = self._topics.get(topic)
            if known is None:
                known = self._topics[topic] = _Topic(ability.of_topic(day))
            known.belief.wait(day)
            known.belief.move(1 / len(topics), surprise, slope, doubt)


def knowledge(evidence: Iterable[Evidence], parameters: Parameters = SHIPPED) -> Knowledge:
    """Fold a learner's evidence, oldest first."""
    known = Knowledge(parameters)
    for one in evidence:
        known.learn(one)
    return known
