"""A pair of processes that cannot be started leaves none behind, and the fork server lives on."""

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.grading.job import Job, Limits
from jupyter_tutor.sandbox.channel import Channel
from jupyter_tutor.sandbox.inside import zygote
from jupyter_tutor.sandbox.inside.walls import Walls
from jupyter_tutor.sandbox.jail import Jail
from jupyter_tutor.sandbox.zygote import ZygoteDown
from jupyter_tutor.settings import Sandbox
from tests.sandbox.test_worker import children

NO_FILES: Mapping[str, int] = {"NOFILE": 0}
"""Limits with which no process gets to its first word."""


@pytest.fixture
async def jail() -> AsyncIterator[Jail]:
    opened = await Jail.open(Sandbox("process", preload=(), warm=0))
    await opened.server()
    yield opened
    await opened.close()


class Kept:
    """What this process has open and has started, to be compared with a later time."""

    def __init__(self, jail: Jail) -> None:
        self.jail = jail
        self.before = self.held()

    def held(self) -> tuple[set[int], int, list[Path]]:
        sockets = [fd for fd in os.listdir("/proc/self/fd") if self._is_socket(fd)]
        return children(os.getpid()), len(sockets), [p for p in self.jail.folders.root.iterdir() if p.is_dir()]

    def _is_socket(self, descriptor: str) -> bool:
        try:
            return os.readlink(f"/proc/self/fd/{descriptor}").startswith("socket:")
        except OSError:
            return False


@pytest.mark.parametrize("hash_seed", [0, 1], ids=["forked", "cold"])
async def test_a_file_that_is_missing_leaves_no_process(jail: Jail, hash_seed: int) -> None:
    kept = Kept(jail)
    with pytest.raises(FileNotFoundError):
        await jail.start(Job(cells=(), tests=(), files=(("x", "/missing"),), hash_seed=hash_seed))
    assert kept.held() == kept.before


async def test_a_judge_that_is_not_forked_leaves_no_player(jail: Jail) -> None:
    kept, jail._judge_limits = Kept(jail), dict(NO_FILES)
    with pytest.raises(ZygoteDown):
        await jail._forked(Limits())
    assert kept.held() == kept.before


async def test_a_judge_that_does_not_start_cold_leaves_no_player(jail: Jail) -> None:
    kept, jail._judge_limits = Kept(jail), dict(NO_FILES)
    with pytest.raises(OperatorError, match="judge of a submission did not start"):
        await jail.start(Job(cells=(), tests=(), hash_seed=1))
    assert kept.held() == kept.before


async def test_a_start_that_is_no_longer_wanted_leaves_no_process(jail: Jail) -> None:
    kept = Kept(jail)
    starting = asyncio.create_task(jail.start(Job(cells=(), tests=())))
    await asyncio.sleep(0.01)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert kept.held() == kept.before


async def test_a_fork_server_that_cannot_fork_says_so_and_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    channel, control = Channel(), socket.socket()
    monkeypatch.setattr(os, "fork", full)
    zygote.Zygote(Walls(), control).fork({}, os.dup(channel.far.fileno()))
    with pytest.raises(EOFError, match="cannot fork"):
        await channel.hello(1)
    channel.close()
    control.close()
