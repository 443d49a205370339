"""A judge as the worker sees it."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.sandbox.channel import Channel
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.level import Level
from jupyter_tutor.sandbox.spawn import spawn
from jupyter_tutor.sandbox.supervise import JailedProcess
from jupyter_tutor.sandbox.zygote import Zygote

_START_SECONDS = 30.0
_PROGRAM = (sys.executable, "-m", "jupyter_tutor.sandbox.inside.judge")


class ChannelJudge:
    """A judge at the other end of a channel. Implements `ports.JudgeProcess`."""

    def __init__(self, process: JailedProcess, channel: Channel) -> None:
        self.process, self.channel = process, channel

    @classmethod
    async def fork(cls, zygote: Zygote, folder: Path, limits: Mapping[str, int]) -> "ChannelJudge":
        """Raises ZygoteDown."""
        channel = Channel()
        try:
            return cls(await zygote.fork("judge", folder, channel, limits), channel)
        except BaseException:
            channel.close()
            raise

    @classmethod
    async def start(cls, level: Level, folder: Path, limits: Mapping[str, int]) -> "ChannelJudge":
        """A judge without a fork server. Raises OperatorError when it does not come up."""
        channel = Channel()
        try:
            return cls(await cls._spawned(level, folder, limits, channel), channel)
        except (OSError, EOFError, TimeoutError):
            channel.close()
            raise OperatorError("the judge of a submission did not start: run `jupyter tutor doctor`") from None
        except BaseException:
            channel.close()
            raise

    @staticmethod
    async def _spawned(level: Level, folder: Path, limits: Mapping[str, int], channel: Channel) -> JailedProcess:
        env = environment(level.view(folder, "home")) | channel.inherited() | {"PYTHONSAFEPATH": "1"}
        command = level.cold(list(_PROGRAM), folder, ("judge",), env, limits, own=True)
        top = spawn(level, command, env, channel.far.fileno(), folder / "judge")
        try:
            return JailedProcess(await channel.hello(_START_SECONDS), top, level.grouped)
        except BaseException:
            await JailedProcess(top.pid, top, level.grouped).close()
            raise

    async def send(self, message: dict[str, Any]) -> None:
        await self.channel.send(json.dumps(message))

    async def receive(self, seconds: float) -> dict[str, Any]:
        if seconds <= 0:
            raise TimeoutError
        line = await asyncio.wait_for(self.channel.receive(), seconds)
        try:
            message = json.loads(line)
        except ValueError:
            raise EOFError from None
        if not isinstance(message, dict):
            raise EOFError
        return message

    async def close(self) -> None:
        await self.process.close()
        self.channel.close()
