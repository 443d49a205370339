"""What was said about exercises, in the database."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, func, select, tuple_

from jupyter_tutor.learning.talk import ChatMessage, ChatPage
from jupyter_tutor.storage.cursor import instant, number, read_cursor, write_cursor
from jupyter_tutor.storage.dailies import holds, locked_daily
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import ChatRow, clean

FIELDS = [field.name for field in fields(ChatMessage)]


class Chat:
    """The part of `ports.Store` that is about conversations."""

    database: Database

    async def add_message(
        self,
        learner: str,
        daily: str,
        role: Literal["learner", "tutor"],
        text: str,
        at: datetime,
        source: Literal["learner", "model", "diagnosis"] = "learner",
        slug: str = "",
    ) -> ChatMessage:
        async with self.database.writing() as session:
            await locked_daily(session, learner, daily, slug)
            last = await session.scalar(select(func.max(ChatRow.number)).where(ChatRow.daily == daily))
            message = ChatMessage(daily, (last or 0) + 1, role, clean(text), at, source)
            session.add(ChatRow(**vars(message), learner=learner, search=clean(text).casefold()))
        return message

    async def messages(self, learner: str, daily: str) -> Sequence[ChatMessage]:
        return await self._messages(_of(learner).where(ChatRow.daily == daily).order_by(ChatRow.number))

    async def chat(self, learner: str, daily: str, cursor: str | None, limit: int) -> ChatPage:
        query = _of(learner).where(ChatRow.daily == daily).order_by(ChatRow.number.desc())
        if cursor:
            query = query.where(ChatRow.number < read_cursor(cursor, number)[0])
        return _page(await self._messages(query.limit(limit + 1)), limit, lambda m: write_cursor(m.number))

    async def find_messages(self, learner: str, text: str, cursor: str | None, limit: int) -> ChatPage:
        query = _of(learner).where(holds(ChatRow.search, clean(text).casefold()))
        query = query.order_by(ChatRow.at.desc(), ChatRow.daily.desc(), ChatRow.number.desc())
        if cursor:
            place = tuple_(ChatRow.at, ChatRow.daily, ChatRow.number)
            query = query.where(place < read_cursor(cursor, instant, str, number))
        found = await self._messages(query.limit(limit + 1))
        return _page(found, limit, lambda m: write_cursor(m.at, m.daily, m.number))

    async def answers_since(self, learner: str, instant: datetime) -> int:
        answered = select(func.count()).select_from(ChatRow)
        answered = answered.where(ChatRow.learner == learner, ChatRow.source == "model", ChatRow.at >= instant)
        async with self.database.reading() as session:
            return await session.scalar(answered) or 0

    async def _messages(self, query: Select[ChatRow]) -> Sequence[ChatMessage]:
        async with self.database.reading() as session:
            return [_message(row) for row in await session.scalars(query)]


def _page(found: Sequence[ChatMessage], limit: int, cursor: Callable[[ChatMessage], str]) -> ChatPage:
    """What was found without the last one, if that is one more than a page holds."""
    items = tuple(found[:limit])
    return ChatPage(items, cursor(items[-1]) if len(found) > limit else None)


def _of(learner: str) -> Select[ChatRow]:
    return select(ChatRow).where(ChatRow.learner == learner)


def _message(row: ChatRow) -> ChatMessage:
    return ChatMessage(**{name: getattr(row, name) for name in FIELDS})
