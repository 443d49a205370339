"""Settings for commands, from the same Jupyter configuration files that the server reads."""

from jupyter_core.application import JupyterApp
from traitlets.config import Application

from jupyter_tutor.config import read_settings
from jupyter_tutor.errors import OperatorError
from jupyter_tutor.settings import Settings

_FILES = ("jupyter_config", "jupyter_server_config", "jupyter_lab_config", "jupyter_tutor_config")


def load_settings() -> Settings:
    """Raises OperatorError for a configuration that cannot be read."""
    application = JupyterApp(raise_config_file_errors=True)
    try:
        for name in _FILES:
            Application.load_config_file(application, name, path=application.config_file_paths)
    except Exception as error:  # a configuration file is a program; whatever it raises
        said = f"{type(error).__name__}: {error}"
        raise OperatorError(
            f"a Jupyter configuration file cannot be used ({said}): `jupyter --paths` lists where they are"
        ) from None
    return read_settings(config=application.config)
