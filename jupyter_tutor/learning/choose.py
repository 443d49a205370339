"""Which exercise is next."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.learning.level import distance, level_history
from jupyter_tutor.learning.model import Candidate, Past, Rules

NONE = (
    "there are no exercises: check that the curriculum is installed, "
    "and that it has some in the learner's language (c.Tutor.curriculum, c.Tutor.language)"
)
KINDS = ("algorithm", "data-structure", "debugging", "practical")
"""The order in which kinds take turns."""


def choose(
    candidates: Sequence[Candidate], history: Sequence[Past], today: date, learner: str, rules: Rules
) -> Candidate:
    """The best candidate within the learner's bounds: the same for a learner and a date, in whatever order they come.

    Wishes in order; each decides only between those that are equal in all before it. Raises OperatorError when there is
    nothing to choose from.
    """
    if not candidates:
        raise OperatorError(NONE)
    level, _ = level_history(history, today, rules)
    slug_given = {past.slug: past.date for past in history}
    kind_given = {past.kind: past.date for past in history}
    recent = history[-rules.recent_days :] if rules.recent_days > 0 else ()
    recent_main = {past.topics[0] for past in recent if past.topics}
    recent_topics = {topic for past in recent for topic in past.topics}
    interests = set(rules.interests)

    def rank(candidate: Candidate) -> tuple[object, ...]:
        away = distance(level, candidate.difficulty)
        return (
            slug_given.get(candidate.slug, date.min),  # never given, else longest ago
            (abs(away), away),  # the nearest level, the easier of two
            (kind_given.get(candidate.kind, date.min), _turn(candidate.kind)),
            bool(recent_main.intersection(candidate.topics[:1])),
            len(recent_topics.intersection(candidate.topics)),
            -len(interests.intersection(candidate.interests)),
            _lot(learner, today, candidate.slug),
        )

    low, high = rules.bounds
    within = [c for c in candidates if distance(low, c.difficulty) >= 0 and distance(c.difficulty, high) >= 0]
    return min(within or candidates, key=rank)


def choose_theme(tellings: Mapping[str, Collection[str]], interests: Collection[str], today: date, learner: str) -> str:
    """The telling that shares most interests with the learner, of several equals the one that is drawn; the empty name
    of the author's own text when none shares any. `tellings` gives the interests of each by its name.
    """
    shared = {name: len(set(interests).intersection(words)) for name, words in tellings.items()}
    most = max(shared.values(), default=0)
    equals = [name for name, count in shared.items() if count == most] if most else [""]
    return min(equals, key=lambda name: _lot(learner, today, name))


def _turn(kind: str) -> tuple[int, str]:
    """Kinds that are not among ours come last."""
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)


def _lot(learner: str, today: date, slug: str) -> str:
    return hashlib.sha256(f"{learner}\n{today}\n{slug}".encode(errors="surrogatepass")).hexdigest()
