"""`ports.Store` and `ports.Ledger` on a SQL database."""

from contextlib import suppress

from sqlalchemy import delete, select

from jupyter_tutor.storage.chat import Chat
from jupyter_tutor.storage.choices import Choices
from jupyter_tutor.storage.dailies import Dailies
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.erasing import Erasing
from jupyter_tutor.storage.failures import Taken
from jupyter_tutor.storage.ledger import Ledger
from jupyter_tutor.storage.memories import Memories
from jupyter_tutor.storage.moving import Moving
from jupyter_tutor.storage.notices import Notices
from jupyter_tutor.storage.submissions import Submissions
from jupyter_tutor.storage.tables import ProofRow
from jupyter_tutor.storage.written import Exercises


class SqlStore(Dailies, Submissions, Exercises, Chat, Memories, Choices, Notices, Moving, Erasing, Ledger):
    """All that is kept, in one database; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def proof(self, digest: str) -> str | None:
        async with self.database.reading() as session:
            return await session.scalar(select(ProofRow.body).where(ProofRow.digest == digest))

    async def add_proof(self, digest: str, body: str) -> None:
        with suppress(Taken):  # one that came at the same moment has replaced this one
            async with self.database.writing() as session:
                await session.execute(delete(ProofRow).where(ProofRow.digest == digest))
                session.add(ProofRow(digest=digest, body=body))

    async def close(self) -> None:
        await self.database.close()
