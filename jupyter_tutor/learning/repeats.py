"""Answers that are listed more than once.

Some records list one answer under each of its topics: several rows with the same result. How likely a row repeats the
one before is learnt from the learner's own rows. The dailies list each answer once, and nothing of this applies.
"""

from dataclasses import dataclass, field
from math import log
from typing import TypeVar

SIGNS = ("bias", "reversed", "second", "first", "after_same", "alone")
"""What speaks for a repeat: see `Repeats.signs`."""
Topics = tuple[str, ...]
Key = TypeVar("Key")


@dataclass(slots=True)
class Repeats:
    """What the rows of one learner tell of repeats. Numbers above 0 are logarithms of odds for them."""

    pairs: dict[tuple[Topics, Topics], float] = field(default_factory=dict)
    firsts: dict[Topics, float] = field(default_factory=dict)
    seconds: dict[Topics, float] = field(default_factory=dict)
    rows: dict[Topics, int] = field(default_factory=dict)
    alone: dict[Topics, int] = field(default_factory=dict)
    """How many rows another row of the same topics followed: each of these was a whole answer."""
    after_same: float = 0.0
    """1 when the last row had the topics of the one before."""

    def signs(self, last: Topics, topics: Topics) -> list[float]:
        """Of a row of `topics` after one of `last`: whether such rows in reverse order were repeats, whether rows of
        `topics` were, whether rows after `last` were, and whether `last` is listed alone: this time, and usually.
        """
        return [
            1.0,
            self.pairs.get((topics, last), 0.0),
            self.seconds.get(topics, 0.0),
            self.firsts.get(last, 0.0),
            self.after_same,
            self.alone.get(last, 0) / (self.rows.get(last, 0) + 1),
        ]

    def learn(self, last: Topics, topics: Topics, same: bool, expected: float) -> None:
        """Take in whether a row had the result of the row before it; by chance it has with probability `expected`."""
        self.rows[last] = self.rows.get(last, 0) + 1
        self.after_same = 1.0 if last == topics else 0.0
        if last == topics:
            self.alone[last] = self.alone.get(last, 0) + 1
            return
        expected = min(max(expected, 0.1), 0.9)
        said = -log(expected) if same else max(-3.0, log(0.03 / (1 - expected)))
        _add(self.pairs, (last, topics), said, 6.0)
        _add(self.seconds, topics, said, 4.0)
        _add(self.firsts, last, said, 4.0)


def _add(sums: dict[Key, float], key: Key, more: float, most: float) -> None:
    sums[key] = min(max(sums.get(key, 0.0) + more, -most), most)
