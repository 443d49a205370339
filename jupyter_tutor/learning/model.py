"""The values that the learner's decisions are made of."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Level = Literal["easy", "medium", "hard"]
Status = Literal["pending", "in_progress", "completed", "skipped"]
LEVELS: tuple[Level, ...] = ("easy", "medium", "hard")


@dataclass(frozen=True)
class Candidate:
    """An exercise that could be chosen. `minutes` is how long its author expects it to take."""

    slug: str
    kind: str
    difficulty: Level
    topics: tuple[str, ...]
    interests: tuple[str, ...] = ()
    minutes: int = 15


@dataclass(frozen=True)
class Past:
    """What counts of one earlier daily. `late`: it was passed only after its own day. `submissions` and `hints` are
    those until it was passed, `on_day` those submissions that came on its own day (None: all but a late pass). `score`
    is the best, 0 to 100, `seconds` the active time, and `minutes` how long its author expects it to take.
    """

    date: date
    slug: str
    kind: str
    difficulty: Level
    topics: tuple[str, ...]
    status: Status
    passed: bool
    hints: int = 0
    submissions: int = 0
    late: bool = False
    score: float | None = None
    seconds: int = 0
    minutes: int = 15
    on_day: int | None = None

    @property
    def in_time(self) -> int:
        """Submissions on its own day, until it was passed."""
        return self.submissions - self.late if self.on_day is None else self.on_day


@dataclass(frozen=True)
class LevelChange:
    """From `date` on the level is `level`, because of `reason` (a sentence for the learner)."""

    date: date
    level: Level
    reason: str


@dataclass(frozen=True)
class Rules:
    """The thresholds of choosing and counting; all are settings.

    `recall` is the chance of recalling a topic below which it comes back, `grace_days` for how many days before a
    missed one none may have been missed, so that it is forgiven (0: none is).
    """

    first_level: Level = "easy"
    bounds: tuple[Level, Level] = ("easy", "hard")
    passes_up: int = 3
    struggles_down: int = 2
    struggle_hints: int = 4
    pause_days: int = 21
    long_pause_days: int = 60
    skips_a_week: int = 2
    recent_days: int = 5
    recall: float = 0.85
    grace_days: int = 7
    interests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Daily:
    """One learner's exercise for one local date. Instants are in UTC; scores go from 0 to 100.

    `late`: it was passed, and only after its date. `hints_asked` are those before it was passed. `theme` tells the
    exercise; it is empty for the author's own text. `because` says in sentences why it was chosen.
    """

    id: str
    learner: str
    date: date
    slug: str
    title: str
    kind: str
    difficulty: Level
    language: str
    topics: tuple[str, ...]
    minutes: int
    path: str
    status: Status = "pending"
    passed: bool = False
    late: bool = False
    opened: bool = False
    hints_asked: int = 0
    submissions: int = 0
    best_score: float | None = None
    active_seconds: int = 0
    completed_at: datetime | None = None
    theme: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filters:
    """What to list; empty fields do not restrict. `text` is looked for in title, slug and topics, without case."""

    status: Status | None = None
    topic: str | None = None
    kind: str | None = None
    difficulty: str | None = None
    language: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Page:
    """Newest first; `next_cursor` is opaque, None on the last page."""

    items: tuple[Daily, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class Submission:
    """One submission as it is kept. `notebook` and `verdict` are JSON texts; `problem` says why there is no verdict.
    `late`: it came after the daily's date.
    """

    id: str
    learner: str
    daily: str
    created_at: datetime
    status: Literal["queued", "running", "done", "failed"]
    notebook: str = field(repr=False)
    verdict: str | None = None
    problem: str | None = None
    passed: bool | None = None
    score: float | None = None
    late: bool = False


@dataclass(frozen=True)
class GivenHint:
    """A hint that was given. `rung` counts the hints of a daily from 1, `clue` is the key of the clue that it told, and
    `source` is who wrote it.
    """

    rung: int
    text: str
    at: datetime
    clue: str = ""
    source: Literal["author", "diagnosis", "model"] = "author"


@dataclass(frozen=True)
class Written:
    """An exercise that was written for a learner, and proven. `due` is the local date whose daily it is to be, None for
    one that was asked for at once. `notebook` and `report` are JSON texts, `proof_digest` finds the proof.
    """

    id: str
    learner: str
    slug: str
    due: date | None
    created_at: datetime
    notebook: str = field(repr=False)
    proof_digest: str
    report: str = field(repr=False)


@dataclass(frozen=True)
class Notice:
    """Something to tell a learner once: a badge that was earned, or a step of the level. `key` names it for good,
    `day` is the local date.
    """

    key: str
    kind: Literal["badge", "level"]
    title: str
    text: str
    day: date
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one learner did with one exercise, for its author: the sum of a daily."""

    learner: str
    slug: str
    difficulty: Level
    passed: bool
    hints: int
    submissions: int
    seconds: int
    minutes: int
    skipped: bool
