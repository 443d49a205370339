"""Exercises being written: one at a time for each learner, its stages told to whoever listens."""

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from jupyter_tutor.errors import Conflict, GenerationFailed, NotFound, TutorError, sentence
from jupyter_tutor.generation.library import Library
from jupyter_tutor.generation.report import Stage, StageName
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.generation.writer import Writer, WrittenDraft
from jupyter_tutor.grading.feed import Event, Feed
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.learning.model import Daily, Written

_log = logging.getLogger(__name__)
_KEPT = 50
"""Ended writings whose events can still be replayed."""
WORDS: dict[StageName, str] = {
    "drafting": "Writing a draft",
    "reading": "Reading the draft",
    "comparing": "Comparing it with what you have seen",
    "proving": "Running its checks",
    "mutants": "Putting faults in to see that its checks notice",
    "second solution": "Solving it a second time, from its text alone",
    "done": "Proven",
}
Place = Callable[[Written], Awaitable[Daily | None]]


@dataclass
class Writing:
    """One exercise on its way. `state` is running, written, failed or cancelled. `ahead`: nobody waits for it."""

    id: str
    wanted: Wanted
    ahead: bool
    feed: Feed = field(default_factory=Feed)
    state: str = "running"
    task: asyncio.Task[None] | None = None


class Authoring:
    """Starts and stops writings. Nothing is stored before an exercise is proven, and then all of it at once."""

    def __init__(self, writer: Writer, library: Library, proofs: Proofs, now: Callable[[], datetime]) -> None:
        self.writer, self.library, self.proofs, self.now = writer, library, proofs, now
        self.writings: dict[str, Writing] = {}

    def start(self, wanted: Wanted, due: date | None = None, place: Place | None = None) -> Writing:
        """Have an exercise written in the background, for a date or to be placed when it is there.

        Raises Conflict while another one is written for the learner.
        """
        if self.running(wanted.learner) is not None:
            raise Conflict("an exercise is being written for you already: wait for it, or cancel it")
        writing = Writing(uuid.uuid4().hex, wanted, ahead=place is None)
        self.writings[writing.id] = writing
        for old in [id for id, w in self.writings.items() if w.state != "running"][:-_KEPT]:
            del self.writings[old]
        writing.task = asyncio.create_task(self._run(writing, due, place))
        return writing

    def running(self, learner: str) -> Writing | None:
        """What is being written for a learner."""
        writings = self.writings.values()
        return next((w for w in writings if w.state == "running" and w.wanted.learner == learner), None)

    def find(self, learner: str, id: str) -> Writing:
        """Raises NotFound."""
        writing = self.writings.get(id)
        if writing is None or writing.wanted.learner != learner:
            raise NotFound("you have no such exercise being written: ask for a new one")
        return writing

    async def events(self, learner: str, id: str) -> AsyncIterator[Event]:
        """Its stages from the first, and last done. Raises NotFound."""
        async for event in self.find(learner, id).feed.listen():
            yield event

    async def cancel(self, learner: str, id: str) -> Writing:
        """Stop a writing; one that has ended stays as it is. Raises NotFound."""
        writing = self.find(learner, id)
        await _ended(writing)
        return writing

    async def close(self) -> None:
        """Stop all."""
        await asyncio.gather(*map(_ended, self.writings.values()))

    async def make_way(self, learner: str) -> None:
        """Stop what is written ahead for a learner, who asks for an exercise at once."""
        for writing in self.writings.values():
            if writing.ahead and writing.wanted.learner == learner:
                await _ended(writing)

    async def _run(self, writing: Writing, due: date | None, place: Place | None) -> None:
        done: dict[str, Any] = {"id": writing.id, "problem": None, "daily": None}

        def tell(stage: Stage) -> None:
            data = {"stage": stage.name, "try": stage.number, "tries": stage.tries, "text": WORDS[stage.name]}
            writing.feed.tell(Event("stage", data))

        try:
            seen = await self.library.seen(writing.wanted.learner)
            slugs = tuple(exercise.metadata.slug for exercise in seen)  # as a title, each would give its slug again
            draft = await self.writer.write(replace(writing.wanted, avoid=slugs), seen, tell)
            done |= await _whole(self._keep(draft, writing.wanted, due, place))
            writing.state = "written"
        except asyncio.CancelledError:
            writing.state = "cancelled"
        except GenerationFailed as failed:
            _log.info("%s", failed.report)
            writing.state, done["problem"] = "failed", sentence(str(failed))
        except TutorError as error:
            writing.state, done["problem"] = "failed", sentence(str(error))
        except Exception as error:  # the learner gets a word, whatever happens
            _log.exception("an exercise could not be written")
            writing.state, done["problem"] = "failed", f"Writing stopped ({type(error).__name__}): try again."
        if writing.ahead and done["problem"]:
            _log.warning("tomorrow's exercise is one of the curriculum: %s", done["problem"])
        writing.feed.tell(Event("done", done | {"status": writing.state}))

    async def _keep(
        self, draft: WrittenDraft, wanted: Wanted, due: date | None, place: Place | None
    ) -> dict[str, str | None]:
        """Store a proven draft, and give it its day."""
        await self.proofs.keep(draft.proof)
        written = Written(
            id=uuid.uuid4().hex,
            learner=wanted.learner,
            slug=draft.exercise.metadata.slug,
            due=due,
            created_at=self.now(),
            notebook=draft.notebook,
            proof_digest=draft.proof.digest,
            report=json.dumps(draft.report.to_json()),
        )
        await self.library.store.add_written(written)
        daily = await place(written) if place is not None else None
        return {"slug": written.slug, "daily": None if daily is None else daily.id}


async def _whole(work: Coroutine[Any, Any, dict[str, str | None]]) -> dict[str, str | None]:
    """What this gives; a cancellation comes too late for it."""
    task = asyncio.create_task(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    return task.result()


async def _ended(writing: Writing) -> None:
    if writing.task is not None and not writing.task.done():
        writing.task.cancel()
        await asyncio.wait([writing.task])
