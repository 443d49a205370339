"""How a database comes to its tables."""

import subprocess
import sys

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
    "'pending', FALSE, FALSE, FALSE, 0, 0, NULL, 0, NULL, 'a b'"
)
"""A row of the first tables."""


def start(url: str) -> subprocess.Popen[str]:
    """A process that opens the store when it gets a line."""
    program = [sys.executable, "-W", "error", "-c", OPEN, url]
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


async def test_migrations_make_the_tables_that_the_code_uses(
    database_url: str, connection: sqlalchemy.Connection
) -> None:
    await (await open_store(database_url)).close()
    assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    keys = sqlalchemy.inspect(connection).get_foreign_keys("submission")
    assert [(key["name"], key["options"]) for key in keys] == [("fk_submission_daily_daily", {"ondelete": "CASCADE"})]


async def test_opening_again_keeps_what_is_there(database_url: str, connection: sqlalchemy.Connection) -> None:
    for _ in range(2):
        store: Store = await open_store(database_url)
        await store.add_proof("sha", "{}")
        await store.close()
    assert connection.scalar(sqlalchemy.text("SELECT count(*) FROM proof")) == 1


async def test_an_older_database_keeps_what_it_holds(database_url: str, connection: sqlalchemy.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    connection.execute(sqlalchemy.text("INSERT INTO proof VALUES ('sha', '{}')"))
    connection.execute(sqlalchemy.text(f"INSERT INTO daily VALUES ({OLD_DAILY})"))
    connection.commit()
    store = await open_store(database_url)
    assert await store.proof("sha") == "{}"
    assert await store.written("ada") == []
    daily = await store.daily("ada", "old")
    assert (daily.slug, daily.topics, daily.theme) == ("ab", ("loops",), "")
    await store.close()


async def test_who_wanted_nothing_remembered_has_chosen_that(
    database_url: str, connection: sqlalchemy.Connection
) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0004")
    connection.execute(sqlalchemy.text("INSERT INTO profile VALUES ('ada', FALSE), ('bob', TRUE)"))
    connection.execute(sqlalchemy.text(f"INSERT INTO daily VALUES ({OLD_DAILY}, 'music')"))
    connection.execute(sqlalchemy.text("INSERT INTO reply VALUES ('sha', 'text', '2026-03-02 12:00:00.000000')"))
    connection.commit()
    store = await open_store(database_url)
    (choice,) = await store.choices("ada")
    assert (choice.name, choice.value) == ("memory", False)
    assert await store.choices("bob") == []
    assert (await store.daily("ada", "old")).because == ()
    assert await store.kept_reply("sha") == "text"
    await store.close()
    assert "profile" not in sqlalchemy.inspect(connection).get_table_names()


async def test_a_newer_database_is_refused_and_left_alone(database_url: str, connection: sqlalchemy.Connection) -> None:
    await (await open_store(database_url)).close()
    connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    connection.commit()
    with pytest.raises(StorageError, match=r"written by a newer Jupyter Tutor: upgrade the package \(pip install -U"):
        await open_store(database_url)
    assert connection.scalar(sqlalchemy.text("SELECT version_num FROM alembic_version")) == "9999"


async def test_an_upgrade_that_fails_leaves_nothing_behind(
    database_url: str, connection: sqlalchemy.Connection
) -> None:
    connection.execute(sqlalchemy.text("CREATE TABLE proof (other TEXT)"))
    connection.commit()
    with pytest.raises(StorageError, match=str(connection.engine.url.database)):
        await open_store(database_url)
    assert sqlalchemy.inspect(connection).get_table_names() == ["proof"]


@pytest.mark.parametrize("attempt", range(3))
def test_processes_that_start_at_once_upgrade_once(
    database_url: str, connection: sqlalchemy.Connection, attempt: int
) -> None:
    processes = [start(database_url) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert {finish(process).split()[0] for process in processes} == {"None"}
    assert connection.scalars(sqlalchemy.text("SELECT version_num FROM alembic_version")).all() == [HEAD]


async def test_alembic_is_not_imported_when_the_database_is_up_to_date(database_url: str) -> None:
    assert finish_one(database_url) == "None True"
    assert finish_one(database_url) == "None False"


def finish_one(url: str) -> str:
    process = start(url)
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
