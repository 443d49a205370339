"""The desk where submissions are taken: kept first, then graded, with each step told to whoever listens."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from jupyter_tutor.errors import NotFound, StorageError, TutorError, sentence
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import read_submission
from jupyter_tutor.grading.boundary.checks import helpers_in, split
from jupyter_tutor.grading.feed import Event, Feed
from jupyter_tutor.grading.grade import grade
from jupyter_tutor.grading.job import Limits, Outcome
from jupyter_tutor.grading.plan import boundary
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.grading.verdict import Check, Verdict
from jupyter_tutor.learning.model import Daily, Submission
from jupyter_tutor.ports import Store

_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds to wait before a result is stored again."""
_DELETED = "This answer was deleted while it was checked."
_SHORT = 0.3
"""Seconds within which most submissions are graded."""
_KEPT_EVENTS = 100
"""Finished submissions whose events can still be replayed."""


class Desk:
    """Takes submissions for one process. A submission that a killed process left behind is graded by `recover`."""

    def __init__(
        self,
        store: Store,
        proofs: Proofs,
        limits: Limits,
        now: Callable[[], datetime],
        reflect: Callable[[Daily, Submission, dict[str, Any]], Awaitable[None]],
    ) -> None:
        """`reflect` is called with each graded submission, its daily as it was before, and the verdict; nobody waits
        for it."""
        self.store, self.proofs, self.limits, self.now = store, proofs, limits, now
        self.reflect = reflect
        self.feeds: dict[str, Feed] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def submit(self, daily: Daily, exercise: Exercise, notebook: str, today: date) -> Submission:
        """Keep a submission and start grading it. `today` is the learner's date. Raises LearnerError for a notebook
        that cannot be kept.
        """
        await asyncio.to_thread(read_submission, notebook)
        late = today > daily.date
        submission = Submission(uuid.uuid4().hex, daily.learner, daily.id, self.now(), "queued", notebook, late=late)
        kept = asyncio.ensure_future(self.store.add_submission(submission, daily.slug))
        self.start(submission, daily, exercise, kept)
        await asyncio.shield(kept)
        return submission

    def start(
        self, submission: Submission, daily: Daily, exercise: Exercise, kept: "asyncio.Future[None] | None" = None
    ) -> None:
        """Grade a submission in the background. Nothing comes of it before it is `kept`; None when it is already."""
        self.feeds[submission.id] = Feed()
        for old in list(self.feeds)[:-_KEPT_EVENTS]:
            del self.feeds[old]
        task = asyncio.create_task(self._grade(submission, daily, exercise, self.feeds[submission.id], kept))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def events(self, learner: str, id: str) -> AsyncIterator[Event]:
        """What happened to a submission so far, and what happens until it is done. Raises NotFound."""
        submission = await self.store.submission(learner, id)
        if id in self.feeds:
            async for event in self.feeds[id].listen():
                yield event
            return
        verdict = json.loads(submission.verdict or "{}")
        for check in verdict.get("checks", []):
            yield Event("check", check)
        if verdict:
            yield Event("verdict", verdict)
        yield Event("done", {"id": id}, submission)

    async def close(self) -> None:
        """Stop; what is not graded yet stays queued in the store."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _grade(
        self,
        submission: Submission,
        daily: Daily,
        exercise: Exercise,
        feed: Feed,
        kept: "asyncio.Future[None] | None",
    ) -> None:
        stored: Submission | None = None
        try:
            proof = await self.proofs.of(exercise)
            total = len(proof.checks)
            feed.tell(Event("progress", {"done": 0, "total": total, "text": "Running your notebook"}))
            marking = asyncio.create_task(self._mark_running(submission.id))
            try:
                verdict = await self._verdict(submission, exercise, proof, feed)
            finally:
                marking.cancel()
                await asyncio.wait([marking])
            if kept is not None:
                await asyncio.shield(kept)
            feed.tell(Event("verdict", verdict.to_json()))  # what is stored late was seen at once
            values = {"verdict": json.dumps(verdict.to_json()), "passed": verdict.passed, "score": verdict.score}
            stored = await self._keep(submission.id, status="done", at=self.now(), **values)
        except NotFound:
            stored = _deleted(submission)
        except TutorError as error:
            if kept is None or (await _failure(kept)) is None:  # else whoever submits it is told
                stored = await self._fail(submission, str(error))
        except Exception as error:  # the learner gets a word, whatever happens
            stored = await self._fail(submission, f"grading stopped ({type(error).__name__}): submit again")
        feed.tell(Event("done", {"id": submission.id}, stored))
        if stored is not None and stored.verdict:
            with suppress(TutorError):
                await self.reflect(daily, submission, json.loads(stored.verdict))

    async def _mark_running(self, id: str) -> None:
        """For those who look at a submission that takes its time."""
        await asyncio.sleep(_SHORT)
        with suppress(TutorError):  # the database has its chance at the end
            await self.store.change_submission(id, status="running")

    async def _verdict(self, submission: Submission, exercise: Exercise, proof: Proof, feed: Feed) -> Verdict:
        told: asyncio.Queue[Outcome | None] = asyncio.Queue()
        sharing = asyncio.create_task(self._share(told, len(proof.checks), feed, _points(exercise)))
        try:
            return await grade(
                exercise, proof, read_submission(submission.notebook), self.proofs.grader, told.put_nowait, self.limits
            )
        finally:
            told.put_nowait(None)
            await sharing

    async def _share(
        self, told: "asyncio.Queue[Outcome | None]", total: int, feed: Feed, points: dict[str, float]
    ) -> None:
        done = 0
        while outcome := await told.get():
            done += 1
            most = points.get(outcome.name.rpartition("/")[0], 0.0)
            check = Check(
                outcome.name,
                outcome.status,
                outcome.visible,
                most if outcome.status == "passed" else 0.0,
                most,
                outcome.message,
                outcome.ms if outcome.visible else None,
            )
            feed.tell(Event("check", dict(vars(check))))
            feed.tell(
                Event(
                    "progress",
                    {"done": done, "total": max(total, done), "text": f"Checked {done} of {max(total, done)}"},
                )
            )

    async def _keep(self, id: str, **values: Any) -> Submission:
        """Store a result, waiting for a database that cannot be used just now. Raises StorageError in the end."""
        for pause in _PAUSES:
            try:
                return await self.store.change_submission(id, **values)
            except StorageError:
                await asyncio.sleep(pause)
        return await self.store.change_submission(id, **values)

    async def _fail(self, submission: Submission, problem: str) -> Submission | None:
        try:
            return await self._keep(submission.id, status="failed", problem=sentence(problem))
        except NotFound:
            return _deleted(submission)
        except TutorError:  # the store itself: the submission stays as it is and is graded at the next start
            return None


def _deleted(submission: Submission) -> Submission:
    """What is told of a submission whose learner had everything deleted while it was graded."""
    return replace(submission, status="failed", problem=_DELETED)


def _points(exercise: Exercise) -> dict[str, float]:
    """The points of one check of each test cell."""
    helpers = helpers_in(boundary(exercise).setup)
    counts = {c.grade_id: sum(1 for s in split(without_magics(c.source), helpers) if s.check) for c in exercise.tests}
    return {cell.grade_id: round(cell.points / max(1, counts[cell.grade_id]), 4) for cell in exercise.tests}


async def _failure(kept: "asyncio.Future[None]") -> BaseException | None:
    """Why a submission could not be kept, once that is known."""
    await asyncio.wait([kept])
    return kept.exception()
