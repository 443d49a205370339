"""Whether two exercises are the same one in other clothes.

Answers are compared by the shape of their code, where names do not count, and texts by their order of words. Of the
630 pairs of the curriculum no two have code more alike than 64 or texts more alike than 28; copies with all names
changed stay above 90.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.python import parse

SAME_CODE, SAME_TEXT = 80.0, 60.0
_NAMES = {"id", "arg", "name", "attr", "asname"}


@dataclass(frozen=True)
class Traits:
    """What is compared of an exercise: the shape of its reference, and the words of its text."""

    title: str
    code: tuple[str, ...]
    words: tuple[str, ...]


def traits(exercise: Exercise) -> Traits:
    """The traits of an exercise."""
    text = " ".join(cell.source for cell in exercise.cells if cell.kind == "markdown")
    source = "\n".join(map(without_magics, exercise.solution().values()))
    return Traits(exercise.metadata.title, shape(source), tuple(re.findall(r"\w+", text.lower())))


def likeness(one: Traits, other: Traits) -> tuple[float, float]:
    """How alike code and texts are, from 0 to 100."""
    code = fuzz.ratio(one.code, other.code) if one.code and other.code else 0.0
    return code, fuzz.ratio(one.words, other.words) if one.words and other.words else 0.0


def twin(exercise: Exercise, seen: Iterable[Exercise]) -> str:
    """Why an exercise repeats one of those seen, as a sentence for its author; nothing when it does not."""
    own = traits(exercise)
    for other in map(traits, seen):
        code, words = likeness(own, other)
        if code >= SAME_CODE or words >= SAME_TEXT:
            what = "its reference has the same shape" if code >= SAME_CODE else "its text has the same words"
            return f"The exercise repeats {other.title!r}, which the learner has seen: {what}. Set another problem."
    return ""


def shape(source: str) -> tuple[str, ...]:
    """A source's syntax tree as a row of words, names numbered as they come; nothing for what is no Python."""
    try:
        tree = parse(source)
    except SyntaxError:
        return ()
    return tuple(_shape(tree, {}))


def _shape(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    yield type(node).__name__
    for field, value in ast.iter_fields(node):
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, (ast.expr_context, ast.alias)) or _is_text(part):
                continue
            if isinstance(part, ast.AST):
                yield from _shape(part, names)
            elif isinstance(part, (int, float)):
                yield repr(part)
            elif isinstance(part, str) and field in _NAMES:
                yield names.setdefault(part, f"name {len(names)}")


def _is_text(part: object) -> bool:
    return isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
