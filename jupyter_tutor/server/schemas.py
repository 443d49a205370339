"""What crosses HTTP: requests and replies of the REST interface, as pydantic models.

The OpenAPI document and the labextension's types are generated from these classes.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Status = Literal["pending", "in_progress", "completed", "skipped"]


class Schema(BaseModel):
    """Base of all: unknown fields in a request are refused by name."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Problem(Schema):
    """An error as RFC 9457 problem details; `detail` says what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str | None = None


class Check(Schema):
    """One check of a verdict."""

    name: str
    status: Literal["passed", "failed", "errored", "timed_out", "not_reached"]
    visible: bool
    points: float
    max_points: float
    message: str
    duration_ms: int | None = Field(description="Milliseconds; null for hidden checks.")


class Criteria(Schema):
    """Scores from 0 to 100; null where a criterion was not measured."""

    correctness: float | None = None
    quality: float | None = None
    efficiency: float | None = None
    style: float | None = None


class Finding(Schema):
    """Something to improve beyond right and wrong; it never decides whether an answer passes."""

    criterion: Literal["quality", "efficiency", "style"]
    cell: str = Field(description="The answer cell, by its grade_id.")
    line: int | None = Field(description="The line in that cell, counted from 1; null when it is about no single line.")
    message: str = Field(description="What to do, with code between backticks.")
    rule: str


class Verdict(Schema):
    """What grading found."""

    status: Literal["graded", "timed_out", "killed", "invalid"]
    passed: bool | None
    points: float
    max_points: float
    score: float | None
    criteria: Criteria
    duration_ms: int
    checks: list[Check]
    manual: list[str] = []
    message: str = Field("", description="Why there are no checks, or what stopped the run; empty when all went well.")
    protected: bool = Field(True, description="False when hidden checks ran beside learner code.")
    findings: list[Finding] = []


class Submission(Schema):
    """One submission and, once it is graded, its verdict."""

    id: str
    daily_id: str
    created_at: datetime
    status: Literal["queued", "running", "done", "failed"]
    verdict: Verdict | None = None
    problem: str | None = Field(None, description="Why a failed submission has no verdict, and what to do.")


class Daily(Schema):
    """One learner's exercise for one local date."""

    id: str
    date: date
    slug: str
    title: str
    kind: Literal["algorithm", "data-structure", "debugging", "practical"]
    difficulty: Literal["easy", "medium", "hard"]
    language: str
    topics: list[str]
    objectives: list[str]
    success_criteria: list[str]
    minutes: int
    status: Status
    passed: bool
    path: str = Field(description="The learner's notebook, relative to the server's root.")
    opened: bool
    hints_asked: int
    hints_total: int
    submissions: int
    best_score: float | None
    active_seconds: int
    completed_at: datetime | None
    because: list[str] = Field([], description="Why it was chosen, in sentences; the strongest reason first.")


class DailyDetail(Daily):
    """A daily with what the side panel shows under its card."""

    hints: list["Hint"]
    latest: Submission | None
    is_today: bool
    skips_left: int = Field(description="How many skips the learner has left this week (Monday to Sunday).")


class DailyPage(Schema):
    """A page of dailies, newest first."""

    items: list[Daily]
    next_cursor: str | None = Field(None, description="Give it back as `cursor` for the next page; null on the last.")


class DailyQuery(Schema):
    """How to filter and page the list of exercises."""

    status: Status | None = None
    topic: str | None = None
    kind: Literal["algorithm", "data-structure", "debugging", "practical"] | None = None
    difficulty: Literal["easy", "medium", "hard"] | None = None
    language: str | None = None
    q: str | None = Field(None, max_length=200, description="Looked for in title, slug and topics.")
    cursor: str | None = Field(None, max_length=200)
    limit: int = Field(20, ge=1, le=100)


class PathQuery(Schema):
    """Which notebook."""

    path: str = Field(max_length=1000, description="The notebook, relative to the server's root.")


class Opened(Schema):
    """The notebook of a daily, ready to be opened."""

    path: str
    created: bool = Field(description="False when the learner's notebook was there already; it is never overwritten.")


class NotebookRequest(Schema):
    """The learner's notebook. Without `sources` the saved one counts."""

    sources: dict[str, str] = Field(
        default_factory=dict, description="Newer sources of cells than the saved file has, by cell id."
    )
    path: str | None = Field(None, max_length=1000, description="Where the notebook is, when it was renamed or moved.")


class SubmitRequest(NotebookRequest):
    """A submission."""


Author = Literal["author", "diagnosis", "model"]


class Hint(Schema):
    """One hint that was given, Markdown."""

    rung: int = Field(ge=1, description="Counts the hints from 1; beyond `of` when there was more to say.")
    of: int = Field(description="How many the author wrote.")
    text: str
    source: Author = Field("author", description="`diagnosis` is what running the code showed, `model` may be wrong.")


class HelpRequest(NotebookRequest):
    """The notebook that help is wanted with."""


class Question(HelpRequest):
    """A question about an exercise."""

    text: str = Field(description="In the learner's own words, up to 4,000 characters.")


class Speech(Schema):
    """What the tutor says: a hint, an answer to a question, or feedback, as Markdown."""

    id: str
    daily_id: str
    kind: Literal["hint", "answer", "feedback"]
    status: Literal["running", "done"]
    text: str = Field(description="As far as it was said.")
    source: Author
    rung: int | None = Field(None, description="The number of a hint, from 1.")
    of: int | None = Field(None, description="How many hints the author wrote.")
    again: bool = Field(False, description="True for the last hint given once more, as there is nothing new to say.")
    question: str | None = Field(None, description="What an answer is to.")
    problem: str | None = Field(None, description="Why it is not whole or not kept, and what to do.")


class ChatMessage(Schema):
    """One message about an exercise, Markdown."""

    daily_id: str
    number: int
    role: Literal["learner", "tutor"]
    text: str
    at: datetime
    source: Literal["learner", "model", "diagnosis"] = Field(description="Who wrote it; a model may be wrong.")


class ChatPage(Schema):
    """A page of messages, newest first."""

    items: list[ChatMessage]
    next_cursor: str | None = Field(None, description="Give it back as `cursor` for the next page; null on the last.")


class ChatQuery(Schema):
    """Which page of messages."""

    cursor: str | None = Field(None, max_length=200)
    limit: int = Field(50, ge=1, le=200)


class FindQuery(ChatQuery):
    """What to look for in all conversations."""

    q: str = Field(min_length=1, max_length=200)


class Memory(Schema):
    """One thing that is remembered of the learner."""

    id: str
    trait: Literal["strength", "weakness", "misconception", "interest", "goal"]
    text: str
    evidence: str = Field(description="What it rests on.")
    source: str = Field(description="An exercise's slug, `chat`, or `learner` for what the learner wrote.")
    at: datetime = Field(description="When it was seen last.")
    seen: int
    on: bool = Field(description="Whether it is used.")


class Memories(Schema):
    """All that is remembered of the learner; this is the export too."""

    on: bool = Field(description="Whether anything is remembered and used.")
    items: list[Memory]


class MemorySwitch(Schema):
    """Whether things are to be remembered and used."""

    on: bool


class MemoryChange(Schema):
    """A correction; what is not named stays."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)] | None = None
    on: bool | None = None


class GenerationRequest(Schema):
    """What an exercise is to be about; what is not named is as it is due."""

    topic: str | None = Field(None, max_length=40, description="In a few words.")
    kind: Literal["algorithm", "data-structure", "debugging", "practical"] | None = None
    difficulty: Literal["easy", "medium", "hard"] | None = None


class Generation(Schema):
    """An exercise that is being written by the language model."""

    id: str
    status: Literal["running", "written", "failed", "cancelled"]
    topic: str
    kind: str
    difficulty: str


class ModelState(Schema):
    """Whether a language model helps."""

    off: str = Field(description="Why it does not, as a sentence; empty when it does.")
    tokens: int = Field(description="What it took today (UTC).")
    daily_tokens: int = Field(description="How many tokens it may take a day; 0 is no bound.")
    chat_on: bool = Field(description="Whether questions may be asked, with a model or without.")
    questions_left: int | None = Field(description="How many it answers today; null without a bound.")
    writing: Generation | None = Field(None, description="The exercise that it writes for the learner, who waits.")


class Activity(Schema):
    """Time spent on a daily since the last report."""

    seconds: int = Field(ge=1, le=300)
