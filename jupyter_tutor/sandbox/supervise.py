"""A jailed process as the worker sees it: alive or not, its limits, what it uses, its end."""

import asyncio
import os
import select
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from jupyter_tutor.grading.job import Limits
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import Level
from jupyter_tutor.sandbox.usage import cpu_seconds, data_bytes

TOO_MUCH_MEMORY = "your code used more than {} MB of memory"
_MB = 1_000_000
_TICK = 0.2
_FILES = 2000
"""Files that a jail's folder may hold."""


def system_limits(limits: Limits, level: Level) -> dict[str, int]:
    """The limits that the system enforces for each process, by the name of the resource. Without a namespace it counts
    all threads of the user: then those that are there come on top.
    """
    return {
        "DATA": limits.memory_mb * _MB,
        "CPU": limits.cpu + (os.cpu_count() or 1),  # `watch` comes first, and says why
        "FSIZE": limits.file_mb * _MB,
        "NPROC": limits.processes + (_threads(level.user) if level.grouped else 0),
        "CORE": 0,
    }


class JailedProcess:
    """`pid` is the process itself; `top` is the program around it when it was started cold. `grouped`: what it starts
    stays in its process group, else it has a namespace that ends with it. `data` is what it used of RLIMIT_DATA when
    `watch` last looked.
    """

    def __init__(self, pid: int, top: subprocess.Popen[bytes] | None, grouped: bool) -> None:
        self.pid, self.top, self.grouped = pid, top, grouped
        self.descriptor = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        self.excess, self.data = "", 0

    def alive(self) -> bool:
        if self.descriptor is None:
            return self.top is not None and self.top.poll() is None
        poll = select.poll()
        poll.register(self.descriptor, select.POLLIN)
        return not poll.poll(0)

    def signal(self, number: int) -> None:
        """Send a signal to the process alone; one that has ended gets none."""
        with suppress(ProcessLookupError):
            if self.descriptor is None:
                os.kill(self.pid, number)
            else:
                signal.pidfd_send_signal(self.descriptor, number)

    def kill(self) -> None:
        """End it and all that it started."""
        self.signal(signal.SIGKILL)
        if self.grouped:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        if self.top is not None:
            self.top.kill()

    async def ended(self) -> None:
        """Wait until it is gone."""
        if self.descriptor is None:
            while self.alive():  # noqa: ASYNC110 - no system call tells it here
                await asyncio.sleep(_TICK / 10)
            return
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        watched = os.dup(self.descriptor)
        loop.add_reader(watched, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(watched)
            os.close(watched)

    def forget(self) -> None:
        """Leave it to another object that stands for it."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    async def close(self) -> None:
        """End it, and wait for that."""
        self.kill()
        await self.ended()
        if self.top is not None:
            await asyncio.to_thread(self.top.wait)
            if self.top.stdin is not None:
                self.top.stdin.close()
        self.forget()
        self.top = None

    async def watch(self, limits: Limits, folder: Path) -> None:
        """End it when it uses more than it may, all its processes and files taken together; `excess` says what."""
        while not self.excess:
            await asyncio.sleep(_TICK if self.data < limits.memory_mb * _MB / 2 else _TICK / 4)
            self.excess = await asyncio.to_thread(self._excess, limits, folder)
        self.kill()

    def _excess(self, limits: Limits, folder: Path) -> str:
        members = list(_tree(self.pid))
        self.data = max(map(data_bytes, members)) or self.data  # one that has just ended has none
        if sum(map(_proportional, members)) + (0 if self.grouped else _own_files(self.pid)) > limits.memory_mb * _MB:
            return TOO_MUCH_MEMORY.format(limits.memory_mb)
        if sum(map(cpu_seconds, members)) > limits.cpu:
            return f"your code used more than {limits.cpu} seconds of CPU time"
        if len(members) > limits.processes:
            return f"your code started more than {limits.processes} processes"
        count, size = _contents(folder)
        if size > 4 * limits.file_mb * _MB or count > _FILES:
            return f"your code wrote more than {4 * limits.file_mb} MB or {_FILES} files"
        return ""


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from _tree(int(child))


def _proportional(pid: int) -> int:
    """Bytes of memory of a process, shared pages counted in part (PSS)."""
    with suppress(OSError, ValueError), open(f"/proc/{pid}/smaps_rollup") as lines:
        for line in lines:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _own_files(pid: int) -> int:
    """Bytes of the files that a jail keeps in memory."""
    total = 0
    for path in (HOME, "/dev/shm"):  # noqa: S108
        with suppress(OSError):
            used = os.statvfs(f"/proc/{pid}/root{path}")
            total += (used.f_blocks - used.f_bfree) * used.f_frsize
    return total


def _contents(folder: Path) -> tuple[int, int]:
    """Number and bytes of the files in a folder."""
    count = size = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            count += 1
            if entry.is_dir(follow_symlinks=False):
                inner = _contents(Path(entry.path))
                count, size = count + inner[0], size + inner[1]
            else:
                size += entry.stat(follow_symlinks=False).st_blocks * 512
            if count > _FILES:
                break
    return count, size


def available_mb() -> float:
    """Megabytes of memory that the machine can still give; infinite where it does not say."""
    with suppress(OSError, ValueError), open("/proc/meminfo") as lines:
        for line in lines:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) / 1000
    return float("inf")


def _threads(user: int | None) -> int:
    """Threads that a user has on this machine; None is this process's own."""
    user, total = os.getuid() if user is None else user, 0
    with suppress(OSError):
        for entry in os.scandir("/proc"):
            with suppress(OSError):
                if entry.name.isdigit() and entry.stat().st_uid == user:
                    total += len(os.listdir(f"{entry.path}/task"))
    return total
