"""Where the learner looks: the output of the cell, or a terminal."""

import sys
from typing import Protocol

from IPython.core.display_functions import DisplayHandle, display
from IPython.core.getipython import get_ipython

Bundle = dict[str, str]
"""One thing to show, by MIME type; `text/plain` is always there and complete on its own."""


class Drawing(Protocol):
    """A thing that changes while it is looked at."""

    def bundle(self) -> Bundle:
        """How it is."""

    def lines(self) -> list[str]:
        """Its text up to here; more lines come at the end."""


class Board(Protocol):
    """Shows a drawing as it changes."""

    def draw(self, drawing: Drawing) -> None:
        """Show the drawing as it is."""


def has_frontend() -> bool:
    """Whether this runs in a kernel, whose frontend can change what it showed."""
    return getattr(get_ipython(), "kernel", None) is not None


def show(bundle: Bundle) -> None:
    """Show it once."""
    display(bundle, raw=True)


def complain(text: str) -> None:
    """What went wrong, apart from results."""
    print(text, file=sys.stderr, flush=True)


def board() -> Board:
    """The best that this screen can do."""
    return LiveBoard() if has_frontend() else PrintBoard()


class LiveBoard:
    """One output, drawn anew at each change."""

    def __init__(self) -> None:
        self._handle = DisplayHandle()
        self._shown: Bundle = {}

    def draw(self, drawing: Drawing) -> None:
        """Show the drawing in the place where it was."""
        bundle = drawing.bundle()
        if not self._shown:
            self._handle.display(bundle, raw=True)
        elif bundle != self._shown:
            self._handle.update(bundle, raw=True)
        self._shown = bundle


class PrintBoard:
    """A terminal: each line is printed once, also when a stream begins again."""

    def __init__(self) -> None:
        self._printed: list[str] = []

    def draw(self, drawing: Drawing) -> None:
        """Print the lines that are new."""
        lines = drawing.lines()
        same = next(
            (at for at, (old, new) in enumerate(zip(self._printed, lines, strict=False)) if old != new),
            min(len(self._printed), len(lines)),
        )
        for text in lines[same:]:
            print(text, flush=True)
        if len(lines) > same:
            self._printed = lines
