"""Dailies and their hints, in the database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, Text, func, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from jupyter_tutor.errors import Conflict, NotFound
from jupyter_tutor.learning.model import Attempt, Daily, Filters, GivenHint, Page, Past, Status
from jupyter_tutor.storage.cursor import read_cursor, write_cursor
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.failures import Taken
from jupyter_tutor.storage.tables import ChatRow, DailyRow, HintRow, clean, word_in_json

CHANGEABLE = {"status", "opened", "path", "completed_at"}
REPLACEABLE = ("slug", "title", "kind", "difficulty", "language", "topics", "minutes", "path", "theme", "because")
FIELDS = [field.name for field in fields(Daily)]
HINT = [field.name for field in fields(GivenHint)]
PAST: tuple[SQLColumnExpression[Any], ...] = (
    DailyRow.date,
    DailyRow.slug,
    DailyRow.kind,
    DailyRow.difficulty,
    DailyRow.topics,
    DailyRow.status,
    DailyRow.passed,
    DailyRow.hints_asked,
    DailyRow.tries,
    DailyRow.late,
    DailyRow.best_score,
    DailyRow.active_seconds,
    DailyRow.minutes,
    DailyRow.on_day,
)
"""The columns of `Past`, in its order."""
ATTEMPT: tuple[SQLColumnExpression[Any], ...] = (
    DailyRow.learner,
    DailyRow.slug,
    DailyRow.difficulty,
    DailyRow.passed,
    DailyRow.hints_asked,
    DailyRow.tries,
    DailyRow.active_seconds,
    DailyRow.minutes,
    DailyRow.status == "skipped",
)
"""The columns of `Attempt`, in its order."""
_AT_ONCE = 5000
"""Rows that are read at a time where there may be a million: all at once, they take five times what is made of them."""


class Dailies:
    """The part of `ports.Store` that is about dailies."""

    database: Database

    async def add_daily(self, daily: Daily) -> Daily:
        tries = {"tries": daily.submissions, "on_day": daily.submissions}
        row = DailyRow(**vars(daily), **tries, search=_search_text(daily))
        try:
            async with self.database.writing() as session:
                session.add(row)
            return await self.daily(daily.learner, daily.id)
        except Taken:
            earlier = await self.daily_for(daily.learner, daily.date)
            if earlier is None:
                raise
            return earlier

    async def daily(self, learner: str, id: str) -> Daily:
        return _found(await self._first(_of(learner).where(DailyRow.id == id)))

    async def daily_for(self, learner: str, day: date) -> Daily | None:
        return await self._first(_of(learner).where(DailyRow.date == day))

    async def daily_at(self, learner: str, path: str) -> Daily:
        return _found(await self._first(_newest_first(_of(learner).where(DailyRow.path == path))))

    async def latest_daily(self, learner: str) -> Daily | None:
        return await self._first(_newest_first(_of(learner)))

    async def dailies(self, learner: str, filters: Filters, cursor: str | None, limit: int) -> Page:
        query = page_query(learner, filters, cursor, limit)
        async with self.database.reading() as session:
            found = [_daily(row) for row in await session.scalars(query)]
        items = tuple(found[:limit])
        return Page(items, write_cursor(items[-1].date) if len(found) > limit else None)

    async def history(self, learner: str, since: date | None = None) -> Sequence[Past]:
        query = select(*PAST).where(DailyRow.learner == learner, DailyRow.date >= (since or date.min))
        async with self.database.reading() as session:
            return [Past(*row) for row in await session.execute(query.order_by(DailyRow.date))]

    async def active_seconds(self, learner: str) -> int:
        query = select(func.sum(DailyRow.active_seconds)).where(DailyRow.learner == learner)
        async with self.database.reading() as session:
            return await session.scalar(query) or 0

    async def change_daily(self, learner: str, id: str, only_from: Collection[Status] = (), **values: Any) -> Daily:
        if unknown := values.keys() - CHANGEABLE:
            raise TypeError(f"a daily has no field to change called {', '.join(sorted(unknown))}")
        async with self.database.writing() as session:
            row = await locked_daily(session, learner, id)
            if not only_from or row.status in only_from:
                for name, value in values.items():
                    setattr(row, name, value)
        return await self.daily(learner, id)

    async def replace_daily(self, learner: str, id: str, daily: Daily, only_unopened: bool = False) -> Daily:
        async with self.database.writing() as session:
            row = await locked_daily(session, learner, id)
            asked = await session.scalar(select(ChatRow.number).where(ChatRow.daily == id).limit(1))
            begun = row.submissions or row.hints_asked or asked or (only_unopened and row.opened)
            if row.status in ("pending", "in_progress") and not begun:
                for name in REPLACEABLE:
                    setattr(row, name, getattr(daily, name))
                row.search, row.status, row.opened = _search_text(daily), "pending", False
        return await self.daily(learner, id)

    async def add_activity(self, learner: str, id: str, seconds: int) -> None:
        async with self.database.writing() as session:
            (await locked_daily(session, learner, id)).active_seconds += seconds

    async def add_hint(self, learner: str, id: str, hint: GivenHint, slug: str = "") -> None:
        async with self.database.writing() as session:
            row = await locked_daily(session, learner, id, slug)
            if await session.get(HintRow, (id, hint.rung)) is None:
                session.add(HintRow(daily=id, **vars(hint)))
                row.hints_asked += not row.passed
                begin(row)

    async def hints(self, id: str) -> Sequence[GivenHint]:
        query = select(HintRow).where(HintRow.daily == id).order_by(HintRow.rung)
        async with self.database.reading() as session:
            return [GivenHint(**{name: getattr(row, name) for name in HINT}) for row in await session.scalars(query)]

    async def attempts(self, slugs: Collection[str] = ()) -> Sequence[Attempt]:
        query = select(*ATTEMPT).where(DailyRow.status != "pending").order_by(DailyRow.learner, DailyRow.date)
        if slugs:
            query = query.where(DailyRow.slug.in_(slugs))
        async with self.database.reading() as session:
            return [
                Attempt(intern(learner), intern(slug), *more)
                async for part in (await session.stream(query)).partitions(_AT_ONCE)
                for learner, slug, *more in part
            ]

    async def _first(self, query: Select[DailyRow]) -> Daily | None:
        async with self.database.reading() as session:
            row = await session.scalar(query.limit(1))
            return None if row is None else _daily(row)


async def locked_daily(session: AsyncSession, learner: str, id: str, slug: str = "") -> DailyRow:
    """A daily that no other transaction changes before this one ends. Raises NotFound, and Conflict when its exercise
    is another one than that of `slug`.

    A write that changes nothing comes first: there SQLite waits for its only writer and PostgreSQL for the row. What
    was read before a wait would be stale.
    """
    await session.execute(update(DailyRow).where(DailyRow.id == id).values(id=DailyRow.id))
    row = await session.scalar(_of(learner).where(DailyRow.id == id))
    if row is None:
        raise _no_daily()
    if slug not in ("", row.slug):
        raise Conflict("another exercise has taken this one's place: open today's exercise again")
    return row


def begin(row: DailyRow) -> None:
    """The learner has begun to work on it."""
    if row.status == "pending":
        row.status = "in_progress"


def page_query(learner: str, filters: Filters, cursor: str | None, limit: int) -> Select[DailyRow]:
    """The rows of a page and one more, which tells whether there is a next page."""
    query = _newest_first(_of(learner)).limit(limit + 1)
    for name in ("status", "kind", "difficulty", "language"):
        if value := getattr(filters, name):
            query = query.where(getattr(DailyRow, name) == value)
    if filters.topic:
        query = query.where(holds(type_coerce(DailyRow.topics, Text), word_in_json(clean(filters.topic))))
    if filters.text:
        query = query.where(holds(DailyRow.search, clean(filters.text).casefold()))
    if cursor:
        query = query.where(DailyRow.date < read_cursor(cursor, date.fromisoformat)[0])
    return query


def _of(learner: str) -> Select[DailyRow]:
    return select(DailyRow).where(DailyRow.learner == learner)


def _newest_first(query: Select[DailyRow]) -> Select[DailyRow]:
    return query.order_by(DailyRow.date.desc())


def holds(column: SQLColumnExpression[str], part: str) -> ColumnElement[bool]:
    """Whether a text has a part, to the letter. LIKE would need escapes, limits its pattern, and minds case in
    PostgreSQL only."""
    return func.replace(column, part, "") != column


def search_text(title: str, slug: str, topics: Iterable[str]) -> str:
    """Case-folded here, because SQLite knows the case of ASCII letters only."""
    return "\n".join((title, slug, *topics)).casefold()


def _search_text(daily: Daily) -> str:
    return search_text(daily.title, daily.slug, daily.topics)


def _daily(row: DailyRow) -> Daily:
    return Daily(**{name: getattr(row, name) for name in FIELDS})


def _found(daily: Daily | None) -> Daily:
    if daily is None:
        raise _no_daily()
    return daily


def _no_daily() -> NotFound:
    return NotFound("you have no such exercise: open today's, or one of your earlier ones")
