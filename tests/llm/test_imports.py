"""openai takes a second to import: nobody waits for it before the first request."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "import sys, {module}; print([name for name in sys.modules if name in ('openai', 'httpx2')])"
SERVER = """
import asyncio, sys
from jupyter_server.serverapp import ServerApp

async def main():
    app = ServerApp()
    arguments = ["--port=0", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    app.initialize(arguments, new_httpserver=False)
    extension = app.extension_manager.extension_apps["jupyter_tutor"].pop()
    await extension.tutor()
    print("openai" in sys.modules, extension._tutor is not None)
    await extension.stop_extension()

asyncio.run(main())
"""


@pytest.mark.parametrize(
    "module",
    [
        "jupyter_tutor.tutor",
        "jupyter_tutor.server.extension",
        "jupyter_tutor.kernel.magic",
        "jupyter_tutor.kernel.progress",
        "jupyter_tutor.cli.main",
        "jupyter_tutor.sandbox.worker",
        "jupyter_tutor.llm.model",
        "jupyter_tutor.testing.model",
    ],
)
def test_no_import_of_ours_imports_openai(module: str) -> None:
    program = [sys.executable, "-c", PROGRAM.format(module=module)]
    assert subprocess.run(program, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_server_that_has_started_has_not_imported_openai(tmp_path: Path) -> None:
    names = ("HOME", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    environment = os.environ | {name: str(tmp_path / name) for name in names}
    environment |= {"OPENAI_API_KEY": "sk-none", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    config = tmp_path / "JUPYTER_CONFIG_DIR"
    config.mkdir()
    enabled = {"ServerApp": {"jpserver_extensions": {"jupyter_tutor": True}}}
    (config / "jupyter_server_config.json").write_text(json.dumps(enabled))
    program = [sys.executable, "-c", SERVER]
    done = subprocess.run(program, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.stdout == "False True\n", done.stderr
