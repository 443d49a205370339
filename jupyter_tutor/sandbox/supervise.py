"""A jailed process as the worker sees it: alive or not, its limits, what it uses, its end."""

import asyncio
import os
import select
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from jupyter_tutor.grading.job import Limits
from jupyter_tutor.sandbox import usage
from jupyter_tutor.sandbox.level import Level

TOO_MUCH_MEMORY = "your code used more than {} MB of memory"
_MB = 1_000_000
_TICK = 0.2
_FILES = 2000
"""Files that a jail's folder may hold."""
_UNCOUNTED = "your code started processes or left files that cannot be counted"


def system_limits(limits: Limits, level: Level) -> dict[str, int]:
    """The limits that the system enforces for each process, by the name of the resource. Without a namespace it counts
    all threads of the user: then those that are there come on top.
    """
    return {
        "DATA": limits.memory_mb * _MB,
        "CPU": limits.cpu + (os.cpu_count() or 1),  # `watch` comes first, and says why
        "FSIZE": limits.file_mb * _MB,
        "NPROC": limits.processes + (usage.threads(level.user) if level.grouped else 0),
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
        """End it when it uses more than it may, all its processes and files taken together; `excess` says what.

        What cannot be counted is too much; but not at once, because a process that is just ending cannot be read.
        """
        failed = 0
        while not self.excess:
            await asyncio.sleep(_TICK if self.data < limits.memory_mb * _MB / 2 else _TICK / 4)
            try:
                self.excess, failed = await asyncio.to_thread(self._excess, limits, folder), 0
            except Exception:
                failed += 1
                self.excess = _UNCOUNTED if failed > 1 else ""
        self.kill()

    def _excess(self, limits: Limits, folder: Path) -> str:
        """What it uses too much of. Raises OSError when something of it cannot be read."""
        members, most = self.members(), 4 * limits.file_mb * _MB
        self.data = max(map(usage.data_bytes, members), default=0) or self.data  # one that has just ended has none
        held = 0 if self.grouped else usage.own_files(self.pid)
        if sum(map(usage.memory, members)) + held > limits.memory_mb * _MB:
            return TOO_MUCH_MEMORY.format(limits.memory_mb)
        if sum(map(usage.cpu_seconds, members)) > limits.cpu:
            return f"your code used more than {limits.cpu} seconds of CPU time"
        if len(members) > limits.processes:
            return f"your code started more than {limits.processes} processes"
        count, size = usage.contents(folder, _FILES)
        if size + sum(map(usage.removed_files, members)) > most or count > _FILES:
            return f"your code wrote more than {most // _MB} MB or {_FILES} files"
        return ""

    def members(self) -> set[int]:
        """Its processes. Those whose parent ended are still in its session, or below the first process of its
        namespace, which is bubblewrap's own when it was started cold.
        """
        if self.grouped:
            return usage.tree(self.pid) | usage.session(self.pid)
        if self.top is None or self.top.pid == self.pid:
            return usage.tree(self.pid)
        return usage.tree(self.top.pid) - {self.top.pid} - usage.children(self.top.pid) | {self.pid}


def available_mb() -> float:
    """Megabytes of memory that the machine can still give; infinite where it does not say."""
    with suppress(OSError, ValueError), open("/proc/meminfo") as lines:
        for line in lines:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) / 1000
    return float("inf")
