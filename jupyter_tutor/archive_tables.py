"""The tables of an archive, field by field. Each field is checked so that what is read can be used."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from jupyter_tutor.dialogue import Use
from jupyter_tutor.errors import AuthorError, LearnerError
from jupyter_tutor.exercises.exercise import parse_exercise
from jupyter_tutor.exercises.metadata import Difficulty, Kind
from jupyter_tutor.learning.model import Status
from jupyter_tutor.learning.profile import Profile, checked
from jupyter_tutor.learning.talk import Trait

FIRST_DAY = date(2000, 1, 1)
_DUE = timedelta(days=366)
"""How far ahead an exercise may be due."""


def wrong(why: str) -> PydanticCustomError:
    """A complaint about a field, as the rest of a sentence that begins with its name."""
    return PydanticCustomError("wrong", "{why}", {"why": why})


def _not_far(value: date | datetime, info: ValidationInfo, ahead: timedelta = timedelta(days=1)) -> Any:
    """`context` is the learner's date. A daily beyond tomorrow would stop the learner's calendar."""
    day = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    if day < FIRST_DAY:
        raise wrong(f"is before the year {FIRST_DAY.year}")
    today: Any = info.context
    if day > today + ahead:
        raise wrong("is in the future")
    return value


def _not_far_ahead(value: date, info: ValidationInfo) -> Any:
    return _not_far(value, info, _DUE)


def _inside(path: str) -> str:
    """A notebook is written there when its exercise is opened."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or "\\" in path or ":" in path or not path.endswith(".ipynb"):
        raise wrong("is no notebook below the server's folder")
    return path


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise wrong("is no JSON text") from None


def _object(text: str) -> str:
    if not isinstance(_json(text), dict):
        raise wrong("is no JSON object")
    return text


def _notebook(text: str) -> str:
    found = _json(text)
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise wrong("is no notebook")
    return text


def _verdict(text: str) -> str:
    try:
        _Verdict.model_validate_json(text)
    except ValidationError:
        raise wrong("is no verdict") from None
    return text


def _chosen(value: Any, info: ValidationInfo) -> Any:
    """As the learner would be told at a door; skill and language may be those of another installation."""
    name = info.data.get("name", "")
    languages = [value] if isinstance(value, str) and value else ["python"]
    try:
        return checked(name, value, Profile(language="python", time_zone="UTC"), languages)
    except LearnerError as error:
        raise wrong(f"is not right: {error}") from None


def _authored(text: str, info: ValidationInfo) -> str:
    """What was written for a learner needs no files; files would be those of this machine."""
    slug = info.data.get("slug", "")
    try:
        exercise = parse_exercise(text, Path(f"{slug}.ipynb"))
    except AuthorError as error:
        raise wrong(f"is no exercise: {error}") from None
    if exercise.metadata.slug != slug or exercise.metadata.files:
        raise wrong("is the notebook of another exercise, or needs files")
    return text


Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Day = Annotated[date, AfterValidator(_not_far)]
Due = Annotated[date, AfterValidator(_not_far_ahead)]
Instant = Annotated[AwareDatetime, AfterValidator(_not_far)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Many = Annotated[int, Field(ge=0, le=2**53)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Score = Annotated[float, Field(ge=0, le=100)]
Points = Annotated[float, Field(ge=0, le=1e9)]


class Row(BaseModel):
    """Base of all: exact types, and no further fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class DailyRow(Row):
    """`learning.model.Daily`."""

    id: Id
    date: Day
    slug: Id
    title: str
    kind: Kind
    difficulty: Difficulty
    language: str
    topics: tuple[str, ...]
    minutes: Annotated[int, Field(ge=1, le=10_000)]
    path: Annotated[str, AfterValidator(_inside)]
    status: Status
    passed: bool
    late: bool
    opened: bool
    hints_asked: Count
    submissions: Count
    tries: Count
    on_day: Count
    best_score: Score | None
    active_seconds: Count
    completed_at: Instant | None
    theme: str
    because: tuple[str, ...]


class HintRow(Row):
    """`learning.model.GivenHint`."""

    daily: Id
    rung: Number
    text: str
    at: Instant
    clue: str
    source: Literal["author", "diagnosis", "model"]


class SubmissionRow(Row):
    """`learning.model.Submission`; the `number`th of its daily."""

    id: Id
    daily: Id
    number: Number
    created_at: Instant
    status: Literal["queued", "running", "done", "failed"]
    notebook: Annotated[str, AfterValidator(_notebook)]
    verdict: Annotated[str, AfterValidator(_verdict)] | None
    problem: str | None
    passed: bool | None
    score: Score | None
    late: bool


class ChatRow(Row):
    """`learning.talk.ChatMessage`."""

    daily: Id
    number: Number
    role: Literal["learner", "tutor"]
    text: str
    at: Instant
    source: Literal["learner", "model", "diagnosis"]


class MemoryRow(Row):
    """`learning.talk.Memory`."""

    id: Id
    trait: Trait
    key: str
    text: str
    evidence: str
    source: str
    at: Instant
    seen: Number
    on: bool


class ChoiceRow(Row):
    """`learning.profile.Choice`, in the order in which they were made."""

    name: str
    value: Annotated[str | int | bool | tuple[str, ...] | None, AfterValidator(_chosen)]
    day: Day


class NoticeRow(Row):
    """`learning.model.Notice`, in their order."""

    key: Id
    kind: Literal["badge", "level"]
    title: str
    text: str
    day: Day
    seen: bool


class ExerciseRow(Row):
    """`learning.model.Written`."""

    id: Id
    slug: Id
    due: Due | None
    created_at: Instant
    notebook: Annotated[str, AfterValidator(_authored)]
    proof_digest: str
    report: Annotated[str, AfterValidator(_object)]


class SpentRow(Row):
    """`dialogue.Spent`."""

    day: Day
    use: Use
    model: str
    tokens_in: Many
    tokens_out: Many
    requests: Count
    cost: Points


class _Criteria(Row):
    correctness: Score | None = None
    quality: Score | None = None
    efficiency: Score | None = None
    style: Score | None = None


class _Check(Row):
    name: str
    status: Literal["passed", "failed", "errored", "timed_out", "not_reached"]
    visible: bool
    points: Points
    max_points: Points
    message: str
    duration_ms: Count | None


class _Finding(Row):
    criterion: Literal["quality", "efficiency", "style"]
    cell: str
    line: Count | None
    message: str
    rule: str


class _Verdict(Row):
    """`grading.verdict.Verdict`."""

    status: Literal["graded", "timed_out", "killed", "invalid"]
    passed: bool | None
    points: Points
    max_points: Points
    score: Score | None
    criteria: _Criteria
    duration_ms: Count
    checks: tuple[_Check, ...]
    manual: tuple[str, ...] = ()
    message: str = ""
    protected: bool = True
    findings: tuple[_Finding, ...] = ()
