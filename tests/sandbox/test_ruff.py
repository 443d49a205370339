"""ruff reads its input and nothing else."""

import asyncio
import os
import stat
import time
from pathlib import Path

import pytest

from jupyter_tutor.ports import Lint
from jupyter_tutor.sandbox import ruff
from jupyter_tutor.sandbox.ruff import Ruff

FOUND = (Lint("E711", 1, "Comparison to `None` should be `cond is None`"),)


def program(folder: Path, script: str) -> str:
    path = folder / "ruff"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def test_findings_come_with_rule_line_and_words() -> None:
    assert await Ruff().lint("x == None\n", ["E711"], {}) == FOUND


async def test_configuration_files_environment_and_home_count_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ruff.toml").write_text('lint.ignore = ["E711"]\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "text")
    monkeypatch.setenv("RUFF_OUTPUT_FILE", str(tmp_path / "stolen"))
    assert await Ruff().lint("x == None\n", ["E711"], {}) == FOUND
    assert [path.name for path in tmp_path.iterdir()] == ["ruff.toml"]


async def test_settings_reach_the_rules() -> None:
    long = "x = 'more than twenty characters'\n"
    assert await Ruff().lint(long, ["E501"], {"line-length": 20})
    assert await Ruff().lint(long, ["E501"], {"line-length": 100}) == ()


async def test_a_source_that_is_not_python_gives_nothing() -> None:
    assert await Ruff().lint("def f(:\n", ["E711"], {}) is None


async def test_a_program_that_hangs_or_talks_nonsense_gives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nonsense in ("echo hello", "echo '[{\"code\": 1}]'", "echo 5", "kill -9 $$"):
        assert await Ruff(program(tmp_path, nonsense)).lint("x = 1\n", ["E711"], {}) is None, nonsense
    monkeypatch.setattr(ruff, "SECONDS", 0.3)
    start = time.monotonic()
    assert await Ruff(program(tmp_path, "echo $$ > pid; exec sleep 60")).lint("x = 1\n", ["E711"], {}) is None
    assert time.monotonic() - start < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


async def test_a_reading_that_is_cancelled_leaves_no_process(tmp_path: Path) -> None:
    reading = asyncio.create_task(Ruff(program(tmp_path, "echo $$ > pid; exec sleep 60")).lint("x\n", ["E711"], {}))
    for _ in range(500):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            break
        await asyncio.sleep(0.02)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
