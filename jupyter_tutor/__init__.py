"""Jupyter Tutor: one good coding exercise a day, checked honestly, inside JupyterLab."""

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """`%load_ext jupyter_tutor`: register the `%tutor` magic."""
    from jupyter_tutor.kernel.magic import load

    load(shell)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-tutor"}]


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    from jupyter_tutor.server.extension import TutorExtension

    return [{"module": "jupyter_tutor", "app": TutorExtension}]
