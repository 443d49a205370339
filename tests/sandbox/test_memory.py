"""Whatever a kernel sends, and however much: the worker's own memory stays bounded."""

from pathlib import Path

import pytest

from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.sandbox.grader import WorkerGrader

FLOODS = {
    "errors": """
kernel, shown = get_ipython().kernel, {'ename': 'x' * 4_000_000, 'evalue': '', 'traceback': []}
for _ in range(40): kernel.send_response(kernel.iopub_socket, 'error', shown)
def f(): return 1
""",
    "questions": """
kernel, text = get_ipython().kernel, {'text': 'x' * 4_000_000}
send = kernel.session.send
ident = kernel._parent_ident['shell']
for _ in range(40): send(kernel.stdin_socket, 'input_request', text, ident=ident)
def f(): return 1
""",
    "replies that nobody awaits": """
kernel, text = get_ipython().kernel, {'text': 'x' * 4_000_000}
send = kernel.session.send
ident = kernel._parent_ident['shell']
def f():
    for _ in range(40): send(kernel.shell_stream, 'execute_reply', text, ident=ident)
    return 1
""",
}


def peak_mb(pid: int) -> float:
    """The most memory that a process had at once."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
async def test_a_flood_of_messages_does_not_fill_the_worker(grader: WorkerGrader, flood: str) -> None:
    process, _ = await grader.start()
    asked = Job(cells=(flood,), tests=(ChecksCell("t", "assert f() == 1"),), names=("f",), places=None)
    await grader.run(Job(cells=("1",), tests=asked.tests))
    Path(f"/proc/{process.pid}/clear_refs").write_text("5")
    before = peak_mb(process.pid)
    run = await grader.run(asked)
    assert [o.status for o in run.outcomes] == ["passed"], run
    assert peak_mb(process.pid) - before < 100
