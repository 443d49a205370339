"""How a database comes to its tables."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from jupyter_tutor.errors import StorageError
from jupyter_tutor.ports import Store
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.tables import Base
from jupyter_tutor.storage.upgrade import HEAD, MIGRATIONS

OPEN = """
import asyncio, sys
from jupyter_tutor.storage.database import open_store

async def main():
    store = await open_store(sys.argv[1])
    print(await store.latest_daily("ada"), "alembic" in sys.modules)
    await store.close()

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(main())
"""


OLD_DAILY = (
    "'old', 'ada', '2026-03-02', 'ab', 'A B', 'practical', 'easy', 'python', '[\"loops\"]', 10, 'tutor/ab.ipynb', "
    "'pending', 0, 0, 0, 0, 0, NULL, 0, NULL, 'a b'"
)
"""A row of the first tables."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "tutor.sqlite"


async def create(file: Path) -> None:
    await (await open_store(f"sqlite+aiosqlite:///{file}")).close()


def start(file: Path) -> subprocess.Popen[str]:
    """A process that opens the store when it gets a line."""
    program = [sys.executable, "-W", "error", "-c", OPEN, f"sqlite+aiosqlite:///{file}"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        program, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()


def test_the_head_known_to_the_code_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


async def test_migrations_make_the_tables_that_the_code_uses(file: Path) -> None:
    await create(file)
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        keys = sqlalchemy.inspect(connection).get_foreign_keys("submission")
        assert [(key["name"], key["options"]) for key in keys] == [
            ("fk_submission_daily_daily", {"ondelete": "CASCADE"})
        ]
    engine.dispose()


async def test_opening_again_keeps_what_is_there(file: Path) -> None:
    for _ in range(2):
        store: Store = await open_store(f"sqlite+aiosqlite:///{file}")
        await store.add_proof("sha", "{}")
        await store.close()
    assert sqlite3.connect(file).execute("SELECT count(*) FROM proof").fetchone() == (1,)


async def test_an_older_database_keeps_what_it_holds(file: Path) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(sqlalchemy.text("INSERT INTO proof VALUES ('sha', '{}')"))
        connection.execute(sqlalchemy.text(f"INSERT INTO daily VALUES ({OLD_DAILY})"))
    engine.dispose()
    store = await open_store(f"sqlite+aiosqlite:///{file}")
    assert await store.proof("sha") == "{}"
    assert await store.written("ada") == []
    daily = await store.daily("ada", "old")
    assert (daily.slug, daily.topics, daily.theme) == ("ab", ("loops",), "")
    await store.close()


async def test_a_newer_database_is_refused_and_left_alone(file: Path) -> None:
    await create(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"written by a newer Jupyter Tutor: upgrade the package \(pip install -U"):
        await open_store(f"sqlite+aiosqlite:///{file}")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    connection.close()


async def test_an_upgrade_that_fails_leaves_nothing_behind(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE proof (other TEXT)")
    with pytest.raises(StorageError, match=str(file)):
        await create(file)
    assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("proof",)]
    connection.close()


@pytest.mark.parametrize("attempt", range(3))
def test_processes_that_start_at_once_upgrade_once(file: Path, attempt: int) -> None:
    processes = [start(file) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert {finish(process).split()[0] for process in processes} == {"None"}
    assert sqlite3.connect(file).execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


async def test_alembic_is_not_imported_when_the_database_is_up_to_date(file: Path) -> None:
    assert finish_one(file) == "None True"
    assert finish_one(file) == "None False"


def finish_one(file: Path) -> str:
    process = start(file)
    assert process.stdin is not None
    process.stdin.write("\n")
    return finish(process)


def test_importing_the_package_imports_no_library() -> None:
    program = "import sys, jupyter_tutor.storage; print([m for m in ('sqlalchemy', 'alembic') if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "[]\n"
