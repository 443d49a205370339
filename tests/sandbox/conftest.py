"""Parts that the tests of the sandbox share."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.sandbox.folders import clear


@pytest.fixture
def deep() -> Iterator[Callable[[Path, int], None]]:
    """Puts folders into a folder, each in the one before."""
    made: list[Path] = []

    def make(folder: Path, levels: int) -> None:
        made.append(folder)
        there = os.open(folder, os.O_RDONLY)
        for _ in range(levels):
            os.mkdir("d", dir_fd=there)
            inner = os.open("d", os.O_RDONLY, dir_fd=there)
            os.close(there)
            there = inner
        os.close(there)

    yield make
    for folder in made:
        clear(folder)
