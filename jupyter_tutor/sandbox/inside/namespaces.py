"""Namespaces of its own for each child of the fork server: it sees no process, file or socket of another."""

import os
from collections.abc import Mapping

from jupyter_tutor.sandbox.inside import linux

HOME = "/home/learner"
"""A jail's own home, in memory; /tmp is its folder `tmp`, unless programs that it needs are installed below /tmp."""
TEMPORARY = f"{HOME}/tmp"  # noqa: S108
HOME_BYTES = 64_000_000


def own_user(others: int = 0) -> None:
    """Go on in a new user namespace, as the same user: in it the system counts the processes of this jail alone."""
    user, group = os.getuid(), os.getgid()
    linux.unshare(linux.NEW_USER | others)
    for file, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{file}", "w") as out:
            out.write(text)


def separate(folders: str, name: str, seen: Mapping[str, str]) -> None:
    """Go on as the first process of new namespaces. Of `folders`, only parts of `name` stay, at home: `seen` says
    which, and what they are called there.
    """
    own_user(linux.NEW_MOUNTS | linux.NEW_PIDS | linux.NEW_IPC)
    if os.fork():
        os._exit(0)
    quiet = linux.NO_SETUID | linux.NO_DEVICES
    linux.mount(None, "/", None, linux.RECURSIVE | linux.PRIVATE)
    linux.mount("proc", "/proc", "proc", quiet | linux.NO_EXEC)
    for path in (HOME, "/dev/shm"):  # noqa: S108 - mount points
        linux.mount("tmpfs", path, "tmpfs", quiet, f"size={HOME_BYTES},nr_inodes=10000,mode=1777")
    linux.mount("devpts", "/dev/pts", "devpts", linux.NO_SETUID | linux.NO_EXEC, "newinstance,ptmxmode=0666,mode=620")
    for part, own in {**seen, "tmp": "tmp"}.items():
        os.mkdir(f"{HOME}/{own}", 0o700)
        if part != "tmp":
            linux.mount(f"{folders}/{name}/{part}", f"{HOME}/{own}", None, linux.BIND)
    if not os.listdir("/tmp"):  # noqa: S108
        linux.mount(TEMPORARY, "/tmp", None, linux.BIND)  # noqa: S108
    linux.mount("tmpfs", folders, "tmpfs", quiet | linux.READ_ONLY, "size=4096")
