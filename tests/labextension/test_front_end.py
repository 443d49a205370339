"""The front end's own checks, and that it is installed and fits the server's interface."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.server.openapi import document
from tests.sampling import LONG

FOLDER = Path(__file__).parent.parent.parent / "labextension"
Need = Callable[[bool, str], None]


@pytest.fixture(scope="module")
def npm(need: Need, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run npm in a copy of the front end with its packages installed, so that parallel runs do not meet."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    program = shutil.which("npm", path=path)
    need(program is not None, "npm")
    folder = FOLDER
    if not (FOLDER / "node_modules").is_dir():
        folder = tmp_path_factory.mktemp("labextension")
        shutil.copytree(FOLDER, folder, dirs_exist_ok=True)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(program), *arguments]
        return subprocess.run(command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True)

    if folder != FOLDER:
        done = run("ci", "--no-audit", "--no-fund")
        need(done.returncode == 0, f"a reachable npm registry ({done.stderr[-300:]})")
    return run


@pytest.mark.parametrize("script", ["check", pytest.param("lint", marks=LONG), "test"])
def test_types_style_and_units_hold(npm: Callable[..., subprocess.CompletedProcess[str]], script: str) -> None:
    done = npm("run", script)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_api_types_are_those_of_the_openapi_document(
    npm: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(document()))
    done = npm("exec", "openapi-typescript", "--", str(tmp_path / "openapi.json"), "-o", str(tmp_path / "api.ts"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "api.ts").read_text() == (FOLDER / "src" / "api.ts").read_text(), "npm run types -- openapi.json"


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (FOLDER / "package-lock.json").read_text()


def installed(*command: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # it looks for its subcommands there
    env = os.environ | {"PATH": path}
    done = subprocess.run([sys.executable, "-m", "jupyter", *command], env=env, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_both_extensions_are_enabled_and_ok(need: Need) -> None:
    listed = installed("labextension", "list")
    need("jupyter-tutor" in listed, "the installed labextension")
    line = next(line for line in listed.splitlines() if "jupyter-tutor" in line)
    assert "enabled" in line
    assert "OK" in line
    extensions = installed("server", "extension", "list")
    need("jupyter_tutor" in extensions, "the installed server extension")
    assert re.search(r"jupyter_tutor\S*\s+\S*enabled", extensions), extensions
    assert re.search(r"jupyter_tutor \S+ \S*OK", extensions), extensions


def test_the_bundle_is_small_and_holds_no_source_map() -> None:
    folder = Path(__file__).parent.parent.parent / "jupyter_tutor" / "labextension"
    if not folder.is_dir():
        from jupyter_core.paths import jupyter_path

        folder = next(path for f in jupyter_path("labextensions") if (path := Path(f, "jupyter-tutor")).is_dir())
    files = [path for path in folder.glob("**/*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".map"]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 150_000
