"""Grading leaves the process that asks for it alone: its event loop, and its signal handlers."""

import asyncio
import signal
import time

from jupyter_tutor.grading.job import ChecksCell, Job, Limits
from jupyter_tutor.sandbox.grader import WorkerGrader

LOUD = "for i in range(20_000): print('x' * 100)\ndisplay({'text/plain': 'x' * 50_000_000}, raw=True)"
CHECKS = "\n".join(f"assert f({n}) == {n + 1}, 'the case of {n}'" for n in range(100))


def asking(*cells: str) -> Job:
    return Job(
        cells=(*cells, "def f(x): return x + 1"),
        tests=(ChecksCell("tests", CHECKS),),
        names=("f",),
        places=None,
        limits=Limits(submission=20),
    )


async def longest_step(running: asyncio.Task[None]) -> float:
    """The most CPU seconds that this thread spent in one turn of its event loop."""
    longest, last = 0.0, time.thread_time()
    while not running.done():
        await asyncio.sleep(0)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
    return longest


async def test_no_turn_of_the_event_loop_takes_fifty_milliseconds() -> None:
    grader = WorkerGrader(2)

    async def grade() -> None:
        runs = await asyncio.gather(*(grader.run(asking(*cells)) for cells in ((), (LOUD,), ("1 / 0",), ())))
        assert all(outcome.status == "passed" for run in runs for outcome in run.outcomes)
        await grader.close()

    running = asyncio.create_task(grade())
    assert await longest_step(running) < 0.05
    await running


async def test_signal_handlers_stay_as_they_were() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP)
    mine = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        before = [signal.getsignal(number) for number in numbers]
        grader = WorkerGrader(1)
        await grader.run(asking())
        await grader.close()
        assert [signal.getsignal(number) for number in numbers] == before
    finally:
        for number, handler in mine.items():
            signal.signal(number, handler)
