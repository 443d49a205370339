"""What the operator can set; the doors fill it from Jupyter's configuration files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_tutor.grading.job import Limits
from jupyter_tutor.learning.achievements import ACHIEVEMENTS, Achievement
from jupyter_tutor.learning.model import Rules
from jupyter_tutor.learning.profile import Skill

LEARNER = "local"
"""The one learner of an installation that belongs to one person."""


@dataclass(frozen=True)
class Sandbox:
    """`level` is auto, bwrap, landlock or process. `preload` are modules that every Python player finds imported, where
    they are installed; `warm` is how many players are kept ready, with `limits`.
    """

    level: str = "auto"
    preload: tuple[str, ...] = ("numpy", "pandas")
    warm: int = 2
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible server. `models` names the model for each use of `dialogue.USES`; `""` is for all others."""

    base_url: str
    key: str = field(default="", repr=False)
    models: Mapping[str, str] = field(default_factory=dict)

    def model(self, use: str) -> str:
        """The model that is named for a use; nothing when none is."""
        return self.models.get(use) or self.models.get("", "")


@dataclass(frozen=True)
class ModelSettings:
    """`endpoints` are tried in order. `seconds` is for the first word and between words, `daily_tokens` for one learner
    (0: no bound), `prices` are for a million tokens in and out, by model. `write_ahead`: tomorrow's exercise is written
    by the model.
    """

    on: bool = True
    endpoints: tuple[Endpoint, ...] = ()
    temperature: float | None = None
    seconds: float = 60.0
    tries: int = 3
    daily_tokens: int = 200_000
    prices: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    write_ahead: bool = True


@dataclass(frozen=True)
class Settings:
    """`curriculum` are folders of authored notebooks, `folder` is where learners' notebooks go below the server's root,
    `skill` is the stated level of those who say nothing else,
    `jobs` is how many submissions run at a time (0: one per core), `time_zone` an IANA name, `chat_on` whether learners
    may ask questions, `daily_questions` how many a day (0: no bound), and `keep_days` for how long texts are kept (0:
    for ever).
    """

    database_url: str
    curriculum: tuple[Path, ...]
    time_zone: str
    folder: str = "tutor"
    language: str = "python"
    skill: Skill = "intermediate"
    achievements: tuple[Achievement, ...] = ACHIEVEMENTS
    jobs: int = 0
    prove_dailies: bool = True
    chat_on: bool = True
    daily_questions: int = 30
    keep_days: int = 0
    sandbox: Sandbox = field(default_factory=Sandbox)
    rules: Rules = field(default_factory=Rules)
    model: ModelSettings = field(default_factory=ModelSettings)
