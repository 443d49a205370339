"""Which Jupyter server started this kernel, and the token that it listens to."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from jupyter_core.paths import jupyter_runtime_dir

from jupyter_tutor.kernel.message import TutorMessage

_WILDCARDS = ("", "*", "0.0.0.0", "::")  # noqa: S104 - addresses that servers listen on, turned into one to connect to
_NONE = "No Jupyter server was found for this kernel: open the notebook in JupyterLab (`jupyter tutor lab`)."
_SOCKET = (
    "This Jupyter server listens on a Unix socket, which `%tutor` cannot reach: "
    "use the buttons of the Jupyter Tutor panel, or start the server on a port (without `--sock`)."
)


@dataclass(frozen=True)
class Server:
    """A running server. `url` ends with its base address and a slash; `root` is the folder of its paths, if known."""

    url: str
    token: str = field(repr=False)
    root: Path | None = None


def find_server(environ: Mapping[str, str] | None = None) -> Server:
    """The server of this kernel. Raises TutorMessage when there is none that can be reached."""
    environ = os.environ if environ is None else environ
    for pid in dict.fromkeys((environ.get("JPY_PARENT_PID", ""), str(os.getppid()))):
        if (info := _info(pid)) is not None:
            return _described(info, environ)
    return _of_hub(environ)


def _info(pid: str) -> dict[str, object] | None:
    """What the server with this process id wrote about itself."""
    if not pid.isdecimal():
        return None
    try:
        info = json.loads(Path(jupyter_runtime_dir(), f"jpserver-{pid}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return info if isinstance(info, dict) else None


def _described(info: dict[str, object], environ: Mapping[str, str]) -> Server:
    url = str(info.get("url") or "")
    if info.get("sock") or url.startswith("http+unix:"):
        raise TutorMessage(_SOCKET)
    root = info.get("root_dir")
    token = str(info.get("token") or "") or environ.get("JUPYTERHUB_API_TOKEN", "")
    return Server(_reachable(url, str(info.get("hostname") or "localhost")), token, Path(str(root)) if root else None)


def _of_hub(environ: Mapping[str, str]) -> Server:
    """The single-user server of a hub hands its environment to its kernels.

    So do the processes that it starts, whose kernels are not the learner's: those have no session.
    """
    url, token = environ.get("JUPYTERHUB_SERVICE_URL", ""), environ.get("JUPYTERHUB_API_TOKEN", "")
    if not (url and token and environ.get("JPY_SESSION_NAME")):
        raise TutorMessage(_NONE)
    prefix = environ.get("JUPYTERHUB_SERVICE_PREFIX") or urlsplit(url).path
    return Server(_reachable(urlsplit(url)._replace(path=prefix).geturl()), token)


def _reachable(url: str, listens: str | None = None) -> str:
    """The address with a slash at its end and a host to connect to, also of a server that `listens` everywhere."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise TutorMessage(_NONE) from None
    if parts.scheme not in ("http", "https"):
        raise TutorMessage(_NONE)
    if host in _WILDCARDS or listens in _WILDCARDS:
        host = "127.0.0.1"
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return f"{parts.scheme}://{netloc}/{parts.path.strip('/')}".rstrip("/") + "/"
