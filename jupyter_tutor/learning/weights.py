"""The weights of the forecast. The numbers come from `python tests/benchmarks/learner_model.py --fit --train FILE`."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

SIGNS = ("bias", "ability", "recent_in_topic", "recent", "usual", "answers", "topics", "new_topic", "since_topic")
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
        0.683,
        0.508,  # the ability in these topics, in logits
        0.781,  # how much better than usual the last few exercises of these topics went, from -1 to 1
        0.588,  # how much better the last few of all topics went
        0.844,  # how much better the last fifty went
        -0.108,  # how many exercises there were, as a logarithm
        0.128,  # how many topics they had, as a logarithm
        -0.821,  # the share of topics that are met for the first time
        -0.096,  # how many exercises ago these topics were met, as a logarithm
    ),
    repeats=(
        -0.372,
        -0.517,  # such rows in reverse order were repeats
        0.479,  # rows of these topics were repeats
        0.846,  # rows after the last one's topics were repeats
        -1.923,  # the last row had the topics of the one before it
        -2.384,  # how often rows of the last one's topics followed each other
    ),
)
"""Fitted to the training half of the ASSISTments 2009-10 skill-builder data (224,218 answers)."""
