"""What the server answers about the learner, as far as the kernel shows it."""

from dataclasses import dataclass
from datetime import date

from jupyter_tutor.kernel.replies import Daily


@dataclass(frozen=True)
class Day:
    """One square of the calendar; `status` is None on a day without an exercise. `free`: nothing was due, `forgiven`: a
    miss that ended no streak, `late`: passed after its day only.
    """

    date: date
    status: str | None
    passed: bool
    free: bool = False
    forgiven: bool = False
    late: bool = False


@dataclass(frozen=True)
class LevelChange:
    """A step of the learner's level."""

    date: date
    level: str
    reason: str


@dataclass(frozen=True)
class Skill:
    """How well a topic is known: `mean` is the chance in percent to solve a typical exercise at once, between `low` and
    `high` with a probability of 80 percent. `evidence` counts exercises. On `due` the topic comes back; it is None for
    one that no exercise was mainly about.
    """

    topic: str
    mean: float
    low: float
    high: float
    evidence: int
    mastered: bool
    due: date | None


@dataclass(frozen=True)
class Badge:
    """A badge; `earned` is None until `have` is `need`."""

    title: str
    text: str
    icon: str
    earned: date | None
    have: int
    need: int


@dataclass(frozen=True)
class Progress:
    """How the learner is doing. Calendar and level history are oldest first, the history is newest first."""

    today: date
    level: str
    level_history: list[LevelChange]
    completed: int
    passed: int
    current_streak: int
    longest_streak: int
    streak_rule: str
    active_seconds: int
    calendar: list[Day]
    history: list[Daily]
    skills: list[Skill]
    badges: list[Badge]


@dataclass(frozen=True)
class Notice:
    """Something to tell the learner once."""

    key: str
    kind: str
    title: str
    text: str


@dataclass(frozen=True)
class Grading:
    """How far an exercise of the learner is checked, somewhere."""

    title: str
    done: int
    total: int


@dataclass(frozen=True)
class Option:
    """One answer that can be picked."""

    value: str
    label: str


@dataclass(frozen=True)
class InterviewQuestion:
    """One question of the interview, about the field `name` of the profile; `note` is what the answer does."""

    name: str
    text: str
    note: str
    kind: str
    options: list[Option]


@dataclass(frozen=True)
class Profile:
    """What the learner chose, and what holds where nothing was chosen."""

    language: str
    time_zone: str
    skill: str
    goals: list[str]
    interests: list[str]
    style: str
    minutes: int
    frequency: str
    topics: list[str]
    placement: bool
    wish: str
    level: str | None
    adapt: bool
    memory: bool
    interview: str


@dataclass(frozen=True)
class ProfileState:
    """The profile, how far the interview is, and what can be chosen."""

    profile: Profile
    questions: list[InterviewQuestion]
    unanswered: list[str]
    current_level: str
    all_topics: list[str]
