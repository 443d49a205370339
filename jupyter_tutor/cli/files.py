"""Files that travel with a notebook, and writing them without loss."""

import os
from collections.abc import Mapping
from pathlib import Path

from jupyter_tutor.errors import AuthorError

MAX_FILES, MAX_BYTES = 200, 100_000_000
_NBGRADERS = ("gradebook.db", "nbgrader_config.py")


def data_files(folder: Path) -> list[Path]:
    """What lies beside the notebooks of a folder and below it, as relative paths; never notebooks, hidden files, caches
    or folders that have notebooks of their own. Raises AuthorError when that is too much to belong to one assignment.
    """
    found: list[Path] = []
    size = 0
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(n for n in folders if not n.startswith((".", "__")) and not any((here / n).glob("*.ipynb")))
        for name in sorted(names):
            file = here / name
            if name.startswith(".") or name.endswith((".ipynb", ".pyc")) or name in _NBGRADERS or _leaves(file, folder):
                continue
            found.append(file.relative_to(folder))
            size += file.stat().st_size
        if len(found) > MAX_FILES or size > MAX_BYTES:
            raise AuthorError(
                f"{folder} holds more than {MAX_FILES} files or {MAX_BYTES // 1_000_000} MB: "
                "put the notebook and its data into a folder of their own"
            )
    return found


def _leaves(file: Path, folder: Path) -> bool:
    """Whether a link leads out of the folder, or nowhere."""
    return file.is_symlink() and not (file.is_file() and file.resolve().is_relative_to(folder.resolve()))


def read_file(path: Path) -> bytes:
    """A data file. Raises AuthorError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise AuthorError(f"{path} cannot be read ({error.strerror})") from None


def write_all(files: Mapping[Path, bytes], force: bool) -> None:
    """Write files with their folders. Raises AuthorError, before anything is written, for one that is there already."""
    for path, content in files.items():
        if not force and _differs(path, content):
            raise AuthorError(f"{path} is there already: name another output, or add --force to replace it")
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise AuthorError(f"{path} cannot be written ({error.strerror})") from None


def _differs(path: Path, content: bytes) -> bool:
    """Whether something else is there."""
    try:
        return path.exists() and not (path.is_file() and path.read_bytes() == content)
    except OSError:
        return True
