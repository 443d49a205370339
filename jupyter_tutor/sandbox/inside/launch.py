"""Starts a program inside walls: `launch WALLS -- COMMAND...`, WALLS as JSON.

`--own` programs belong to this package. With `--guard` it stays beside the program, and ends it with all that it
started when its own input ends: for systems where no namespace does that.
"""

import json
import os
import select
import signal
import sys
from contextlib import suppress

from jupyter_tutor.sandbox.inside import linux
from jupyter_tutor.sandbox.inside.namespaces import own_user
from jupyter_tutor.sandbox.inside.walls import Walls, become, close_in


def main() -> None:
    """Set up the walls and become the program."""
    split = sys.argv.index("--")
    walls, command = Walls.from_json(json.loads(sys.argv[split - 1])), sys.argv[split + 1 :]
    if "--own" not in sys.argv[1:split]:
        os.environ.pop("PYTHONPATH", None)  # of this package's interpreter; the program may be another one
    if not os.listdir("/proc"):
        linux.mount("proc", "/proc", "proc", linux.NO_SETUID | linux.NO_DEVICES | linux.NO_EXEC)
    become(walls.user)
    if walls.folders:
        own_user()
    if "--guard" in sys.argv[1:split]:
        child = os.fork()
        if child:
            guard(child)
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    close_in(walls)
    os.execvp(command[0], command)  # noqa: S606 - the kernel, as its spec says


def guard(child: int) -> None:
    """Wait for the child or for the end of the input; leave nothing of the child's group."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting = select.poll()
    waiting.register(0, select.POLLIN)
    waiting.register(os.pidfd_open(child), select.POLLIN)
    waiting.poll()
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os._exit(max(0, os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main()
