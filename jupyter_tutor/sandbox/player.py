"""A player: one kernel that runs a learner's notebook with nbclient and then answers the judge through its agent.

Requests travel as user expressions of an empty execution, so that a reply is the kernel's own answer to that message
and nothing that the learner prints, displays or sends can be taken for one.
"""

import ast
import asyncio
import shutil
import time
from collections.abc import Coroutine
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.grading.boundary.agent import CALLBACK
from jupyter_tutor.grading.boundary.wire import MAX_BYTES
from jupyter_tutor.grading.job import CellError
from jupyter_tutor.ports import PlayerGone, PlayerStopped

START_SECONDS = 60.0
_TOO_LONG = (
    "the notebook took longer than it may, so it was stopped: "
    "look for a loop that does not end, or for what takes very much memory"
)
_STOP_SECONDS = 1.0
_TICK = 0.25
_END_OF_FILE = "\x04"
MAX_OUTPUT = 1_000_000
"""Characters of a notebook's output that are kept; errors always are."""
MAX_ERROR = 2000


def agent_source() -> str:
    """The agent as one source: `wire` and `agent` as modules that exist only in the player."""
    room = files("jupyter_tutor.grading.boundary")
    wire, agent = (room.joinpath(name).read_text() for name in ("wire.py", "agent.py"))
    agent = agent.replace("from jupyter_tutor.grading.boundary.wire import", "from _tutor_wire import")
    return (
        "import sys as _s, types as _t\n"
        f"_w, _a = _t.ModuleType('jupyter_tutor.grading.boundary.wire'), _t.ModuleType('jupyter_tutor_agent')\n"
        f"exec({wire!r}, _w.__dict__)\n"
        f"exec({agent!r}, _s.modules.update(_tutor_wire=_w) or _a.__dict__)\n"
        "_a.AGENT = _a.install(get_ipython())\n"
        "_s.modules['jupyter_tutor_agent'] = _a\n"
        "del _s, _t, _w, _a\n"
    )


class QuietClient(NotebookClient):
    """nbclient that stops keeping output when there is too much of it."""

    kept = 0

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        if msg["msg_type"] != "error":
            self.kept += len(str(msg["content"]))
            if self.kept > MAX_OUTPUT:
                return None
        return super().output(outs, msg, display_id, cell_index)


class KernelPlayer:
    """A started kernel with its private folder. Implements `ports.Player`."""

    def __init__(self, manager: AsyncKernelManager, folder: Path) -> None:
        self.manager, self.folder = manager, folder
        self.client: AsyncKernelClient = manager.client()
        self.notebook = QuietClient(
            nbformat.v4.new_notebook(),
            km=manager,
            kernel_name=manager.kernel_name,
            allow_errors=True,
            store_widget_state=False,
        )
        self.pending: dict[str, asyncio.Task[str]] = {}
        self.request = ""

    @classmethod
    async def start(cls, manager: AsyncKernelManager, folder: Path, **launch: Any) -> "KernelPlayer":
        """Start the kernel and its agent. Raises OperatorError when it does not come up."""
        player = cls(manager, folder)
        try:
            await player._launch(**launch)
        except Exception as error:
            await player.close()
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise OperatorError(
                f"the kernel {manager.kernel_name!r} did not start ({reason}): run `jupyter tutor doctor`"
            ) from None
        except asyncio.CancelledError:
            await player.close()
            raise
        return player

    async def _launch(self, **launch: Any) -> None:
        await self.manager.start_kernel(**launch)
        self.client = self.notebook.kc = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=START_SECONDS)
        reply = await self.client.execute_interactive(
            agent_source(), silent=True, store_history=False, allow_stdin=False, timeout=START_SECONDS
        )
        if reply["content"]["status"] != "ok":
            raise RuntimeError("it does not accept the checking agent")
        self.client.allow_stdin = False  # `input()` in a cell is an error at once

    async def run_cell(self, index: int, source: str, seconds: float) -> CellError | None:
        cell = nbformat.v4.new_code_cell(source)
        self.notebook.nb.cells.append(cell)
        seconds = max(seconds, 0.01)
        deadline = time.monotonic() + seconds
        running = asyncio.create_task(self.notebook.async_execute_cell(cell, len(self.notebook.nb.cells) - 1))
        running.add_done_callback(lambda task: task.cancelled() or task.exception())  # seen, whoever waits
        try:
            await asyncio.wait_for(running, seconds)
        except CellExecutionError:
            pass
        except Exception:  # out of time, a dead kernel, or messages that are none
            late = time.monotonic() >= deadline
            await self._kill()
            said = _TOO_LONG if late else "your code ended the Python process before the checks"
            raise PlayerGone(said, late) from None
        raised = next((o for o in cell.outputs if o["output_type"] == "error"), None)
        return raised and CellError(index, raised["ename"][:100], raised["evalue"][:MAX_ERROR])

    async def exchange(self, text: str, seconds: float) -> str:
        if self.client.iopub_channel.is_alive():
            self.client.iopub_channel.stop()  # nothing that is displayed during the checks is read
        if "shell" in self.pending:
            self.client.input(text)
        else:
            call = f"__import__('sys').modules['jupyter_tutor_agent'].answer({text!r})"
            self.request = self.client.execute(
                "", silent=True, store_history=False, allow_stdin=True, user_expressions={"reply": call}
            )
            self.pending["shell"] = asyncio.create_task(self._reply())
        self._listen("stdin", self._question())
        deadline = time.monotonic() + seconds
        said = await self._wait(deadline)
        if said is None:
            await self.manager.interrupt_kernel()
            if await self._wait(time.monotonic() + _STOP_SECONDS) is None:
                await self._kill()
                raise PlayerGone("your code did not stop when its time was over, so it was ended", late=True)
            raise PlayerStopped
        return said

    async def _wait(self, deadline: float) -> str | None:
        """The next text from the agent, or None when there is none in time. Raises PlayerGone."""
        while (left := deadline - time.monotonic()) > 0:
            done, _ = await asyncio.wait(
                self.pending.values(), timeout=min(left, _TICK), return_when=asyncio.FIRST_COMPLETED
            )
            for name in ("shell", "stdin"):
                if name in self.pending and self.pending[name] in done:
                    return str(self.pending.pop(name).result())
            if not await self.manager.is_alive():
                await self._forget()
                raise PlayerGone("your code ended the Python process")
        return None

    async def _reply(self) -> str:
        """The agent's text in the kernel's answer to the request; an empty one when there is none."""
        while True:
            message = await self.client.get_shell_msg(timeout=None)
            if message["parent_header"].get("msg_id") == self.request:
                try:
                    shown = message["content"]["user_expressions"]["reply"]["data"]["text/plain"]
                    return str(ast.literal_eval(shown)) if len(shown) < 2 * MAX_BYTES else ""
                except Exception:
                    return ""

    async def _question(self) -> str:
        """The text of the agent's next question; the learner's own `input()` finds the end of its input."""
        while True:
            message = await self.client.get_stdin_msg(timeout=None)
            prompt = str(message["content"].get("prompt", ""))
            if message["parent_header"].get("msg_id") == self.request and prompt.startswith(CALLBACK):
                return prompt.removeprefix(CALLBACK).partition(" ")[2]
            self.client.input(_END_OF_FILE)

    def _listen(self, name: str, question: Coroutine[Any, Any, str]) -> None:
        if name in self.pending:
            question.close()
        else:
            self.pending[name] = asyncio.create_task(question)

    async def _forget(self) -> None:
        for task in self.pending.values():
            task.cancel()
        await asyncio.gather(*self.pending.values(), return_exceptions=True)
        self.pending.clear()

    async def _kill(self) -> None:
        await self._forget()
        with suppress(Exception):
            await self.manager.shutdown_kernel(now=True)

    async def close(self) -> None:
        await self._kill()
        self.client.stop_channels()
        shutil.rmtree(self.folder, ignore_errors=True)
