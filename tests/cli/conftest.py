"""The commands as people run them, in a process of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def tutor(tmp_path: Path, curriculum: Path) -> Run:
    """`tutor("check", ...)` runs `jupyter tutor check ...` with a home of its own."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "jupyter_config.json").write_text(
        json.dumps({"Tutor": {"curriculum": [str(curriculum)], "prove_dailies": False}})
    )
    folders = {"HOME": tmp_path, "JUPYTER_CONFIG_DIR": config, "JUPYTER_DATA_DIR": tmp_path / "data"}
    env = os.environ | {name: str(folder) for name, folder in folders.items()}

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "jupyter_tutor.cli", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, env=env | more, capture_output=True, text=True, timeout=120)

    return run
