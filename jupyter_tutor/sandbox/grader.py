"""The grader that servers and commands use: one worker process, started when first needed, replaced when it ends."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from jupyter_tutor.errors import GraderError, OperatorError
from jupyter_tutor.grading.job import Job, Outcome, Run
from jupyter_tutor.settings import Sandbox

_JOB, _OUTCOME, _RUN = TypeAdapter(Job), TypeAdapter(Outcome), TypeAdapter(Run)
_LINE_LIMIT = 64_000_000
_LOST = "the grader ended before there was a verdict: submit again"


@dataclass
class _Waiting:
    process: asyncio.subprocess.Process
    report: Callable[[Outcome], None]
    done: asyncio.Future[Run]


class WorkerGrader:
    """Implements `ports.Grader`. `slots` jobs run at a time; None is one per core."""

    def __init__(self, slots: int | None = None, sandbox: Sandbox | None = None) -> None:
        self.sandbox = sandbox or Sandbox()
        self.slots = slots or os.cpu_count() or 1
        self.process: asyncio.subprocess.Process | None = None
        self.waiting: dict[int, _Waiting] = {}
        self.count = 0
        self.starting = asyncio.Lock()
        self.reader: asyncio.Task[None] | None = None
        self.closed = False

    async def run(self, job: Job, report: Callable[[Outcome], None] = lambda outcome: None) -> Run:
        told: set[str] = set()

        def once(outcome: Outcome) -> None:
            if outcome.name not in told:
                told.add(outcome.name)
                report(outcome)

        try:
            return await self._run(job, once)
        except GraderError:  # the worker ended, perhaps for another job's sake
            if self.closed:
                raise
            return await self._run(job, once)

    async def _run(self, job: Job, report: Callable[[Outcome], None]) -> Run:
        process, stdin = await self.start()
        self.count += 1
        number = self.count
        done: asyncio.Future[Run] = asyncio.get_running_loop().create_future()
        self.waiting[number] = _Waiting(process, report, done)
        try:
            _write(stdin, id=number, job=_JOB.dump_python(job, mode="json"))
            with contextlib.suppress(ConnectionError):  # the reader finds out
                await stdin.drain()
            return await done
        except BaseException:
            _write(stdin, id=number, cancel=True)
            raise
        finally:
            self.waiting.pop(number, None)

    async def prepare(self) -> None:
        await self.start()

    async def start(self) -> tuple[asyncio.subprocess.Process, asyncio.StreamWriter]:
        """Make sure that the worker runs; the process and its input."""
        async with self.starting:
            if self.process is None or self.process.returncode is not None:
                command = (
                    sys.executable,
                    "-m",
                    "jupyter_tutor.sandbox",
                    str(self.slots),
                    json.dumps(asdict(self.sandbox)),
                )
                self.process = await asyncio.create_subprocess_exec(
                    *command,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    limit=_LINE_LIMIT,
                    start_new_session=True,
                )
                self.reader = asyncio.create_task(self._read(self.process))
        assert self.process.stdin is not None
        return self.process, self.process.stdin

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        with contextlib.suppress(ValueError, ConnectionError):
            async for line in process.stdout:
                self._take(json.loads(line))
        await _end(process, seconds=1)
        for waiting in self.waiting.values():
            if waiting.process is process and not waiting.done.done():
                waiting.done.set_exception(GraderError(_LOST))

    def _take(self, message: dict[str, Any]) -> None:
        waiting = self.waiting.get(message["id"])
        if waiting is None or waiting.done.done():
            return
        if "outcome" in message:
            try:
                waiting.report(_OUTCOME.validate_python(message["outcome"]))
            except Exception as error:  # of whoever listens: it ends this run, and no other
                waiting.done.set_exception(error)
        elif "run" in message:
            waiting.done.set_result(_RUN.validate_python(message["run"]))
        elif "operator" in message:
            waiting.done.set_exception(OperatorError(message["operator"]))
        else:
            waiting.done.set_exception(GraderError(message["failed"]))

    async def close(self) -> None:
        self.closed = True
        if self.process is not None and self.process.returncode is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            await _end(self.process, seconds=10)
        if self.reader is not None:
            await self.reader


def _write(stdin: asyncio.StreamWriter, **message: Any) -> None:
    stdin.write(json.dumps(message).encode() + b"\n")


async def _end(process: asyncio.subprocess.Process, seconds: float) -> None:
    """Wait for a process to end, and kill it when it does not."""
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
