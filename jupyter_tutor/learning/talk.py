"""What was said about exercises, and what is remembered of a learner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Trait = Literal["strength", "weakness", "misconception", "interest", "goal"]
"""What can be remembered of a learner."""
TRAITS: tuple[Trait, ...] = ("strength", "weakness", "misconception", "interest", "goal")


@dataclass(frozen=True)
class ChatMessage:
    """One message about the exercise of a daily. `number` counts them from 1, `text` is Markdown, and `source` is who
    wrote it: the learner, a model, or the diagnosis.
    """

    daily: str
    number: int
    role: Literal["learner", "tutor"]
    text: str
    at: datetime
    source: Literal["learner", "model", "diagnosis"] = "learner"


@dataclass(frozen=True)
class ChatPage:
    """Messages, newest first; `next_cursor` is opaque, None on the last page."""

    items: tuple[ChatMessage, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class Memory:
    """One thing that is remembered of a learner. `key` names it for good, `text` tells it to the learner, `evidence`
    says what it rests on, and `source` where that was: an exercise's slug, `chat`, or `learner` for what the learner
    wrote. One that is not `on` is not used. `at` is when it was seen last, `seen` how often.
    """

    id: str
    learner: str
    trait: Trait
    key: str
    text: str
    evidence: str
    source: str
    at: datetime
    seen: int = 1
    on: bool = True
