"""A real JupyterLab or Notebook 7 with a fresh home, and a real Chromium looking at it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
TOKEN = "browser-test-token"
SHOTS = Path(__file__).parent.parent / "screenshots"


@dataclass
class Site:
    """A running server, its home folder, and how to stop it."""

    url: str
    root: Path
    home: Path
    process: subprocess.Popen[bytes]

    def configure(self, **tutor: Any) -> None:
        """Write the settings of the tutor, beside those that all sites have."""
        configure(self.home, tutor)

    @property
    def database(self) -> Path:
        return self.home / "data" / "tutor" / "tutor.sqlite"

    def log(self) -> str:
        return (self.home / "server.log").read_text()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)


def configure(home: Path, tutor: dict[str, Any]) -> None:
    folder = home / "config"
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"time_zone": "UTC", "first_level": "easy"} | tutor
    (folder / "jupyter_config.json").write_text(json.dumps({"Tutor": settings}))


def environment(home: Path) -> dict[str, str]:
    """A fresh home; what Jupyter finds in this environment stays."""
    folders = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "run",
        "IPYTHONDIR": home / "ipython",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
    }
    return os.environ | {name: str(folder) for name, folder in folders.items()}


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Start a server by its command and wait until it answers. What else is named are settings of the tutor."""
    sites: list[Site] = []
    home, root = tmp_path / "home", tmp_path / "root"

    def start(*command: str, app: str = "LabApp", **tutor: Any) -> Site:
        root.mkdir(parents=True, exist_ok=True)
        configure(home, tutor)
        quiet = home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
        quiet.parent.mkdir(parents=True, exist_ok=True)
        quiet.write_text('{"fetchNews": "false", "checkForUpdates": false}')
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = [
            "--no-browser",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}",
            f"--{app}.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
        ]
        with (home / "server.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command, *options], cwd=root, env=environment(home), stdout=log, stderr=log
            )
        site = Site(f"http://127.0.0.1:{port}", root, home, process)
        sites.append(site)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{site.url}/api", timeout=1).close()
                return site
            except OSError:
                assert process.poll() is None, site.log()
                time.sleep(0.1)
        raise AssertionError(site.log())

    yield start
    for site in sites:
        site.stop()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield page
    page.close()


@pytest.fixture
def shoot(page: Page) -> Callable[[str], None]:
    """Keep a picture under `tests/screenshots/`, for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    return lambda name: (page.screenshot(path=str(SHOTS / f"{name}.png")), None)[1]
