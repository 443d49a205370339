"""The worker's side of the fork server."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_tutor.sandbox.channel import Channel
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.folders import Folders
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import INSIDE, Level
from jupyter_tutor.sandbox.spawn import spawn
from jupyter_tutor.sandbox.supervise import JailedProcess

START_SECONDS = 30.0
_BORN_SECONDS = 15.0


class ZygoteDown(Exception):
    """The fork server did not start, or has ended."""


class Zygote:
    """A running fork server."""

    def __init__(self, level: Level, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self.level, self.process, self.control = level, process, control

    @classmethod
    async def start(cls, level: Level, folders: Folders, modules: tuple[str, ...]) -> "Zygote":
        """Raises ZygoteDown."""
        if sys.platform != "linux":
            raise ZygoteDown("only Linux has what it needs")
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        near.setblocking(False)
        os.set_inheritable(far.fileno(), True)
        env = environment(HOME) | {"PYTHONSAFEPATH": "1"}
        program = [sys.executable, "-m", "jupyter_tutor.sandbox.inside.zygote"]
        walls = json.dumps(level.walls.to_json())
        command = level.server([*program, walls, str(far.fileno()), *modules], folders.root, env)
        process = spawn(level, command, env, far.fileno(), errors=subprocess.PIPE)
        far.close()
        zygote = cls(level, process, near)
        try:
            word = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(near, 64), START_SECONDS)
        except (TimeoutError, ConnectionError):
            word = b""
        except asyncio.CancelledError:
            process.kill()
            await zygote.close()
            raise
        if word != b"ready":
            process.kill()
            said = await asyncio.to_thread(lambda: process.communicate()[1])
            await zygote.close()
            raise ZygoteDown((said.decode(errors="replace").strip().splitlines() or ["it did not start"])[-1])
        return zygote

    def alive(self) -> bool:
        return self.process.poll() is None

    async def fork(
        self, role: str, folder: Path, channel: Channel, limits: Mapping[str, int], connection: str = ""
    ) -> JailedProcess:
        """A child in a jail of its own. Raises ZygoteDown. One that is no longer wanted is born first, then ended."""
        inside = f"{INSIDE}/{folder.name}" if self.level.name == "bwrap" else str(folder)
        request: dict[str, Any] = {"role": role, "name": folder.name, "folder": inside, "connection": connection}
        request |= {"limits": dict(limits)}
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], [channel.far.fileno()])
            birth = asyncio.create_task(channel.hello(_BORN_SECONDS))
            try:
                pid = await asyncio.shield(birth)
            except asyncio.CancelledError:
                with suppress(OSError, EOFError, TimeoutError):
                    await JailedProcess(await birth, None, self.level.grouped).close()
                raise
            return JailedProcess(pid, None, self.level.grouped)
        except (OSError, EOFError, TimeoutError) as error:
            raise ZygoteDown(str(error) or "the fork server gave no answer") from None

    async def close(self) -> None:
        """End it, and all its children with it."""
        self.control.close()
        try:
            await asyncio.to_thread(self.process.wait, 2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)
        for pipe in (self.process.stdin, self.process.stderr):
            if pipe is not None:
                pipe.close()
