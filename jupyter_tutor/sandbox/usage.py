"""What processes and folders use, as the system tells it. What is there and cannot be read raises OSError."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jupyter_tutor.sandbox.inside.namespaces import HOME

_PAGE = 4096 if not hasattr(os, "sysconf") else os.sysconf("SC_PAGE_SIZE")
_BLOCK = 512


@contextmanager
def _unless_gone() -> Iterator[None]:
    """What has ended or was removed in the meantime uses nothing."""
    with suppress(FileNotFoundError, ProcessLookupError, NotADirectoryError):
        yield


def children(pid: int) -> set[int]:
    """The processes that a process started, and those it took over."""
    found: set[int] = set()
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            found |= set(map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split()))
    return found


def tree(pid: int) -> set[int]:
    """A process and its descendants."""
    found, waiting = {pid}, {pid}
    while waiting:
        more = children(waiting.pop()) - found
        waiting |= more
        found |= more
    return found


def session(pid: int) -> set[int]:
    """The processes of a session, whoever their parents are."""
    found = set()
    with suppress(OSError):
        for name in filter(str.isdigit, os.listdir("/proc")):
            with suppress(OSError):
                if os.getsid(int(name)) == pid:
                    found.add(int(name))
    return found


def _lives(pid: int) -> bool:
    """Whether a process has memory, as those have not that ended and were not waited for."""
    with _unless_gone():
        return _pages(pid)[0] > 0
    return False


def _pages(pid: int) -> tuple[int, int]:
    """Pages of a process: mapped, and resident."""
    mapped, resident = Path(f"/proc/{pid}/statm").read_text().split()[:2]
    return int(mapped), int(resident)


def memory(pid: int) -> int:
    """Bytes of memory of a process, shared pages counted in part (PSS) where the system tells it."""
    with _unless_gone():
        mapped, resident = _pages(pid)
        if not mapped:
            return 0
        try:
            with open(f"/proc/{pid}/smaps_rollup") as lines:
                return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
        except FileNotFoundError:
            return resident * _PAGE
    return 0


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and of its children that have ended; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def data_bytes(pid: int) -> int:
    """What RLIMIT_DATA bounds, of a process; 0 where the system does not say."""
    with suppress(OSError, ValueError), open(f"/proc/{pid}/status") as status:
        return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:")), 0)
    return 0


def removed_files(pid: int) -> int:
    """Bytes of the files that a process holds open, and that are in no folder any more."""
    total = 0
    with _unless_gone():
        for name in os.listdir(f"/proc/{pid}/fd") if _lives(pid) else ():
            with _unless_gone():
                about = os.stat(f"/proc/{pid}/fd/{name}")
                if stat.S_ISREG(about.st_mode) and not about.st_nlink:
                    total += max(about.st_blocks * _BLOCK, about.st_size)
    return total


def own_files(pid: int) -> int:
    """Bytes of the files that a jail keeps in memory."""
    total = 0
    for path in (HOME, "/dev/shm"):  # noqa: S108
        with _unless_gone():
            used = os.statvfs(f"/proc/{pid}/root{path}")
            total += (used.f_blocks - used.f_bfree) * used.f_frsize
    return total


def contents(folder: Path, most: int) -> tuple[int, int]:
    """Number and bytes of what is in a folder, up to `most` of them; of files with holes, the holes too."""
    count = size = 0
    waiting = [str(folder)]
    while waiting:
        with _unless_gone(), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                count += 1
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    with _unless_gone():
                        about = entry.stat(follow_symlinks=False)
                        size += max(about.st_blocks * _BLOCK, about.st_size)
                if count > most:
                    return count, size
    return count, size


def threads(user: int | None) -> int:
    """Threads that a user has on this machine; None is this process's own."""
    user, total = os.getuid() if user is None else user, 0
    with suppress(OSError):
        for entry in os.scandir("/proc"):
            with suppress(OSError):
                if entry.name.isdigit() and entry.stat().st_uid == user:
                    total += len(os.listdir(f"{entry.path}/task"))
    return total
