"""What one request takes: each try counts, whether it ends well or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jupyter_tutor.dialogue import Ask, Tokens

PER_TOKEN = 4
"""Characters of a token, where the server does not count."""


@dataclass
class Tally:
    """The tokens by model. `prices` are for a million tokens in and out, by model."""

    ask: Ask
    prices: Mapping[str, tuple[float, float]]
    tokens: dict[str, Tokens] = field(default_factory=dict)

    def add(self, model: str, read: int | None, written: int | None, characters: int) -> None:
        """Count one answer of so many characters; tokens that the server did not count are estimated."""
        if not read:
            sent = sum(len(message.content) for message in self.ask.messages)
            read = sent // PER_TOKEN + 1
        if not written:
            written = -(-characters // PER_TOKEN)
        price_in, price_out = self.prices.get(model, (0.0, 0.0))
        cost = (read * price_in + written * price_out) / 1_000_000
        self.tokens[model] = self.tokens.get(model, Tokens()) + Tokens(read, written, 1, cost)

    def total(self) -> Tokens:
        """Of all models."""
        return sum(self.tokens.values(), Tokens())
