"""What a learner may do with the data that is kept: take it along, bring it, and have it deleted."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from jupyter_tutor.archive import Archive, read_archive, write_archive
from jupyter_tutor.ports import Store


class Rights:
    """`now` gives the instant in UTC."""

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.store, self.now = store, now

    async def export(self, learner: str, answers: bool = True) -> str:
        """Everything that is kept of a learner, as a JSON document. Exercises that were written for the learner hold
        their answers: without `answers`, those that were not passed yet stay here.
        """
        tables = dict(await self.store.take_out(learner))
        if not answers:
            passed = {row["slug"] for row in tables["daily"] if row["passed"]}
            tables["exercise"] = [row for row in tables["exercise"] if row["slug"] in passed]
        return await asyncio.to_thread(write_archive, learner, tables, self.now())

    async def take(self, learner: str, text: str, today: date) -> Archive:
        """Keep what `export` gave. `today` is the learner's date. Raises LearnerError for a document that is none, and
        Conflict when more is kept of the learner already than exercises nobody looked at; then nothing changes.
        """
        archive = await asyncio.to_thread(read_archive, text, today)
        await self.store.put_in(learner, archive.rows())
        return archive

    async def erase(self, learner: str) -> None:
        """Delete everything that is kept of a learner; the learner's notebooks stay where they are."""
        await self.store.erase(learner)

    async def prune(self, days: int) -> int:
        """Delete texts that are older than so many days, of all learners; 0 keeps everything. How many there were."""
        return await self.store.prune(self.now() - timedelta(days=days)) if days > 0 else 0
