"""A player: one kernel that runs a learner's notebook with nbclient and then answers the judge through its agent."""

import asyncio
import re
import time
from collections.abc import Awaitable
from contextlib import suppress
from functools import cache
from queue import Empty
from typing import Any

import nbformat
import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from jupyter_tutor.errors import GraderError, OperatorError
from jupyter_tutor.grading.job import CellError, Job, Limits
from jupyter_tutor.ports import PlayerGone, PlayerStopped
from jupyter_tutor.sandbox.channel import NAME, Channel
from jupyter_tutor.sandbox.folders import Folders
from jupyter_tutor.sandbox.level import Level
from jupyter_tutor.sandbox.provisioner import JailProvisioner
from jupyter_tutor.sandbox.reach import PACKAGE
from jupyter_tutor.sandbox.share import Shared
from jupyter_tutor.sandbox.supervise import TOO_MUCH_MEMORY, JailedProcess
from jupyter_tutor.sandbox.zygote import Zygote, ZygoteDown

START_SECONDS = 60.0
_TOO_LONG = (
    "the notebook took longer than it may, so it was stopped: "
    "look for a loop that does not end, or for what takes very much memory"
)
_PLACE = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_STOP_SECONDS = 1.0
_SETTLE = 0.05
"""Seconds until the end of a fork server shows, after that of its children."""
_ANSWER_SECONDS = 1.0
_ALMOST = 0.85
MAX_ERROR = 2000
_MAX_MESSAGE = 8_000_000
_MOST_WAITING = 4
"""Messages of a channel that wait for the worker; the kernel keeps those behind them, in its own memory."""
_MOST_KEPT = 10_000
"""Messages of a notebook that are kept, however short."""
_IOPUB_SECONDS = 1
"""How long the last message of a cell may come after the reply; it decides nothing."""
_SERVE = "__import__('sys').modules['jupyter_tutor.grading.boundary.agent'].AGENT.serve()"
_INSTALL = f"""\
import os as _o, sys as _s
_s.path.append({str(PACKAGE.parent)!r})
import jupyter_tutor.grading.boundary.agent as _a
_s.path.remove({str(PACKAGE.parent)!r})
_a.install(get_ipython(), int(_o.environ.pop({NAME!r})))
del _a, _o, _s
"""


class QuietClient(NotebookClient):
    """nbclient that stops keeping what a kernel shows, errors too, when there is too much of it."""

    limits = Limits()
    messages = kept = kept_of_cell = 0

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] != "status":
            size = len(str(msg["content"]))
            self.messages, self.kept, self.kept_of_cell = self.messages + 1, self.kept + size, self.kept_of_cell + size
            too_much = self.kept > self.limits.output or self.kept_of_cell > self.limits.cell_output
            if too_much or self.messages > _MOST_KEPT:
                return None
        return super().process_message(msg, cell, cell_index)


@cache
def _context(reconnects: bool) -> zmq.asyncio.Context:
    """Sockets that take few messages at a time, none of any size, and that go to no other place when the kernel
    replaces its own.
    """
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.MAXMSGSIZE, _MAX_MESSAGE)
    context.setsockopt(zmq.RCVHWM, _MOST_WAITING)
    context.setsockopt(zmq.LINGER, 0)
    context.setsockopt(zmq.SNDTIMEO, 0)  # a kernel that closed its sockets would block the worker for ever
    if not reconnects:
        context.setsockopt(zmq.RECONNECT_IVL, -1)
    return context


class KernelPlayer:
    """A started kernel with its folder. Implements `ports.Player`."""

    def __init__(
        self, name: str, spec: KernelSpec, level: Level, folders: Folders, zygote: Zygote | None, limits: Limits
    ) -> None:
        self.folders, self.folder, self.channel = folders, folders.new(), Channel()
        context = _context(reconnects=zygote is None)
        self.manager = AsyncKernelManager(kernel_name=name, context=context)
        self.provisioner = JailProvisioner(kernel_id=self.folder.name, kernel_spec=spec, parent=self.manager)
        self.provisioner.level, self.provisioner.folders, self.provisioner.folder = level, folders, self.folder
        self.provisioner.channel, self.provisioner.zygote = self.channel, zygote
        self.provisioner.limits = limits
        self.manager.provisioner = self.provisioner
        self.client: AsyncKernelClient | None = None
        self.notebook = QuietClient(
            nbformat.v4.new_notebook(),
            km=self.manager,
            kernel_name=name,
            allow_errors=True,
            store_widget_state=False,
            iopub_timeout=_IOPUB_SECONDS,
            on_cell_executed=self._replied,
        )
        self.reply: dict[str, Any] = {}
        self.watching: asyncio.Task[None] | None = None
        self.shared: Shared | None = None
        self.serving = False

    async def start(self, hash_seed: int = 0) -> None:
        """Start the kernel and its agent. Raises OperatorError when it does not come up, ZygoteDown."""
        self.provisioner.hash_seed = hash_seed
        try:
            await self._launch()
        except ZygoteDown:
            await self.close()
            raise
        except Exception as error:
            await self.close()
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise OperatorError(
                f"the kernel {self.manager.kernel_name!r} did not start ({reason}): run `jupyter tutor doctor`"
            ) from None
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _launch(self) -> None:
        await self.manager.start_kernel()
        forked = self.provisioner.zygote is not None
        client = self.client = self.notebook.kc = self.manager.client(context=self.manager.context)
        client.start_channels(hb=False, control=False, stdin=False)  # `input()` in a cell is an error at once
        await self._while_alive(self._meet(client) if forked else client.wait_for_ready(timeout=START_SECONDS))
        if not forked:
            await self._install(client)

    async def _meet(self, client: AsyncKernelClient) -> None:
        """Wait for the answer of a kernel whose sockets are there, on both channels."""
        for _ in range(int(START_SECONDS / _ANSWER_SECONDS)):
            client.kernel_info()
            with suppress(Empty):
                await client.get_shell_msg(timeout=_ANSWER_SECONDS)
                await client.get_iopub_msg(timeout=_ANSWER_SECONDS)
                return
        raise RuntimeError("it does not answer")

    async def _install(self, client: AsyncKernelClient) -> None:
        """Put the agent into a kernel that was started cold, and learn its process number from it."""
        running = client.execute(_INSTALL, silent=True, store_history=False, reply=True, timeout=START_SECONDS)
        said = (await self._while_alive(running))["content"]
        if said["status"] != "ok":
            raise RuntimeError(f"it cannot run the agent: {said.get('ename')}: {said.get('evalue')}")
        pid = await self.channel.hello(START_SECONDS)
        outer = self.provisioner.jailed
        assert outer is not None
        self.provisioner.jailed = JailedProcess(pid, outer.top, outer.grouped)
        outer.forget()

    async def _while_alive(self, doing: Awaitable[Any]) -> Any:
        """What this gives, or RuntimeError when the kernel's process ends before it."""
        running, ending = asyncio.ensure_future(doing), asyncio.create_task(self._ended())
        try:
            await asyncio.wait((running, ending), return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise RuntimeError("its process ended before it was ready")
            return running.result()
        finally:
            await _cancelled(running)
            await _cancelled(ending)

    def begin(self, job: Job) -> None:
        """Get ready for one submission: its files, its limits."""
        self.folders.copy(job.files, self.folder / "work")
        self.folders.copy(job.files, self.folder / "judge")
        names = [name for name, _ in job.files]
        self.shared = Shared(self.folder / "work", self.folder / "judge", names, job.places, self.folders.give)
        self.notebook.limits = job.limits
        jailed = self.provisioner.jailed
        assert jailed is not None
        self.watching = asyncio.create_task(jailed.watch(job.limits, self.folder))

    def alive(self) -> bool:
        """Whether the kernel is still there."""
        return self.provisioner.jailed is not None and self.provisioner.jailed.alive()

    @property
    def places(self) -> set[str]:
        """The places of a proof that the player itself found."""
        return self.shared.written if self.shared is not None else set()

    async def run_cell(self, index: int, source: str, seconds: float) -> CellError | None:
        cell = nbformat.v4.new_code_cell(source)
        self.notebook.nb.cells.append(cell)
        self.notebook.kept_of_cell, self.reply = 0, {}
        deadline = time.monotonic() + max(seconds, 0.01)
        running = asyncio.create_task(self.notebook.async_execute_cell(cell, len(self.notebook.nb.cells) - 1))
        ending = asyncio.create_task(self._ended())
        running.add_done_callback(lambda task: task.cancelled() or task.exception())  # seen, whoever waits
        try:
            await asyncio.wait((running, ending), timeout=max(seconds, 0.01), return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise TimeoutError
            running.result()
        except CellExecutionError:
            pass
        except Exception:  # out of time, a dead kernel, or messages that are none
            late = time.monotonic() >= deadline
            raise await self._gone(_TOO_LONG if late else "your code ended the Python process", late) from None
        finally:
            await _cancelled(running)
            await _cancelled(ending)
        status = self.reply.get("status", "ok")  # an empty cell has no reply
        if status == "ok":
            return None
        kind, message = str(self.reply.get("ename", status))[:100], str(self.reply.get("evalue", ""))[:MAX_ERROR]
        return CellError(index, kind, message, _line(self.reply.get("traceback")))

    def _replied(self, execute_reply: dict[str, Any], **_: Any) -> None:
        self.reply = execute_reply["content"]

    def attend(self) -> None:
        assert self.client is not None
        if not self.serving:
            self.client.iopub_channel.stop()  # nothing that is displayed during the checks is read
            with suppress(zmq.ZMQError):  # it has no sockets any more: `exchange` notices
                self.client.execute(_SERVE, silent=True, store_history=False, allow_stdin=False)
            self.serving = True

    async def exchange(self, text: str, seconds: float) -> str:
        if seconds <= 0:
            raise PlayerStopped
        self.attend()
        if self.shared is not None:
            await self.shared.to_player()
        await self.channel.send(text)
        try:
            said = await asyncio.wait_for(self.channel.receive(), seconds)
            if self.shared is not None:
                await self.shared.to_judge()
            return said
        except TimeoutError:
            await self.manager.interrupt_kernel()
        except EOFError:
            raise await self._gone("your code ended the Python process") from None
        try:
            await asyncio.wait_for(self.channel.receive(), _STOP_SECONDS)
        except (TimeoutError, EOFError):
            raise await self._gone("your code did not stop when its time was over, so it was ended", True) from None
        raise PlayerStopped

    async def _ended(self) -> None:
        jailed = self.provisioner.jailed
        if jailed is not None:
            await jailed.ended()

    async def _gone(self, said: str, late: bool = False) -> PlayerGone:
        """End the kernel; the exception that tells why. Raises GraderError when it was not the learner's doing."""
        zygote = self.provisioner.zygote
        await asyncio.sleep(_SETTLE)
        if zygote is not None and not zygote.alive():
            await self._kill()
            raise GraderError("the fork server ended: submit again")
        excess = self._excess(late)
        await self._kill()
        return PlayerGone(excess or said, late and not excess)

    def _excess(self, late: bool) -> str:
        """What the kernel used too much of, if anything. One that ended with its memory almost full ended of that."""
        jailed, most = self.provisioner.jailed, self.provisioner.limits.memory_mb
        if jailed is None:
            return ""
        full = not late and jailed.data > _ALMOST * most * 1_000_000
        return jailed.excess or (TOO_MUCH_MEMORY.format(most) if full else "")

    async def _kill(self) -> None:
        if self.watching is not None:
            await _cancelled(self.watching)
        await self.provisioner.kill()
        await self.provisioner.wait()

    async def close(self) -> None:
        """End the kernel and remove its folder."""
        await self._kill()
        if self.client is not None:
            self.client.stop_channels()
        self.channel.close()
        await asyncio.to_thread(self.folders.remove, self.folder)


async def _cancelled(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with suppress(BaseException):
        await asyncio.wait((task,))


def _line(trace: Any) -> int | None:
    """The deepest line of the cell that a traceback begins in."""
    text = "\n".join(part for part in trace if isinstance(part, str)) if isinstance(trace, list) else ""
    places = _PLACE.findall(_COLOUR.sub("", text[:100_000]))
    return int(next(line for cell, line in reversed(places) if cell == places[0][0])[:9]) if places else None
