"""What belongs to a learner, table by table, as JSON values and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Date, Table, select

from jupyter_tutor.storage.tables import (
    Base,
    ChatRow,
    ChoiceRow,
    Chosen,
    DailyRow,
    HintRow,
    Instant,
    MemoryRow,
    NoticeRow,
    SpentRow,
    SubmissionRow,
    WrittenRow,
)

_DERIVED = ("learner", "search")
_BY_PLACE = ("choice", "notice")
"""Tables whose `number` is the place in the list."""


@dataclass(frozen=True)
class Belonging:
    """One table. `order` are the columns that its rows come in the order of; `own_id`: its `id` stands for nothing
    outside of the database.
    """

    row: type[Base]
    order: tuple[str, ...]
    own_id: bool = False

    @property
    def name(self) -> str:
        return self.row.__tablename__

    @property
    def table(self) -> Table:
        return cast(Table, self.row.__table__)

    @property
    def columns(self) -> list[Column[Any]]:
        """Those that are told: whose it is follows from the whole, and what a search looks in from the rest."""
        left_out = (*_DERIVED, "number") if self.name in _BY_PLACE else _DERIVED
        return [column for column in self.table.c if column.name not in left_out]

    def of(self, learner: str) -> ColumnElement[bool]:
        """The rows of a learner; an index finds those of a daily, whose learner it is."""
        if "daily" in self.table.c:
            return self.table.c.daily.in_(select(DailyRow.id).where(DailyRow.learner == learner))
        return self.table.c.learner == learner

    def told(self, row: Base) -> dict[str, Any]:
        """A row as JSON values."""
        return {column.name: _plain(getattr(row, column.name)) for column in self.columns}

    def read(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a row. Raises ValueError or TypeError when they are not those of this table."""
        if told.keys() != {column.name for column in self.columns}:
            raise ValueError("other fields")
        return {column.name: _read(column, told[column.name]) for column in self.columns}


BELONGINGS = (
    Belonging(DailyRow, ("date",)),
    Belonging(HintRow, ("daily", "rung")),
    Belonging(SubmissionRow, ("daily", "number"), own_id=True),
    Belonging(ChatRow, ("daily", "number")),
    Belonging(MemoryRow, ("at", "id"), own_id=True),
    Belonging(ChoiceRow, ("number",)),
    Belonging(NoticeRow, ("number", "key")),
    Belonging(WrittenRow, ("created_at", "id"), own_id=True),
    Belonging(SpentRow, ("day", "use", "model")),
)
"""Dailies come first: hints, submissions and messages refer to them."""


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        if column.nullable or isinstance(column.type, Chosen):
            return None
        raise ValueError(f"no {column.name}")
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
