"""What a text tells without running it: the reference in words, and values of hidden checks."""

import ast
import builtins
import keyword
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.grading.boundary.checks import split
from jupyter_tutor.tutoring.leaks.asked import Asked, tree
from jupyter_tutor.tutoring.leaks.repair import parsed

_TOKEN = re.compile(r"\w+")
_SHARE, _SHARE_OF_WORDS = 0.8, 0.85
_FEWEST_WORDS, _FEWEST_LINES = 14, 6
_BUILTINS = frozenset(dir(builtins))
_DISTINCT_TEXT, _DISTINCT_NUMBER, _DISTINCT_COLLECTION = 8, 5, 14


def spells_reference(asked: Asked, answers: Mapping[str, str], text: str, lines: Iterable[str]) -> bool:
    """Whether a text, or the lines of code in it, holds nearly all of the reference that the learner lacks."""
    shown = {line for source in (*map(tree, answers.values()), *asked.starter.values()) for line in _lines(source)}
    wanted = [line for module in asked.reference.values() for line in _own(module, asked) if line not in shown]
    if len(wanted) < 2:
        return False
    said, found = _squeezed(text), dict.fromkeys(map(_line, lines))
    told = [line for line in wanted if line in found or (len(line) > 8 and _squeezed(line) in said)]
    if len(set(told)) > 1 and sum(map(len, told)) >= _SHARE * sum(map(len, wanted)):
        return True
    if _alike(asked, wanted, [line for line in found if line not in shown]):
        return True
    spoken = "\n".join(line for line in text.split("\n") if _line(line) not in shown)
    words = _TOKEN.findall(" ".join(wanted))
    return len(words) >= _FEWEST_WORDS and _in_order(words, _TOKEN.findall(spoken)) >= _SHARE_OF_WORDS * len(words)


def _alike(asked: Asked, wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether lines of code, about the exercise's own parameters, are the reference but for names and values."""
    own = {name for slot in asked.slots for name in (slot.name, slot.owner, *slot.parameters)} - {""}
    if len(wanted) < _FEWEST_LINES or not any(own & set(_TOKEN.findall(line)) for line in found):
        return False
    return _common([_shape(line) for line in wanted], [_shape(line) for line in found]) >= _SHARE * len(wanted)


def _shape(line: str) -> str:
    """A line with one sign for every name and one for every value."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"|\b\d[\w.]*", "1", line)
    return re.sub(r"\w+", lambda m: m[0] if keyword.iskeyword(m[0]) or m[0] in _BUILTINS else "x", bare)


def told_value(exercise: Exercise, answers: Mapping[str, str], text: str) -> str:
    """The first distinctive value of a hidden check that a text tells, or an empty string."""
    seen = [cell.source for cell in exercise.cells if cell.kind == "markdown" or cell.role in ("free", "locked")]
    seen += [*answers.values(), *exercise.starter().values()]
    steps = [step for cell in exercise.tests for step in split(cell.source)]
    seen += [ast.unparse(node) for step in steps if step.visible for node in step.nodes]
    seen += [step.case for step in steps]
    known, said = _squeezed("\n".join(seen)), _squeezed(text)
    for step in steps:
        for value in () if step.visible else _values(step.nodes):
            squeezed = _squeezed(value)
            if squeezed in said and squeezed not in known and _alone(squeezed, text):
                return value
    return ""


def _alone(value: str, text: str) -> bool:
    """Whether a number stands by itself, not as a part of a longer one."""
    return not value[0].isdigit() or re.search(rf"(?<![\w.]){re.escape(value)}(?![\w])", text) is not None


def _values(nodes: Iterable[ast.stmt]) -> Iterator[str]:
    """Plain values in a check that are long enough to be no coincidence."""
    for statement in nodes:
        says = {id(n.msg) for n in ast.walk(statement) if isinstance(n, ast.Assert) and n.msg}
        for node in ast.walk(statement):
            if id(node) in says or not isinstance(node, (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set)):
                continue
            if any(not isinstance(n, _PLAIN) for n in ast.walk(node)):
                continue
            value = ast.unparse(node)
            if len(_squeezed(value)) >= _least(node):
                yield value


_PLAIN = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.Load, ast.UnaryOp, ast.USub)


def _least(node: ast.AST) -> int:
    if isinstance(node, ast.Constant):
        if node.value is None or isinstance(node.value, bool):
            return sys.maxsize
        text = isinstance(node.value, str)
        return _DISTINCT_TEXT + 2 if text else _DISTINCT_NUMBER
    return _DISTINCT_COLLECTION


def _own(module: ast.Module, asked: Asked) -> list[str]:
    """The reference's lines that belong to what is asked for; of what is bound twice, the last."""
    last = [node for node in module.body if any(asked.bound(name) is node for name in asked.cells)]
    return [line for line in _lines(ast.Module(last, [])) if line not in ("else:", "try:")]


def _lines(module: ast.Module) -> list[str]:
    """The lines of a module as Python writes them, without docstrings."""
    bare = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    skipped = {line for node in bare for line in ast.unparse(node).split("\n")}
    return [line.strip() for line in ast.unparse(module).split("\n") if line.strip() and line not in skipped]


def _line(line: str) -> str:
    """One line as Python writes it; a head of a block with its colon."""
    bare = line.strip().strip("`").strip()
    module = parsed(bare)
    if module is not None:
        return ast.unparse(module)
    for before in ("", "if 1: pass\n", "try: pass\n"):
        head = parsed(f"{before}{bare} pass")
        if head is not None and bare.endswith(":"):
            lines = ast.unparse(head).split("\n")
            return lines[-2].strip()
    return bare


def _squeezed(text: str) -> str:
    return re.sub(r"[\s`]+", "", text).replace('"', "'")


def _in_order(words: Sequence[str], text: Sequence[str]) -> int:
    """How many of the words a text has in their order, within a stretch three times as long."""
    span = 3 * len(words)
    best = 0
    for start in range(0, max(1, len(text) - span // 2), max(1, span // 2)):
        part = text[start : start + span]
        if len(set(words) & set(part)) * 2 > len(set(words)):
            best = max(best, _common(words, part))
    return best


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for one in first:
        before = row[:]
        for n, other in enumerate(second, 1):
            row[n] = before[n - 1] + 1 if one == other else max(before[n], row[n - 1])
    return row[-1]
