"""Everything that is kept of a learner, taken out of the database and put into one."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from jupyter_tutor.errors import Conflict, LearnerError
from jupyter_tutor.storage.belongings import BELONGINGS, Belonging
from jupyter_tutor.storage.dailies import search_text
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.failures import Taken
from jupyter_tutor.storage.tables import ChatRow, ChoiceRow, DailyRow, SpentRow, WrittenRow, clean

THERE = "something is kept of you already: delete that first (export it before, if you want to keep it)"
UNFIT = "the data does not fit together: something is there twice, or belongs to nothing that is there"
_AT_ONCE = 500
"""Ids that are looked for with one query; databases bound their number."""


class Moving:
    """The part of `ports.Store` that gives a learner's data away, and takes it back."""

    database: Database

    async def take_out(self, learner: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        async with self.database.still() as session:
            return {kept.name: await _told(session, kept, learner) for kept in BELONGINGS}

    async def put_in(self, learner: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        try:
            rows = {kept.name: [kept.read(told) for told in tables.get(kept.name, ())] for kept in BELONGINGS}
        except (TypeError, ValueError, AttributeError) as error:
            raise LearnerError(UNFIT) from error
        if tables.keys() - rows.keys():
            raise LearnerError(UNFIT)
        try:
            async with self.database.alone() as session:
                await _make_way(session, learner)
                dailies = await _free_ids(session, [row["id"] for row in rows["daily"]])
                for kept in BELONGINGS:
                    if values := [_owned(kept, learner, row, n, dailies) for n, row in enumerate(rows[kept.name], 1)]:
                        await session.execute(insert(kept.table), values)
        except (Taken, KeyError) as error:
            raise LearnerError(UNFIT) from error


async def _told(session: AsyncSession, kept: Belonging, learner: str) -> list[dict[str, Any]]:
    query = select(kept.row).where(kept.of(learner)).order_by(*(kept.table.c[name] for name in kept.order))
    return [kept.told(row) for row in await session.scalars(query)]


async def _make_way(session: AsyncSession, learner: str) -> None:
    """Delete exercises that nobody looked at or that were written ahead, and an interview that was declined. Raises
    Conflict for all else.
    """
    await session.execute(delete(ChoiceRow).where(ChoiceRow.learner == learner, ChoiceRow.name == "interview"))
    untouched = (DailyRow.status == "pending", DailyRow.opened.is_(False), DailyRow.submissions == 0)
    asked = exists().where(ChatRow.daily == DailyRow.id)
    await session.execute(
        delete(DailyRow).where(DailyRow.learner == learner, *untouched, DailyRow.hints_asked == 0, ~asked)
    )
    for kept in BELONGINGS:
        if kept.row in (WrittenRow, SpentRow):
            await session.execute(delete(kept.row).where(kept.of(learner)))
        elif (await session.execute(select(1).select_from(kept.table).where(kept.of(learner)).limit(1))).first():
            raise Conflict(THERE)


async def _free_ids(session: AsyncSession, ids: Sequence[str]) -> dict[str, str]:
    """The id that each daily gets: its own, which its notebook names, or another when that is a daily's already."""
    taken: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        taken |= set(await session.scalars(select(DailyRow.id).where(DailyRow.id.in_(ids[start : start + _AT_ONCE]))))
    return {id: uuid.uuid4().hex if id in taken else id for id in ids}


def _owned(
    kept: Belonging, learner: str, row: Mapping[str, Any], number: int, dailies: Mapping[str, str]
) -> dict[str, Any]:
    """The values of a learner's row, the `number`th of its table. Raises KeyError for a daily that is not there."""
    values = dict(row)
    columns: Collection[str] = kept.table.c.keys()
    if "learner" in columns:
        values["learner"] = learner
    if kept.own_id:
        values["id"] = uuid.uuid4().hex
    if kept.name == "daily":
        values |= {"id": dailies[row["id"]], "search": search_text(row["title"], row["slug"], row["topics"])}
    elif "daily" in columns:
        values["daily"] = dailies[row["daily"]]
    if kept.name == "chat":
        values["search"] = clean(row["text"]).casefold()
    if kept.name == "notice":
        values["number"] = number
    return values
