"""`progress()`: how the learner is doing, in any notebook."""

import logging
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.message import TutorMessage, own_error
from jupyter_tutor.kernel.overview import history_html, overview_html
from jupyter_tutor.kernel.replies import Progress
from jupyter_tutor.kernel.report import report
from jupyter_tutor.kernel.screen import has_frontend
from jupyter_tutor.kernel.server import find_server

if TYPE_CHECKING:
    from jupyter_tutor.kernel.widgets import ProgressBox

_log = logging.getLogger(__name__)


def progress() -> "Dashboard":
    """The dashboard: widgets where they can be shown, else text."""
    return Dashboard(lambda: Api(Client(find_server())).progress())


class Dashboard:
    """Progress to look at, as it was when this was made. What goes wrong is shown as its text."""

    def __init__(self, ask: Callable[[], Progress]) -> None:
        self._ask = ask
        self.answer = self.load()

    def load(self) -> Progress | str:
        """What the server says, or why it does not."""
        try:
            return self._ask()
        except TutorMessage as message:
            return str(message)
        except Exception as error:
            _log.debug("progress", exc_info=True)
            return own_error(error)

    @cached_property
    def widgets(self) -> "ProgressBox | None":
        """Made when they are shown; None when there is nothing to show, or nobody who could."""
        if isinstance(self.answer, str) or not has_frontend():
            return None
        try:
            from jupyter_tutor.kernel.widgets import ProgressBox
        except ImportError:
            return None
        return ProgressBox(self.answer, self.load)

    def __repr__(self) -> str:
        return self.answer if isinstance(self.answer, str) else report(self.answer)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        """Widgets first; the HTML is for frontends that show none, the text for terminals."""
        if isinstance(self.answer, str):
            return {"text/plain": self.answer}
        shown: dict[str, object] = {} if self.widgets is None else self.widgets.box._repr_mimebundle_()
        return shown | {"text/html": overview_html(self.answer) + history_html(self.answer), "text/plain": repr(self)}
