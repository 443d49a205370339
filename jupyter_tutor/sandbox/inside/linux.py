"""The few calls to Linux that Python does not offer."""

import ctypes
import os
import signal
import struct

_libc = ctypes.CDLL(None, use_errno=True)

NEW_MOUNTS, NEW_IPC, NEW_USER, NEW_PIDS = 0x20000, 0x08000000, 0x10000000, 0x20000000
READ_ONLY, NO_SETUID, NO_DEVICES, NO_EXEC, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 0x1000, 0x4000, 0x40000

_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES = 1, 4, 22, 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_CAPABILITIES_VERSION = 0x20080522
_FILTER_STEP = 8
"""Bytes of one instruction of a seccomp program."""


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave namespaces that are shared with other processes."""
    _check(_libc.unshare(flags), "unshare")


def mount(source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    encoded = [text.encode() if text else None for text in (source, target, kind, options)]
    _check(_libc.mount(*encoded[:3], ctypes.c_ulong(flags), encoded[3]), f"mount {target}")


def die_with_parent() -> None:
    """Be killed when the parent thread ends."""
    _check(_libc.prctl(_SET_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0), "prctl")


def be_dumpable() -> None:
    """Own one's files in /proc again after a change of user: without them no user namespace can be set up."""
    _check(_libc.prctl(_SET_DUMPABLE, 1, 0, 0, 0), "prctl")


def no_new_privileges() -> None:
    """No program that is started from here gains rights by its file's owner."""
    _check(_libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")


def drop_capabilities() -> None:
    """Give up all capabilities."""
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITIES_VERSION, 0))
    _check(_libc.capset(header, ctypes.create_string_buffer(24)), "capset")


def filter_calls(program: bytes) -> None:
    """Put a compiled seccomp program in force, for good."""
    body = ctypes.create_string_buffer(program)
    header = struct.pack("H6xP", len(program) // _FILTER_STEP, ctypes.addressof(body))
    _check(_libc.prctl(_SET_SECCOMP, 2, ctypes.create_string_buffer(header), 0, 0), "seccomp")


def landlock_version() -> int:
    """The version of Landlock's interface; 0 where the system has none."""
    return max(0, int(_libc.syscall(_LANDLOCK_CREATE, None, 0, 1)))


def landlock_rules(attributes: bytes) -> int:
    """A new set of rules, as a file descriptor."""
    return _check(_libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0), "landlock")


def landlock_allow(rules: int, access: int, descriptor: int) -> None:
    """Allow accesses at and below an opened path."""
    _check(_libc.syscall(_LANDLOCK_ADD, rules, 1, struct.pack("=Qi", access, descriptor), 0), "landlock")


def landlock_restrict(rules: int) -> None:
    """Put rules in force, for good."""
    _check(_libc.syscall(_LANDLOCK_RESTRICT, rules, 0), "landlock")
