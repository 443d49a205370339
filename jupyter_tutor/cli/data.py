"""`jupyter tutor data`: the learner's data in a file, and its deletion."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from jupyter_tutor.archive import MOST_BYTES, TOO_LARGE
from jupyter_tutor.config_files import load_settings
from jupyter_tutor.errors import LearnerError
from jupyter_tutor.learning.clock import local_date
from jupyter_tutor.rights import Rights
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.storage.database import open_store

_ASK = "Delete everything that is kept of you: exercises, answers, hints, questions, choices? [y/N] "
_LARGE = (
    "jupyter tutor: {file} is whole, but larger than the 100 MB that can be imported: "
    "with c.Tutor.keep_days old notebooks are deleted, and it is smaller"
)
_STAYS = "Your notebooks in the folder {folder}/ stay: they are yours to delete."


async def data(arguments: Namespace) -> int:
    """Export, import or delete."""
    does = {"export": _export, "import": _import, "delete": _delete}
    return await does[arguments.action](arguments)


async def _export(arguments: Namespace) -> int:
    async with _rights() as rights:
        text = await rights.export(LEARNER)
    await asyncio.to_thread(_write, arguments.file, text)
    print(arguments.file)
    if arguments.file.stat().st_size > MOST_BYTES:
        print(_LARGE.format(file=arguments.file), file=sys.stderr)
    return 0


async def _import(arguments: Namespace) -> int:
    text = await asyncio.to_thread(_read, arguments.file)
    async with _rights() as rights:
        archive = await rights.take(LEARNER, text, local_date(rights.now(), load_settings().time_zone))
    number = len(archive.tables.daily)
    print(f"Imported: {number} {'exercise' if number == 1 else 'exercises'} with all that belongs to them.")
    return 0


async def _delete(arguments: Namespace) -> int:
    if not arguments.yes and not _agreed():
        print("Nothing was deleted.")
        return 1
    async with _rights() as rights:
        await rights.erase(LEARNER)
    print(f"Everything is deleted. {_STAYS.format(folder=load_settings().folder)}")
    return 0


@asynccontextmanager
async def _rights() -> AsyncIterator[Rights]:
    store = await open_store(load_settings().database_url)
    try:
        yield Rights(store)
    finally:
        await store.close()


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise LearnerError("nothing was deleted: say --yes where nobody can be asked")
    try:
        return input(_ASK).strip().casefold() in ("y", "yes")
    except EOFError:
        return False


def _write(path: Path, text: str) -> None:
    """A file that is nobody else's to read. Raises LearnerError, also for one that is there."""
    try:
        file = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")  # noqa: SIM115
    except FileExistsError:
        raise LearnerError(f"{path} is there already: name another file") from None
    except OSError as error:
        raise LearnerError(f"{path} cannot be written ({error.strerror})") from None
    try:
        with file:
            file.write(text)
    except OSError as error:
        path.unlink(missing_ok=True)  # half of it helps nobody
        raise LearnerError(f"{path} cannot be written ({error.strerror})") from None


def _read(path: Path) -> str:
    """Raises LearnerError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise LearnerError(f"{path} cannot be imported: {TOO_LARGE}")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise LearnerError(f"{path} cannot be imported: it is not UTF-8 text") from None
    except OSError as error:
        raise LearnerError(f"{path} cannot be read ({error.strerror})") from None
