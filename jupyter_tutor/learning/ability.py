"""What a learner can do, as normal distributions in logits: one for everything, one for what a topic adds or takes.

An answer is a Rasch item, `P(right) = sigmoid(overall + topic - difficulty)`. The update is one step of an extended
Kalman filter (Glicko is the same idea for games): the less is known, the more an answer moves. Variances have floors,
so that old answers never outvote what a learner does lately.
"""

from dataclasses import dataclass
from math import exp, pi, sqrt

BASE = 0.55
"""The ability of a learner of whom nothing is known: two of three answers of the training file are right."""
OVERALL_VARIANCE, OVERALL_FLOOR = 0.6, 0.02
TOPIC_VARIANCE, TOPIC_FLOOR = 0.9, 0.10
OVERALL_HALF_LIFE, TOPIC_HALF_LIFE = 720.0, 180.0
"""Days after which half of what was known is forgotten. Chosen, not fitted: the training file has no times."""


def sigmoid(logit: float) -> float:
    """The chance that belongs to a logit; safe for any size."""
    if logit < 0:
        odds = exp(max(logit, -700.0))
        return odds / (1 + odds)
    return 1 / (1 + exp(-logit))


def averaged(mean: float, variance: float) -> float:
    """The logit of the chance, averaged over what is not known (MacKay 1992): doubt pulls it towards one half."""
    return mean / sqrt(1 + pi / 8 * variance)


@dataclass(slots=True)
class Belief:
    """A normal distribution. With time it goes back to where it began, and its doubt grows again."""

    start: float
    most: float
    least: float
    half_life: float
    mean: float
    variance: float
    day: float

    def at(self, day: float) -> tuple[float, float]:
        """Mean and variance on a day."""
        if day <= self.day:
            return self.mean, self.variance
        kept = 0.5 ** ((day - self.day) / self.half_life)
        return self.start + (self.mean - self.start) * kept, self.most - (self.most - self.variance) * kept * kept

    def wait(self, day: float) -> None:
        """Let the days until `day` pass."""
        if day > self.day:
            self.mean, self.variance = self.at(day)
            self.day = day

    def move(self, share: float, surprise: float, slope: float, doubt: float) -> None:
        """Take in one answer that rests on this belief with `share`. `surprise` is what was not expected, `slope` how
        steep the chance is, `doubt` the variance of the whole answer.
        """
        gain = share * self.variance / (1 + doubt * slope)
        self.mean += gain * surprise
        self.variance = max(self.least, self.variance - gain * share * self.variance * slope)


def overall(day: float) -> Belief:
    """What is believed of a new learner."""
    return Belief(BASE, OVERALL_VARIANCE, OVERALL_FLOOR, OVERALL_HALF_LIFE, BASE, OVERALL_VARIANCE, day)


def of_topic(day: float) -> Belief:
    """What is believed of a topic that the learner has not met."""
    return Belief(0.0, TOPIC_VARIANCE, TOPIC_FLOOR, TOPIC_HALF_LIFE, 0.0, TOPIC_VARIANCE, day)
