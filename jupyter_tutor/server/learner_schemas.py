"""What crosses HTTP about a learner: profile, progress, badges and notices."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from jupyter_tutor.server.schemas import Daily, Schema, Status

Level = Literal["easy", "medium", "hard"]
Frequency = Literal["daily", "weekdays", "three-a-week"]


class Profile(Schema):
    """What the learner chose, and what holds where nothing was chosen."""

    language: str
    time_zone: str = Field(description="An IANA name; the next exercise is ready at midnight there.")
    skill: Literal["beginner", "intermediate", "advanced"] = Field(description="It bounds the difficulty.")
    goals: list[str]
    interests: list[str]
    style: Literal["questions", "explanations", "examples"] = Field(description="How the tutor helps.")
    minutes: int = Field(description="Minutes a day, 5 to 180.")
    frequency: Frequency
    topics: list[str] = Field(description="Topics that are preferred.")
    placement: bool = Field(description="Whether the first three exercises move the level at once.")
    wish: str = Field(description="A topic for the next exercise; empty when there is none, or it was fulfilled.")
    level: Level | None = Field(description="The level that was set by hand last; null when none was.")
    adapt: bool = Field(description="Whether the level follows how the learner does.")
    memory: bool = Field(description="Whether the tutor may remember things.")
    interview: Literal["open", "done", "skipped"]


class ProfileChange(Schema):
    """New choices; what is not named stays. Each is checked, and none is kept when one is refused."""

    language: str | None = None
    time_zone: str | None = None
    skill: str | None = None
    goals: list[str] | None = None
    interests: list[str] | None = None
    style: str | None = None
    minutes: int | None = None
    frequency: str | None = None
    topics: list[str] | None = None
    placement: bool | None = None
    wish: str | None = None
    level: str | None = Field(None, description="Sets the level; from there it goes on as `adapt` says.")
    adapt: bool | None = None
    memory: bool | None = None
    interview: str | None = Field(None, description="`skipped` ends it, `open` asks again, `done` is its end.")


class Option(Schema):
    """One answer that can be picked."""

    value: str
    label: str


class InterviewQuestion(Schema):
    """One question of the interview; the answer goes into the field `name` of the profile."""

    name: str
    text: str
    note: str = Field(description="What the answer does.")
    kind: Literal["choice", "words", "number", "zone", "yes-no"]
    options: list[Option]


class ProfileState(Schema):
    """The profile and how far the interview is."""

    profile: Profile
    questions: list[InterviewQuestion]
    unanswered: list[str] = Field(description="Names of the questions without an answer, in their order.")
    current_level: Level
    levels: list[Level] = Field(description="Levels that can be set by hand, within the bounds of `skill`.")
    all_topics: list[str] = Field(description="Topics that exercises have.")


class Day(Schema):
    """One square of the streak calendar."""

    date: date
    status: Status | None = Field(description="Null on a day without an exercise.")
    passed: bool
    free: bool = Field(False, description="Nothing was due on this day.")
    forgiven: bool = Field(False, description="It was missed, and did not end the streak.")
    late: bool = Field(False, description="It was passed, and after its day only: it counts for no streak.")


class LevelChange(Schema):
    """A step of the learner's level."""

    date: date
    level: Level
    reason: str


class Skill(Schema):
    """How well the learner knows a topic. `mean` is the chance in percent to solve a typical exercise of it at once;
    it is between `low` and `high` with a probability of 80 percent."""

    topic: str
    mean: float
    low: float
    high: float
    evidence: int = Field(description="On how many exercises it rests.")
    mastered: bool
    last: date = Field(description="The last exercise of the topic.")
    due: date | None = Field(
        description="When it is about to be forgotten, and comes back; null when no exercise was mainly about it."
    )


class Badge(Schema):
    """A badge, earned or not."""

    key: str
    title: str
    text: str = Field(description="What it is for.")
    icon: Literal["flame", "star", "tree", "medal"]
    earned: date | None
    have: int
    need: int


class Notice(Schema):
    """Something to tell the learner once."""

    key: str
    kind: Literal["badge", "level"]
    title: str
    text: str
    day: date


class NoticesSeen(Schema):
    """Which notices were shown."""

    keys: list[str] = Field(max_length=1000)


class Progress(Schema):
    """How the learner is doing."""

    today: date
    level: Level
    level_history: list[LevelChange] = Field(description="Oldest first.")
    completed: int = Field(description="Exercises passed or marked as complete.")
    passed: int
    current_streak: int = Field(description="Exercises passed on their day since the last miss that was not forgiven.")
    longest_streak: int
    streak_rule: str = Field(description="What ends a streak and what is forgiven, in sentences.")
    frequency: Frequency
    active_seconds: int
    skips_left: int
    calendar: list[Day] = Field(description="The last 26 weeks, oldest first.")
    history: list[Daily] = Field(description="The latest 20 dailies, newest first.")
    skills: list[Skill] = Field(description="Topics with an exercise, the best known first.")
    badges: list[Badge] = Field(description="Earned ones first, then those that are nearest.")


class Archive(Schema):
    """Everything that is kept of a learner; README documents each table and field."""

    format: str
    version: int
    exported_at: datetime
    learner: str
    tables: dict[str, list[dict[str, Any]]]


class ArchiveText(Schema):
    """What was downloaded, as the text of its file."""

    text: str
