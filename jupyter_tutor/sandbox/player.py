"""A player: one kernel that runs a learner's notebook with nbclient and then answers the judge through its agent."""

import asyncio
import time
from contextlib import suppress
from queue import Empty
from typing import Any, ClassVar

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
from jupyter_tutor.sandbox.supervise import JailedProcess
from jupyter_tutor.sandbox.zygote import Zygote, ZygoteDown

START_SECONDS = 60.0
_TOO_LONG = (
    "the notebook took longer than it may, so it was stopped: "
    "look for a loop that does not end, or for what takes very much memory"
)
_STOP_SECONDS = 1.0
_SETTLE = 0.05
"""Seconds until the end of a fork server shows, after that of its children."""
_ANSWER_SECONDS = 1.0
MAX_ERROR = 2000
_MAX_MESSAGE = 20_000_000
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
    """nbclient that stops keeping output when there is too much of it; errors always are kept."""

    limits = Limits()
    kept = kept_of_cell = 0

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        if msg["msg_type"] != "error":
            size = len(str(msg["content"]))
            self.kept += size
            self.kept_of_cell += size
            if self.kept > self.limits.output or self.kept_of_cell > self.limits.cell_output:
                return None
        return super().output(outs, msg, display_id, cell_index)


def _context(reconnects: bool) -> zmq.asyncio.Context:
    """Sockets that take no message of any size, and go to no other place when the kernel replaces its own."""
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.MAXMSGSIZE, _MAX_MESSAGE)
    context.setsockopt(zmq.LINGER, 0)
    if not reconnects:
        context.setsockopt(zmq.RECONNECT_IVL, -1)
    return context


class KernelPlayer:
    """A started kernel with its folder. Implements `ports.Player`."""

    contexts: ClassVar[dict[bool, zmq.asyncio.Context]] = {}

    def __init__(
        self, name: str, spec: KernelSpec, level: Level, folders: Folders, zygote: Zygote | None, limits: Limits
    ) -> None:
        self.folders, self.folder, self.channel = folders, folders.new(), Channel()
        context = self.contexts.setdefault(zygote is None, _context(zygote is None))
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
        )
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
        client = self.client = self.notebook.kc = self.manager.client()
        client.start_channels(hb=False, control=False)
        if forked:
            await self._meet(client)
        else:
            await client.wait_for_ready(timeout=START_SECONDS)
            await self._install(client)
        client.allow_stdin = False  # `input()` in a cell is an error at once

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
        client.execute(_INSTALL, silent=True, store_history=False, allow_stdin=False)
        pid = await self.channel.hello(START_SECONDS)
        outer = self.provisioner.jailed
        assert outer is not None
        self.provisioner.jailed = JailedProcess(pid, outer.top, outer.grouped)
        outer.forget()

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
        self.notebook.kept_of_cell = 0
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
            await _cancelled(running)
            late = time.monotonic() >= deadline
            raise await self._gone(_TOO_LONG if late else "your code ended the Python process", late) from None
        finally:
            await _cancelled(ending)
        raised = next((o for o in cell.outputs if o["output_type"] == "error"), None)
        return raised and CellError(index, raised["ename"][:100], raised["evalue"][:MAX_ERROR])

    async def exchange(self, text: str, seconds: float) -> str:
        assert self.client is not None
        if not self.serving:
            self.client.iopub_channel.stop()  # nothing that is displayed during the checks is read
            self.client.execute(_SERVE, silent=True, store_history=False, allow_stdin=False)
            self.serving = True
        if self.shared is not None:
            await self.shared.to_player()
        await self.channel.send(text)
        try:
            said = await asyncio.wait_for(self.channel.receive(), max(seconds, 0.01))
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
        excess = self.provisioner.jailed.excess if self.provisioner.jailed is not None else ""
        await self._kill()
        return PlayerGone(excess or said, late and not excess)

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
