"""Which paths a jail may read: installations, without what may be secret in them, and never a person's own folders."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.sandbox import reach
from jupyter_tutor.sandbox.inside import linux
from jupyter_tutor.sandbox.inside.walls import Walls
from jupyter_tutor.sandbox.level import bwrap, problem
from jupyter_tutor.sandbox.seccomp import program

SECRETS = (
    "pip.conf",
    "etc/jupyterhub/jupyterhub_config.py",
    "etc/jupyter/a.json",
    "conda-meta/state",
    "share/jupyter/tutor/x",
)


def written(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("marked")
    return [folder / name for name in names]


def sees(path: Path, command: str) -> bool:
    """Whether a jail for a command would show a path."""
    opened, closed = reach.roots(command), reach.hidden(command)
    return any(path.is_relative_to(r) for r in opened) and not any(path.is_relative_to(c) for c in closed)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "me"))
    (tmp_path / "home" / "me").mkdir(parents=True)
    return tmp_path / "home" / "me"


@pytest.mark.parametrize("place", ["", ".local", ".."])
def test_of_a_program_in_a_persons_folders_only_what_it_needs_is_seen(home: Path, place: str) -> None:
    kernel, library = written(home / place, "bin/kernel", "lib/kernel/library.so")
    private = written(
        home, "notes.txt", ".ssh/id", ".local/share/keyrings/login", ".local/share/jupyter/runtime/secret"
    )
    assert [sees(path, str(kernel)) for path in (kernel, library)] == [True, True]
    assert [path for path in private if sees(path, str(kernel))] == []


def test_a_program_with_a_folder_of_its_own_is_seen_in_full(home: Path) -> None:
    kernel, data = written(home / "julia-1.11", "bin/julia", "share/julia/base.ji")
    assert [sees(path, str(kernel)) for path in (kernel, data)] == [True, True]


def test_an_installation_inside_another_is_searched_for_secrets_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "conda"
    private = [path for inner in ("", "envs/mine", "envs/other") for path in written(base / inner, *SECRETS)]
    (python,) = written(base / "envs" / "mine", "bin/python")
    monkeypatch.setattr(sys, "base_prefix", str(base))
    monkeypatch.setattr(sys, "prefix", str(base / "envs" / "mine"))
    assert sees(python, sys.executable)
    assert [path for path in private if sees(path, sys.executable)] == []


def test_what_is_hidden_behind_a_link_is_hidden_where_it_is(tmp_path: Path) -> None:
    (secret,) = written(tmp_path / "env" / "settings", "jupyter/a.json")
    (kernel,) = written(tmp_path / "env", "bin/kernel")
    (tmp_path / "env" / "etc").symlink_to("settings")
    assert not sees(secret, str(kernel))
    assert all(path == path.resolve() for path in reach.hidden(str(kernel)) if path.is_relative_to(tmp_path))


@pytest.fixture
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose installation holds secrets, and a link to what is beside it."""
    base = tmp_path_factory.mktemp("installation")
    (secret,) = written(base, "outside.txt")
    written(base / "env", *SECRETS, "lib/library.txt")
    (base / "env" / "link.txt").symlink_to(secret)
    (found,) = written(base / "env", "bin/kernel")
    return found


READ = "import sys\nfor path in sys.argv[1:]:\n    try: open(path).read() and print(path)\n    except OSError: pass"


def asked(kernel: Path) -> list[str]:
    return [str(kernel.parent.parent / name) for name in (*SECRETS, "link.txt", "lib/library.txt")]


async def test_bubblewrap_shows_no_secret_of_an_installation(kernel: Path, need: Callable[[bool, str], None]) -> None:
    reason = await problem("bwrap", {})
    need(not reason, f"sandbox level bwrap ({reason})")
    command = [sys.executable, "-c", READ, *asked(kernel)]
    jailed = bwrap(command, [], {}, str(kernel))
    said = await asyncio.to_thread(subprocess.run, jailed, capture_output=True, text=True, check=True)
    assert said.stdout.split() == asked(kernel)[-1:]


def test_landlock_shows_no_secret_of_an_installation(kernel: Path, need: Callable[[bool, str], None]) -> None:
    need(linux.landlock_version() > 0, "Landlock")
    walls = Walls(None, program(False), reach.open_paths(str(kernel)))
    launch = [sys.executable, "-m", "jupyter_tutor.sandbox.inside.launch", json.dumps(walls.to_json())]
    command = [*launch, "--", sys.executable, "-c", READ, *asked(kernel)]
    env = {**os.environ, "PYTHONPATH": str(reach.PACKAGE.parent)}
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    assert said.stdout.split() == asked(kernel)[-1:]
