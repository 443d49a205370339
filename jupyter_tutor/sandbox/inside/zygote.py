"""The fork server: a process that has done all that can be done once, and forks players and judges from it.

`zygote WALLS CONTROL MODULES...`: on the socket CONTROL comes one JSON message per child,
`{"role", "name", "folder", "connection", "limits"}`, with the child's own socket beside it. It ends when CONTROL does.
"""

import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import replace
from typing import Any

from jupyter_tutor.sandbox.inside import judge, kernel, linux
from jupyter_tutor.sandbox.inside.namespaces import HOME, TEMPORARY, separate
from jupyter_tutor.sandbox.inside.walls import Walls, close_in

_TICK = 500
_READ = 65_536
_HOMES = ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")


class Zygote:
    """Forks a child for each message."""

    def __init__(self, walls: Walls, control: socket.socket) -> None:
        self.walls, self.control = walls, control
        self.children: set[int] = set()

    def serve(self) -> None:
        waiting = select.poll()
        waiting.register(self.control, select.POLLIN)
        try:
            while True:
                ready = waiting.poll(_TICK)
                self.reap()
                if ready:
                    text, sockets, _, _ = socket.recv_fds(self.control, _READ, 1)
                    if not text:
                        return
                    for channel in sockets:  # one, or none where too many descriptors are open
                        self.fork(json.loads(text), channel)
        finally:
            for child in self.children:
                _end_group(child)

    def fork(self, request: dict[str, Any], channel: int) -> None:
        try:
            pid = os.fork()
        except OSError as error:  # no room for one more process; there may be later
            with suppress(OSError):
                os.write(channel, f"the fork server cannot fork ({error.strerror})".encode())
            os.close(channel)
            return
        if pid:
            os.close(channel)
            self.children.add(pid)
            return
        try:
            self.control.close()
            self.become(request, channel)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def become(self, request: dict[str, Any], channel: int) -> None:
        """The child's whole life."""
        os.setsid()
        linux.die_with_parent()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        player = request["role"] == "player"
        folder = request["folder"]
        if self.walls.folders:
            separate(self.walls.folders, request["name"], {"k": "k", "work": "work"} if player else {"judge": "work"})
        own = ("k", "home", "work") if player else ("home", "judge")
        close_in(replace(self.walls, write=tuple(f"{folder}/{part}" for part in own), limits=request["limits"]))
        if self.walls.folders:
            _start_afresh(HOME, TEMPORARY, f"{HOME}/work")
        else:
            _start_afresh(f"{folder}/home", f"{folder}/home", f"{folder}/{own[-1]}")
        (kernel.serve if player else judge.serve)(channel, request["connection"])

    def reap(self) -> None:
        """Take leave of children that have ended, and of what they left running."""
        with suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.children.discard(pid)
                if not self.walls.folders:
                    _end_group(pid)


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _start_afresh(home: str, temporary: str, work: str) -> None:
    """What two children must not share."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.environ.update(dict.fromkeys(_HOMES, home) | dict.fromkeys(_TEMPORARY, temporary))
    os.chdir(work)
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def main() -> None:
    """Import what players need, then serve."""
    walls, control = Walls.from_json(json.loads(sys.argv[1])), socket.socket(fileno=int(sys.argv[2]))
    os.set_inheritable(control.fileno(), False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kernel.prepare()
    for name in sys.argv[3:]:
        with suppress(ImportError):
            importlib.import_module(name)
    threads = threading.enumerate()
    if len(threads) > 1:  # a lock that another thread holds would stay locked in every child
        raise RuntimeError(f"a fork server has one thread, and this has {threads}")
    sys.argv[:] = [""]
    gc.collect()
    gc.freeze()
    control.send(b"ready")
    Zygote(walls, control).serve()


if __name__ == "__main__":
    main()
