"""What the operator can set; the doors fill it from Jupyter's configuration files."""

from dataclasses import dataclass, field
from pathlib import Path

from jupyter_tutor.grading.job import Limits
from jupyter_tutor.learning.model import Rules

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
class Settings:
    """`curriculum` are folders of authored notebooks, `folder` is where learners' notebooks go below the server's root,
    `jobs` is how many submissions run at a time (0: one per core), `time_zone` an IANA name.
    """

    database_url: str
    curriculum: tuple[Path, ...]
    time_zone: str
    folder: str = "tutor"
    language: str = "python"
    jobs: int = 0
    prove_dailies: bool = True
    sandbox: Sandbox = field(default_factory=Sandbox)
    rules: Rules = field(default_factory=Rules)
