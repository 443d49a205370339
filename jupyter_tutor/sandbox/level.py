"""The levels of the sandbox, strongest first, and which one this machine can have."""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from jupyter_tutor.errors import OperatorError
from jupyter_tutor.sandbox import reach, seccomp
from jupyter_tutor.sandbox.inside import linux
from jupyter_tutor.sandbox.inside.namespaces import HOME, HOME_BYTES
from jupyter_tutor.sandbox.inside.walls import Walls

LEVELS = ("bwrap", "landlock", "process")
_TMP, _SHARED_MEMORY = "/tmp", "/dev/shm"  # noqa: S108 - where the jail has them
NOBODY = 65534
"""The user that jailed processes become when the worker is root."""
INSIDE = "/run/tutor"
"""Where a jail of level `bwrap` sees the worker's folder."""
_PROBE_SECONDS = 20.0
_LAUNCH = "jupyter_tutor.sandbox.inside.launch"


@dataclass(frozen=True)
class Level:
    """One level. `why` says how it was chosen, for `doctor`."""

    name: str
    why: str = ""

    @property
    def walls(self) -> Walls:
        if self.name == "bwrap":
            return Walls(self.user, seccomp.program(True), folders=INSIDE)
        if self.name == "landlock":
            return Walls(self.user, seccomp.program(False), reach.open_paths(), listed=str(reach.PACKAGE.parent))
        return Walls()

    @property
    def user(self) -> int | None:
        """The user that jailed processes become, and that owns their files; None is the worker's own."""
        if os.getuid() != 0 or self.name == "process":
            return None
        return NOBODY if self.name == "bwrap" or reach.open_to_all() else None

    @property
    def grouped(self) -> bool:
        """Whether a jail is held together by its process group, for want of a namespace."""
        return self.name != "bwrap"

    def view(self, folder: Path, part: str) -> str:
        """How a process started cold sees a part of its folder."""
        if self.name != "bwrap":
            return str(folder / part)
        return {"home": HOME, "judge": f"{HOME}/work"}.get(part, f"{HOME}/{part}")

    def cold(
        self,
        command: list[str],
        folder: Path,
        parts: tuple[str, ...],
        env: Mapping[str, str],
        limits: Mapping[str, int],
        own: bool = False,
    ) -> list[str]:
        """The command that starts a program in a jail with some parts of a folder.

        It begins in the last of them. `env` is all that the program gets to know; it has to name the package's folder
        as PYTHONPATH, which the program itself sees only when it is the package's `own`.
        """
        walls, options = replace(self.walls, limits=limits), ("--own",) if own else ()
        if self.name == "process":
            return _launch(walls, command, "--guard", *options) if sys.platform == "linux" else command
        if self.name == "landlock":
            write = tuple(str(folder / part) for part in (*parts, "home"))
            walls = replace(walls, read=reach.open_paths(command[0]), write=write)
            return _launch(walls, command, "--guard", *options)
        binds: list[tuple[str, ...]] = [("--bind", str(folder / part), self.view(folder, part)) for part in parts]
        binds.append(("--chdir", self.view(folder, parts[-1])))
        return bwrap(_launch(replace(walls, folders="own"), command, *options), binds, env, command[0])

    def server(self, command: list[str], root: Path, env: Mapping[str, str]) -> list[str]:
        """The command that starts a program of the package that puts each of its children in a jail of its own."""
        launched = _launch(Walls(self.user), command, "--own")
        if self.name != "bwrap":
            return launched
        return bwrap(launched, [("--bind", str(root), INSIDE)], env, command[0])


def _launch(walls: Walls, command: list[str], *options: str) -> list[str]:
    return [sys.executable, "-m", _LAUNCH, *options, json.dumps(walls.to_json()), "--", *command]


def bwrap(command: list[str], binds: Sequence[tuple[str, ...]], env: Mapping[str, str], program: str) -> list[str]:
    """A bubblewrap command line. Root keeps its rights until the program's launcher drops them, so that it can bind
    what only root can reach; others get a user namespace.
    """
    folders = reach.roots(program)
    words = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net"]
    words += ["--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "tutor", "--clearenv"]
    # what bubblewrap mounts at /proc for root cannot be mounted again by a child: there the launcher does it
    words += ["--dir", "/proc"] if os.getuid() == 0 else ["--unshare-user", "--proc", "/proc"]
    words += ["--dev", "/dev", "--tmpfs", _TMP]
    for memory in (_SHARED_MEMORY, HOME):
        words += ["--perms", "1777", "--size", str(HOME_BYTES), "--tmpfs", memory]
    for name, value in env.items():
        words += ["--setenv", name, value]
    for parent in dict.fromkeys(step for path in (*folders, Path(INSIDE)) for step in reversed(path.parents)):
        words += (
            ["--dir", str(parent)] if parent != Path("/") else []
        )  # those that bubblewrap makes are closed to users
    for folder in folders:
        words += ["--ro-bind", str(folder), str(folder)]
    for path, target in reach.links():
        words += ["--symlink", target, path] if target else ["--ro-bind", path, path]
    words += ["--dir", "/etc"]
    for path in reach.settings():
        words += ["--ro-bind", path, path]
    for closed in map(str, reach.hidden(program)):
        is_folder = os.path.isdir(closed)
        words += ["--tmpfs", closed, "--remount-ro", closed] if is_folder else ["--ro-bind", os.devnull, closed]
    for bind in binds:
        words += bind
    return [*words, "--remount-ro", _TMP, "--remount-ro", "/dev", "--remount-ro", "/", "--", *command]


async def choose(wanted: str, env: Mapping[str, str]) -> Level:
    """The wanted level, or for `auto` the strongest that works here. Raises OperatorError."""
    reasons: list[str] = []
    for name in LEVELS if wanted == "auto" else (wanted,):
        reason = await problem(name, env)
        if not reason:
            return Level(name, "; ".join(reasons) or ("set so" if wanted != "auto" else "the strongest there is"))
        reasons.append(f"{name}: {reason}")
    raise OperatorError(f"the sandbox level {wanted!r} does not work here ({reasons[0]}): set c.Tutor.sandbox")


async def problem(name: str, env: Mapping[str, str]) -> str:
    """Why a level does not work on this machine; nothing when it does. The level is tried, not guessed."""
    if name == "process":
        return ""
    if sys.platform != "linux":
        return "only Linux has it"
    if name == "bwrap" and shutil.which("bwrap") is None:
        return "bubblewrap is not installed (`apt install bubblewrap`)"
    if name == "landlock" and linux.landlock_version() == 0:
        return "the kernel has no Landlock"
    try:
        level = Level(name)
        probe = [sys.executable, "-m", "jupyter_tutor.sandbox.inside.probe", json.dumps(level.walls.to_json())]
        command = level.server(probe, Path(tempfile.gettempdir()), env)
    except (ImportError, RuntimeError, OSError) as error:
        return f"seccomp cannot be used ({error}); install libseccomp2"
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={} if name == "bwrap" else dict(env),
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), _PROBE_SECONDS)
    except TimeoutError:
        return "trying it took too long"
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    lines = said.decode(errors="replace").strip().splitlines()
    return "" if lines and lines[-1] == "ok" else (lines or ["it did not start"])[-1][:200]
