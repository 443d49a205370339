"""How the levels start programs, and how they are tried."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.sandbox import level
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.level import LEVELS, Level, problem


@pytest.mark.parametrize("name", LEVELS)
async def test_only_the_packages_own_programs_see_its_folder(
    name: str, tmp_path: Path, need: Callable[[bool, str], None]
) -> None:
    reason = await problem(name, environment(str(tmp_path)))
    need(not reason, f"sandbox level {name} ({reason})")
    env = environment(str(tmp_path))
    for own in (False, True):
        command = [sys.executable, "-c", "import os; print('PYTHONPATH' in os.environ)", "jupyter_tutor"]
        process = await asyncio.create_subprocess_exec(
            *Level(name).cold(command, tmp_path, (".",), env, {}, own=own),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=env,
        )
        assert process.stdout is not None
        assert (await process.stdout.read()).decode().split() == [str(own)]
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def test_a_trial_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, need: Callable[[bool, str], None]
) -> None:
    need(not await problem("landlock", environment("/")), "sandbox level landlock")
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def kept(*command: str, **options: int) -> asyncio.subprocess.Process:
        started.append(await start(*command, **options))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", kept)
    monkeypatch.setattr(level, "_PROBE_SECONDS", 0.0)
    assert await problem("landlock", environment("/")) == "trying it took too long"
    assert started[0].returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)
