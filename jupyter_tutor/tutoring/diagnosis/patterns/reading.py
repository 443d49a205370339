"""Finds all patterns in an answer, and those that may explain what its checks show."""

from collections.abc import Collection, Iterator

from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.clues import MISCONCEPTIONS, Clue
from jupyter_tutor.tutoring.diagnosis.patterns import classes, functions, loops, values
from jupyter_tutor.tutoring.diagnosis.patterns.code import PATTERNS, Code, Pattern
from jupyter_tutor.tutoring.diagnosis.stops import line_of

FAMILIES = (functions, loops, values, classes)
_LONGEST = 100_000


def found(source: str) -> list[tuple[Pattern, int, str]]:
    """Each pattern of a source with its line, from 1, and what to ask about it; nothing for what is no Python."""
    if len(source) > _LONGEST:
        return []
    try:
        code = Code(parse(without_magics(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [(pattern, getattr(node, "lineno", 1), asked) for pattern in PATTERNS for node, asked in pattern.find(code)]


def told(cell: str, source: str, reference: str, symptoms: Collection[str]) -> Iterator[tuple[bool, Clue]]:
    """The clues of an answer's patterns, and whether each is sure. What the reference does too is not told."""
    usual = {(pattern.find, asked) for pattern, _, asked in found(reference)}
    for pattern, line, asked in found(source):
        if (pattern.find, asked) in usual or (pattern.symptom and pattern.symptom not in symptoms):
            continue
        text = line_of(source, line)
        shown = f", `{text[:100]}`" if text and "`" not in text else ""
        said = f"Look at line {line}{shown}.\n\n{asked}\n\n{MISCONCEPTIONS[pattern.misconception]}"
        key = f"pattern:{pattern.misconception}:{text}"
        yield pattern.sure, Clue(key, "pattern", said, cell, line, misconception=pattern.misconception)
