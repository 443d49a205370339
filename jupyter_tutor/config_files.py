"""The Jupyter configuration files, which all doors read, and those of their changes that need no restart."""

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from jupyter_core.application import JupyterApp
from traitlets.config import Application, Config

from jupyter_tutor.config import read_settings
from jupyter_tutor.errors import OperatorError
from jupyter_tutor.settings import ModelSettings, Settings

OWN_FILE = "jupyter_tutor_config"
_SHARED = ("jupyter_notebook_config", "jupyter_lab_config", OWN_FILE, "jupyter_config")
"""The names of configuration files, in the order in which a server takes them: what comes later wins."""
_LAST = "jupyter_server_config"
"""The last of them, unless a file is named with `--config`."""
_log = logging.getLogger(__name__)

_Stamp = tuple[tuple[str, int, int], ...]


def load_settings() -> Settings:
    """What the files say. Raises OperatorError for one that cannot be read."""
    return read_settings(config=_read())


def _read(named: Path | None = None) -> Config:
    application = JupyterApp(raise_config_file_errors=True)
    folders: list[str] = application.config_file_paths
    try:
        for name in _SHARED:
            Application.load_config_file(application, name, path=folders)
        last, place = (named.name, str(named.parent)) if named else (_LAST, folders)
        Application.load_config_file(application, last, path=place)
    except Exception as error:  # a configuration file is a program; whatever it raises
        said = f"{type(error).__name__}: {error}"
        raise OperatorError(
            f"a Jupyter configuration file cannot be used ({said}): `jupyter --paths` lists where they are"
        ) from None
    return application.config


class WatchedModelSettings:
    """Called, it gives the `ModelSettings` of the moment: `first`, until a configuration file changes. What was given
    on the command line goes on to win, as `overrides`; `named` is the file that `--config` named there, or "". A file
    that cannot be used changes nothing, and is logged.
    """

    def __init__(self, first: ModelSettings, overrides: Config | None = None, named: str = "") -> None:
        self._settings, self._overrides = first, overrides or Config()
        self._named = Path(named).absolute() if named else None
        stems = [Path(folder, name) for folder in JupyterApp().config_file_paths for name in (*_SHARED, _LAST)]
        if self._named:
            stems.append(self._named.with_suffix(""))
        self._places = [stem.with_name(f"{stem.name}{kind}") for stem in stems for kind in (".py", ".json")]
        self._stamp, self._lock = _stamp(self._places), Lock()

    def __call__(self) -> ModelSettings:
        with self._lock:
            stamp = _stamp(self._places)
            if stamp != self._stamp:
                self._stamp = stamp
                self._reread()
            return self._settings

    def _reread(self) -> None:
        try:
            config = _read(self._named)
            config.merge(self._overrides)
            self._settings = read_settings(config=config).model
        except OperatorError as error:
            _log.warning("Jupyter Tutor keeps the settings of its language model: %s", error)


def _stamp(places: Sequence[Path]) -> _Stamp:
    """Changes whenever one of the files does."""
    found = []
    for place in places:
        try:
            stat = place.stat()
        except OSError:
            continue
        found.append((str(place), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
