"""What went wrong with the database, in words that say what to do."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from jupyter_tutor.errors import StorageError

ELSEWHERE = "or set another database (c.Tutor.database_url)"
LOCKED = "another program holds the database {name}: close it and try again"
READ_ONLY = f"the database {{name}} cannot be written: make the file and its folder writable, {ELSEWHERE}"
FULL = "the disk of the database {name} is full: free some space and try again"
CLOSED = f"the database {{name}} cannot be opened: check that its folder exists and is yours, {ELSEWHERE}"
DAMAGED = "the file {name} is damaged or no database: put a backup in its place, or move it away to start afresh"
DISK = f"the disk of the database {{name}} cannot be read or written: check it, {ELSEWHERE}"
TAKEN = "the database {name} has this already, or lacks what it belongs to: reload and try again"
OTHER = f"the database {{name}} cannot be used ({{kind}}): run 'jupyter tutor doctor', {ELSEWHERE}"
SPACE = 100_000
"""Bytes that SQLite needs beside the file to write at all."""

SQLITE_CODES = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_IOERR: DISK,
}
SYSTEM_CODES = {
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EIO: DISK,
}


class Taken(StorageError):
    """A row with this key is there already, or the row that it belongs to is not."""


@contextmanager
def told(name: str) -> Iterator[None]:
    """Errors of the database called `name` leave as StorageError, without SQL or values."""
    try:
        yield
    except IntegrityError as error:
        raise Taken(TAKEN.format(name=name)) from error
    except (SQLAlchemyError, OSError) as error:
        advice = _looked_at(Path(name), _advice(error))
        raise StorageError(advice.format(name=name, kind=type(error).__name__)) from error


def _advice(error: SQLAlchemyError | OSError) -> str:
    if isinstance(error, OSError):
        return SYSTEM_CODES.get(error.errno or 0, CLOSED)
    code = getattr(error.orig, "sqlite_errorcode", 0) if isinstance(error, DBAPIError) else 0
    return SQLITE_CODES.get(code & 0xFF, OTHER)  # extended codes keep the primary one in the lowest byte


def _looked_at(file: Path, advice: str) -> str:
    """Advice on a file that cannot be used, sharpened by a look at it: SQLite has one code for several causes."""
    try:
        if advice not in (CLOSED, DISK) or not file.parent.is_dir():
            return advice  # clear as it is, or not a file of ours
        if shutil.disk_usage(file.parent).free < SPACE:
            return FULL
        writable = os.access(file.parent, os.W_OK | os.X_OK) and (not file.exists() or os.access(file, os.W_OK))
    except (OSError, ValueError):
        return advice
    return advice if writable else READ_ONLY
