"""Where single topics may differ from others: keys for weights that belong to them.

The product has no such weights, for a topic must work from its first answer. The benchmark fits them to its file, to
tell how much they would add.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

Topics = tuple[str, ...]


@dataclass(slots=True)
class Contexts:
    """What came before, by name."""

    last: Topics = ()
    other: Topics = ()
    """The topics before those of the last row, or of the last rows when they had the same."""
    right: bool = False
    results: dict[Topics, tuple[bool, ...]] = field(default_factory=dict)
    """The last two of each."""

    def keys(self, topics: Topics) -> tuple[Hashable, ...]:
        """Topics alone, after their last two results, after the last row and its result, after other topics."""
        other = self.other if topics == self.last else self.last
        return (
            topics,
            ("lately", topics, self.results.get(topics, ())),
            ("after", self.last, topics, self.right),
            ("since", other, topics),
        )

    def learn(self, topics: Topics, right: bool) -> None:
        """Take in one row."""
        if topics != self.last:
            self.other = self.last
        self.last, self.right = topics, right
        self.results[topics] = (*self.results.get(topics, ()), right)[-2:]
