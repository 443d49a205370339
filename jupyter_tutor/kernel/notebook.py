"""Which notebook this kernel belongs to."""

import os
from collections.abc import Mapping
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote

from jupyter_tutor.kernel.server import Server

FOLDER = "tutor"


def notebook_path(server: Server, environ: Mapping[str, str] | None = None) -> str | None:
    """The notebook's path from the server's root, None when that cannot be told.

    The session's name is an absolute path, a path below the root, or a name alone, depending on the frontend.
    """
    name = (os.environ if environ is None else environ).get("JPY_SESSION_NAME", "")
    if not name.endswith(".ipynb"):
        return None
    path = Path(name)
    if path.is_absolute() and server.root is not None:
        for known, root in ((path, server.root), (path.resolve(), server.root.resolve())):
            if known.is_relative_to(root):
                return known.relative_to(root).as_posix()
    tail = name.replace("\\", "/").split("/")[-2:]
    return "/".join(tail) if len(tail) == 2 and tail[0] == FOLDER else None


def link(path: str, start: str | None) -> str | None:
    """A notebook's address as JupyterLab follows it from the notebook `start`; None when the two cannot be related."""
    if start is None:
        return None
    return quote(relpath("/" + path, "/" + start.rpartition("/")[0]))
