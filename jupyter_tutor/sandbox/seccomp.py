"""The system calls that no jailed process may make, compiled once per worker."""

import base64
import errno
import os
import socket
import tempfile
from contextlib import nullcontext, suppress
from functools import cache
from typing import Any, NamedTuple

from jupyter_tutor.sandbox.inside import linux

_NEVER = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "mount_setattr"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "ptrace", "process_vm_readv", "process_vm_writev", "kcmp"),
    *("pidfd_getfd", "process_madvise", "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "init_module", "finit_module", "delete_module"),
    *("kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "syslog", "acct", "quotactl", "personality"),
    *("open_by_handle_at", "name_to_handle_at", "lookup_dcookie", "nfsservctl", "vhangup", "settimeofday"),
    *("clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm", "modify_ldt"),
    *("memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mq_open"),  # memory that no limit counts
    *("shmat", "shmctl", "msgsnd", "msgrcv", "msgctl", "semop", "semtimedop", "semctl", "mq_unlink"),
    *("connect",),  # the kernel's sockets are bound, nothing here has to reach out
)
_NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_LEAVING_THE_GROUP = ("setsid", "setpgid")
_SIGNALS = ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal")
_OF_OTHERS = (  # what Landlock does not keep from the files and processes of the same user
    *("chown", "fchown", "lchown", "fchownat", "file_getattr", "file_setattr", "inotify_add_watch", "fanotify_init"),
    *("ioprio_set", "migrate_pages", "move_pages", "process_mrelease"),
)
_MODES_AND_TIMES = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "utime", "utimes", "futimesat", "utimensat", "utimensat_time64"),
)
_ATTRIBUTES = tuple(
    f"{start}{what}xattr{end}"
    for what in ("set", "get", "list", "remove")
    for start, end in (("", ""), ("l", ""), ("f", ""), ("", "at"))
)
_OF_ONE_PROCESS = ("prlimit64", "sched_setaffinity", "sched_setattr")
_OF_ONE_THREAD = ("sched_setscheduler", "sched_setparam")
"""Calls whose first argument is a process; 0 is the caller. ZeroMQ names its own threads, and ends with an error."""
_NEWER = {
    **{"fchmodat2": 452, "setxattrat": 463, "getxattrat": 464, "listxattrat": 465, "removexattrat": 466},
    **{"file_getattr": 468, "file_setattr": 469},
}
"""Calls whose names a libseccomp may not know. Their numbers are the same on all machines."""
_SET_DUMPABLE = 4
_OF_ALL_THE_USERS = 2
_SET_FLAGS, _SET_MORE_FLAGS = 0x40086602, 0x401C5820
_SET_OWNER, _SET_SIGNAL, _SET_OWNER_TOO = 8, 10, 15
_SET_OWNER_OF_SOCKET, _SET_GROUP_OF_SOCKET = 0x8901, 0x8902
_TRUNCATES, _SCOPED_SIGNALS = 3, 6
"""The versions of Landlock from which it keeps files from being cut short, and signals inside."""
_TYPE_MASK = 0xF
_FAMILIES = 64


class _Rules(NamedTuple):
    """A filter that is being made, with libseccomp's module."""

    seccomp: Any
    filter: Any

    def answer(self, number: int, *names: str, where: Any = ()) -> None:
        """Let calls fail with an error's number, or with 0 succeed without effect, where the arguments are such."""
        for name in names:
            call = _NEWER.get(name) or self.seccomp.resolve_syscall(self.seccomp.Arch.NATIVE, name)
            with suppress(OSError) if call < 0 else nullcontext():  # not every machine has every call
                self.filter.add_rule(self.seccomp.ERRNO(number), call, *where)

    def word(self, argument: int, value: int, mask: int = 0xFFFFFFFF) -> Any:
        """Where an argument of 32 bits is this: the system does not look at the others."""
        return self.seccomp.Arg(argument, self.seccomp.MASKED_EQ, mask, value)


@cache
def program(own_namespaces: bool) -> str:
    """The compiled filter in base64. Without namespaces it also keeps processes in their group, and from the files and
    processes of others.

    Raises ImportError or RuntimeError where libseccomp is missing.
    """
    import pyseccomp as seccomp

    rules = _Rules(seccomp, seccomp.SyscallFilter(defaction=seccomp.ALLOW))
    rules.answer(errno.EPERM, *_NEVER)
    for flag in _NEW_NAMESPACES:
        rules.answer(errno.EPERM, "clone", where=[rules.word(0, flag, flag)])
    rules.answer(errno.ENOSYS, "clone3")  # its flags cannot be read here: libraries fall back to clone
    rules.answer(errno.EPERM, "prctl", where=[rules.word(0, _SET_DUMPABLE)])  # the worker reads how much memory it has
    _only_local_streams(rules)
    if not own_namespaces:
        _only_own(rules, linux.landlock_version())
    with tempfile.TemporaryFile() as file:
        rules.filter.export_bpf(file)
        file.seek(0)
        return base64.b64encode(file.read()).decode()


def _only_own(rules: _Rules, landlock: int) -> None:
    """What namespaces do elsewhere. Modes and times stay as they are, without an error, so that files can be copied."""
    arg, other = rules.seccomp.Arg, rules.seccomp.NE
    rules.answer(0, *_MODES_AND_TIMES)
    rules.answer(errno.ENOTSUP, *_ATTRIBUTES)
    rules.answer(errno.EPERM, *_LEAVING_THE_GROUP, *_OF_OTHERS)
    rules.answer(errno.EPERM, *_OF_ONE_PROCESS, where=[arg(0, other, 0)])
    rules.answer(0, *_OF_ONE_THREAD, where=[arg(0, other, 0)])
    rules.answer(errno.EPERM, "setpriority", where=[arg(1, other, 0)])
    rules.answer(errno.EPERM, "setpriority", where=[rules.word(0, _OF_ALL_THE_USERS)])
    for flags in (_SET_FLAGS, _SET_MORE_FLAGS):
        rules.answer(errno.EPERM, "ioctl", where=[rules.word(1, flags)])
    if landlock < _TRUNCATES:
        rules.answer(errno.EPERM, "truncate", "truncate64")
        rules.answer(errno.ENOSYS, "openat2")  # its flags cannot be read here
        for name, argument in (("open", 1), ("openat", 2)):
            mask = os.O_TRUNC | os.O_ACCMODE
            rules.answer(errno.EPERM, name, where=[rules.word(argument, os.O_TRUNC | os.O_RDONLY, mask)])
    if landlock < _SCOPED_SIGNALS:
        rules.answer(errno.EPERM, *_SIGNALS)
        for command in (_SET_OWNER, _SET_SIGNAL, _SET_OWNER_TOO):
            rules.answer(errno.EPERM, "fcntl", where=[rules.word(1, command)])
        for command in (_SET_OWNER_OF_SOCKET, _SET_GROUP_OF_SOCKET):
            rules.answer(errno.EPERM, "ioctl", where=[rules.word(1, command)])


def _only_local_streams(rules: _Rules) -> None:
    """Sockets may be Unix streams: no network, and no datagram that names its receiver. ZeroMQ reads the list of
    network interfaces, and ends the process when it cannot.
    """
    seccomp, unknown = rules.seccomp, errno.EAFNOSUPPORT  # as on a machine without it: libraries know what to do
    unix, interfaces = int(socket.AF_UNIX), int(getattr(socket, "AF_NETLINK", 16))
    calls = ("socket", "socketpair")
    for family in range(_FAMILIES):
        if family not in (unix, interfaces):
            rules.answer(unknown, *calls, where=[seccomp.Arg(0, seccomp.EQ, family)])
    rules.answer(unknown, *calls, where=[seccomp.Arg(0, seccomp.GE, _FAMILIES)])
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):  # raw Unix sockets are datagram sockets too
        datagram = rules.word(1, int(kind), _TYPE_MASK)
        rules.answer(errno.EPERM, *calls, where=[seccomp.Arg(0, seccomp.EQ, unix), datagram])
    other = seccomp.Arg(2, seccomp.NE, 0)
    rules.answer(errno.EPERM, *calls, where=[seccomp.Arg(0, seccomp.EQ, interfaces), other])
