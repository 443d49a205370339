"""Answers as one Python source, with the place of each of its lines in the notebook."""

import ast
import difflib
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.grading.job import Part, Script

MAX_CHARACTERS, MAX_LINES, MAX_COMMANDS = 64_000, 2_000, 50
"""Of what people write; IPython's commands take long to tell from Python."""
_KEPT = 100
"""Pages that are kept: those of authors come again with each submission."""
_BREAK = re.compile(r"\r\n|\r|\n")
T = TypeVar("T")
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


@lru_cache(_KEPT)
def lay_out(script: Script) -> Page | None:
    """None when the answers are not valid Python, or longer than what people write."""
    lines: list[str] = []
    places: list[tuple[str, int]] = []
    for _, group in groupby(script.answers, key=lambda part: part.grade_id):
        parts = list(group)
        python = _python("\n".join(part.source for part in parts))
        if python is None:
            return None
        lines += python
        places += [place for part in parts for place in _places(part)]
    answers = "\n".join(lines)
    if len(answers) > MAX_CHARACTERS or len(lines) > MAX_LINES:
        return None
    tree = _quietly(ast.parse, answers)
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
    return [(part.grade_id, line + 1) for line in range(len(_BREAK.split(part.source)))]


def _python(source: str) -> list[str] | None:
    """A source's lines as Python, as many as there were, or None when that would take long."""
    lines = _BREAK.split(source)
    if len(source) > MAX_CHARACTERS or len(lines) > MAX_LINES or sum(map(_is_command, lines)) > MAX_COMMANDS:
        return None
    python = _quietly(without_magics, "\n".join(lines))
    if python is None:
        return None
    kept = python.split("\n") + [""] * len(lines)
    return [new if new == old or new[:1].isspace() else "" for new, old in zip(kept, lines, strict=False)]


def _is_command(line: str) -> bool:
    return line.lstrip().startswith(("%", "!", "?")) or line.rstrip().endswith("?") or "=%" in line.replace(" ", "")


def _readable(sources: Sequence[str]) -> list[str]:
    texts = ["\n".join(lines) for lines in map(_python, sources) if lines is not None]
    return [text for text in texts if _quietly(ast.parse, text) is not None]


def _quietly(read: Callable[[str], T], source: str) -> T | None:
    """What a reader makes of the learner's code, or None when it cannot; what Python warns of is for nobody here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read(source)
        except UNPARSABLE:
            return None
