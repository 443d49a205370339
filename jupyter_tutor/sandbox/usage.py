"""What a process has used, as the system counts it."""

import os
from contextlib import suppress


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
