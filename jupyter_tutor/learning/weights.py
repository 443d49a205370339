"""The weights of the forecast. The numbers come from `python tests/benchmarks/learner_model.py --fit --train FILE`."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

SIGNS = (
    "bias", "ability", "doubt", "recent_in_topic", "recent", "usual", "answers", "topics", "new_topic", "since_topic",
    "same_topics", "other_topics",
)  # fmt: skip


@dataclass(frozen=True)
class Parameters:
    """What the forecast weighs: `signs` in the order of SIGNS, `repeats` in that of `repeats.SIGNS`.

    `skills` says how much likelier a right answer is in each of `contexts.py`, in logits, and `pairs` how much likelier
    one topic repeats another. Both are empty in the product: a topic works from its first answer.
    """

    signs: tuple[float, ...]
    repeats: tuple[float, ...]
    skills: Mapping[Hashable, float] = field(default_factory=dict)
    pairs: Mapping[tuple[tuple[str, ...], tuple[str, ...]], float] = field(default_factory=dict)

    def strength(self, signs: Sequence[float], contexts: Sequence[Hashable] = ()) -> float:
        """The logit of the chance that a medium exercise goes right."""
        return sum(map(mul, self.signs, signs)) + sum(self.skills.get(context, 0.0) for context in contexts)

    def repeat(self, signs: Sequence[float], last: tuple[str, ...], topics: tuple[str, ...]) -> float:
        """The logit of the chance that a row repeats the last one."""
        return sum(map(mul, self.repeats, signs)) + self.pairs.get((last, topics), 0.0)


SHIPPED = Parameters(
    signs=(1.182, 0.552, -0.401, 0.781, 0.483, 0.766, -0.192, 0.203, -0.71, -0.088, -0.07, -0.017),
    repeats=(-0.886, -0.507, 0.377, 0.758, 2.427, -0.845, 0.3),
)
