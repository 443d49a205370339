"""Starts kernels inside a jail, as Jupyter's kernel provisioner `tutor-jail`: any kernel, in any language.

A kernel spec that names it in its metadata is jailed wherever Jupyter starts it; the grader uses the same class.
"""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from jupyter_tutor.grading.job import Limits
from jupyter_tutor.sandbox.channel import Channel
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.folders import Folders
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import Level, choose
from jupyter_tutor.sandbox.spawn import spawn
from jupyter_tutor.sandbox.supervise import JailedProcess, system_limits
from jupyter_tutor.sandbox.zygote import Zygote


class JailProvisioner(LocalProvisioner):
    """One jailed kernel. Who sets `level`, `folders` and `folder` beforehand keeps and removes them."""

    sandbox = Unicode("auto", config=True, help="The level of the sandbox: auto, bwrap, landlock or process.")

    level: Level | None = None
    folders: Folders | None = None
    folder: Path | None = None
    channel: Channel | None = None
    zygote: Zygote | None = None
    hash_seed = 0
    limits = Limits()
    jailed: JailedProcess | None = None
    _own_folders: Folders | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        if self.level is None:
            self.level = await choose(self.sandbox, environment(HOME))
        if self.folders is None:
            self.folders = self._own_folders = Folders(self.level.user)
        self.folder = self.folder or self.folders.new()
        manager: Any = self.parent
        if os.name != "nt":
            manager.transport, manager.ip = "ipc", str(self.folder / "k" / "s")
        manager.connection_file = str(self.folder / "connection.json")
        kwargs = await super().pre_launch(**kwargs)
        inside = self._connection()
        outside = os.path.realpath(manager.connection_file)
        kwargs["cmd"] = [word.replace(outside, inside) for word in kwargs["cmd"]]
        return kwargs

    def _connection(self) -> str:
        """Write the connection file that the kernel reads, and say where it finds it."""
        assert self.level is not None
        assert self.folders is not None
        assert self.folder is not None
        there = self.level.view(self.folder, "k")
        manager: Any = self.parent
        data = json.loads(Path(manager.connection_file).read_text())
        if manager.transport == "ipc":
            data["ip"] = f"{there}/s"
        file = self.folder / "k" / "kernel.json"
        file.write_text(json.dumps(data))
        self.folders.give(file)
        return f"{there}/kernel.json"

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        assert self.level is not None
        assert self.folder is not None
        limits = system_limits(self.limits, self.level)
        if self.zygote is not None:
            assert self.channel is not None
            connection = f"{self.level.view(self.folder, 'k')}/kernel.json"
            self.jailed = await self.zygote.fork("player", self.folder, self.channel, limits, connection)
        else:
            top = self._start(cmd, limits)
            self.jailed = JailedProcess(top.pid, top, self.level.grouped)
        return self.connection_info

    def _start(self, cmd: list[str], limits: dict[str, int]) -> "subprocess.Popen[bytes]":
        assert self.level is not None
        assert self.folder is not None
        env = environment(self.level.view(self.folder, "home"), self.hash_seed)
        if self.channel is not None:
            env |= self.channel.inherited()
        command = self.level.cold(cmd, self.folder, ("k", "work"), env, limits)
        channel = self.channel.far.fileno() if self.channel is not None else None
        return spawn(self.level, command, env, channel, self.folder / "work")

    @property
    def has_process(self) -> bool:
        return self.jailed is not None

    async def poll(self) -> int | None:
        return None if self.jailed is not None and self.jailed.alive() else 1

    async def wait(self) -> int | None:
        if self.jailed is not None:
            jailed, self.jailed = self.jailed, None
            await jailed.ended()
            await jailed.close()
        return 0

    async def send_signal(self, signum: int) -> None:
        if self.jailed is not None:
            self.jailed.signal(signum)

    async def kill(self, restart: bool = False) -> None:
        if self.jailed is not None:
            self.jailed.kill()

    async def terminate(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        if self._own_folders is not None and not restart:
            self._own_folders.close()
