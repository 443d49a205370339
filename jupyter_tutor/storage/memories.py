"""What is remembered of learners, in the database."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, case, delete, select

from jupyter_tutor.errors import NotFound
from jupyter_tutor.learning.talk import Memory
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import MemoryRow

FIELDS = [field.name for field in fields(Memory)]
CHANGEABLE = {"text", "on", "source", "at"}


class Memories:
    """The part of `ports.Store` that is about what is remembered."""

    database: Database

    async def remember(self, memory: Memory) -> Memory:
        new = self.database.insert(MemoryRow).values(**vars(memory))
        source = case((MemoryRow.source == "learner", MemoryRow.source), else_=new.excluded.source)
        again = {"evidence": new.excluded.evidence, "at": new.excluded.at, "seen": MemoryRow.seen + 1, "source": source}
        kept = new.on_conflict_do_update(index_elements=["learner", "trait", "key"], set_=again).returning(MemoryRow)
        async with self.database.writing() as session:
            return _memory((await session.scalars(kept)).one())

    async def memories(self, learner: str) -> Sequence[Memory]:
        query = _of(learner).order_by(MemoryRow.trait, MemoryRow.at.desc(), MemoryRow.id)
        async with self.database.reading() as session:
            return [_memory(row) for row in await session.scalars(query)]

    async def change_memory(self, learner: str, id: str, **values: Any) -> Memory:
        if unknown := values.keys() - CHANGEABLE:
            raise TypeError(f"a memory has no field to change called {', '.join(sorted(unknown))}")
        async with self.database.writing() as session:
            row = await session.scalar(_of(learner).where(MemoryRow.id == id).with_for_update())
            if row is None:
                raise _no_memory()
            for name, value in values.items():
                setattr(row, name, value)
            return _memory(row)

    async def forget(self, learner: str, id: str | None = None) -> None:
        gone = delete(MemoryRow).where(MemoryRow.learner == learner)
        async with self.database.writing() as session:
            found = await session.execute(
                gone if id is None else gone.where(MemoryRow.id == id).returning(MemoryRow.id)
            )
            if id is not None and found.first() is None:
                raise _no_memory()


def _of(learner: str) -> Select[MemoryRow]:
    return select(MemoryRow).where(MemoryRow.learner == learner)


def _memory(row: MemoryRow) -> Memory:
    return Memory(**{name: getattr(row, name) for name in FIELDS})


def _no_memory() -> NotFound:
    return NotFound("nothing of that kind is remembered of you: reload the list")
