"""The dashboard as ipywidgets. The only module that imports ipywidgets."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

import ipywidgets

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.charts import charts
from jupyter_tutor.kernel.events import Event
from jupyter_tutor.kernel.history import HEADING, exercises_html
from jupyter_tutor.kernel.learner_replies import Progress
from jupyter_tutor.kernel.live import Watch
from jupyter_tutor.kernel.overview import heading, notice_html, sections
from jupyter_tutor.kernel.page import page, piece, section
from jupyter_tutor.kernel.replies import Daily
from jupyter_tutor.kernel.widget_filters import Filters
from jupyter_tutor.kernel.working import working_html

SHOWN, MORE = 20, 50
"""Exercises that are shown at first, and with each further press."""


class Source(Protocol):
    """Where a dashboard asks; it gives a sentence when something goes wrong."""

    def load(self) -> Progress | str:
        """How the learner is doing."""

    def exercises(self) -> list[Daily] | str:
        """All exercises."""

    def link(self, path: str) -> str | None:
        """The address of a notebook."""


class ProgressBox:
    """The widgets of one dashboard. The kernel's thread draws it and the one that listens, one at a time; neither waits
    for the other while it asks the server.
    """

    def __init__(self, progress: Progress, source: Source) -> None:
        self.progress, self.source = progress, source
        self.dailies, self.whole, self.most = progress.history, False, SHOWN
        self.lock = threading.RLock()
        self.working, self.notice, self.top, self.weeks, self.skills, self.rest = (ipywidgets.HTML() for _ in range(6))
        self.charts = {name: _frame() for name in ("weeks", "radar", "mastery")}
        self.history = _frame()
        self.filters = Filters(self._filter)
        self.button = _button("Refresh", "refresh", "Ask the server again", self._refresh)
        self.more = _button("Show more", "chevron-down", "Show earlier exercises too", self._show_more)
        self.box = self._layout()
        self._draw()

    def watch(self, find: Callable[[], Api]) -> Watch:
        """Follow what changes until the widgets are closed."""
        watch = Watch(find, self.hear)
        self.box.observe(lambda change: watch.stop() if change.new is None else None, names="comm")
        watch.start()
        return watch

    def hear(self, event: Event) -> None:
        """Something happened to the learner's work."""
        if event.name == "progress":
            self.working.value = working_html(event.data)
        elif event.name == "changed":
            self.working.value = ""
            self._ask_again()

    def _layout(self) -> Any:
        skills = ipywidgets.Box([self.charts["radar"], self.charts["mastery"]], layout={"flex_flow": "row wrap"})
        titles = (heading("weeks"), heading("skills"), HEADING)
        weeks, known, exercises = (ipywidgets.HTML(piece(f"<h3>{title}</h3>")) for title in titles)
        box = ipywidgets.VBox(
            layout={"max_width": "100%", "overflow": "hidden"},
            children=[
                *(self.working, self.button, self.notice, self.top),
                *(weeks, self.charts["weeks"], self.weeks),
                *(known, skills, self.skills),
                *(self.rest, exercises, self.filters.box, self.history, self.more),
            ],
        )
        box.add_class("jp-tutor-box")
        return box

    def _refresh(self) -> None:
        answer = self._ask_again()
        self.notice.value = notice_html(answer if isinstance(answer, str) else "")

    def _ask_again(self) -> Progress | str:
        """What goes wrong leaves all as it was."""
        answer = self.source.load()
        dailies = self.source.exercises() if self.whole else None
        if not isinstance(answer, str):
            with self.lock:
                self.progress = answer
                self.dailies = dailies if isinstance(dailies, list) else self.dailies if self.whole else answer.history
                self._draw()
            self.notice.value = ""
        return answer

    def _filter(self) -> None:
        self.most = SHOWN
        self._get_all()

    def _show_more(self) -> None:
        self.most += MORE
        self._get_all()

    def _get_all(self) -> None:
        """Filters are about all exercises, which are asked for when one is used."""
        found = self.source.exercises() if self._has_more() else self.dailies
        self.notice.value = notice_html(found if isinstance(found, str) else "")
        with self.lock:
            if not isinstance(found, str):
                self.dailies, self.whole = found, self.whole or found is not self.dailies
            self._draw_history()

    def _has_more(self) -> bool:
        """Whether there may be exercises that were not asked for."""
        return not self.whole and len(self.progress.history) >= SHOWN

    def _draw(self) -> None:
        told = sections(self.progress)
        self.top.value = page("".join(section(heading(name), told[name]) for name in ("figures", "calendar")))
        self.weeks.value, self.skills.value = piece(told["weeks"]), piece(told["skills"])
        self.rest.value = piece("".join(section(heading(name), told[name]) for name in ("badges", "levels")))
        drawn = charts(self.progress)
        for name, frame in self.charts.items():
            _show(frame, drawn.get(name))
        self._draw_history()

    def _draw_history(self) -> None:
        self.filters.offer(self.dailies)
        html = page(exercises_html(self.dailies, self.filters.wanted, self.source.link, self.most))
        _show(self.history, {"text/html": html, "text/plain": ""})
        chosen = sum(map(self.filters.wanted.takes, self.dailies))
        self.more.layout.display = "" if self._has_more() or chosen > self.most else "none"


def _button(text: str, icon: str, tooltip: str, press: Callable[[], None]) -> Any:
    """A button that waits until it has done its work."""
    button = ipywidgets.Button(description=text, icon=icon, tooltip=tooltip)

    def pressed(_: object) -> None:
        button.disabled = True
        try:
            press()
        finally:
            button.disabled = False

    button.on_click(pressed)
    return button


def _frame() -> Any:
    """A place in which the frontend shows what it knows best."""
    frame = ipywidgets.Output()
    frame.add_class("jp-tutor-chart")
    return frame


def _show(frame: Any, bundle: dict[str, Any] | None) -> None:
    outputs = () if bundle is None else ({"output_type": "display_data", "data": bundle, "metadata": {}},)
    if frame.outputs != outputs:
        frame.outputs = outputs
    frame.layout.display = "none" if bundle is None else ""
