"""The jails hold as well when the grader itself is a plain user, whose files and processes the learner's code has."""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.sandbox import reach
from tests.conftest import REPOSITORY
from tests.sandbox.attacks import HOARDS, SPIES
from tests.sandbox.plain import LEFT_OUT

USER = 65533
BECOME = f"import os, sys; os.setgroups([]); os.setgid({USER}); os.setuid({USER}); os.execv(sys.argv[1], sys.argv[1:])"


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of the plain user's own, with a short path."""
    folder = Path(tempfile.mkdtemp())
    (folder / "tmp").mkdir()
    if os.getuid() == 0:
        for path in (folder, folder / "tmp"):
            os.chown(path, USER, USER)
    yield folder
    shutil.rmtree(folder)


def closed_to_others(path: Path) -> Path | None:
    """The first folder on the way to a path that others cannot pass."""
    return next((step for step in reversed(path.parents) if not step.stat().st_mode & 0o001), None)


def as_plain_user(command: list[str]) -> list[str]:
    """A command that runs as a plain user. Where the interpreter is in root's own folders, the user sees those with
    nothing but the interpreter in them.
    """
    if os.getuid() != 0:
        return command
    behind = {path: closed for path in (*reach.roots(), REPOSITORY) if (closed := closed_to_others(path))}
    words = ["bwrap", "--dev-bind", "/", "/"]
    for closed in dict.fromkeys(behind.values()):
        words += ["--perms", "0755", "--tmpfs", str(closed)]
    for path, closed in behind.items():
        for step in reversed(path.parents):
            words += ["--perms", "0755", "--dir", str(step)] if step.is_relative_to(closed) and step != closed else []
        words += ["--ro-bind", str(path), str(path)]
    return [*words, "--", sys.executable, "-c", BECOME, *command]


@pytest.mark.parametrize("level", ["bwrap", "landlock"])
async def test_no_attack_reaches_anything_of_a_plain_user(
    level: str, home: Path, need: Callable[[bool, str], None]
) -> None:
    need(os.getuid() != 0 or shutil.which("bwrap") is not None, "bubblewrap")
    process = await asyncio.create_subprocess_exec(
        *as_plain_user([sys.executable, "-m", "tests.sandbox.plain", level]),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": str(REPOSITORY)},
    )
    said, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    found = json.loads(said)
    need("reason" not in found, f"sandbox level {level} for a plain user ({found.get('reason')})")
    assert found["user"] != 0
    assert len(found["spied"]) == len(SPIES) - len(LEFT_OUT)
    assert [name for name, status in found["spied"] if status != "passed"] == []
    for name in HOARDS:
        ending, message = found["hoarded"][name]
        assert ending == "killed", (name, message)
        assert any(words in message for words in name.partition(":")[0].split("|")), (name, message)
    assert found["left"] == []
