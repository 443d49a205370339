"""The weights of the forecast. The numbers come from `python tests/benchmarks/learner_model.py --fit --train FILE`."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

SIGNS = (
    "bias", "ability", "doubt", "recent_in_topic", "recent", "usual", "answers", "topics", "new_topic", "since_topic",
)  # fmt: skip
"""See `SHIPPED`. Of an exercise of several topics, what is known of each is averaged."""


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
    signs=(
        1.13,
        0.543,  # the ability in these topics, in logits
        -0.425,  # the doubt about it, a standard deviation in logits
        0.755,  # how much better than usual the last few exercises of these topics went, from -1 to 1
        0.535,  # how much better the last few of all topics went
        0.822,  # how much better the last fifty went
        -0.177,  # how many exercises there were, as a logarithm
        0.178,  # how many topics they had, as a logarithm
        -0.737,  # the share of topics that are met for the first time
        -0.092,  # how many exercises ago these topics were met, as a logarithm
    ),
    repeats=(
        -0.367,
        -0.478,  # such rows in reverse order were repeats
        0.456,  # rows of these topics were repeats
        0.796,  # rows after the last one's topics were repeats
        -1.387,  # the last row had the topics of the one before it
        -1.667,  # how often rows of the last one's topics followed each other
    ),
)
"""Fitted to the training part of the ASSISTments 2009-10 skill-builder data (224,218 answers)."""
