"""What is asked of a language model, and what it answers: plain data, whoever asks and whatever serves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Use = Literal["write", "hint", "chat"]
"""What a model is asked for; each use can have a model of its own."""
USES: tuple[Use, ...] = ("write", "hint", "chat")


@dataclass(frozen=True)
class Message:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Ask:
    """One request. `prompt` names the prompt and its version, such as `draft/1`. `schema` is the JSON schema that the
    answer has to fit, or None for a text. `most` is the greatest number of tokens of the answer. `fresh`: an answer
    that was kept does not do.
    """

    use: Use
    learner: str
    prompt: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = field(default=None, hash=False)
    most: int = 4000
    fresh: bool = False


@dataclass(frozen=True)
class Tokens:
    """Tokens of one request or of many, `cost` in the currency of the operator's prices."""

    input: int = 0
    output: int = 0
    requests: int = 0
    cost: float = 0.0

    @property
    def total(self) -> int:
        return self.input + self.output

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            self.input + other.input,
            self.output + other.output,
            self.requests + other.requests,
            self.cost + other.cost,
        )


@dataclass(frozen=True)
class Reply:
    """The answer of `model`. With a schema `text` is a JSON object; that it fits the schema is for the asker to see.
    `cached`: it was kept from an earlier request, and its tokens are none.
    """

    text: str
    model: str
    tokens: Tokens = Tokens()
    cached: bool = False


@dataclass(frozen=True)
class Spent:
    """What a learner's requests of one use took on one day (UTC)."""

    learner: str
    day: date
    use: Use
    model: str
    tokens: Tokens
