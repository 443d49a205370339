"""A kernel finds the real Jupyter server that started it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.server import Server

ASK = """
from jupyter_tutor.kernel.server import find_server
from jupyter_tutor.kernel.notebook import notebook_path
from pathlib import Path
server = find_server()
Path("found.part").write_text(f"{server.url} {notebook_path(server)}")
Path("found.part").rename("found.txt")
"""


@pytest.fixture(params=["with a token", "without authentication"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A Jupyter server without our extension, all its files in a folder of the test."""
    token = "abc" if request.param == "with a token" else ""
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    (tmp_path / "root" / "tutor").mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={tmp_path / 'root'}",
    ]
    options += [
        "--ServerApp.base_url=/deep/",
        "--ServerApp.jpserver_extensions={'jupyter_tutor': False}",
        "--allow-root",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", "--no-browser", *options], env=dict(os.environ), **quiet
    )
    server = Server(f"http://127.0.0.1:{port}/deep/", token)
    try:
        wait_for(lambda: Client(server).get("api"))
        yield server
    finally:
        process.terminate()
        process.wait(20)


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    """Call until it works."""
    end = time.monotonic() + seconds
    while True:
        try:
            what()
        except (TutorMessage, OSError):
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


def test_a_kernel_finds_its_server_and_its_notebook(server: Server, tmp_path: Path) -> None:
    root = tmp_path / "root"
    startup = tmp_path / "ipythondir" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "ask.py").write_text(ASK)
    session = {"path": "tutor/a.ipynb", "name": "a.ipynb", "type": "notebook", "kernel": {"name": "python3"}}
    (root / "tutor" / "a.ipynb").write_text(
        json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    Client(server).post("api/sessions", session)
    found = root / "tutor" / "found.txt"
    wait_for(found.stat)
    url, path = found.read_text().split()
    assert url.replace("localhost", "127.0.0.1") == server.url
    assert path == "tutor/a.ipynb"
    with pytest.raises(TutorMessage, match="not enabled in this server"):
        Client(server).get("tutor/api/v1/daily")
