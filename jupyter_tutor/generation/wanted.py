"""What an exercise is wanted for."""

import re
from dataclasses import dataclass
from typing import Any, get_args

from jupyter_tutor.errors import LearnerError
from jupyter_tutor.exercises.exercise import slug
from jupyter_tutor.exercises.metadata import Difficulty, Kind
from jupyter_tutor.learning.learner import Learner
from jupyter_tutor.learning.model import Candidate

LANGUAGES = ("python",)
_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 +#'&/-]{0,39}")
_MOST_INTERESTS = 10


def can_be_written_about(words: str) -> bool:
    """Whether an exercise can be wanted on these words."""
    return bool(_WORDS.fullmatch(words))


@dataclass(frozen=True)
class Wanted:
    """`topic` is a slug or a few words, `avoid` are titles or slugs that the learner has seen. Raises LearnerError for
    what cannot be written about.
    """

    topic: str
    kind: Kind = "algorithm"
    difficulty: Difficulty = "easy"
    language: str = "python"
    interests: tuple[str, ...] = ()
    minutes: int = 15
    avoid: tuple[str, ...] = ()
    learner: str = "local"

    def __post_init__(self) -> None:
        if not _WORDS.fullmatch(self.topic):
            raise LearnerError(f"{self.topic[:40]!r} is no topic: name one in a few words, such as 'binary search'")
        if self.language not in LANGUAGES:
            raise LearnerError(f"exercises can be written in {', '.join(LANGUAGES)} only so far, not {self.language!r}")
        for value, words in ((self.kind, get_args(Kind)), (self.difficulty, get_args(Difficulty))):
            if value not in words:
                raise LearnerError(f"{value!r} is none of {', '.join(words)}: choose one of them")
        if not 5 <= self.minutes <= 120:
            raise LearnerError(f"an exercise takes between 5 and 120 minutes, not {self.minutes}")
        bad = [interest for interest in self.interests if not _WORDS.fullmatch(interest)]
        if bad or len(self.interests) > _MOST_INTERESTS:
            named = repr(bad[0][:40]) if bad else f"more than {_MOST_INTERESTS}"
            raise LearnerError(f"{named} cannot be used as interests: name a few, each in a word or two")

    @property
    def concept(self) -> str:
        """The topic as a slug: the first of the exercise's topics."""
        return slug(self.topic)


def wanted(
    learner: Learner, due: Candidate, topic: str | None = None, kind: Any = None, difficulty: Any = None
) -> Wanted:
    """What to write for a learner: what was named, else what the learner wished, else what is due. Raises
    LearnerError.
    """
    words = topic or learner.wish or (due.topics[0] if due.topics else "lists")
    interests = [interest for interest in learner.profile.interests if _WORDS.fullmatch(interest)]
    return Wanted(
        (topic or words.replace("-", " ")).strip(),
        kind or due.kind,  # type: ignore[arg-type]  # it is checked there
        difficulty or due.difficulty,
        language=learner.profile.language,
        interests=tuple(interests[:_MOST_INTERESTS]),
        learner=learner.id,
    )
