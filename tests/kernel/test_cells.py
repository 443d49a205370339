"""The cells that were run since the notebook was saved."""

from itertools import count
from types import SimpleNamespace

import pytest

from jupyter_tutor.kernel.cells import LONGEST_CELL, MOST_CELLS, ExecutedCells


@pytest.fixture
def cells() -> ExecutedCells:
    """A second passes with each cell, from 1 on."""
    clock = count(1.0)
    return ExecutedCells(now=lambda: next(clock))


def run(cells: ExecutedCells, cell: str | None, source: str) -> None:
    cells.record(SimpleNamespace(raw_cell=source, cell_id=cell))


def test_the_latest_source_of_a_cell_counts(cells: ExecutedCells) -> None:
    run(cells, "a", "x = 1")
    run(cells, "a", "x = 2")
    assert cells.since(None) == {"a": "x = 2"}


def test_what_was_run_before_the_notebook_was_saved_is_not_sent(cells: ExecutedCells) -> None:
    for number in range(1, 6):
        run(cells, f"c{number}", f"x = {number}")
    assert cells.since(4.5) == {"c4": "x = 4", "c5": "x = 5"}


@pytest.mark.parametrize(
    "source", ["%tutor submit", "\n  %tutor hint", "%load_ext jupyter_tutor\n%tutor", "%reload_ext x"]
)
def test_our_own_magics_are_no_answers(cells: ExecutedCells, source: str) -> None:
    run(cells, "a", "x = 1")
    run(cells, "a", source)
    assert cells.since(None) == {}


def test_cells_without_an_id_are_not_followed(cells: ExecutedCells) -> None:
    run(cells, None, "x = 1")
    cells.record(SimpleNamespace(raw_cell="an older IPython tells no id"))
    assert cells.since(None) == {}


def test_the_oldest_cells_are_forgotten_and_huge_ones_never_kept(cells: ExecutedCells) -> None:
    for number in range(MOST_CELLS + 5):
        run(cells, f"c{number}", "x")
    run(cells, "huge", "x" * (LONGEST_CELL + 1))
    kept = cells.since(None)
    assert len(kept) == MOST_CELLS
    assert not {"c0", "c4", "huge"} & kept.keys()
