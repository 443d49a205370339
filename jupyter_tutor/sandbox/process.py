"""The `process` level: players and judges as plain processes with a cleared environment and a private folder.

There is no wall around them yet beyond that: learner code has the rights of whoever runs the grader.
"""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.grading.boundary.wire import MAX_BYTES
from jupyter_tutor.grading.job import Job
from jupyter_tutor.sandbox.player import KernelPlayer

LEVEL = "process"
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "PATHEXT")


def environment(home: Path, hash_seed: int) -> dict[str, str]:
    """All that a jailed process gets to know of the grader's environment."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    private = {
        name: str(home)
        for name in (
            "HOME",
            "TMPDIR",
            "TEMP",
            "TMP",
            "USERPROFILE",
            "IPYTHONDIR",
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
        )
    }
    fixed = {
        "PYTHONHASHSEED": str(hash_seed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return kept | private | fixed


def kernel_for(language: str) -> str:
    """The name of an installed kernel of a language. Raises OperatorError."""
    specs = KernelSpecManager()
    names = sorted(specs.find_kernel_specs(), key=lambda name: (name != "python3", name))
    for name in names:
        with contextlib.suppress(NoSuchKernel):
            if specs.get_kernel_spec(name).language.lower() == language.lower():
                return name
    raise OperatorError(f"there is no Jupyter kernel for {language}: install one (for Python: `pip install ipykernel`)")


class ProcessJail:
    """Implements `ports.Jail` without walls."""

    async def start_player(self, job: Job) -> KernelPlayer:
        kernel = kernel_for(job.language)
        folder = Path(tempfile.mkdtemp(prefix="tutor-"))
        work = folder / "work"
        work.mkdir()
        for name, source in job.files:
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        manager = AsyncKernelManager(kernel_name=kernel, connection_file=str(folder / "connection.json"))
        if os.name != "nt":
            manager.transport, manager.ip = "ipc", str(folder / "s")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return await KernelPlayer.start(manager, folder, cwd=str(work), env=environment(folder, job.hash_seed), **quiet)

    async def start_judge(self) -> "PipedJudge":
        folder = Path(tempfile.mkdtemp(prefix="tutor-"))
        command = (sys.executable, "-m", "jupyter_tutor.sandbox.judge_process")
        import_path = os.pathsep.join(p for p in sys.path if p)
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=folder,
            env=environment(folder, 0) | {"PYTHONPATH": import_path},
            limit=2 * MAX_BYTES,
        )
        return PipedJudge(process, folder)


class PipedJudge:
    """A judge at the other end of two pipes. Implements `ports.JudgeProcess`."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self.process, self.folder = process, folder
        assert process.stdin is not None
        assert process.stdout is not None
        self.stdin, self.stdout = process.stdin, process.stdout

    async def send(self, message: dict[str, Any]) -> None:
        self.stdin.write(json.dumps(message).encode() + b"\n")
        with contextlib.suppress(ConnectionError):
            await self.stdin.drain()

    async def receive(self, seconds: float) -> dict[str, Any]:
        try:
            line = await asyncio.wait_for(self.stdout.readline(), max(seconds, 0.01))
            message = json.loads(line)
        except ValueError:
            raise EOFError from None
        if not isinstance(message, dict):
            raise EOFError
        return message

    async def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()
        self.stdin.close()
        shutil.rmtree(self.folder, ignore_errors=True)
