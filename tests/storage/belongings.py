"""A learner of whom something is kept in every table."""

from collections.abc import Callable
from datetime import timedelta

from jupyter_tutor.dialogue import Spent, Tokens
from jupyter_tutor.learning.model import Daily, GivenHint, Notice, Submission, Written
from jupyter_tutor.learning.profile import Choice
from jupyter_tutor.learning.talk import Memory
from jupyter_tutor.ports import Store
from jupyter_tutor.testing import answer_cell, checks_cell, notebook
from tests.storage.conftest import FIRST, NOON

VERDICT = (
    '{"status": "graded", "passed": true, "points": 1.0, "max_points": 1.0, "score": 90.0, '
    '"criteria": {"correctness": 100.0}, "duration_ms": 5, "checks": []}'
)


def words(learner: str, what: str) -> str:
    """A text of a learner, long enough for pages of its own."""
    return f"{learner}'s own {what}. " * 400


async def keep_everything(
    store: Store, make_daily: Callable[..., Daily], make_submission: Callable[..., Submission], learner: str = "ada"
) -> list[Daily]:
    """Keep something of a learner in every table; the dailies."""
    dailies = [await store.add_daily(make_daily(n, learner, because=("It is due.",))) for n in range(3)]
    hint = GivenHint(1, words(learner, "hint"), NOON, "pattern:loop", "diagnosis")
    await store.add_hint(learner, dailies[0].id, hint)
    for n in range(3):
        saved = notebook(answer_cell("x = 1"), note=words(learner, "answer"))
        await store.add_submission(make_submission(dailies[0], n, notebook=saved))
    values = {"status": "done", "verdict": VERDICT, "passed": True, "score": 90.0, "at": NOON}
    await store.change_submission(f"{dailies[0].id}-1", **values)
    await store.change_submission(f"{dailies[0].id}-0", status="failed", problem="It stopped.")
    await store.add_message(learner, dailies[1].id, "learner", words(learner, "QUESTION"), NOON)
    await store.add_message(learner, dailies[1].id, "tutor", "Look again.", NOON + timedelta(seconds=1), "model")
    text = words(learner, "interest")
    await store.remember(Memory(f"{learner}-m", learner, "interest", "chess", text, "You said so.", "chat", NOON))
    await store.add_choices(
        learner, [Choice("goals", (words(learner, "goal")[:50],), FIRST), Choice("level", None, FIRST)]
    )
    await store.add_notices(
        learner, [Notice(f"badge-{n}", "badge", words(learner, "badge"), "", FIRST) for n in (2, 1)]
    )
    own = notebook(answer_cell("x = 1"), checks_cell("assert x == 1"), slug="own", title=words(learner, "title")[:60])
    await store.add_written(Written(f"{learner}-w", learner, "own", FIRST, NOON, own, "sha", '{"tries": 1}'))
    await store.add_spent(Spent(learner, FIRST, "chat", "small", Tokens(10, 5, 1, 0.25)))
    await store.keep_reply(f"sha-{learner}", words(learner, "reply"), learner)
    return dailies
