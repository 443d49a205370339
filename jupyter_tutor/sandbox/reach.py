"""Which paths a jailed process may read: its interpreter, the packages, the system's libraries, and no more."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
_SYSTEM = ("/usr", "/nix/store")
_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = (
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "timezone"),
    *("mime.types", "fonts", "alternatives"),
)
_MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu")
_HIDDEN = ("share/jupyter/tutor", "etc/jupyter", "local/share/jupyter/tutor", "local/etc/jupyter")
"""The installed curriculum, and settings of Jupyter, which may hold secrets."""


def roots(command: str = sys.executable) -> tuple[Path, ...]:
    """Folders of programs and packages, `command`'s own among them."""
    own = [Path(sys.prefix), Path(sys.base_prefix), PACKAGE, *_packages()]
    program = Path(command)
    if program.is_absolute():
        own += [program.parent.parent, program.resolve().parent.parent]
    found = [path for path in (*map(Path, _SYSTEM), *own) if path.is_dir() and path != Path("/")]
    return tuple(path for path in dict.fromkeys(found) if not any(path != o and path.is_relative_to(o) for o in found))


def _packages() -> Iterator[Path]:
    """Where this interpreter finds packages, wherever they were installed."""
    for entry in sys.path:
        if os.path.basename(entry) in ("site-packages", "dist-packages"):
            yield Path(entry)


def open_to_all() -> bool:
    """Whether a user without rights reaches the interpreter and the packages."""
    paths = [step for root in roots() for step in (root, *root.parents)]
    return all(os.stat(path).st_mode & 0o001 for path in paths)


def hidden(folders: tuple[Path, ...]) -> list[Path]:
    """Folders below `folders` that stay out of sight."""
    return [path for folder in folders for name in _HIDDEN if (path := folder / name).is_dir()]


def links() -> list[tuple[str, str | None]]:
    """The system's folders beside /usr, with the target of those that are links."""
    return [(path, os.readlink(path) if os.path.islink(path) else None) for path in _LINKS if os.path.exists(path)]


def settings() -> list[str]:
    """The system's settings that libraries read."""
    return [path for name in _SETTINGS if os.path.exists(path := f"/etc/{name}")]


def open_paths(command: str = sys.executable) -> tuple[str, ...]:
    """The same for Landlock, which cannot take back a part of what it opened: with the hidden folders left out."""
    folders = roots(command)
    closed = hidden(folders)
    found: list[Path] = []
    for folder in folders:
        found += _without(folder, [path for path in closed if path.is_relative_to(folder)])
    plain = [path for path, _ in links() if not os.path.islink(path)]
    return (*map(str, found), *plain, *settings(), *_MACHINE, "/dev/urandom", "/dev/random")


def _without(folder: Path, closed: list[Path]) -> list[Path]:
    """A folder, or the parts of it that are not closed."""
    if not closed:
        return [folder]
    if folder in closed:
        return []
    return [
        part
        for child in folder.iterdir()
        for part in _without(child, [path for path in closed if path.is_relative_to(child)])
    ]
