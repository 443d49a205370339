"""What the server answers, as far as the kernel shows it. The contract is `tutor/api/v1/openapi.json` of the server."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Check:
    """One check of a verdict."""

    name: str
    status: str
    visible: bool
    message: str


@dataclass(frozen=True)
class Criteria:
    """Scores from 0 to 100, None where nothing was measured."""

    correctness: float | None = None
    quality: float | None = None
    efficiency: float | None = None
    style: float | None = None


@dataclass(frozen=True)
class Finding:
    """Something to improve beyond right and wrong; `line` counts from 1 in the answer cell `cell`."""

    criterion: str
    cell: str
    line: int | None
    message: str


@dataclass(frozen=True)
class Verdict:
    """What grading found.

    `passed` is None when nothing is checked automatically, `score` (0 to 100) when nothing was measured.
    """

    status: str
    passed: bool | None
    points: float
    max_points: float
    score: float | None
    checks: list[Check]
    criteria: Criteria = field(default_factory=Criteria)
    findings: list[Finding] = field(default_factory=list)
    manual: list[str] = field(default_factory=list)
    message: str = ""


@dataclass(frozen=True)
class Submission:
    """One submission; `problem` says why a failed one has no verdict."""

    id: str
    status: str
    verdict: Verdict | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Daily:
    """One exercise for one local date. `path` is the learner's notebook, from the server's root; `because` says why it
    was chosen, the strongest reason first.
    """

    id: str
    date: date
    title: str
    kind: str
    difficulty: str
    topics: list[str]
    objectives: list[str]
    success_criteria: list[str]
    minutes: int
    status: str
    passed: bool
    path: str
    hints_asked: int
    hints_total: int
    best_score: float | None
    because: list[str]


@dataclass(frozen=True)
class DailyDetail(Daily):
    """An exercise with what only matters while it is worked on."""

    is_today: bool
    skips_left: int
    latest: Submission | None = None


@dataclass(frozen=True)
class DailyPage:
    """Some exercises, newest first; `next_cursor` is None on the last page."""

    items: list[Daily]
    next_cursor: str | None


@dataclass(frozen=True)
class Opened:
    """The notebook of an exercise, there to be opened."""

    path: str
    created: bool


@dataclass(frozen=True)
class Speech:
    """What the tutor says, in Markdown; `problem` is why it says nothing. Hints have their number `rung` of those that
    the author wrote, and `again` when there was nothing new.
    """

    id: str
    kind: str
    status: str
    text: str
    source: str
    rung: int | None = None
    of: int | None = None
    again: bool = False
    problem: str | None = None


@dataclass(frozen=True)
class Said:
    """A further piece of a speech."""

    text: str


@dataclass(frozen=True)
class Withdrawn:
    """All that was said before is taken back, for a reason."""

    reason: str


@dataclass(frozen=True)
class Memory:
    """One thing that is remembered of the learner, and what it rests on."""

    trait: str
    text: str
    evidence: str
    on: bool


@dataclass(frozen=True)
class Memories:
    """All that is remembered; nothing is used when it is not `on`."""

    on: bool
    items: list[Memory]


@dataclass(frozen=True)
class ModelState:
    """`off` says in a sentence why no language model helps; empty when one does."""

    off: str


@dataclass(frozen=True)
class Generation:
    """An exercise that a language model writes: running, written, failed or cancelled."""

    id: str
    status: str
    topic: str
    kind: str
    difficulty: str


@dataclass(frozen=True)
class Stage:
    """What is done in which try at an exercise, counted from 1."""

    text: str
    number: int = field(metadata={"name": "try"})
    tries: int


@dataclass(frozen=True)
class Outcome:
    """How writing ended: `problem` says why it failed, `daily` is None unless the exercise became that daily's."""

    status: str
    problem: str | None
    daily: str | None


@dataclass(frozen=True)
class Step:
    """How far a submission has come."""

    done: int
    total: int
    text: str = ""
