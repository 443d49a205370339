"""One open database: its engine and its transactions."""

from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field

from sqlalchemy import URL, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from jupyter_tutor.errors import StorageError
from jupyter_tutor.storage.failures import LOCKED, told

_STILL = {"sqlite": "BEGIN", "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"}
_ALONE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7285116905)"}


@dataclass(frozen=True)
class Database:
    """`name` is what messages call it: the file, or the URL without its password."""

    engine: AsyncEngine
    name: str
    turn: AbstractAsyncContextManager[None] = field(default_factory=nullcontext)
    """Whose turn it is to write in this process. SQLite has one writer, and lets others knock; a lock queues them."""

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """One transaction. Errors leave as StorageError."""
        with told(self.name):
            async with AsyncSession(self.engine) as session, session.begin():
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction, committed at the end. Errors leave as StorageError."""
        async with self.turn, self.reading() as session:
            yield session

    @asynccontextmanager
    async def still(self) -> AsyncIterator[AsyncSession]:
        """One transaction that reads everything as it was at one moment."""
        async with self.reading() as session:
            await session.execute(text(_STILL[self.engine.dialect.name]))
            yield session

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncSession]:
        """As `writing`, after all others that are alone too; on SQLite no other program writes meanwhile."""
        async with self.writing() as session:
            await session.execute(text(_ALONE[self.engine.dialect.name]))
            yield session

    async def wipe(self) -> None:
        """Leave nothing of what was deleted in the files of SQLite; PostgreSQL overwrites it in its own time. Raises
        StorageError when another program reads meanwhile: then some of it may be left."""
        if self.engine.dialect.name != "sqlite":
            return
        async with self.turn:
            with told(self.name):
                async with self.engine.connect() as connection:
                    await connection.execution_options(isolation_level="AUTOCOMMIT")
                    await connection.exec_driver_sql("VACUUM")
                    busy = await connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        if busy:
            raise StorageError(LOCKED.format(name=self.name))

    def insert(self, table: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
        """An insert that can add to a row that is there; both databases write it alike."""
        dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)

    async def close(self) -> None:
        """Release all connections."""
        with told(self.name):
            await self.engine.dispose()


def connect(url: URL, name: str, busy_seconds: float) -> Database:
    """The database at a URL; its first connection is made when it is first used."""
    if url.get_backend_name() != "sqlite":
        return Database(create_async_engine(url, hide_parameters=True), name)
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": busy_seconds})
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return Database(engine, name, Lock())


def _set_pragmas(connection: DBAPIConnection, _: object) -> None:
    """WAL is a property of the file, set by `upgrade`; these belong to each connection."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
