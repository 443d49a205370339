"""What the filter of system calls answers, tried in a process that has only the filter around it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.sandbox import seccomp
from jupyter_tutor.sandbox.inside import linux

TRY = """
import base64, ctypes, errno, fcntl, json, os, resource, shutil, subprocess, sys
from jupyter_tutor.sandbox.inside import linux
beside = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
other, target = beside.pid, sys.argv[1]
libc = ctypes.CDLL(None, use_errno=True)
def done(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), '')
def call(*arguments):
    done(libc.syscall(*arguments))
linux.no_new_privileges()
linux.filter_calls(base64.b64decode(sys.stdin.read()))
tries = {
    'chmod': lambda: os.chmod(target, 0o777),
    'fchmodat2': lambda: call(452, -100, target.encode(), 0o777, 0),
    'utime': lambda: os.utime(target, (1, 1)),
    'copy': lambda: shutil.copy2(target, target + '.copy'),
    'chown': lambda: os.chown(target, os.getuid(), os.getgid()),
    'setxattr': lambda: os.setxattr(target, 'user.mark', b'x'),
    'setxattrat': lambda: call(463, -100, target.encode(), 0, b'user.mark', b'x' * 16, 16),
    'flags': lambda: fcntl.ioctl(os.open(target, os.O_RDONLY), 0x40086602, b'\\0' * 8),
    'limits': lambda: resource.getrlimit(resource.RLIMIT_CPU),
    'limits of others': lambda: resource.prlimit(other, resource.RLIMIT_CPU),
    'affinity': lambda: os.sched_setaffinity(0, os.sched_getaffinity(0)),
    'affinity of others': lambda: os.sched_setaffinity(other, os.sched_getaffinity(0)),
    'scheduler of others': lambda: os.sched_setscheduler(other, os.SCHED_BATCH, os.sched_param(0)),
    'priority': lambda: os.setpriority(os.PRIO_PROCESS, 0, 5),
    'priority of others': lambda: os.setpriority(os.PRIO_PROCESS, other, 5),
    'priority of all': lambda: os.setpriority(os.PRIO_USER, 0, 5),
    'shared memory': lambda: done(libc.shmctl(0, 0, None)),
    'unreadable memory': lambda: done(libc.prctl(4, 0, 0, 0, 0)),
    'truncate': lambda: os.truncate(target, 1),
    'open and truncate': lambda: os.open(target, os.O_RDONLY | os.O_TRUNC),
    'owner': lambda: fcntl.fcntl(0, fcntl.F_SETOWN, 0),
    'signal': lambda: os.kill(other, 0),
}
answers = {}
for name, each in tries.items():
    try:
        each()
        answers[name] = 'ok'
    except OSError as error:
        answers[name] = errno.errorcode[error.errno]
answers['is batch'] = 'ok' if os.sched_getscheduler(other) == os.SCHED_BATCH else 'no'
print(json.dumps(answers))
"""
CUT, SIGNALLED = ("truncate", "open and truncate"), ("owner", "signal")
HARMLESS = ("copy", "limits", "affinity", "priority")
EFFECTLESS = ("chmod", "fchmodat2", "utime", "scheduler of others")


@pytest.fixture
def answers(
    monkeypatch: pytest.MonkeyPatch, need: Callable[[bool, str], None], tmp_path: Path
) -> Iterator[Callable[[bool, int], dict[str, str]]]:
    """What each call answers, by the kind of jail and the version of Landlock."""
    need(sys.platform == "linux", "Linux")
    target = tmp_path / "target"

    def ask(own_namespaces: bool, landlock: int) -> dict[str, str]:
        target.write_text("kept")
        target.chmod(0o640)
        monkeypatch.setattr(linux, "landlock_version", lambda: landlock)
        seccomp.program.cache_clear()
        told = subprocess.run(
            [sys.executable, "-c", TRY, str(target)],
            input=seccomp.program(own_namespaces),
            text=True,
            capture_output=True,
            check=True,
        )
        return dict(json.loads(told.stdout))

    yield ask
    seccomp.program.cache_clear()


@pytest.mark.parametrize("landlock", [2, 5, 6])
def test_without_namespaces_no_call_reaches_files_or_processes_of_others(
    answers: Callable[[bool, int], dict[str, str]], tmp_path: Path, landlock: int
) -> None:
    said = answers(False, landlock)
    allowed = {*HARMLESS, *EFFECTLESS, *(CUT if landlock >= 3 else ()), *(SIGNALLED if landlock >= 6 else ())}
    assert {name for name, answer in said.items() if answer == "ok"} == allowed
    assert (said["setxattr"], said["setxattrat"]) == ("ENOTSUP", "ENOTSUP")
    about = (tmp_path / "target").stat()
    assert (about.st_mode & 0o777, about.st_mtime > 1) == (0o640, True)
    assert about.st_size == (0 if landlock >= 3 else 4)


def test_with_namespaces_files_are_the_jails_own(answers: Callable[[bool, int], dict[str, str]]) -> None:
    said = answers(True, 6)
    assert {said[name] for name in (*HARMLESS, *EFFECTLESS[:3], *CUT, "chown")} == {"ok"}
    assert (said["shared memory"], said["unreadable memory"]) == ("EPERM", "EPERM")
