"""Deleting: everything of a learner, or texts that are old."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, exists, or_, update
from sqlalchemy.orm import aliased

from jupyter_tutor.storage.belongings import BELONGINGS
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import ChatRow, HintRow, ReplyRow, SubmissionRow, WrittenRow


class Erasing:
    """The part of `ports.Store` that deletes for good."""

    database: Database

    async def erase(self, learner: str) -> None:
        async with self.database.writing() as session:
            # submissions first: a verdict takes its submission's row, then its daily's, and would wait for us for ever
            for kept in sorted(BELONGINGS, key=lambda kept: kept.row is not SubmissionRow):
                await session.execute(_all(delete(kept.row).where(kept.of(learner))))
            await session.execute(_all(delete(ReplyRow).where(ReplyRow.learner == learner)))
        await self.database.wipe()

    async def prune(self, before: datetime) -> int:
        async with self.database.writing() as session:
            done = [cast("CursorResult[Any]", await session.execute(_all(old))) for old in _old(before)]
            return sum(result.rowcount for result in done)


def _old(before: datetime) -> Iterator[Delete | Update]:
    yield _submissions(before)
    yield delete(ChatRow).where(ChatRow.at < before)
    yield delete(ReplyRow).where(ReplyRow.at < before)
    yield update(HintRow).where(HintRow.at < before, HintRow.text != "").values(text="")
    yield update(WrittenRow).where(WrittenRow.created_at < before, WrittenRow.report != "{}").values(report="{}")


def _submissions(before: datetime) -> Delete:
    """All that are graded, but the latest of each daily and the latest of its best."""
    other = aliased(SubmissionRow)
    later = other.number > SubmissionRow.number
    better = or_(other.score > SubmissionRow.score, (other.score == SubmissionRow.score) & later)
    of_daily = other.daily == SubmissionRow.daily
    return delete(SubmissionRow).where(
        SubmissionRow.created_at < before,
        SubmissionRow.status.in_(("done", "failed")),
        exists().where(of_daily, later),
        or_(SubmissionRow.score.is_(None), exists().where(of_daily, better)),
    )


def _all(statement: Delete | Update) -> Delete | Update:
    """Without looking for rows that a session holds: there are none."""
    return statement.execution_options(synchronize_session=False)
