"""Stores on real databases: another kind joins the conformance suite as one more parameter of `database_url`."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy

from jupyter_tutor.learning.model import Daily, Submission
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.store import SqlStore
from tests.sampling import LONG

FIRST = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql(need: Callable[[bool, str], None]) -> Iterator[str]:
    """The URL of a PostgreSQL server of this session, on a socket in a folder of its own."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    program = shutil.which("pg_ctl", path=os.pathsep.join([*map(str, reversed(programs)), os.environ["PATH"]]))
    need(program is not None, "PostgreSQL")
    need(importlib.util.find_spec("psycopg") is not None, "psycopg")
    user = "postgres" if os.geteuid() == 0 else None  # it does not run as root
    folder = Path(tempfile.mkdtemp(prefix="tutor-pg-"))
    if user:
        shutil.chown(folder, user)

    def control(*arguments: str) -> None:
        command = [str(program), *arguments, "--silent", "--pgdata", str(folder / "data")]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    control("init", "--options=--auth=trust --username=tutor --no-sync --encoding=UTF8 --locale=C")
    control("start", "--log", str(folder / "log"), f"--options=-h '' -k {folder} -F")
    yield f"postgresql+psycopg://tutor@/{{}}?host={folder}"
    control("stop", "--mode=immediate")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=LONG)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/tutor/tutor.sqlite"
    server: str = request.getfixturevalue("postgresql")
    name = f"test_{uuid.uuid4().hex}"
    engine = sqlalchemy.create_engine(
        server.format("postgres"), isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return server.format(name)


@pytest.fixture
def connection(database_url: str) -> Iterator[sqlalchemy.Connection]:
    """To the same database, past the store."""
    path = sqlalchemy.make_url(database_url).database
    if database_url.startswith("sqlite"):
        Path(str(path)).parent.mkdir()
    engine = sqlalchemy.create_engine(database_url.replace("+aiosqlite", ""), poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        yield connection


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
