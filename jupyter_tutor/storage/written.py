"""Exercises that were written for a learner, in the database."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from sqlalchemy import Select, select

from jupyter_tutor.errors import Conflict, NotFound
from jupyter_tutor.learning.model import Written
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.failures import Taken
from jupyter_tutor.storage.tables import DailyRow, WrittenRow

FIELDS = [field.name for field in fields(Written)]


class Exercises:
    """The part of `ports.Store` that is about written exercises."""

    database: Database

    async def add_written(self, written: Written) -> None:
        try:
            async with self.database.writing() as session:
                session.add(WrittenRow(**vars(written)))
        except Taken:
            raise Conflict(
                f"an exercise {written.slug!r}, or one for that day, is kept already: use another name or day"
            ) from None

    async def written(self, learner: str) -> Sequence[Written]:
        return await self._written(_of(learner).order_by(WrittenRow.created_at.desc(), WrittenRow.id.desc()))

    async def written_named(self, learner: str, slug: str) -> Written | None:
        return next(iter(await self._written(_of(learner).where(WrittenRow.slug == slug))), None)

    async def written_for(self, learner: str, day: date) -> Written | None:
        given = select(DailyRow.slug).where(DailyRow.learner == learner)
        due = _of(learner).where(WrittenRow.due <= day, WrittenRow.slug.not_in(given)).order_by(WrittenRow.due)
        return next(iter(await self._written(due.limit(1))), None)

    async def change_written(self, learner: str, id: str, due: date | None) -> Written:
        try:
            async with self.database.writing() as session:
                row = await session.scalar(_of(learner).where(WrittenRow.id == id).with_for_update())
                if row is None:
                    raise NotFound("you have no such exercise: reload to see those there are")
                row.due = due
                await session.flush()
                return _exercise(row)
        except Taken:
            raise Conflict(f"another exercise is due on {due} already: choose another day") from None

    async def _written(self, query: Select[WrittenRow]) -> Sequence[Written]:
        async with self.database.reading() as session:
            return [_exercise(row) for row in await session.scalars(query)]


def _of(learner: str) -> Select[WrittenRow]:
    return select(WrittenRow).where(WrittenRow.learner == learner)


def _exercise(row: WrittenRow) -> Written:
    return Written(**{name: getattr(row, name) for name in FIELDS})
