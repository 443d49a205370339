"""Jupyter Tutor: one good coding exercise a day, checked honestly, inside JupyterLab."""

from typing import Any

from jupyter_tutor.version import __version__

__all__ = ["__version__", "load_ipython_extension", "progress"]


def load_ipython_extension(shell: object) -> None:
    """`%load_ext jupyter_tutor`: register the `%tutor` magic."""
    from jupyter_tutor.kernel.magic import load

    load(shell)


def __getattr__(name: str) -> Any:
    """`progress`, imported when it is asked for."""
    if name == "progress":
        from jupyter_tutor.kernel.progress import progress

        return progress
    raise AttributeError(f"module 'jupyter_tutor' has no attribute {name!r}")


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-tutor"}]


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    from jupyter_tutor.server.extension import TutorExtension

    return [{"module": "jupyter_tutor", "app": TutorExtension}]
