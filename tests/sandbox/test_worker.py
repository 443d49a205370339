"""The worker and its processes: they come back when they die, leave nothing behind, and keep secrets out."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from jupyter_tutor.errors import GraderError, OperatorError
from jupyter_tutor.grading.job import ChecksCell, Job, Limits, Outcome
from jupyter_tutor.sandbox.environment import kernel_for
from jupyter_tutor.sandbox.grader import WorkerGrader


def job(source: str, check: str = "assert f() == 1", **more: object) -> Job:
    return Job(cells=(source,), tests=(ChecksCell("t", check),), names=("f",), places=None, **more)  # type: ignore[arg-type]


RIGHT = job("def f(): return 1")
SLOW = job("import time\ntime.sleep(60)\ndef f(): return 1")


async def test_many_jobs_run_side_by_side_and_each_gets_its_own_outcomes() -> None:
    grader = WorkerGrader(2)
    runs = await asyncio.gather(
        *(grader.run(job(f"def f(): return {n}", f"assert f() == {n}\nassert f() == 1")) for n in range(4))
    )
    await grader.close()
    assert [[o.status for o in run.outcomes] for run in runs] == [
        ["passed", "failed"],
        ["passed", "passed"],
        ["passed", "failed"],
        ["passed", "failed"],
    ]


async def test_a_job_that_has_to_be_alone_runs_beside_no_other() -> None:
    grader = WorkerGrader(2)
    ended: list[str] = []

    async def run(name: str, source: str, **more: object) -> None:
        outcomes = (await grader.run(job(f"{source}\ndef f(): return 1", **more))).outcomes
        assert [o.status for o in outcomes] == ["passed"]
        ended.append(name)

    await grader.run(RIGHT)
    await asyncio.gather(
        run("slow", "import time; time.sleep(1)"),
        run("alone", "import time; time.sleep(1)", alone=True),
        run("another alone", "", alone=True),
        run("quick", ""),
    )
    cancelled = asyncio.create_task(run("cancelled", "import time; time.sleep(60)", alone=True))
    await asyncio.sleep(0.5)
    cancelled.cancel()
    await run("last", "")
    await grader.close()
    assert ended[:2] == ["slow", "alone"]
    assert (set(ended[2:4]), ended[4:]) == ({"another alone", "quick"}, ["last"])


async def test_outcomes_are_told_while_the_run_goes_on() -> None:
    grader = WorkerGrader(1)
    told: list[str] = []
    run = await grader.run(job("def f(): return 1", "assert f() == 1\nassert f() == 2"), lambda o: told.append(o.name))
    await grader.close()
    assert told == [o.name for o in run.outcomes] == ["t/1", "t/2"]


async def test_a_killed_worker_fails_its_jobs_and_is_replaced() -> None:
    grader = WorkerGrader(1)
    running = asyncio.create_task(grader.run(SLOW))
    for _ in range(2):  # a job is tried twice
        await asyncio.sleep(3)
        assert grader.process is not None
        os.kill(grader.process.pid, signal.SIGKILL)
    with pytest.raises(GraderError, match="submit again"):
        await running
    assert [o.status for o in (await grader.run(RIGHT)).outcomes] == ["passed"]
    await grader.close()


async def test_a_job_that_is_tried_again_tells_each_check_once() -> None:
    grader = WorkerGrader(1)
    told: list[str] = []

    def report(outcome: Outcome) -> None:
        told.append(outcome.name)
        if len(told) == 1:
            assert grader.process is not None
            os.kill(grader.process.pid, signal.SIGKILL)

    slow = "import time\ndef f(n): time.sleep(n)\n"
    run = await grader.run(job(slow, "assert f(0) is None\nassert f(0.5) is None"), report)
    await grader.close()
    assert told == [o.name for o in run.outcomes] == ["t/1", "t/2"]


async def test_a_report_that_raises_ends_its_own_run_alone(grader: WorkerGrader) -> None:
    def report(outcome: Outcome) -> None:
        raise ZeroDivisionError(outcome.name)

    with pytest.raises(ZeroDivisionError, match="t/1"):
        await asyncio.wait_for(grader.run(RIGHT, report), 20)
    assert [o.status for o in (await asyncio.wait_for(grader.run(RIGHT), 20)).outcomes] == ["passed"]


async def test_a_run_that_is_cancelled_makes_room_for_the_next_one() -> None:
    grader = WorkerGrader(1)
    await grader.run(RIGHT)
    running = [asyncio.create_task(grader.run(SLOW)) for _ in range(2)]
    await asyncio.sleep(0.5)
    for task in running:
        task.cancel()
    assert all(isinstance(r, asyncio.CancelledError) for r in await asyncio.gather(*running, return_exceptions=True))
    assert [o.status for o in (await asyncio.wait_for(grader.run(RIGHT), 10)).outcomes] == ["passed"]
    await grader.close()


def children(of: int) -> set[int]:
    """All descendants of a process that live."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(folder.name)] = int(fields[1])
    found = {of}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {of}


async def test_nothing_is_left_behind_when_the_grader_closes_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = Path(tempfile.mkdtemp())  # a short path, because sockets are in it
    monkeypatch.setenv("TMPDIR", str(temporary))
    before = children(os.getpid())
    grader = WorkerGrader(2)
    running = [asyncio.create_task(grader.run(SLOW)) for _ in range(2)]
    await asyncio.sleep(3)
    await grader.close()
    results = await asyncio.gather(*running, return_exceptions=True)
    assert all(isinstance(r, GraderError) for r in results)
    assert children(os.getpid()) - before == set()
    assert list(temporary.iterdir()) == []
    temporary.rmdir()


async def test_learner_code_sees_nothing_of_the_graders_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "marked-secret")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "marked-secret")
    grader = WorkerGrader(1)
    spy = """
import os
def f(): return [name for name, value in os.environ.items() if 'secret' in value or 'JUPYTERHUB' in name]
"""
    run = await grader.run(job(spy, "assert f() == []"))
    await grader.close()
    assert [o.status for o in run.outcomes] == ["passed"], run.outcomes


@pytest.mark.parametrize("hash_seed", [0, 1], ids=["warm", "cold"])
async def test_files_are_copied_into_a_folder_of_the_runs_own(tmp_path: Path, hash_seed: int) -> None:
    data = tmp_path / "numbers.csv"
    data.write_text("1,2\n")
    grader = WorkerGrader(1)
    writer = "def f():\n    open('numbers.csv', 'a').write('x')\n    return open('numbers.csv').read()"
    run = await grader.run(
        job(writer, "assert f() == '1,2\\nx'", files=(("numbers.csv", str(data)),), hash_seed=hash_seed)
    )
    await grader.close()
    assert [o.status for o in run.outcomes] == ["passed"], run.outcomes
    assert data.read_text() == "1,2\n"


async def test_a_judge_that_never_ends_is_ended() -> None:
    grader = WorkerGrader(1)
    run = await grader.run(
        job("def f(): return 1", "assert f() == 1\nwhile True: pass", limits=Limits(submission=20, check=1))
    )
    await grader.close()
    assert (run.ending, [o.status for o in run.outcomes]) == ("timed_out", ["timed_out"])


async def test_a_language_without_a_kernel_is_told_to_the_operator() -> None:
    with pytest.raises(OperatorError, match="no Jupyter kernel for cobol"):
        kernel_for("cobol")
    grader = WorkerGrader(1)
    with pytest.raises(OperatorError, match="no Jupyter kernel for cobol"):
        await grader.run(job("x", language="cobol"))
    await grader.close()


async def test_a_kernel_that_dies_at_its_start_is_told_to_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "kernels" / "dying"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        '{"argv": ["false", "{connection_file}"], "display_name": "Dying", "language": "dying"}'
    )
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    grader = WorkerGrader(1)
    with pytest.raises(OperatorError, match="'dying' did not start"):
        await grader.run(job("x", language="dying"))
    await grader.close()


DUMB = """
import sys
sys.modules['jupyter_tutor'] = None
from ipykernel.kernelapp import launch_new_instance
launch_new_instance(argv=['-f', sys.argv[1]])
"""


async def test_a_kernel_that_cannot_run_the_agent_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "kernels" / "dumb"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-c", DUMB, "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Dumb", "language": "dumb"}))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    grader = WorkerGrader(1)
    with pytest.raises(OperatorError, match=r"'dumb' did not start \(it cannot run the agent: ModuleNotFoundError"):
        await asyncio.wait_for(grader.run(job("x", language="dumb", hash_seed=1)), 20)
    await grader.close()


PLANT = """
import os
def f():
    os.makedirs('helper', exist_ok=True)
    open('helper/__init__.py', 'w').write('def right(x): return True')
    return 0
"""


async def test_code_that_the_learner_writes_is_not_imported_by_a_test(tmp_path: Path, grader: WorkerGrader) -> None:
    (tmp_path / "helper.py").write_text("def right(x): return x == 1")
    files = (("helper.py", str(tmp_path / "helper.py")),)
    check = "assert f() is not None\nimport sys\nsys.path.insert(0, '')\nfrom helper import right\nassert right(f())"
    proof = await grader.run(job("def f(): return 1", check, files=files))
    assert [o.status for o in proof.outcomes] == ["passed", "passed"], proof.outcomes
    planted = Job(cells=(PLANT,), tests=(ChecksCell("t", check),), names=("f",), files=files, places=proof.places)
    assert [o.status for o in (await grader.run(planted)).outcomes] == ["passed", "failed"]


TABLE = "def f():\n    return sum(map(int, open('table.csv').read().split(',')))"
TAMPER = "def f():\n    open('table.csv', 'w').write('0')\n    return 0"
KEEP = "def f():\n    open('out/kept.txt', 'w').write('7')"


@pytest.mark.parametrize(
    ("source", "check", "statuses"),
    [
        (TABLE, "assert f() == sum(map(int, open('table.csv').read().split(',')))", ["passed"]),
        (TAMPER, "assert f() == sum(map(int, open('table.csv').read().split(',')))", ["failed"]),
        (KEEP, "import os\nos.mkdir('out')\nf()\nassert open('out/kept.txt').read() == '7'", ["passed"]),
        (TABLE, "open('table.csv', 'w').write('3,4')\nassert f() == 7", ["passed"]),
        (
            "import os\ndef f():\n    os.remove('note.txt')",
            "import os\nopen('note.txt', 'w').close()\nf()\nassert not os.path.exists('note.txt')",
            ["passed"],
        ),
        (
            "import os\nos.symlink('/etc/passwd', 'note.txt')\ndef f(): return open('note.txt').read()",
            "open('note.txt', 'w').write('mine')\nassert f() == 'mine'",
            ["passed"],
        ),
    ],
    ids=["read", "tampered", "written", "written by the test", "removed", "through a link"],
)
async def test_files_that_one_side_writes_are_found_by_the_other_but_the_authors_own_cannot_be_changed(
    tmp_path: Path, grader: WorkerGrader, source: str, check: str, statuses: list[str]
) -> None:
    data = tmp_path / "table.csv"
    data.write_text("1,2")
    files = (("table.csv", str(data)),)
    proof = await grader.run(job(TABLE if source == TAMPER else source, check, files=files))
    asked = Job(cells=(source,), tests=(ChecksCell("t", check),), names=("f",), files=files, places=proof.places)
    run = await grader.run(asked)
    assert [o.status for o in run.outcomes] == statuses, run.outcomes


async def test_a_file_of_the_exercise_that_the_reference_changes_may_be_changed(
    tmp_path: Path, grader: WorkerGrader
) -> None:
    data = tmp_path / "table.csv"
    data.write_text("1,2")
    files = (("table.csv", str(data)),)
    check = "f()\nassert open('table.csv').read() == '1,2,3'"
    right = "def f():\n    open('table.csv', 'a').write(',3')"
    proof = await grader.run(job(right, check, files=files))
    assert [o.status for o in proof.outcomes] == ["passed"], proof.outcomes
    again = Job(cells=(right,), tests=(ChecksCell("t", check),), names=("f",), files=files, places=proof.places)
    assert [o.status for o in (await grader.run(again)).outcomes] == ["passed"]
