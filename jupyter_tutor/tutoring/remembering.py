"""What is remembered of a learner: seen by rules in what they did and said, never taken from a model's word."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from jupyter_tutor.learning.model import Daily
from jupyter_tutor.learning.profile import Value, last_choice
from jupyter_tutor.learning.talk import Memory, Trait
from jupyter_tutor.ports import Store
from jupyter_tutor.tutoring.clues import Clue

_LIKES = ("goals", "interests", "style")
_STRUGGLE = 3
"""Submissions or hints from which on a passed exercise was hard."""
_OPPOSITE: dict[Trait, Trait] = {"strength": "weakness", "weakness": "strength"}
_WORD = r"[^\W\d_][\w+#-]*"
_SAID: tuple[tuple[Trait, re.Pattern[str]], ...] = (
    ("interest", re.compile(rf"\bI(?:'m| am) (?:very |really )?interested in ({_WORD}(?: {_WORD})?)\b", re.I)),
    ("interest", re.compile(rf"\bI (?:really )?(?:like|love|enjoy) ({_WORD})\b", re.I)),
    ("goal", re.compile(rf"\bmy goal is (?:to )?({_WORD}(?: {_WORD}){{0,4}})", re.I)),
    ("goal", re.compile(rf"\bI (?:want|would like) to (?:become|learn) ({_WORD}(?: {_WORD}){{0,3}})", re.I)),
)
_EMPTY = {"it", "this", "that", "the", "a", "an", "to", "how", "your", "you", "my", "these", "what", "them"}


class Remembering:
    """`misconceptions` tells each of the fixed list, by its key."""

    def __init__(self, store: Store, misconceptions: Mapping[str, str], now: Callable[[], datetime]) -> None:
        self.store, self.misconceptions, self.now = store, misconceptions, now

    async def allowed(self, learner: str) -> bool:
        """Whether things may be remembered, and used."""
        choice = last_choice(await self.store.choices(learner), "memory")
        return choice is None or choice.value is not False

    async def likes(self, learner: str) -> dict[str, Value]:
        """The goals, interests and style that a learner chose."""
        choices = await self.store.choices(learner)
        chosen = {name: choice.value for name in _LIKES if (choice := last_choice(choices, name))}
        return {name: value for name, value in chosen.items() if value}

    async def of(self, learner: str) -> tuple[Memory, ...]:
        """What may be used, newest first."""
        if not await self.allowed(learner):
            return ()
        used = [memory for memory in await self.store.memories(learner) if memory.on]
        return tuple(sorted(used, key=lambda memory: memory.at, reverse=True))

    async def after_verdict(self, daily: Daily, passed: bool, clues: tuple[Clue, ...]) -> None:
        """Remember what a graded answer shows."""
        if not await self.allowed(daily.learner):
            return
        seen = [*(_after_passing(daily) if passed else self._misconceptions(daily, clues))]
        for trait, key, text, evidence in seen:
            await self._keep(daily.learner, trait, key, text, evidence, daily.slug)

    async def after_message(self, learner: str, text: str) -> None:
        """Remember the interests and goals that a learner names in plain words."""
        if not await self.allowed(learner):
            return
        for trait, pattern in _SAID:
            for match in pattern.finditer(text[:4000]):
                said = " ".join(match[1].split())
                if said.casefold().split()[0] not in _EMPTY and len(said) <= 40:
                    await self._keep(learner, trait, said.casefold(), said, "You said so.", "chat")

    async def correct(self, learner: str, id: str, text: str | None, on: bool | None) -> Memory:
        """What the learner says of one thing. Raises NotFound."""
        values: dict[str, Any] = {} if on is None else {"on": on}
        if text is not None:
            values |= {"text": " ".join(text.split()), "source": "learner"}
        return await self.store.change_memory(learner, id, **values)

    def _misconceptions(self, daily: Daily, clues: tuple[Clue, ...]) -> Iterator[tuple[Trait, str, str, str]]:
        for clue in clues[:1]:
            if clue.misconception in self.misconceptions:
                where = f"line {clue.line} of your answer" if clue.line else "your answer"
                text = self.misconceptions[clue.misconception]
                yield "misconception", clue.misconception, text, f"Seen in {where} to {daily.title}."

    async def _keep(self, learner: str, trait: Trait, key: str, text: str, evidence: str, source: str) -> None:
        for other in await self.store.memories(learner) if trait in _OPPOSITE else ():
            if (other.trait, other.key) == (_OPPOSITE[trait], key) and other.source != "learner":
                await self.store.forget(learner, other.id)
        await self.store.remember(Memory(uuid.uuid4().hex, learner, trait, key, text, evidence, source, self.now()))


def _after_passing(daily: Daily) -> Iterator[tuple[Trait, str, str, str]]:
    """Topics that went well, or were hard."""
    tries, hints = daily.submissions, daily.hints_asked
    took = f"{tries} {'try' if tries == 1 else 'tries'} and {hints} {'hint' if hints == 1 else 'hints'}"
    for topic in daily.topics[:1]:
        words = topic.replace("-", " ")
        if tries <= 1 and not hints:
            yield (
                "strength",
                topic,
                f"You are good at {words}.",
                f"{daily.title}: passed at once, without hints.",
            )
        elif max(tries, hints) >= _STRUGGLE:
            yield "weakness", topic, f"You find {words} hard.", f"{daily.title} took {took}."
