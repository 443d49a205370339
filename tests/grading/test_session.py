"""How a run ends: what cells of the notebook raised, test cells beside the learner's code, and why a process ended."""

from dataclasses import replace

import pytest

from jupyter_tutor.grading.job import ChecksCell, Job, Limits
from jupyter_tutor.sandbox.grader import WorkerGrader

BESIDE = Job(cells=("def f(): return 0",), tests=(), in_kernel=(ChecksCell("beside", "assert f() == 1"),))
SILENT = "def f():\n    get_ipython()._showtraceback = lambda *_: None\n    return 0"


async def test_a_test_cell_beside_learner_code_fails_though_its_error_is_never_shown(grader: WorkerGrader) -> None:
    run = await grader.run(replace(BESIDE, cells=(SILENT,)))
    assert [o.status for o in run.outcomes] == ["failed"], run


async def test_what_a_notebook_raises_is_told_once_however_often_it_runs(grader: WorkerGrader) -> None:
    more = ChecksCell("more", "assert f() == 0")
    run = await grader.run(replace(BESIDE, cells=(*BESIDE.cells, "1 / 0"), in_kernel=(*BESIDE.in_kernel, more)))
    assert [o.status for o in run.outcomes] == ["failed", "passed"], run
    assert [(error.cell, error.kind) for error in run.errors] == [(1, "ZeroDivisionError")]


async def test_a_notebook_that_ends_its_process_is_not_run_again(grader: WorkerGrader) -> None:
    run = await grader.run(replace(BESIDE, cells=("1 / 0", "import os\nos._exit(0)")))
    assert (run.ending, len(run.errors)) == ("killed", 1)
    assert [o.status for o in run.outcomes] == ["not_reached"]


BUSY = "def f():\n    while True: pass"
FULL = """
import os, time
hold = []
def f():
    try:
        while True: hold.append(bytearray(10_000_000)); time.sleep(0.01)
    except MemoryError:
        time.sleep(0.3)
        os.abort()
"""
LIMITS = Limits(submission=20, check=15, cpu=1)


@pytest.mark.parametrize(
    ("source", "said"),
    [(BUSY, "used more than 1 seconds of CPU time"), (FULL, "used more than 512 MB of memory")],
    ids=["cpu", "memory"],
)
async def test_a_process_that_used_too_much_is_told_what(grader: WorkerGrader, source: str, said: str) -> None:
    asked = Job(cells=(source,), tests=(ChecksCell("t", "assert f() == 1"),), names=("f",), places=None, limits=LIMITS)
    run = await grader.run(asked)
    assert (run.ending, run.message) == ("killed", f"your code {said}")
    assert run.outcomes[0].message == f"f() {said}, so nothing after it could be checked."
    cell = await grader.run(replace(asked, cells=(f"{source}\nf()",)))
    assert (cell.ending, cell.message) == ("killed", f"your code {said}")
