"""A submission's verdict beside bare nbclient, nbgrader and otter-grader: one exercise, one run, ratios.

otter-grader is measured when it is installed.
"""

import asyncio
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.sandbox.jail import Jail
from jupyter_tutor.settings import Sandbox
from jupyter_tutor.testing import answer_cell, authored, checks_cell, notebook, submission

ANSWER, CHECKS = "def f(x):\n    return x + 1", "assert f(1) == 2\nassert f(2) == 3\nassert f(-1) == 0"
CELLS = (answer_cell(ANSWER), checks_cell(CHECKS))
JOB = Job(cells=(ANSWER,), tests=(ChecksCell("tests", CHECKS),), names=("f",), places=None)
ROUNDS, MANY, PORT = 20, 100, 8794
API = f"http://127.0.0.1:{PORT}/tutor/api/v1"


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


async def running_kernel() -> float:
    """The same cells on a kernel that is running already."""
    manager = AsyncKernelManager()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    times = []
    for _ in range(ROUNDS):
        cells = [nbformat.v4.new_code_cell(source) for source in (ANSWER, CHECKS)]
        runner = NotebookClient(nbformat.v4.new_notebook(cells=cells), km=manager)
        runner.kc = client
        start = time.perf_counter()
        for number, cell in enumerate(cells):
            await runner.async_execute_cell(cell, number)
        times.append(time.perf_counter() - start)
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return statistics.median(times)


def ask(path: str, method: str = "GET", body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{API}/{path}", data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def submit(daily: str) -> None:
    """From the request to the event of the verdict."""
    id = ask(f"dailies/{daily}/submissions", "POST", {})["id"]
    with urllib.request.urlopen(f"{API}/submissions/{id}/events") as events:
        for line in events:
            if line.startswith(b"event: verdict"):
                return


def over_http(exercise: Exercise, folder: Path) -> tuple[float, float]:
    """The first submission after the start of a server, and the median of the next ones."""
    (folder / "curriculum").mkdir()
    (folder / "curriculum" / f"{exercise.metadata.slug}.ipynb").write_text(notebook(*CELLS))
    homes = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("DATA", "RUNTIME", "CONFIG")}
    options = [f"--ServerApp.port={PORT}", f"--ServerApp.root_dir={folder}", "--IdentityProvider.token="]
    options += [f"--Tutor.curriculum={folder / 'curriculum'}", "--ServerApp.disable_check_xsrf=True"]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", *options]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | homes, stdout=log, stderr=log)
    try:
        daily = _when_up()
        opened = ask(f"dailies/{daily}/open", "POST", {})
        path = folder / opened["path"]
        filled = submission(exercise, ANSWER)
        filled.metadata.update(nbformat.read(path, 4).metadata)
        nbformat.write(filled, path)
        first = timed(lambda: submit(daily))
        times = []
        for _ in range(ROUNDS):
            time.sleep(0.3)  # a learner who looks at the screen
            times.append(timed(lambda: submit(daily)))
        return first, statistics.median(times)
    finally:
        server.terminate()
        server.wait()


def _when_up() -> str:
    for _ in range(300):
        try:
            return str(ask("daily")["id"])
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


async def alone() -> float:
    """A submission in the grader, without server and database."""
    grader = WorkerGrader(2)
    await grader.run(JOB)
    times = []
    for _ in range(ROUNDS):
        await asyncio.sleep(0.3)
        start = time.perf_counter()
        await grader.run(JOB)
        times.append(time.perf_counter() - start)
    await grader.close()
    return statistics.median(times)


async def throughput() -> tuple[float, float]:
    """Submissions a second with both cores busy, and CPU seconds of each in the worker's own process."""
    grader = WorkerGrader(2 * (os.cpu_count() or 1), Sandbox(warm=4))
    await grader.run(JOB)
    start = time.perf_counter()
    await asyncio.gather(*(grader.run(JOB) for _ in range(MANY)))
    rate = MANY / (time.perf_counter() - start)
    assert grader.process is not None
    ticks = Path(f"/proc/{grader.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    await grader.close()
    return rate, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") / MANY


async def inside() -> tuple[str, float, float]:
    """The level, the memory of a ready player in MiB, and the milliseconds of one call across the boundary."""
    jail = await Jail.open(Sandbox())
    player, judge = await jail.start(JOB)
    jailed = player.provisioner.jailed
    assert jailed is not None
    lines = Path(f"/proc/{jailed.pid}/smaps_rollup").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    await asyncio.gather(player.close(), judge.close())
    level = jail.level.name
    await jail.close()
    grader = WorkerGrader(1)
    calls = "assert f(1) == 2\nassert all(f(n) == n + 1 for n in range(500))"
    run = await grader.run(Job(cells=(ANSWER,), tests=(ChecksCell("t", calls),), names=("f",), places=None))
    await grader.close()
    return level, memory, run.outcomes[1].ms / 500


def nbgrader(folder: Path) -> tuple[float, float, float]:
    """The first `autograde` of a course, each further one of the same call, and two side by side, a second."""
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
    (folder / "source" / "one").mkdir(parents=True)
    (folder / "source" / "one" / "one.ipynb").write_text(notebook(*CELLS))
    env = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}

    def run(*words: str) -> None:
        subprocess.run([sys.executable, "-m", "nbgrader", *words], cwd=folder, env=env, check=True, capture_output=True)

    run("generate_assignment", "one", "--create")
    for number in range(7):
        target = folder / "submitted" / f"s{number}" / "one"
        target.mkdir(parents=True)
        filled = nbformat.read(folder / "release" / "one" / "one.ipynb", 4)
        filled.cells[0].source = ANSWER
        nbformat.write(filled, target / "one.ipynb")
    first = timed(lambda: run("autograde", "one", "--create", "--student", "s0"))
    many = timed(lambda: run("autograde", "one", "--create", "--force"))
    each = (many - first) / 6
    return first, each, 2 / each


def otter(folder: Path) -> float | None:
    """`otter run` of one submission."""
    program = shutil.which("otter", path=str(Path(sys.executable).parent))
    if program is None:
        return None
    case = {"code": "".join(f">>> {line}\n" for line in CHECKS.splitlines()), "hidden": False, "locked": False}
    test = {"name": "q1", "points": 1, "suites": [{"cases": [case], "scored": True, "setup": "", "type": "doctest"}]}
    (folder / "tests").mkdir()
    (folder / "tests" / "q1.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    cells = [
        nbformat.v4.new_code_cell(s) for s in ("import otter\ngrader = otter.Notebook()", ANSWER, "grader.check('q1')")
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "one.ipynb")
    quiet: dict[str, Any] = {"cwd": folder, "capture_output": True, "check": True}
    try:
        subprocess.run([program, "generate", "-t", "tests", "--no-environment"], **quiet)
        return timed(lambda: subprocess.run([program, "run", "-a", "autograder.zip", "one.ipynb"], **quiet))
    except subprocess.CalledProcessError as error:
        print(f"otter-grader did not run: {error.stderr.decode()[-200:]}")
        return None


def main() -> None:
    exercise = authored(*CELLS)
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, part) for part in ("server", "nbgrader", "otter")]
        for folder in folders:
            folder.mkdir()
        level, memory, call = asyncio.run(inside())
        bare = asyncio.run(running_kernel())
        first, ours = over_http(exercise, folders[0])
        inner = asyncio.run(alone())
        rate, own = asyncio.run(throughput())
        whole, each, theirs = nbgrader(folders[1])
        others = otter(folders[2])
    print(f"level {level}; {os.cpu_count()} cores")
    print(f"one submission, request to verdict:  {1000 * ours:.0f} ms")
    print(f"  same cells on a running kernel:    {1000 * bare:.0f} ms, ours is {ours / bare:.1f} times that")
    print(
        f"  nbgrader autograde, whole process: {whole:.2f} s, ours is 1/{whole / ours:.0f}; each further {each:.2f} s"
    )
    print(f"  otter run, whole process:          {f'{others:.1f} s' if others else 'not measured'}")
    print(f"  of it in the grader:               {1000 * inner:.0f} ms, half for the cells and half for the checks;")
    print("    the rest: two HTTP requests, one transaction that keeps the submission, reading its style beside it")
    print(f"first submission after server start: {first:.2f} s")
    print(f"throughput: {rate:.1f} submissions a second, {rate / theirs:.1f} times two nbgraders ({theirs:.2f})")
    print(f"  of the worker's own process: {1000 * own:.0f} ms of CPU each, its start shared out")
    print(f"a ready player: {memory:.1f} MiB PSS; one call across the boundary: {call:.2f} ms")
    print(f"peak of this benchmark: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
