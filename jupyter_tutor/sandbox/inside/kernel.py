"""An IPython kernel in a process that was forked for it, with the agent beside it."""

import os
import sys
from functools import partial
from typing import Any

import ipykernel.iostream
import ipykernel.ipkernel
import ipykernel.zmqshell
from ipykernel import kernelapp

from jupyter_tutor.grading.boundary import agent

IMPORTED_LATE = (
    "debugpy.server.api",
    "IPython.core.completerlib",
    "ipykernel.debugger",
    "IPython.extensions.storemagic",
)
"""Modules that a kernel imports when it starts or runs its first cell."""


def serve(channel: int, connection: str) -> None:
    """Run the kernel until it is ended."""
    os.environ["JPY_PARENT_PID"] = ""
    sys.argv[:] = [""]
    # without the pipe for output of its own forks: it would need a network
    vars(kernelapp)["IOPubThread"] = partial(ipykernel.iostream.IOPubThread, pipe=False)
    app: Any = kernelapp.IPKernelApp.instance(parent_handle=0)
    app.initialize(["-f", connection, "--HistoryManager.enabled=False"])
    agent.install(app.shell, channel)
    app.start()
