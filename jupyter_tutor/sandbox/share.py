"""The files of a player and of its judge: each has its own working folder, and what one writes the other finds.

The exercise's own files are the author's: a change that the learner's code makes to one comes to the judge only where
the reference's code changed it too, so that no test computes what it expects from a file that was tampered with. Python
code that the learner writes never comes, so that no import of a test runs it.

The player's folder is in hostile hands: nothing in it is followed, opened or replaced but by its own name.
"""

import asyncio
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PLACE = "writes "
"""How a proof names a file that the reference changed."""
_MOST_FILES, _DEEPEST = 500, 20
"""Files and folders that are shared, and folders in one another: where there are more, nothing is."""
_MOST_BYTES, _MOST_IN_ALL = 16_000_000, 64_000_000
"""Of one file, and of all that are copied at once; what is larger stays where it is."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW

State = dict[str, tuple[int, ...]]
"""What a folder holds: modification time, size and number of each file by its path; nothing for folders."""


class Shared:
    """`own` are the paths of the exercise's files, `places` those of its proof, or None while it is proven."""

    def __init__(
        self, player: Path, judge: Path, own: Iterable[str], places: Iterable[str] | None, give: Callable[[int], None]
    ) -> None:
        self.player, self.judge, self.give = player, judge, give
        self.own, self.proving = frozenset(own), places is None
        self.written = {place for place in places or () if place.startswith(PLACE)}
        self.at_player, self.at_judge = _state(player) or {}, _state(judge) or {}

    async def to_player(self) -> None:
        """Before a call: what the judge wrote or removed."""
        found = _state(self.judge)
        if found is not None and found != self.at_judge:
            await asyncio.to_thread(_bring, self.judge, self.player, self.at_judge, found, set(), self.give)
            self.at_judge, self.at_player = found, _state(self.player) or {}

    async def to_judge(self) -> None:
        """After a call: what the player wrote or removed."""
        found = _state(self.player)
        if found is not None and found != self.at_player:
            if self.proving:
                self.written |= {PLACE + name for name in self.own if found.get(name) != self.at_player.get(name)}
            kept = {name for name in self.own if PLACE + name not in self.written}
            kept |= {name for name in found.keys() | self.at_player.keys() if _is_code(name)}
            await asyncio.to_thread(_bring, self.player, self.judge, self.at_player, found, kept, self.give)
            self.at_player, self.at_judge = found, _state(self.judge) or {}


def _is_code(name: str) -> bool:
    """Whether an import could run a file: none of the learner's comes to the judge."""
    path = Path(name)
    return path.suffix in (".py", ".pyc", ".so", ".pyd", ".pth") or "__pycache__" in path.parts


def _state(folder: Path) -> State | None:
    """None for a folder that holds too much to be shared."""
    found: State = {}
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        for name, about in _entries(folder, inner):
            path = os.path.join(inner, name)
            if stat.S_ISDIR(about.st_mode):
                found[path] = ()
                waiting.append(path)
            elif stat.S_ISREG(about.st_mode):
                found[path] = (about.st_mtime_ns, about.st_size, about.st_ino)
            if len(found) > _MOST_FILES or path.count(os.sep) > _DEEPEST:
                return None
    return found


def _entries(root: Path, inner: str) -> Iterator[tuple[str, os.stat_result]]:
    """What is in a folder below a root; what cannot be looked at is not there."""
    with suppress(OSError), _folder(root, inner) as there, os.scandir(there) as entries:
        for entry in entries:
            with suppress(OSError):
                yield entry.name, entry.stat(follow_symlinks=False)


def _bring(source: Path, target: Path, before: State, now: State, kept: set[str], give: Callable[[int], None]) -> None:
    """Make the changes of one folder in the other."""
    for name in sorted(before.keys() - now.keys() - kept, reverse=True):
        with suppress(OSError), _folder(target, os.path.dirname(name)) as there:
            (os.unlink if before[name] else os.rmdir)(os.path.basename(name), dir_fd=there)
    left = _MOST_IN_ALL
    for name, about in sorted(now.items()):
        if about == before.get(name) or name in kept:
            continue
        with suppress(OSError), _folder(target, os.path.dirname(name)) as there:
            last = os.path.basename(name)
            if not about:
                os.mkdir(last, 0o700, dir_fd=there)
                with _folder(target, name) as made:
                    give(made)
            elif about[1] <= min(left, _MOST_BYTES):
                with _folder(source, os.path.dirname(name)) as here:
                    left -= _copy(here, there, last, min(left, _MOST_BYTES), give)


def _copy(here: int, there: int, name: str, most: int, give: Callable[[int], None]) -> int:
    """Copy a file from one opened folder to another, and say how many bytes; what stands at its name is replaced, not
    written into.
    """
    temporary = f".{name}.new"
    reading = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    with os.fdopen(reading, "rb") as data:
        if not stat.S_ISREG(os.fstat(reading).st_mode):
            return 0
        content = data.read(most)
    writing = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=there)
    with os.fdopen(writing, "wb") as out:
        out.write(content)
        give(writing)
    os.replace(temporary, name, src_dir_fd=there, dst_dir_fd=there)
    return len(content)


@contextmanager
def _folder(root: Path, inner: str) -> Iterator[int]:
    """A folder below a root, opened step by step so that no link leads out of it."""
    opened = [os.open(root, _FOLDER)]
    try:
        for part in Path(inner).parts:
            opened.append(os.open(part, _FOLDER, dir_fd=opened[-1]))
        yield opened[-1]
    finally:
        for descriptor in opened:
            os.close(descriptor)
