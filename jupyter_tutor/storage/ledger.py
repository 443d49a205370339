"""What language models took, and answers that are kept, in the database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import cast

from sqlalchemy import delete, select

from jupyter_tutor.dialogue import Spent, Tokens, Use
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import ReplyRow, SpentRow

MOST_REPLIES = 2000
"""The oldest beyond these go."""


class Ledger:
    """`ports.Ledger`."""

    database: Database

    async def add_spent(self, spent: Spent) -> None:
        tokens = spent.tokens
        key = {"learner": spent.learner, "day": spent.day, "use": spent.use, "model": spent.model}
        more = {
            "tokens_in": tokens.input,
            "tokens_out": tokens.output,
            "requests": tokens.requests,
            "cost": tokens.cost,
        }
        insert = self.database.insert(SpentRow).values(**key, **more)
        sums = {name: getattr(SpentRow, name) + insert.excluded[name] for name in more}
        async with self.database.writing() as session:
            await session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=sums))

    async def spent(self, learner: str, day: date | None = None) -> Sequence[Spent]:
        query = select(SpentRow).where(SpentRow.learner == learner)
        if day is not None:
            query = query.where(SpentRow.day == day)
        async with self.database.reading() as session:
            rows = await session.scalars(query.order_by(SpentRow.day, SpentRow.use, SpentRow.model))
            return [_spent(row) for row in rows]

    async def kept_reply(self, digest: str) -> str | None:
        async with self.database.reading() as session:
            return await session.scalar(select(ReplyRow.text).where(ReplyRow.digest == digest))

    async def keep_reply(self, digest: str, text: str, learner: str = "") -> None:
        values = {"text": text, "at": datetime.now(UTC), "learner": learner}
        insert = self.database.insert(ReplyRow).values(digest=digest, **values)
        replaced = {name: insert.excluded[name] for name in values}
        old = select(ReplyRow.digest).order_by(ReplyRow.at.desc(), ReplyRow.digest).offset(MOST_REPLIES)
        async with self.database.writing() as session:
            await session.execute(insert.on_conflict_do_update(index_elements=["digest"], set_=replaced))
            await session.execute(delete(ReplyRow).where(ReplyRow.digest.in_(old)))


def _spent(row: SpentRow) -> Spent:
    tokens = Tokens(row.tokens_in, row.tokens_out, row.requests, row.cost)
    return Spent(row.learner, row.day, cast(Use, row.use), row.model, tokens)
