"""Whatever is killed, and however: no process, no socket and no folder of a grader stays."""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import LEVELS, problem
from jupyter_tutor.settings import Sandbox

BUSY = Job(
    cells=("import os, time\nif not os.fork(): time.sleep(300)\ntime.sleep(300)",),
    tests=(ChecksCell("t", "assert True"),),
)
SERVER = """
import asyncio, sys
from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import Sandbox

async def serve():
    grader = WorkerGrader(1, Sandbox(sys.argv[1]))
    await grader.run(Job(cells=('1',), tests=(ChecksCell('t', 'assert True'),)))
    print(grader.process.pid, flush=True)
    await grader.run(Job(cells=(sys.argv[2],), tests=(ChecksCell('t', 'assert True'),)))

asyncio.run(serve())
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short path, because sockets are in it."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    folder.rmdir()


async def soon(condition: Callable[[], object]) -> bool:
    for _ in range(100):
        if condition():
            return True
        await asyncio.sleep(0.1)
    return False


async def tree(pid: int) -> set[int]:
    """The processes below one, as they are now."""
    listed = await asyncio.create_subprocess_exec("ps", "-e", "-o", "pid=,ppid=", stdout=asyncio.subprocess.PIPE)
    said, _ = await listed.communicate()
    pairs = [tuple(map(int, line.split())) for line in said.splitlines()]
    found = {pid}
    while more := {child for child, parent in pairs if parent in found} - found:
        found |= more
    return found - {pid}


def living(pids: set[int]) -> set[int]:
    def lives(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
        except OSError:
            return False

    return {pid for pid in pids if lives(pid)}


@pytest.fixture(params=LEVELS)
async def level(request: pytest.FixtureRequest, need: Callable[[bool, str], None]) -> str:
    reason = await problem(request.param, environment(HOME))
    need(not reason, f"sandbox level {request.param} ({reason})")
    return str(request.param)


async def test_a_killed_server_leaves_nothing(level: str, temporary: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER, level, BUSY.cells[0], stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    worker = int(await server.stdout.readline())
    await asyncio.sleep(1)
    started = await tree(worker) | {worker}
    assert len(started) > 3
    server.kill()
    await server.wait()
    assert await soon(lambda: not living(started)), living(started)
    assert await soon(lambda: not any(temporary.iterdir()))


async def test_a_killed_worker_leaves_no_process_and_its_folder_goes_with_the_next_one(
    level: str, temporary: Path
) -> None:
    grader = WorkerGrader(1, Sandbox(level))
    process, _ = await grader.start()
    running = asyncio.create_task(grader.run(BUSY))
    assert await soon(lambda: any(temporary.glob("tutor-*/*/k/s-*")))
    await asyncio.sleep(1)
    started = await tree(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    assert await soon(lambda: not living(started)), living(started)
    await asyncio.sleep(1)  # the job is tried again by a new worker
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await grader.close()
    assert list(temporary.iterdir()) == []


async def test_a_fork_server_that_dies_is_replaced(level: str, temporary: Path) -> None:
    grader = WorkerGrader(1, Sandbox(level, warm=1))
    right = Job(cells=("def f(): return 1",), tests=(ChecksCell("t", "assert f() == 1"),), names=("f",), places=None)
    await grader.run(right)
    assert grader.process is not None
    killed = 0
    for pid in await tree(grader.process.pid):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if b"inside.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                killed += 1
    assert killed
    for _ in range(3):
        run = await grader.run(right)
        assert [outcome.status for outcome in run.outcomes] == ["passed"], run
    await grader.close()
    assert list(temporary.iterdir()) == []


async def test_a_worker_that_is_closed_between_jobs_leaves_nothing(level: str, temporary: Path) -> None:
    grader = WorkerGrader(2, Sandbox(level))
    await asyncio.gather(*(grader.run(Job(cells=("1",), tests=(ChecksCell("t", "assert True"),))) for _ in range(3)))
    assert grader.process is not None
    started = await tree(grader.process.pid)
    await grader.close()
    assert living(started) == set()
    assert list(temporary.iterdir()) == []
