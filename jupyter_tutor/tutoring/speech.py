"""What the tutor is saying: told piece by piece while it is written, and kept for those who come later."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from jupyter_tutor.errors import NotFound, TutorError, sentence
from jupyter_tutor.grading.feed import Event, Feed

_KEPT = 50
"""Ended speeches that can still be heard."""
_log = logging.getLogger(__name__)
SpeechKind = Literal["hint", "answer", "feedback"]
Source = Literal["author", "diagnosis", "model"]


@dataclass
class Speech:
    """Markdown for one learner about one daily. `source` is who wrote it, `problem` why it is not whole or not kept.
    A hint has its number `rung`; `of` are those that the author wrote, and `again` says that it was given before. An
    answer has its `question`.
    `seen` is what the learner saw of a model's words that is kept nowhere else.
    """

    learner: str
    daily: str
    kind: SpeechKind
    text: str = ""
    source: Source = "author"
    problem: str = ""
    rung: int | None = None
    of: int | None = None
    again: bool = False
    question: str = ""
    done: bool = False
    seen: list[str] = field(default_factory=list)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    feed: Feed = field(default_factory=Feed)
    task: "asyncio.Task[None] | None" = None

    def say(self, piece: str) -> None:
        """Say more."""
        self.text += piece
        self.feed.tell(Event("text", {"text": piece}))

    def take_back(self, reason: str) -> None:
        """Take back what was said so far, if anything was; `reason` is for the learner."""
        if self.text:
            self.seen.append(self.text)
            self.text = ""
            self.feed.tell(Event("withdrawn", {"reason": reason}))


class Speeches:
    """Speeches on their way, and the latest of those that ended."""

    def __init__(self) -> None:
        self._speeches: dict[str, Speech] = {}

    def start(self, speech: Speech, work: Callable[[Speech], Awaitable[None]]) -> Speech:
        """Have a speech made in the background."""
        self._speeches[speech.id] = speech
        for old in [id for id, other in self._speeches.items() if other.done][:-_KEPT]:
            del self._speeches[old]
        speech.task = asyncio.create_task(self._run(speech, work))
        return speech

    def running(self, learner: str, daily: str, kind: SpeechKind) -> Speech | None:
        """The one of a kind that is being made about a daily."""
        return next((s for s in self.under_way(learner, daily) if s.kind == kind), None)

    def under_way(self, learner: str, daily: str) -> tuple[Speech, ...]:
        """All that are being made about a daily."""
        return tuple(s for s in self._speeches.values() if (s.learner, s.daily, s.done) == (learner, daily, False))

    def find(self, learner: str, id: str) -> Speech:
        """Raises NotFound."""
        speech = self._speeches.get(id)
        if speech is None or speech.learner != learner:
            raise NotFound("there is no such reply any more: ask again")
        return speech

    def seen(self, daily: str) -> tuple[str, ...]:
        """What was seen about a daily that is kept nowhere else."""
        return tuple(text for speech in self._speeches.values() if speech.daily == daily for text in speech.seen)

    async def stop(self, learner: str | None = None) -> None:
        """Stop those of a learner, or all, and keep none of them."""
        stopped = [s for s in self._speeches.values() if learner in (None, s.learner)]
        for speech in stopped:
            del self._speeches[speech.id]
        tasks = [s.task for s in stopped if s.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, speech: Speech, work: Callable[[Speech], Awaitable[None]]) -> None:
        try:
            await work(speech)
        except TutorError as error:
            speech.problem = sentence(str(error))
        except Exception as error:  # the learner gets a word, whatever happens
            _log.exception("the tutor lost its thread")
            speech.problem = f"The tutor could not answer ({type(error).__name__}): ask again."
        finally:
            speech.done = True
            speech.feed.tell(Event("done", {"id": speech.id}))
