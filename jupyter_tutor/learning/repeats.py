"""Answers that are listed more than once.

Some records list one answer under each of its topics: several rows of the same instant with the same result. How likely
a row repeats the one before is learnt from the learner's own rows. Rows of different instants never repeat each other,
so this adds nothing for a learner who answers one exercise a day.
"""

from dataclasses import dataclass, field
from math import exp, log

SIGNS = ("bias", "reversed", "second", "first", "share", "last_right", "after_repeat")
"""What speaks for a repeat: see `Repeats.signs`."""
Topics = tuple[str, ...]
STRONGEST = 6.0
"""The most that rows of the past can say, as a logarithm of odds."""


@dataclass(slots=True)
class Repeats:
    """What the rows of one learner tell of repeats, in logarithms of odds."""

    pairs: dict[tuple[Topics, Topics], float] = field(default_factory=dict)
    counts: dict[tuple[Topics, Topics], int] = field(default_factory=dict)
    firsts: dict[Topics, float] = field(default_factory=dict)
    seconds: dict[Topics, float] = field(default_factory=dict)
    seen: dict[Topics, int] = field(default_factory=dict)
    just: float = 0.0
    """How likely the last row was a repeat."""

    def signs(self, last: Topics, topics: Topics, right: float) -> list[float]:
        """Of a row of `topics` after one of `last` that went `right`: how often the reverse was a repeat, how often
        `topics` repeated anything, how often `last` was repeated, how often this row followed that one.
        """
        count = self.counts.get((last, topics), 0)
        return [
            1.0,
            self.pairs.get((topics, last), 0.0),
            self.seconds.get(topics, 0.0),
            self.firsts.get(last, 0.0),
            count / (self.seen.get(last, 0) + 1),
            right,
            0.0 if count else self.just,
        ]

    def learn(self, last: Topics, topics: Topics, same: bool, expected: float) -> None:
        """Take in whether a row had the result of the row before it; by chance it has with probability `expected`."""
        expected = min(max(expected, 0.1), 0.9)
        said = -log(expected) if same else max(-3.0, log(0.03 / (1 - expected)))
        pair = (last, topics)
        self.pairs[pair] = _bounded(self.pairs.get(pair, 0.0) + said, STRONGEST)
        self.seconds[topics] = _bounded(self.seconds.get(topics, 0.0) + said, 4.0)
        self.firsts[last] = _bounded(self.firsts.get(last, 0.0) + said, 4.0)
        self.counts[pair] = self.counts.get(pair, 0) + 1
        self.just = 1 / (1 + exp(0.5 - self.pairs[pair]))


def _bounded(value: float, most: float) -> float:
    return min(max(value, -most), most)
