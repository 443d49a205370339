"""The worker's private folder, with one folder in it per jail; what a killed worker left behind is swept away."""

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

_PREFIX = "tutor-"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
PARTS = ("k", "work", "home", "judge")
"""The kernel's sockets, the learner's working folder, a home, and the working folder of the judge."""


class Folders:
    """All folders of one worker. `owner` is the user that jailed processes run as, None for the worker's own."""

    def __init__(self, owner: int | None) -> None:
        sweep()
        self.owner = owner
        self.root = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self.lock = (self.root / ".new").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        (self.root / ".new").rename(self.root / ".lock")  # whoever sees the lock finds it taken
        self.root.chmod(0o711)
        self.numbers = count(1)

    def new(self) -> Path:
        """A folder for one jail, with its parts."""
        folder = self.root / str(next(self.numbers))
        folder.mkdir(mode=0o700)
        for path in (folder, *(folder / part for part in PARTS)):
            path.mkdir(mode=0o700, exist_ok=True)
            self.give(path)
        return folder

    def give(self, path: Path | int) -> None:
        """Make a path the jail's own."""
        if self.owner is not None:
            os.chown(path, self.owner, self.owner)

    def copy(self, files: Iterable[tuple[str, str]], folder: Path) -> None:
        """Put an exercise's files into a folder: each one's name there, and where it is."""
        for name, source in files:
            target = folder / name
            missing = [path for path in target.parents if not path.exists()]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            for path in (*missing, target):
                self.give(path)

    def remove(self, folder: Path) -> None:
        """Remove one jail's folder."""
        clear(folder)

    def close(self) -> None:
        """Remove all."""
        clear(self.root)
        self.lock.close()


def clear(path: Path) -> None:
    """Remove a folder and all that is in it, as far as this user may; however deep it is, and whatever its modes. No
    link is followed.
    """
    with suppress(OSError):
        _open_up(str(path), None)
        top = os.open(path, _FOLDER)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(path)


def _empty(top: int) -> None:
    """Empty an opened folder. Folders in folders are moved up into it: so none is ever deep."""
    moved = (f"{secrets.token_hex(8)}-{number}" for number in count())
    waiting = list(_without_files(top))
    while waiting:
        name = waiting.pop()
        with suppress(OSError):
            _open_up(name, top)
            inner = os.open(name, _FOLDER, dir_fd=top)
            try:
                for child in _without_files(inner):
                    _open_up(child, inner)
                    up = next(moved)
                    with suppress(OSError):
                        os.rename(child, up, src_dir_fd=inner, dst_dir_fd=top)
                        waiting.append(up)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)


def _without_files(folder: int) -> Iterator[str]:
    """Remove the files of an opened folder; the names of the folders in it."""
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in found:
        if is_folder:
            yield name
        else:
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def _open_up(name: str, within: int | None) -> None:
    """Let the owner of a folder change what is in it."""
    with suppress(OSError, ValueError, NotImplementedError):
        os.chmod(name, 0o700, dir_fd=within, follow_symlinks=False)


def sweep() -> None:
    """Remove the folders of workers that were killed: nobody holds their lock."""
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError), (root / ".lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            clear(root)
