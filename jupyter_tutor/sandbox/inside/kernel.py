"""An IPython kernel in a process that was forked for it, with the agent beside it.

What an IPython kernel does at its start on a command line (arguments, configuration files, debugger, crash handler) is
left out: here it would be most of the work.
"""

import importlib
import logging
import os
import sys
from contextlib import suppress
from typing import Any

import ipykernel.debugger
import ipykernel.iostream
import ipykernel.ipkernel
import ipykernel.kernelapp
import ipykernel.zmqshell
from traitlets.config import Config

from jupyter_tutor.grading.boundary import agent

_IMPORTED_LATE = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "faulthandler",
    "pygments.formatters.terminal256",
    "pygments.plugin",
    "pygments.styles.default",
    "stack_data",
    "tornado.platform.asyncio",
)
"""Modules that a kernel otherwise imports when it starts, runs its first cell, or shows its first error."""
_SETTINGS = {"HistoryManager": {"enabled": False}}


class _OutputThread(ipykernel.iostream.IOPubThread):
    """Without the pipe for the output of forks: it would need a network."""

    def __init__(self, socket: Any, **options: Any) -> None:
        super().__init__(socket, pipe=False)  # type: ignore[no-untyped-call]


class _App(ipykernel.kernelapp.IPKernelApp):
    def parse_command_line(self, argv: object = None) -> None: ...

    def init_crash_handler(self) -> None: ...

    def init_config_files(self) -> None: ...

    def load_config_file(self, *options: object, **more: object) -> None: ...

    def log_connection_info(self) -> None: ...


def prepare() -> None:
    """All that can be done once, before the fork."""
    for name in _IMPORTED_LATE:
        with suppress(ImportError):
            importlib.import_module(name)
    vars(ipykernel.debugger)["_is_debugpy_available"] = False
    vars(ipykernel.kernelapp)["IOPubThread"] = _OutputThread
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    trial: Any = ipykernel.zmqshell.ZMQInteractiveShell
    shell = trial(config=Config(_SETTINGS))  # each child makes its own
    shell.run_cell("pass", silent=True)
    ipykernel.zmqshell.ZMQInteractiveShell.clear_instance()


def serve(channel: int, connection: str) -> None:
    """Run the kernel until it is ended."""
    os.environ["JPY_PARENT_PID"] = ""
    sys.argv[:] = [""]
    app: Any = _App.instance(config=Config(_SETTINGS), connection_file=connection, parent_handle=0)
    app.initialize([])
    agent.install(app.shell, channel)
    app.start()
