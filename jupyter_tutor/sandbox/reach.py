"""Which paths a jailed process may read: its interpreter, the packages, the system's libraries, and no more."""

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
_SYSTEM = ("/usr", "/nix/store")
_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = (
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "timezone"),
    *("mime.types", "fonts", "alternatives"),
)
_MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu")
_HIDDEN = (
    *("share/jupyter/tutor", "share/jupyter/runtime", "etc/jupyter", "etc/jupyterhub", "etc/conda", "etc/pip.conf"),
    *("pip.conf", "uv.toml", "condarc", ".condarc", "conda-meta/state", ".env", ".netrc", ".pypirc"),
)
"""The installed curriculum, and settings of an installation, which may hold secrets."""
_PARTS = ("bin", "lib", "lib64", "libexec", "share/jupyter/kernels", "pyvenv.cfg")
"""What a program needs of an installation that shares its folder with a person's own files."""
_PEOPLE = (Path("/home"), Path("/Users"))


def roots(command: str = sys.executable) -> tuple[Path, ...]:
    """Folders, and some files, of programs and packages, `command`'s own among them."""
    own = [part for place in _installations(command) for part in _own_parts(place)]
    found = [path for path in (*own, PACKAGE, *_packages()) if path.exists() and path != Path("/")]
    return tuple(path for path in dict.fromkeys(found) if not any(path != o and path.is_relative_to(o) for o in found))


def _installations(command: str) -> list[Path]:
    """Folders with programs and their libraries, whether or not one is in another."""
    found = [*map(Path, _SYSTEM), Path(sys.prefix), Path(sys.base_prefix)]
    program = Path(command)
    if program.is_absolute():
        found += [program.parent.parent, program.resolve().parent.parent]
    return found


def _own_parts(place: Path) -> list[Path]:
    """An installation, or only its parts where it is a home, is around one, or is what people have in theirs."""
    if place == Path("/"):
        return []
    people = (Path(os.path.expanduser("~")), *_PEOPLE)
    broad = place.name == ".local" or place.parent in _PEOPLE or any(home.is_relative_to(place) for home in people)
    return [place / part for part in _PARTS] if broad and str(place) not in _SYSTEM else [place]


def _packages() -> Iterator[Path]:
    """Where this interpreter finds packages, wherever they were installed."""
    for entry in sys.path:
        if os.path.basename(entry) in ("site-packages", "dist-packages"):
            yield Path(entry)


def open_to_all() -> bool:
    """Whether a user without rights reaches the interpreter and the packages."""
    paths = [step for root in roots() for step in (root, *root.parents)]
    return all(os.stat(path).st_mode & (0o001 if path.is_dir() else 0o004) for path in paths)


def hidden(command: str = sys.executable) -> list[Path]:
    """Folders and files below the roots that stay out of sight."""
    folders, places = roots(command), _installations(command)
    places += [Path("/usr/local"), *(inner for place in places for inner in place.glob("envs/*"))]
    found: dict[Path, None] = {}
    for place, name in product(places, _HIDDEN):
        path = place / name
        real = path.resolve()
        found |= dict.fromkeys([real] if real != place.resolve() / name else [path, real])  # nothing mounts over a link
    return [path for path in found if path.exists() and any(path.is_relative_to(folder) for folder in folders)]


def links() -> list[tuple[str, str | None]]:
    """The system's folders beside /usr, with the target of those that are links."""
    return [(path, os.readlink(path) if os.path.islink(path) else None) for path in _LINKS if os.path.exists(path)]


def settings() -> list[str]:
    """The system's settings that libraries read."""
    return [path for name in _SETTINGS if os.path.exists(path := f"/etc/{name}")]


def open_paths(command: str = sys.executable) -> tuple[str, ...]:
    """The same for Landlock, which cannot take back a part of what it opened: with the hidden folders left out."""
    folders = roots(command)
    closed = hidden(command)
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
        if not child.is_symlink()  # it could lead anywhere; what it leads to inside is open by itself
        for part in _without(child, [path for path in closed if path.is_relative_to(child)])
    ]
