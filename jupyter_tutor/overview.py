"""What the tutor shows: values around a daily, a learner and the language model."""

from dataclasses import dataclass
from datetime import date

from jupyter_tutor.exercises.metadata import TutorMetadata
from jupyter_tutor.generation.authoring import Writing
from jupyter_tutor.learning.achievements import Badge
from jupyter_tutor.learning.interview import Question
from jupyter_tutor.learning.model import Daily, GivenHint, Level, LevelChange, Submission
from jupyter_tutor.learning.profile import Frequency, Profile
from jupyter_tutor.learning.streak import Day, Streaks


@dataclass(frozen=True)
class DailyView:
    """A daily with what a learner sees around it."""

    daily: Daily
    metadata: TutorMetadata | None
    hints: tuple[GivenHint, ...]
    latest: Submission | None
    is_today: bool
    skips_left: int


@dataclass(frozen=True)
class ProfileView:
    """What a learner chose, and the interview. `wish` is a topic that was asked for and did not come yet, `levels` can
    be set by hand, and `topics` are those that exercises have.
    """

    profile: Profile
    wish: str
    questions: tuple[Question, ...]
    unanswered: tuple[str, ...]
    level: Level
    levels: tuple[Level, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class SkillView:
    """How well a learner knows a topic, in percent: `mean` is between `low` and `high` with a probability of 80
    percent. `due` is when the topic comes back, None for one that no exercise was mainly about.
    """

    topic: str
    mean: float
    low: float
    high: float
    evidence: int
    mastered: bool
    last: date
    due: date | None


@dataclass(frozen=True)
class ProgressView:
    """How a learner is doing, up to `today`."""

    today: date
    level: Level
    level_history: list[LevelChange]
    streaks: Streaks
    streak_rule: str
    frequency: Frequency
    completed: int
    passed: int
    active_seconds: int
    skips_left: int
    calendar: list[Day]
    latest: tuple[Daily, ...]
    skills: list[SkillView]
    badges: list[Badge]


@dataclass(frozen=True)
class ModelView:
    """Whether a language model helps. `off` says why not, as a sentence; tokens are those of the day (UTC), and
    `daily_tokens` how many there may be (0: no bound). `questions_left` are those that the learner may still ask it
    today, None without a bound; `chat_on` is whether questions may be asked at all. `writing` is the exercise that
    the learner waits for.
    """

    off: str
    tokens: int
    daily_tokens: int
    chat_on: bool
    questions_left: int | None
    writing: Writing | None
