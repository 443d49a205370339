"""Stores on real databases: another kind joins the conformance suite as one more parameter of `database_url`."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jupyter_tutor.learning.model import Daily, Submission
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.store import SqlStore

FIRST = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    urls = {"sqlite": f"sqlite+aiosqlite:///{tmp_path}/tutor/tutor.sqlite"}
    return urls[request.param]


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """A store that holds nothing."""
    store = await open_store(database_url)
    yield store
    await store.close()


@pytest.fixture
def make_daily() -> Callable[..., Daily]:
    """A daily of the nth day, with other values where they are given."""

    def make(n: int = 0, learner: str = "ada", **values: object) -> Daily:
        day = FIRST + timedelta(days=n)
        usual = {"id": f"{learner}-{n}", "date": day, "slug": f"slug-{n}", "title": f"Title {n}", "kind": "algorithm"}
        more = {"difficulty": "easy", "language": "python", "topics": ("loops", "lists"), "minutes": 10}
        return Daily(**{"learner": learner, "path": f"tutor/{day}.ipynb", **usual, **more, **values})  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_submission() -> Callable[..., Submission]:
    """The nth submission of a daily, with other values where they are given."""

    def make(daily: Daily, n: int = 0, **values: object) -> Submission:
        usual = {
            "id": f"{daily.id}-{n}",
            "created_at": NOON + timedelta(minutes=n),
            "status": "queued",
            "notebook": "{}",
        }
        return Submission(**{"learner": daily.learner, "daily": daily.id, **usual, **values})  # type: ignore[arg-type]

    return make
