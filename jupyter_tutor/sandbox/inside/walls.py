"""The walls that a process puts around itself before it runs anything of a learner's."""

import base64
import os
import resource
import stat
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from jupyter_tutor.sandbox.inside import linux

_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_REFER, _TRUNCATE, _DEVICE = 1 << 13, 1 << 14, 1 << 15
_ALL_FIRST = (1 << 13) - 1
_MAKE_DEVICES = 1 << 6 | 1 << 11
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE
_NET, _SCOPES = 0b11, 0b11


@dataclass(frozen=True)
class Walls:
    """What a jailed process may do.

    `user` is the real user and group to become (root only). `calls` is a seccomp program in base64. `read` and `write`
    are the paths that Landlock leaves open, None where namespaces hide all others already; of the folder `listed` it
    leaves the names. `folders` says
    that namespaces surround it; each child of the fork server gets its own, with its part of that folder. `limits`
    are those that the system enforces for each process, by the name of the resource.
    """

    user: int | None = None
    calls: str = ""
    read: tuple[str, ...] | None = None
    write: tuple[str, ...] = ()
    listed: str = ""
    folders: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Walls":
        values = {each.name: data[each.name] for each in fields(cls)}
        read = None if data["read"] is None else tuple(data["read"])
        return cls(**values | {"read": read, "write": tuple(data["write"])})


def become(user: int | None) -> None:
    """Drop root, for good."""
    if user is not None and os.getuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        linux.be_dumpable()


def close_in(walls: Walls) -> None:
    """Everything that holds for the rest of this process and for all that it starts."""
    for name, most in walls.limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            with suppress(ValueError):  # the limit is lower already
                resource.setrlimit(kind, (most, most))
    if not walls.calls:
        return
    linux.no_new_privileges()
    if walls.read is not None:
        _landlock(walls.read, (*walls.write, "/dev/null", "/dev/zero", "/dev/full"), walls.listed)
    linux.drop_capabilities()
    linux.filter_calls(base64.b64decode(walls.calls))


def _landlock(read: tuple[str, ...], write: tuple[str, ...], listed: str) -> None:
    """Close the file system, but for these paths; and the network and other processes, as far as the system can."""
    version = linux.landlock_version()
    every = _ALL_FIRST | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    every |= _DEVICE if version >= 5 else 0
    attributes = struct.pack("=QQQ", every, _NET, _SCOPES)
    rules = linux.landlock_rules(attributes[: 8 if version < 4 else 16 if version < 6 else 24])
    for path in (*read, "/proc/self"):
        _allow(rules, path, _EXECUTE | _READ | _LIST)
    if listed:
        _allow(rules, listed, _LIST)
    for path in write:
        _allow(rules, path, every & ~_MAKE_DEVICES)
    linux.landlock_restrict(rules)
    os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        access &= _OF_FILES
    linux.landlock_allow(rules, access, descriptor)
    os.close(descriptor)
