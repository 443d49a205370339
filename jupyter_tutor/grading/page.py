"""Answers as one Python source, with the place of each of its lines in the notebook."""

import ast
import difflib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.grading.job import Part, Script

MAX_CHARACTERS, MAX_LINES = 64_000, 2_000
UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What `ast.parse` and walks through its trees raise on sources that are none, or that are made to be too deep."""


@dataclass(frozen=True)
class Page:
    """The answers come first, then the notebook's other cells, which only say what names are used. `places` has the
    cell and the line in it for each line of the answers.
    """

    text: str
    tree: ast.Module
    places: tuple[tuple[str, int], ...]
    lines: tuple[str, ...]

    @property
    def size(self) -> int:
        """Lines of code in the answers."""
        return sum(1 for line in self.lines if line.strip() and not line.lstrip().startswith("#"))


def lay_out(script: Script) -> Page | None:
    """None when the answers are not valid Python, or longer than what people write."""
    lines: list[str] = []
    places: list[tuple[str, int]] = []
    for _, group in groupby(script.answers, key=lambda part: part.grade_id):
        parts = list(group)
        lines += _python("\n".join(part.source for part in parts))
        places += [place for part in parts for place in _places(part)]
    answers = "\n".join(lines)
    if len(answers) > MAX_CHARACTERS or len(lines) > MAX_LINES:
        return None
    tree = _parse(answers)
    if tree is None:
        return None
    return Page("\n".join([answers, *_readable(script.others)]) + "\n", tree, tuple(places), tuple(lines))


def authors(page: Page, starter: Page | None) -> frozenset[int]:
    """The lines of a page that were there at the start, counted from 1."""
    if starter is None:
        return frozenset()
    matcher = difflib.SequenceMatcher(None, starter.lines, page.lines, autojunk=False)
    blocks = matcher.get_matching_blocks()
    return frozenset(block.b + offset + 1 for block in blocks for offset in range(block.size))


def _places(part: Part) -> list[tuple[str, int]]:
    return [(part.grade_id, line + 1) for line in range(len(part.source.split("\n")))]


def _python(source: str) -> list[str]:
    """A source's lines as Python, as many as there were."""
    lines = source.split("\n")
    python = without_magics(source).split("\n") + [""] * len(lines)
    return [line if line == was else "" for line, was in zip(python, lines, strict=False)]


def _readable(sources: Sequence[str]) -> list[str]:
    texts = [without_magics(source) for source in sources]
    return [text for text in texts if len(text) <= MAX_CHARACTERS and _parse(text) is not None]


def _parse(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the learner's code, to nobody
        try:
            return ast.parse(source)
        except UNPARSABLE:
            return None
