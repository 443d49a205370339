"""What is kept, as tables. A change here needs a migration; a test compares the two."""

import json
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from jupyter_tutor.learning.model import Level, Status
from jupyter_tutor.learning.profile import Value

REFUSED = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what databases refuse: lone surrogates (SQLite) and NUL (PostgreSQL) become U+FFFD."""
    return REFUSED.sub("\ufffd", text)


class CleanText(TypeDecorator[str]):
    """Text of any length that always can be stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A list of words as JSON in a text column, where one can be looked for as `word_in_json` writes it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps([clean(word) for word in value], ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else _words(value)


@lru_cache(4096)
def _words(text: str) -> tuple[str, ...]:
    """A learner's history has few lists of topics, thousands of times."""
    return tuple(json.loads(text))


class Chosen(TypeDecorator[Value]):
    """The value of a choice as JSON in a text column."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Value, dialect: Dialect) -> str:
        return clean(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: Any, dialect: Dialect) -> Value:
        found = json.loads(value)
        return tuple(found) if isinstance(found, list) else found


def word_in_json(word: str) -> str:
    """With its quotes, a word is found only as a whole one."""
    return json.dumps(word, ensure_ascii=False)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Constraints have names, so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: CleanText, datetime: Instant, date: Date, float: Double}  # noqa: RUF012  SQLAlchemy reads it from the class


class DailyRow(Base):
    """`learning.model.Daily`, the case-folded text that a search looks in, and submissions until it was passed: all
    `tries`, and those that came `on_day`, its own.
    """

    __tablename__ = "daily"
    __table_args__ = (UniqueConstraint("learner", "date"), Index(None, "learner", "path", "date"), Index(None, "slug"))

    id: Mapped[str] = mapped_column(primary_key=True)
    learner: Mapped[str]
    date: Mapped[date]
    slug: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    difficulty: Mapped[Level] = mapped_column(CleanText)
    language: Mapped[str]
    topics: Mapped[tuple[str, ...]] = mapped_column(Words)
    minutes: Mapped[int]
    path: Mapped[str]
    status: Mapped[Status] = mapped_column(CleanText)
    passed: Mapped[bool]
    late: Mapped[bool]
    opened: Mapped[bool]
    hints_asked: Mapped[int]
    submissions: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    on_day: Mapped[int] = mapped_column(default=0, server_default="0")
    best_score: Mapped[float | None]
    active_seconds: Mapped[int]
    completed_at: Mapped[datetime | None]
    search: Mapped[str]
    theme: Mapped[str] = mapped_column(server_default="")
    because: Mapped[tuple[str, ...]] = mapped_column(Words, server_default="[]")


class HintRow(Base):
    """`learning.model.GivenHint`."""

    __tablename__ = "hint"

    daily: Mapped[str] = mapped_column(ForeignKey("daily.id", ondelete="CASCADE"), primary_key=True)
    rung: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    at: Mapped[datetime]
    clue: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str] = mapped_column(server_default="author")


class ChatRow(Base):
    """`learning.talk.ChatMessage`, and the case-folded text that a search looks in."""

    __tablename__ = "chat"
    __table_args__ = (Index(None, "learner", "at"),)

    daily: Mapped[str] = mapped_column(ForeignKey("daily.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    learner: Mapped[str]
    role: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    source: Mapped[str]
    search: Mapped[str]


class MemoryRow(Base):
    """`learning.talk.Memory`."""

    __tablename__ = "memory"
    __table_args__ = (UniqueConstraint("learner", "trait", "key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    learner: Mapped[str]
    trait: Mapped[str]
    key: Mapped[str]
    text: Mapped[str]
    evidence: Mapped[str]
    source: Mapped[str]
    at: Mapped[datetime]
    seen: Mapped[int]
    on: Mapped[bool]


class ChoiceRow(Base):
    """`learning.profile.Choice`; `number` is the order in which all were made."""

    __tablename__ = "choice"
    __table_args__ = (Index(None, "learner", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    learner: Mapped[str]
    name: Mapped[str]
    value: Mapped[Any] = mapped_column(Chosen, nullable=False)
    day: Mapped[date]


class NoticeRow(Base):
    """`learning.model.Notice`; `number` counts a learner's notices from 1."""

    __tablename__ = "notice"

    learner: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    day: Mapped[date]
    seen: Mapped[bool]


class SubmissionRow(Base):
    """`learning.model.Submission`; `number` counts a daily's submissions from 1, whatever the clock says."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("daily", "number"), Index(None, "status"))

    id: Mapped[str] = mapped_column(primary_key=True)
    learner: Mapped[str]
    daily: Mapped[str] = mapped_column(ForeignKey("daily.id", ondelete="CASCADE"))
    number: Mapped[int]
    created_at: Mapped[datetime]
    status: Mapped[str]
    notebook: Mapped[str]
    verdict: Mapped[str | None]
    problem: Mapped[str | None]
    passed: Mapped[bool | None]
    score: Mapped[float | None]
    late: Mapped[bool] = mapped_column(server_default=false())


class ProofRow(Base):
    """The proof of an exercise, found by the digest of all it depends on."""

    __tablename__ = "proof"

    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class WrittenRow(Base):
    """`learning.model.Written`."""

    __tablename__ = "exercise"
    __table_args__ = (UniqueConstraint("learner", "slug"), UniqueConstraint("learner", "due"))

    id: Mapped[str] = mapped_column(primary_key=True)
    learner: Mapped[str]
    slug: Mapped[str]
    due: Mapped[date | None]
    created_at: Mapped[datetime]
    notebook: Mapped[str]
    proof_digest: Mapped[str]
    report: Mapped[str]


class SpentRow(Base):
    """`dialogue.Spent`; the day is in UTC."""

    __tablename__ = "spent"

    learner: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    use: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    tokens_in: Mapped[int] = mapped_column(BigInteger)
    tokens_out: Mapped[int] = mapped_column(BigInteger)
    requests: Mapped[int]
    cost: Mapped[float]


class ReplyRow(Base):
    """A model's answer that was kept, found by the digest of its request; `learner` is whose request it was."""

    __tablename__ = "reply"
    __table_args__ = (Index(None, "at"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]
    learner: Mapped[str] = mapped_column(server_default="")
