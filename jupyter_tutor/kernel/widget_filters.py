"""The filters of the exercises, as native inputs with labels."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from jupyter_tutor.kernel.history import Filter
from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.replies import Daily
from jupyter_tutor.kernel.skills import topic_word
from jupyter_tutor.kernel.words import STATUSES

_ALL = ("all", None)
_LEVELS = ("easy", "medium", "hard")


class Filters:
    """Four inputs; `changed` is called when one of them changes."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.status = _choice("Status:", "Show exercises of one status", STATUSES)
        self.topic = _choice("Topic:", "Show exercises of one topic", ())
        self.difficulty = _choice("Difficulty:", "Show exercises of one difficulty", _LEVELS)
        self.text = ipywidgets.Text(
            description="Search:", placeholder="title or topic", style=_STYLE, layout={"width": "15em"}
        )
        self._offering = False
        self._changed = changed
        inputs = (self.status, self.topic, self.difficulty, self.text)
        for one in inputs:
            one.observe(self._hear, names="value")
        self.box = ipywidgets.Box(inputs, layout={"flex_flow": "row wrap"})

    @property
    def wanted(self) -> Filter:
        """What they say."""
        return Filter(self.status.value, self.topic.value, self.difficulty.value, self.text.value)

    def offer(self, dailies: Sequence[Daily]) -> None:
        """The topics of these exercises can be chosen; the one that is chosen stays."""
        chosen = self.topic.value
        topics = {topic for daily in dailies for topic in daily.topics} | ({chosen} if chosen else set())
        options = (_ALL, *sorted((line(topic_word(topic)), topic) for topic in topics))
        if self.topic.options != options:
            self._offering = True
            self.topic.options = options
            self.topic.value = chosen
            self._offering = False

    def _hear(self, _change: object) -> None:
        if not self._offering:
            self._changed()


_STYLE = {"description_width": "initial"}


def _choice(label: str, tooltip: str, words: Sequence[str]) -> Any:
    options = (_ALL, *((word, word) for word in words))
    return ipywidgets.Dropdown(
        options=options, description=label, tooltip=tooltip, style=_STYLE, layout={"width": "auto"}
    )
