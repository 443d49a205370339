"""`jupyter tutor today` and `jupyter tutor lab`."""

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from jupyter_tutor.cli.folder import FolderNotebooks
from jupyter_tutor.config_files import load_settings
from jupyter_tutor.errors import TutorError
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.tutor import build


async def today(arguments: Namespace) -> int:
    """Write today's notebook if it is not there, and print where it is."""
    if not arguments.root.is_dir():
        raise TutorError(f"there is no folder {arguments.root}: make it, or name another with --root")
    print(arguments.root / await _write_today(arguments.root))
    return 0


async def lab(arguments: Namespace) -> int:
    """Write today's notebook and become JupyterLab on it."""
    root = Path(os.path.abspath(arguments.root))
    if not root.is_dir():
        raise TutorError(f"there is no folder {root}: make it, or name another with --root")
    print("Getting today's exercise ready ...", flush=True)
    try:
        page = f"/lab/tree/{await _write_today(root)}"
    except TutorError as error:
        print(f"jupyter tutor: {error}", file=sys.stderr)
        page = "/lab"
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}", f"--LabApp.default_url={page}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("You are root: learner code runs with all rights. Better be an ordinary user.", file=sys.stderr)
        command.append("--allow-root")
    return _become([*command, *arguments.further])


async def _write_today(root: Path) -> str:
    """The path of today's notebook below a folder."""
    tutor = await build(load_settings(), FolderNotebooks(root))
    try:
        view = await tutor.today(LEARNER)
        daily, _ = await tutor.open(LEARNER, view.daily.id)
        return daily.path
    finally:
        await tutor.close()


def _become(command: list[str]) -> int:
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return subprocess.call(command)  # noqa: S603
