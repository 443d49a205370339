"""`progress()`: how the learner is doing, in any notebook."""

import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.history import history_html
from jupyter_tutor.kernel.learner_replies import Progress
from jupyter_tutor.kernel.message import TutorMessage, own_error
from jupyter_tutor.kernel.notebook import link, notebook_path
from jupyter_tutor.kernel.overview import overview_html
from jupyter_tutor.kernel.printable import FILE, save
from jupyter_tutor.kernel.replies import Daily
from jupyter_tutor.kernel.report import report
from jupyter_tutor.kernel.screen import has_frontend
from jupyter_tutor.kernel.server import find_server

if TYPE_CHECKING:
    from jupyter_tutor.kernel.widgets import ProgressBox

_log = logging.getLogger(__name__)
T = TypeVar("T")


def progress() -> "Dashboard":
    """The dashboard: widgets where they can be shown, else text."""
    return Dashboard(lambda: Api(Client(find_server())))


class Dashboard:
    """Progress to look at, as it was when this was made. What goes wrong is shown as its text."""

    def __init__(self, find: Callable[[], Api]) -> None:
        self.find = find
        self.answer = self.load()

    def load(self) -> Progress | str:
        """What the server says, or why it does not."""
        return _told(lambda: self.find().progress())

    def exercises(self) -> list[Daily] | str:
        """All exercises, or why they are not known."""
        return _told(lambda: self.find().dailies())

    def link(self, path: str) -> str | None:
        """The address of a notebook, from this one."""
        return link(path, self._notebook)

    def save(self, path: str | Path = FILE) -> Path:
        """Write all of it as a page that can be printed. Raises TutorMessage when it cannot be written."""
        return save(self.find(), Path(path))

    @cached_property
    def _notebook(self) -> str | None:
        try:
            return notebook_path(self.find().client.server)
        except TutorMessage:
            return None

    @cached_property
    def widgets(self) -> "ProgressBox | None":
        """Made when they are shown; None when there is nothing to show, or nobody who could."""
        if isinstance(self.answer, str) or not has_frontend():
            return None
        try:
            from jupyter_tutor.kernel.widgets import ProgressBox
        except ImportError:
            return None
        box = ProgressBox(self.answer, self)
        box.watch(self.find)
        return box

    def __repr__(self) -> str:
        return self.answer if isinstance(self.answer, str) else report(self.answer)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        """Widgets first; the HTML is for frontends that show none, the text for terminals."""
        if isinstance(self.answer, str):
            return {"text/plain": self.answer}
        shown: dict[str, object] = {} if self.widgets is None else self.widgets.box._repr_mimebundle_()
        html = overview_html(self.answer) + history_html(self.answer.history, link=self.link)
        return shown | {"text/html": html, "text/plain": repr(self)}


def _told(ask: Callable[[], T]) -> T | str:
    """The answer, or what went wrong as a sentence."""
    try:
        return ask()
    except TutorMessage as message:
        return str(message)
    except Exception as error:
        _log.debug("progress", exc_info=True)
        return own_error(error)
