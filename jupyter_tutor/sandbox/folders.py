"""The worker's private folder, with one folder in it per jail; what a killed worker left behind is swept away."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

_PREFIX = "tutor-"
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
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove all."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.lock.close()


def sweep() -> None:
    """Remove the folders of workers that were killed: nobody holds their lock."""
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError), (root / ".lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(root, ignore_errors=True)
