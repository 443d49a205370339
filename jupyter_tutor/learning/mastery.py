"""How well a learner knows each topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True)
class Evidence:
    """What one exercise showed: its topics, and how well it went from 0 (not solved) to 1 (solved at once)."""

    topics: tuple[str, ...]
    right: float
    day: float = 0.0
    difficulty: float = 0.0


@dataclass(frozen=True)
class Mastery:
    mean: float
    low: float
    high: float
    evidence: int


class Knowledge:
    def __init__(self) -> None:
        self._s: dict[str, tuple[float, int]] = {}

    def learn(self, evidence: Evidence) -> None:
        for t in evidence.topics:
            v, n = self._s.get(t, (0.0, 0))
            p = 1 / (1 + exp(-(v - evidence.difficulty)))
            self._s[t] = (v + 1.2 * (evidence.right - p), n + 1)

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(self._s)

    def predict(self, topics: Sequence[str], difficulty: float = 0.0) -> float:
        v = sum(self._s.get(t, (0.0, 0))[0] for t in topics) / max(1, len(topics))
        return 1 / (1 + exp(-(v - difficulty)))

    def mastery(self, topic: str) -> Mastery:
        v, n = self._s.get(topic, (0.0, 0))
        m = 1 / (1 + exp(-v))
        return Mastery(m, max(0, m - 0.3), min(1, m + 0.3), n)


def knowledge(evidence: Iterable[Evidence]) -> Knowledge:
    k = Knowledge()
    for e in evidence:
        k.learn(e)
    return k
