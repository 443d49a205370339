"""The file of a SQLite database, and what a learner is told when it cannot be used."""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from jupyter_tutor.errors import StorageError
from jupyter_tutor.learning.model import Daily, Filters, GivenHint
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.storage.failures import told

Make = Callable[..., Daily]
SECRET = "the learner's own words"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "home" / "tutor.sqlite"


def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def create(file: Path, *dailies: Daily) -> None:
    store = await open_store(url(file))
    for daily in dailies:
        await store.add_daily(daily)
    await store.close()


@pytest.fixture
def locked(file: Path) -> Iterator[Callable[[], None]]:
    """Another program that takes the database for itself when it is called."""
    connections: list[sqlite3.Connection] = []

    def lock() -> None:
        connections.append(sqlite3.connect(file, isolation_level=None))
        connections[0].execute("BEGIN EXCLUSIVE")

    yield lock
    for connection in connections:
        connection.close()


async def test_the_file_and_its_folder_are_the_learners_only(file: Path, make_daily: Make) -> None:
    store = await open_store(url(file))
    await store.add_daily(make_daily())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (file.parent, *file.parent.iterdir())}
    await store.close()
    assert modes == {"home": 0o700, file.name: 0o600, f"{file.name}-wal": 0o600, f"{file.name}-shm": 0o600}
    assert list(file.parent.iterdir()) == [file]


async def test_a_file_that_is_there_keeps_its_mode(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    file.chmod(0o640)
    await create(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


async def test_connections_are_set_up(file: Path) -> None:
    store = await open_store(url(file), busy_seconds=1.5)
    async with store.database.reading() as session:
        names = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous", "secure_delete")
        assert [await session.scalar(text(f"PRAGMA {name}")) for name in names] == ["wal", 1, 1500, 1, 1]
    await store.close()


async def test_children_go_with_their_daily_and_need_one(file: Path, make_daily: Make) -> None:
    store = await open_store(url(file))
    await store.add_daily(make_daily())
    await store.add_hint("ada", "ada-0", GivenHint(1, "look", datetime.now(UTC)))
    with pytest.raises(StorageError):
        async with store.database.writing() as session:
            await session.execute(text("INSERT INTO hint VALUES ('none', 1, 'look', '2026-03-02 12:00:00.000000')"))
    async with store.database.writing() as session:
        await session.execute(text("DELETE FROM daily"))
    assert await store.hints("ada-0") == []
    await store.close()


async def test_a_locked_database_is_said_to_be_locked(file: Path, make_daily: Make, locked: Callable[[], None]) -> None:
    await create(file)
    store = await open_store(url(file), busy_seconds=0.05)
    locked()
    assert await store.latest_daily("ada") is None
    with pytest.raises(StorageError, match=r"another program holds the database .*: close it and try again") as caught:
        await store.add_daily(make_daily(title=SECRET))
    assert_no_sql(caught.value)
    await store.close()


async def test_a_database_that_is_locked_at_the_start_is_said_to_be_locked(
    file: Path, locked: Callable[[], None]
) -> None:
    file.parent.mkdir()
    locked()
    with pytest.raises(StorageError, match="another program holds the database"):
        await open_store(url(file), busy_seconds=0.05)


async def test_a_read_only_database_can_be_read(file: Path, make_daily: Make) -> None:
    await create(file, make_daily())
    store = await open_store(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")
    assert (await store.dailies("ada", Filters(), None, 10)).items == (make_daily(),)
    with pytest.raises(StorageError, match="cannot be written: make the file and its folder writable") as caught:
        await store.add_daily(make_daily(1, title=SECRET))
    assert_no_sql(caught.value)
    await store.close()


def test_a_folder_of_someone_else_is_said_to_be_read_only() -> None:
    """In a process that gives up root, whom permissions do not stop."""
    program = (
        "import asyncio, os, sys\n"
        "from jupyter_tutor.storage.database import open_store\n"
        "async def main():\n"
        "    await (await open_store('sqlite:///' + sys.argv[1])).close()\n"
        "    if os.getuid() == 0: os.setuid(65534)\n"
        "    else: os.chmod(sys.argv[2], 0o500)\n"
        "    for name in ('below/tutor.sqlite', 'tutor.sqlite'):\n"
        "        try: await open_store('sqlite:///' + os.path.join(sys.argv[2], name))\n"
        "        except Exception as error: print(type(error).__name__, error)\n"
        "asyncio.run(main())"
    )
    with tempfile.TemporaryDirectory() as mine, tempfile.TemporaryDirectory() as theirs:
        os.chmod(theirs, 0o755)
        command = [sys.executable, "-c", program, f"{mine}/tutor.sqlite", theirs]
        env = {"PYTHONPATH": ":".join(sys.path)}
        run = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        lines = run.stdout.splitlines()
        assert len(lines) == 2, run
        assert all(line.startswith(f"StorageError the database {theirs}") for line in lines)
        assert all("cannot be written: make the file and its folder writable" in line for line in lines)


GIVE_UP_ROOT = """
import asyncio, os, sys
from jupyter_tutor.storage.database import open_store
folder, modes = sys.argv[1], [int(mode, 8) for mode in sys.argv[2:]]
file = os.path.join(folder, "tutor.sqlite")
async def use():
    store = await open_store("sqlite:///" + file)
    await store.add_proof("digest", "body")
    await store.close()
asyncio.run(use())
if os.getuid() == 0:
    for path in (file, folder): os.chown(path, 65534, 65534)
    os.setuid(65534)
os.chmod(file, modes[1])
os.chmod(folder, modes[0])
try: asyncio.run(use())
except Exception as error: print(type(error).__name__, error)
os.chmod(folder, 0o700)
"""


@pytest.mark.parametrize("modes", [("500", "600"), ("500", "400"), ("700", "400"), ("000", "600")])
def test_a_database_whose_folder_or_file_may_not_be_written_says_so(modes: tuple[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", GIVE_UP_ROOT, folder, *modes]
        run = subprocess.run(command, env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True)
        assert run.stdout.startswith(f"StorageError the database {folder}/tutor.sqlite cannot be written: make"), run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte; only root can mount one, and not in every container."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True)
    if not done or done.returncode:
        pytest.skip("a file system cannot be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def fill(path: Path) -> None:
    """Write a file until its disk is full."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


async def test_a_database_that_is_there_on_a_full_disk_says_that_it_is_full(small_disk: Path, make_daily: Make) -> None:
    file = small_disk / "tutor.sqlite"
    await create(file)
    fill(small_disk / "other")
    for _ in range(2):
        with pytest.raises(StorageError, match=r"the disk of the database .* is full: free some space"):
            await create(file, make_daily(title=SECRET * 10_000))
    (small_disk / "other").unlink()
    await create(file, make_daily())


async def test_a_folder_in_place_of_the_file_cannot_be_opened(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot be opened"):
        await open_store(url(file))


async def test_a_file_in_place_of_the_folder_cannot_be_opened(file: Path) -> None:
    file.parent.touch()
    with pytest.raises(StorageError, match="cannot be opened"):
        await open_store(url(file))


async def test_a_file_that_is_no_database_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(StorageError, match="is damaged or no database: put a backup in its place"):
        await open_store(url(file))
    assert file.read_bytes() == b"Dear diary, " * 500


async def test_a_damaged_database_is_said_to_be_damaged(file: Path, make_daily: Make) -> None:
    await create(file, *(make_daily(n, title=SECRET) for n in range(50)))
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StorageError, match="is damaged or no database") as caught:
        await create(file, make_daily())
    assert_no_sql(caught.value)


async def test_a_full_disk_is_said_to_be_full(file: Path, make_daily: Make) -> None:
    store = await open_store(url(file))
    event.listen(store.database.engine.sync_engine, "connect", stop_growing)
    with pytest.raises(StorageError, match="is full: free some space and try again") as caught:
        await store.add_daily(make_daily(title=SECRET * 10_000))
    assert_no_sql(caught.value)
    assert await store.latest_daily("ada") is None
    await store.close()


def stop_growing(connection: sqlite3.Connection, _: object) -> None:
    """To SQLite, the disk ends where the file does."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA max_page_count = 1")
    cursor.close()


@pytest.mark.parametrize(
    "address", ["", "tutor.sqlite", "mysql://localhost/tutor", "sqlite://", "sqlite+aiosqlite:///:memory:", "\ud800"]
)
async def test_an_address_that_is_no_database_is_refused(address: str) -> None:
    with pytest.raises(StorageError, match=r"c\.Tutor\.database_url"):
        await open_store(address)


async def test_a_password_is_never_in_a_message() -> None:
    with pytest.raises(StorageError) as caught:
        await open_store("postgresql://me:secret@127.0.0.1:1/tutor")
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.EROFS, "Read-only file system"), "cannot be written"),
        (OSError(errno.ENOSPC, "No space left on device"), "is full"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read or written"),
        (OSError("odd"), "cannot be opened"),
        (SQLAlchemyError(SECRET), r"cannot be used \(SQLAlchemyError\): run 'jupyter tutor doctor'"),
    ],
)
def test_other_failures_have_their_sentences(error: Exception, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught, told("{x}"):
        raise error
    assert "{x}" in str(caught.value)
    assert_no_sql(caught.value)


def assert_no_sql(error: Exception) -> None:
    assert not any(word in str(error) for word in ("INSERT", "SELECT", "UPDATE", SECRET))
