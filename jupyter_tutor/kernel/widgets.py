"""The dashboard as ipywidgets: the HTML with a filter and a button. The only module that imports ipywidgets."""

from collections.abc import Callable

import ipywidgets

from jupyter_tutor.kernel.overview import history_html, notice_html, overview_html
from jupyter_tutor.kernel.replies import Progress
from jupyter_tutor.kernel.words import STATUSES

_ALL = "all"


class ProgressBox:
    """The widgets of one dashboard. `load` asks the server again and gives a text when that fails."""

    def __init__(self, progress: Progress, load: Callable[[], Progress | str]) -> None:
        self.progress, self.load = progress, load
        self.overview, self.history, self.notice = (ipywidgets.HTML() for _ in range(3))
        self.filter = ipywidgets.Dropdown(
            options=[_ALL, *STATUSES], value=_ALL, description="Status:", tooltip="Show exercises of one status"
        )
        self.button = ipywidgets.Button(description="Refresh", icon="refresh", tooltip="Ask the server again")
        self.filter.observe(self._draw_history, names="value")
        self.button.on_click(self._refresh)
        self.box = ipywidgets.VBox(
            [self.overview, ipywidgets.HBox([self.filter, self.button]), self.notice, self.history]
        )
        self._draw()

    def _refresh(self, _button: object) -> None:
        self.button.disabled = True
        try:
            answer = self.load()
        finally:
            self.button.disabled = False
        self.notice.value = notice_html(answer if isinstance(answer, str) else "")
        if not isinstance(answer, str):
            self.progress = answer
            self._draw()

    def _draw(self) -> None:
        self.overview.value = overview_html(self.progress)
        self._draw_history(None)

    def _draw_history(self, _change: object) -> None:
        chosen = self.filter.value
        self.history.value = history_html(self.progress, None if chosen == _ALL else chosen)
