"""What learners chose, in the database."""

from collections.abc import Sequence

from sqlalchemy import select

from jupyter_tutor.learning.profile import Choice
from jupyter_tutor.storage.engine import Database
from jupyter_tutor.storage.tables import ChoiceRow


class Choices:
    """The part of `ports.Store` that is about a learner's choices."""

    database: Database

    async def choices(self, learner: str) -> Sequence[Choice]:
        query = select(ChoiceRow).where(ChoiceRow.learner == learner).order_by(ChoiceRow.number)
        async with self.database.reading() as session:
            return [Choice(row.name, row.value, row.day) for row in await session.scalars(query)]

    async def add_choices(self, learner: str, choices: Sequence[Choice]) -> None:
        async with self.database.writing() as session:
            for choice in choices:
                session.add(ChoiceRow(learner=learner, **vars(choice)))
                await session.flush()  # together they would get their numbers in any order
