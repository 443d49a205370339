"""From the URL in the settings to an open store."""

import asyncio
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from jupyter_tutor.errors import StorageError
from jupyter_tutor.storage.engine import connect
from jupyter_tutor.storage.failures import told
from jupyter_tutor.storage.store import SqlStore
from jupyter_tutor.storage.upgrade import upgrade

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
UNKNOWN = "c.Tutor.database_url is no database known here: use one such as 'sqlite+aiosqlite:////home/me/tutor.sqlite'"
IN_MEMORY = "a database in memory forgets the learner's days: name a file in c.Tutor.database_url"


async def open_store(url: str, busy_seconds: float = 5.0) -> SqlStore:
    """The store at a database URL, created or upgraded first. Raises StorageError.

    `busy_seconds` is how long SQLite waits for another program that writes.
    """
    address = _read(url)
    file = _file(address)
    name = str(file) if file else address.render_as_string(hide_password=True)
    try:
        with told(name):
            if file:
                _create(file)
            await asyncio.to_thread(upgrade, address, busy_seconds)
            return SqlStore(connect(address, name, busy_seconds))
    except ModuleNotFoundError as error:
        raise StorageError(
            f'the database {name} needs the package {error.name}: install it (pip install "jupyter-tutor[postgres]")'
        ) from error


def _read(url: str) -> URL:
    try:
        address = make_url(url)
        driver = DRIVERS[address.get_backend_name()]
    except (ArgumentError, ValueError, KeyError) as error:
        raise StorageError(UNKNOWN) from error
    if driver == DRIVERS["sqlite"] and address.database in (None, "", ":memory:"):
        raise StorageError(IN_MEMORY)
    return address.set(drivername=driver)


def _file(address: URL) -> Path | None:
    """The file of a SQLite database; None for a server, and for a `file:` URI, which says itself how to open."""
    if address.get_backend_name() != "sqlite" or address.database is None or address.database.startswith("file:"):
        return None
    return Path(address.database)


def _create(file: Path) -> None:
    """What learners do is nobody else's to read."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
