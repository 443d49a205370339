"""The commands as people run them, each with a home of its own."""

import contextlib
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.cli.main import main

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def tutor(tmp_path: Path, curriculum: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`tutor("check", ...)` runs `jupyter tutor check ...`; further words are environment variables."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "jupyter_config.json").write_text(
        json.dumps({"Tutor": {"curriculum": [str(curriculum)], "prove_dailies": False}})
    )
    folders = {"HOME": tmp_path, "JUPYTER_CONFIG_DIR": config, "JUPYTER_DATA_DIR": tmp_path / "data"}
    env = {name: str(folder) for name, folder in folders.items()} | {"OPENAI_BASE_URL": "", "OPENAI_API_KEY": ""}

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        words, out, err = [str(word) for word in arguments], io.StringIO(), io.StringIO()
        with monkeypatch.context() as home, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            home.chdir(tmp_path)
            for name, value in (env | more).items():
                home.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main(words)
        code = ended.value.code
        return subprocess.CompletedProcess(words, code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())

    return run
