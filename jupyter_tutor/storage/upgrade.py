"""Brings a database to the present tables before it is used. Synchronous: it runs in a thread, once per start."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from jupyter_tutor.errors import StorageError

HEAD = "0005"
"""The newest migration; known here so that a start with an up-to-date database needs no alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = (
    "the database was written by a newer Jupyter Tutor: "
    "upgrade the package (pip install -U jupyter-tutor) or set another database (c.Tutor.database_url)"
)
LOCKS = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7285116904)"}
"""What makes a second process wait until the first has upgraded."""


def upgrade(url: URL, busy_seconds: float) -> None:
    """Create or upgrade the tables. Raises StorageError when a newer package wrote them."""
    sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url.set(drivername="sqlite") if sqlite else url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": busy_seconds} if sqlite else {},
    )
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        with engine.connect() as connection:
            if _revision(connection) == HEAD:
                return
        with engine.begin() as connection:
            connection.exec_driver_sql(LOCKS[engine.dialect.name])
            if _revision(connection) != HEAD:
                _migrate(connection)
    finally:
        engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction: ours begins with its lock
    cursor = connection.cursor()
    with suppress(sqlite3.OperationalError):  # busy: another process does the same; else the next statement says why
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _migrate(connection: Connection) -> None:
    from alembic import command  # slow to import, and needed only here
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if _revision(connection) not in {None, *known}:
        raise StorageError(NEWER)
    command.upgrade(config, "head")
