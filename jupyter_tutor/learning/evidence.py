"""What a daily shows about its topics."""

from datetime import date

from jupyter_tutor.learning.mastery import Evidence
from jupyter_tutor.learning.model import Level, Past

LOGITS: dict[Level, float] = {"easy": -0.7, "medium": 0.0, "hard": 0.7}
"""How much harder a level is than a typical exercise, in logits."""
_HINT, _MANY_HINTS = 0.12, 0.5
_TRY, _MOST_TRIES = 0.1, 3
_SLOW, _LATE, _STYLE = 0.1, 0.1, 0.1
_LEAST = 0.35
"""What a pass is worth at least."""
_PARTLY = 0.3
"""What the best score is worth without a pass."""


def evidence_of(past: Past, today: date) -> Evidence | None:
    """How well it went: 1 for a pass at the first try, without hints, in time; None when there is nothing to see yet,
    or nothing was tried.
    """
    if past.passed:
        right = _passed(past)
    elif past.submissions and (past.date < today or past.status in ("completed", "skipped")):
        right = _PARTLY * (past.score or 0.0) / 100
    else:
        return None
    return Evidence(past.topics, right, float(past.date.toordinal()), LOGITS[past.difficulty])


def _passed(past: Past) -> float:
    """Hints, tries, time and score take a part each."""
    hints = _MANY_HINTS if past.hints > 3 else _HINT * past.hints
    tries = _TRY * min(max(past.submissions - 1, 0), _MOST_TRIES)
    slow = _SLOW if past.seconds > 2 * 60 * past.minutes else 0.0
    style = _STYLE * (1 - past.score / 100) if past.score is not None else 0.0
    return max(_LEAST, 1.0 - hints - tries - slow - style - _LATE * past.late)
