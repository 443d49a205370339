"""ruff as the linter: a process per source, which reads nothing but its input."""

import asyncio
import contextlib
import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Mapping

from jupyter_tutor.ports import Lint

SECONDS = 5.0
"""It takes 0.02 s on a quiet machine."""
_FLAGS = ("check", "-", "--output-format=json", "--isolated", "--no-cache", "--ignore-noqa", "--preview", "--quiet")
_NEWEST = 13
"""The newest Python 3 that every supported ruff knows."""


def ruff() -> str | None:
    """The program: the one beside this interpreter before any other."""
    folders = [os.path.dirname(sys.executable), sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    return shutil.which("ruff", path=os.pathsep.join(folders))


class Ruff:
    """Implements `ports.Linter`. The source is data: it comes by standard input; no configuration, environment, cache
    or `noqa` comment counts.
    """

    def __init__(self, program: str | None = None) -> None:
        self.program = program or ruff()

    async def lint(self, source: str, rules: Iterable[str], options: Mapping[str, int]) -> tuple[Lint, ...] | None:
        if self.program is None:
            return None
        version = f"--target-version=py3{min(sys.version_info.minor, _NEWEST)}"
        settings = [part for name, value in options.items() for part in ("--config", f"{name}={value}")]
        try:
            process = await asyncio.create_subprocess_exec(
                *(self.program, *_FLAGS, version, f"--select={','.join(rules)}", *settings),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={},
                cwd=os.path.dirname(self.program),
            )
        except OSError:
            return None
        try:
            said, _ = await asyncio.wait_for(process.communicate(source.encode("utf-8", "replace")), SECONDS)
            return _read(said)
        except TimeoutError:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _read(said: bytes) -> tuple[Lint, ...] | None:
    """ruff's JSON. A source that it cannot parse has no findings to speak of."""
    try:
        found = json.loads(said)
        lints = tuple(Lint(str(f["code"]), int(f["location"]["row"]), str(f["message"])) for f in found)
    except (ValueError, TypeError, KeyError):
        return None
    return None if any(lint.rule in ("None", "invalid-syntax") for lint in lints) else lints
