"""Starts the programs of the sandbox, each with nothing but its own channel and environment."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from jupyter_tutor.sandbox.level import Level


def spawn(
    level: Level,
    command: list[str],
    env: Mapping[str, str],
    channel: int | None,
    cwd: Path | None = None,
    errors: int = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """A started program; `channel` is a descriptor that it inherits. It ends when its input is closed, or with us.

    bubblewrap itself gets no environment: what it has, its first process shows to all in the jail.
    """
    return subprocess.Popen(  # noqa: S603 - a list, and no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        cwd=cwd,
        env={} if level.name == "bwrap" else dict(env),
        pass_fds=() if channel is None else (channel,),
        start_new_session=True,
    )
