"""The worker process: takes jobs, runs them in the jail, tells outcomes; one JSON object a line.

`{"id": n, "job": {...}}` comes in; `{"id": n, "outcome": {...}}` for each check and then `{"id": n, "run": {...}}` or
`{"id": n, "operator": "..."}`, `{"id": n, "failed": "..."}` go out. `{"id": n, "cancel": true}` stops a job, of which
nothing more is told. It ends when its input does.
"""

import asyncio
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from pydantic import TypeAdapter

from jupyter_tutor.errors import GraderError, OperatorError, TutorError
from jupyter_tutor.grading.job import Job, Outcome, Run
from jupyter_tutor.grading.quality import Reader
from jupyter_tutor.grading.session import Session
from jupyter_tutor.sandbox.jail import Jail
from jupyter_tutor.sandbox.ruff import Ruff
from jupyter_tutor.settings import Sandbox

_JOB, _OUTCOME, _RUN = TypeAdapter(Job), TypeAdapter(Outcome), TypeAdapter(Run)
_SANDBOX = TypeAdapter(Sandbox)


class Worker:
    """Runs at most `slots` jobs at a time, and one that has to be alone with no other."""

    def __init__(self, slots: int, sandbox: Sandbox) -> None:
        self.opening = asyncio.create_task(Jail.open(sandbox))
        self.reader = Reader(Ruff())
        self.count, self.slots, self.turn = slots, asyncio.Semaphore(slots), asyncio.Lock()
        self.tasks: dict[int, asyncio.Task[None]] = {}
        self.output = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)

    def tell(self, number: int, **message: Any) -> None:
        self.output.write(json.dumps({"id": number, **message}) + "\n")
        self.output.flush()

    def take(self, request: dict[str, Any]) -> None:
        """Begin or stop a job; one to stop may have ended."""
        number = request["id"]
        if "job" in request:
            self.tasks[number] = asyncio.create_task(self.job(number, request["job"]))
            self.tasks[number].add_done_callback(lambda _: self.tasks.pop(number))
        elif number in self.tasks:
            self.tasks[number].cancel()

    @asynccontextmanager
    async def room(self, alone: bool) -> AsyncIterator[None]:
        """A slot for a job, or all of them; one job at a time collects all."""
        if not alone:
            async with self.slots:
                yield
            return
        async with self.turn, AsyncExitStack() as held:
            for _ in range(self.count):
                await held.enter_async_context(self.slots)
            yield

    async def job(self, number: int, data: Any) -> None:
        async with self.room(data["alone"]):
            try:
                jail = await asyncio.shield(self.opening)
                told = lambda o: self.tell(number, outcome=_OUTCOME.dump_python(o))  # noqa: E731
                session = Session(_JOB.validate_python(data), jail, told, self.reader)
                self.tell(number, run=_RUN.dump_python(await session.run(), mode="json"))
            except GraderError as error:
                self.tell(number, failed=str(error))
            except TutorError as error:
                self.tell(number, operator=str(error))
            except Exception as error:
                self.tell(number, failed=f"the grader could not run this ({type(error).__name__}: {error})"[:500])

    async def serve(self) -> None:
        lines: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def read() -> None:
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

        threading.Thread(target=read, daemon=True).start()
        while line := await lines.get():
            self.take(json.loads(line))
        tasks = list(self.tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(OperatorError):
            await (await self.opening).close()


def main() -> None:
    """Serve until the input ends: `worker SLOTS SANDBOX`, the settings as JSON."""
    slots, sandbox = int(sys.argv[1]), _SANDBOX.validate_json(sys.argv[2])

    async def serve() -> None:
        await Worker(slots, sandbox).serve()

    asyncio.run(serve())
