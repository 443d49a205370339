"""The system calls that no jailed process may make, compiled once per worker."""

import base64
import errno
import socket
import tempfile
from contextlib import suppress
from functools import cache
from typing import Any

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
    *("connect",),  # the kernel's sockets are bound, nothing here has to reach out
)
_NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_LEAVING_THE_GROUP = ("setsid", "setpgid")
_SIGNALS = ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal")
_SCOPED_SIGNALS = 6
"""The version of Landlock from which it keeps signals inside."""
_TYPE_MASK = 0xF
_FAMILIES = 64


@cache
def program(own_namespaces: bool) -> str:
    """The compiled filter in base64. Without namespaces it also keeps processes in their group, and from others.

    Raises ImportError or RuntimeError where libseccomp is missing.
    """
    import pyseccomp as seccomp

    refuse = seccomp.ERRNO(errno.EPERM)
    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    names = list(_NEVER)
    if not own_namespaces:
        names += _LEAVING_THE_GROUP
        names += _SIGNALS if linux.landlock_version() < _SCOPED_SIGNALS else ()
    for name in names:
        with suppress(ValueError, OSError, RuntimeError):  # not every machine has every call
            rules.add_rule(refuse, name)
    for flag in _NEW_NAMESPACES:
        rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")  # its flags cannot be read here: libraries fall back to clone
    _only_local_streams(seccomp, rules, refuse)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return base64.b64encode(file.read()).decode()


def _only_local_streams(seccomp: Any, rules: Any, refuse: Any) -> None:
    """Sockets may be Unix streams: no network, and no datagram that names its receiver. ZeroMQ reads the list of
    network interfaces, and ends the process when it cannot.
    """
    unknown = seccomp.ERRNO(errno.EAFNOSUPPORT)  # as on a machine without it: libraries know what to do
    unix, interfaces = int(socket.AF_UNIX), int(getattr(socket, "AF_NETLINK", 16))
    datagrams = [  # raw Unix sockets are datagram sockets too
        seccomp.Arg(1, seccomp.MASKED_EQ, _TYPE_MASK, int(kind)) for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW)
    ]
    for name in ("socket", "socketpair"):
        for family in range(_FAMILIES):
            if family not in (unix, interfaces):
                rules.add_rule(unknown, name, seccomp.Arg(0, seccomp.EQ, family))
        rules.add_rule(unknown, name, seccomp.Arg(0, seccomp.GE, _FAMILIES))
        for datagram in datagrams:
            rules.add_rule(refuse, name, seccomp.Arg(0, seccomp.EQ, unix), datagram)
        rules.add_rule(refuse, name, seccomp.Arg(0, seccomp.EQ, interfaces), seccomp.Arg(2, seccomp.NE, 0))
