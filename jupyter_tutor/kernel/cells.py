"""The cells that the learner has run, so that a submission also has what is not saved yet."""

import time
from collections.abc import Callable
from typing import Protocol

MOST_CELLS = 200
LONGEST_CELL = 1_000_000
_OURS = ("%tutor", "%load_ext", "%reload_ext")
_CLOCK_SLACK = 1.0
"""Seconds by which the clocks of file system and kernel may differ."""


class RunCell(Protocol):
    """What IPython tells before it runs a cell."""

    raw_cell: str


class ExecutedCells:
    """The latest executed source of each cell, and when that was."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._cells: dict[str, tuple[float, str]] = {}

    def record(self, info: RunCell) -> None:
        """IPython's `pre_run_cell`. Frontends that give their cells no ids are not followed."""
        cell = getattr(info, "cell_id", None)
        if not cell:
            return
        self._cells.pop(cell, None)
        if _is_answer(info.raw_cell):
            self._cells[cell] = self.now(), info.raw_cell
        if len(self._cells) > MOST_CELLS:
            del self._cells[next(iter(self._cells))]

    def since(self, moment: float | None) -> dict[str, str]:
        """Sources by cell id, of cells run after the notebook was saved: what ran before may be older."""
        return {
            cell: source for cell, (at, source) in self._cells.items() if moment is None or at >= moment - _CLOCK_SLACK
        }


def _is_answer(source: str) -> bool:
    return len(source) <= LONGEST_CELL and not source.lstrip().startswith(_OURS)
