"""A ledger for where there is no database."""

from collections.abc import Sequence
from datetime import date

from jupyter_tutor.dialogue import Spent


class NoLedger:
    """Implements `ports.Ledger` and keeps nothing beyond what was spent while it lives."""

    def __init__(self) -> None:
        self.all: list[Spent] = []

    async def add_spent(self, spent: Spent) -> None:
        self.all.append(spent)

    async def spent(self, learner: str, day: date | None = None) -> Sequence[Spent]:
        return [one for one in self.all if one.learner == learner and day in (None, one.day)]

    async def kept_reply(self, digest: str) -> str | None:
        return None

    async def keep_reply(self, digest: str, text: str, learner: str = "") -> None:
        """Nothing is kept."""
