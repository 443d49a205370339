"""Submissions and what their verdicts do to a daily, in the database."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from jupyter_tutor.errors import NotFound
from jupyter_tutor.learning.model import Submission
from jupyter_tutor.storage.dailies import begin, locked_daily
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import DailyRow, SubmissionRow

CHANGEABLE = {"status", "verdict", "problem", "passed", "score"}
FIELDS = [field.name for field in fields(Submission)]


class Submissions:
    """The part of `ports.Store` that is about submissions."""

    database: Database

    async def add_submission(self, submission: Submission, slug: str = "") -> None:
        async with self.database.writing() as session:
            daily = await locked_daily(session, submission.learner, submission.daily, slug)
            daily.submissions += 1
            daily.tries += not daily.passed
            daily.on_day += not (daily.passed or submission.late)
            begin(daily)
            session.add(SubmissionRow(**vars(submission), number=daily.submissions))

    async def change_submission(self, id: str, **values: Any) -> Submission:
        at = values.pop("at", None)
        if unknown := values.keys() - CHANGEABLE:
            raise TypeError(f"a submission has no field to change called {', '.join(sorted(unknown))}")
        change = update(SubmissionRow).where(SubmissionRow.id == id).values(**values or {"id": SubmissionRow.id})
        async with self.database.writing() as session:
            await session.execute(change)
            row = await session.get(SubmissionRow, id)
            if row is None:
                raise _no_submission()
            if row.score is not None or row.passed:
                _count(row, await locked_daily(session, row.learner, row.daily), at)
            return _submission(row)

    async def submission(self, learner: str, id: str) -> Submission:
        query = select(SubmissionRow).where(SubmissionRow.id == id, SubmissionRow.learner == learner)
        for found in await self._all(query):
            return found
        raise _no_submission()

    async def latest_submission(self, id: str) -> Submission | None:
        query = select(SubmissionRow).where(SubmissionRow.daily == id).order_by(SubmissionRow.number.desc()).limit(1)
        return next(iter(await self._all(query)), None)

    async def unfinished_submissions(self) -> Sequence[Submission]:
        query = select(SubmissionRow).where(SubmissionRow.status.in_(("queued", "running")))
        return await self._all(query.order_by(SubmissionRow.created_at, SubmissionRow.daily, SubmissionRow.number))

    async def _all(self, query: Select[SubmissionRow]) -> Sequence[Submission]:
        async with self.database.reading() as session:
            return [_submission(row) for row in await session.scalars(query)]


def _count(submission: SubmissionRow, daily: DailyRow, at: datetime | None) -> None:
    """Let a verdict raise the daily's best score, and a passed one complete it."""
    if submission.score is not None:
        daily.best_score = max(submission.score, daily.best_score or 0.0)
    if submission.passed:
        daily.late = submission.late and (daily.late or not daily.passed)
        daily.passed = True
        if daily.status not in ("completed", "skipped"):
            daily.status = "completed"
            daily.completed_at = at


def _submission(row: SubmissionRow) -> Submission:
    return Submission(**{name: getattr(row, name) for name in FIELDS})


def _no_submission() -> NotFound:
    return NotFound("you have no such submission: reload the exercise to see those there are")
