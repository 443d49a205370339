"""What the operator can set; the doors fill it from Jupyter's configuration files."""

from dataclasses import dataclass, field
from pathlib import Path

from jupyter_tutor.grading.job import Limits
from jupyter_tutor.learning.model import Rules

LEARNER = "local"
"""The one learner of an installation that belongs to one person."""


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
    limits: Limits = field(default_factory=Limits)
    rules: Rules = field(default_factory=Rules)
