"""What learners are told once, in the database."""

from collections.abc import Collection, Sequence
from dataclasses import fields

from sqlalchemy import func, select, update

from jupyter_tutor.learning.model import Notice
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import ChoiceRow, DailyRow, NoticeRow

FIELDS = [field.name for field in fields(Notice)]


class Notices:
    """The part of `ports.Store` that is about notices."""

    database: Database

    async def notices(self, learner: str, seen: bool | None = None) -> Sequence[Notice]:
        query = select(NoticeRow).where(NoticeRow.learner == learner)
        if seen is not None:
            query = query.where(NoticeRow.seen == seen)
        async with self.database.reading() as session:
            rows = await session.scalars(query.order_by(NoticeRow.number, NoticeRow.key))
            return [Notice(**{name: getattr(row, name) for name in FIELDS}) for row in rows]

    async def add_notices(self, learner: str, notices: Sequence[Notice]) -> Sequence[Notice]:
        kept: list[Notice] = []
        next_number = select(func.coalesce(func.max(NoticeRow.number), 0) + 1).where(NoticeRow.learner == learner)
        known = select(DailyRow.id).where(DailyRow.learner == learner).limit(1)
        chose = select(ChoiceRow.number).where(ChoiceRow.learner == learner).limit(1)
        async with self.database.writing() as session:
            if not (await session.scalar(known) or await session.scalar(chose)):
                return kept
            for notice in notices:
                new = self.database.insert(NoticeRow).values(
                    learner=learner, number=next_number.scalar_subquery(), **vars(notice)
                )
                added = await session.execute(new.on_conflict_do_nothing().returning(NoticeRow.key))
                if added.first() is not None:
                    kept.append(notice)
        return kept

    async def see_notices(self, learner: str, keys: Collection[str]) -> None:
        shown = update(NoticeRow).where(NoticeRow.learner == learner, NoticeRow.key.in_(keys)).values(seen=True)
        async with self.database.writing() as session:
            await session.execute(shown)
