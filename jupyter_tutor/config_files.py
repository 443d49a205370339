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

_FILES = ("jupyter_config", "jupyter_server_config", "jupyter_lab_config", "jupyter_tutor_config")
_log = logging.getLogger(__name__)

_Stamp = tuple[tuple[str, int, int], ...]


def load_settings() -> Settings:
    """What the files say. Raises OperatorError for one that cannot be read."""
    return read_settings(config=_read())


def _read() -> Config:
    application = JupyterApp(raise_config_file_errors=True)
    try:
        for name in _FILES:
            Application.load_config_file(application, name, path=application.config_file_paths)
    except Exception as error:  # a configuration file is a program; whatever it raises
        said = f"{type(error).__name__}: {error}"
        raise OperatorError(
            f"a Jupyter configuration file cannot be used ({said}): `jupyter --paths` lists where they are"
        ) from None
    return application.config


class WatchedModelSettings:
    """Called, it gives the `ModelSettings` of the moment: `first`, until a configuration file changes. What was given
    on the command line goes on to win, as `overrides`. A file that cannot be used changes nothing, and is logged.
    """

    def __init__(self, first: ModelSettings, overrides: Config | None = None) -> None:
        self._settings, self._overrides = first, overrides or Config()
        self._places = [
            Path(folder, f"{name}{kind}")
            for folder in JupyterApp().config_file_paths
            for name in _FILES
            for kind in (".py", ".json")
        ]
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
            config = _read()
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
