"""What 1,000 gradings in a row leave behind: memory, file handles, processes and folders of the worker."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.sandbox.grader import WorkerGrader

GRADINGS, STEP = int(sys.argv[1]) if len(sys.argv) > 1 else 1000, 200
CHECKS = "assert f(1) == 2\nassert f(2) == 3\nassert f(-1) == 0"
ANSWERS = (
    "def f(x): return x + 1",
    "def f(x): return x",
    "def f(x): 1 / 0",
    "import os\ndef f(x): os._exit(0)",
    "def f(",
)


def footprint(pid: int) -> str:
    """The worker's own memory and open files, the processes of this session, the folders of jails."""
    status = Path(f"/proc/{pid}/status").read_text()
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024
    files = len(os.listdir(f"/proc/{pid}/fd"))
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    jails = len(list(Path(tempfile.gettempdir()).glob("tutor-*/*")))
    return f"{memory} MiB, {files} files, {len(found)} processes, {jails} folders"


async def main() -> None:
    grader = WorkerGrader(2)
    for done in range(0, GRADINGS, STEP):
        jobs = [
            Job(cells=(ANSWERS[n % len(ANSWERS)],), tests=(ChecksCell("t", CHECKS),), names=("f",), places=None)
            for n in range(STEP)
        ]
        await asyncio.gather(*(grader.run(job) for job in jobs))
        await asyncio.sleep(2)  # the pool fills up
        assert grader.process is not None
        print(f"after {done + STEP}: {footprint(grader.process.pid)}", flush=True)
    await grader.close()


if __name__ == "__main__":
    asyncio.run(main())
