"""What the hints and mistakes of a draft have to be like before any code in them is run."""

import ast
import re
from collections.abc import Iterator

from jupyter_tutor.generation.draft import Draft, DraftCheck
from jupyter_tutor.generation.notebook import text
from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.leaks.snippets import code_blocks

_SHORT = 12
"""Lines and values below this many characters can be alike by chance."""
_FEWEST_MISTAKES = 2
_MOST_HINT = 2500


def help_problems(draft: Draft) -> list[str]:
    """What is wrong with hints, mistakes and the words of cases, in sentences for the author."""
    return [*_hints(draft), *_values(draft), *_mistakes(draft)]


def _hints(draft: Draft) -> Iterator[str]:
    lines = _lines(draft.reference) - _lines(draft.starter)
    for rung, said in draft.hints:
        if not said.strip() or len(said) > _MOST_HINT:
            yield f"The hint {rung} is empty or very long: give the learner one step of help."
        if code_blocks(said) and rung != "partial_example":
            yield f"The hint {rung} holds a block of code: only the partial example does."
        shared = lines & _lines(said)
        if len(shared) > 1 or (shared and len(lines) == 1):
            yield f"The hint {rung} holds lines of the reference ({min(shared)!r}): show a smaller problem instead."
    if not code_blocks(draft.hints.partial_example):
        yield "The hint partial_example holds no fenced block of code: show a similar smaller problem on other data."


def _values(draft: Draft) -> Iterator[str]:
    """Expected values of hidden checks that are told elsewhere."""
    told = [(f"The hint {rung}", said) for rung, said in draft.hints]
    told += [(f"The case of a check ({check.case[:60]})", check.case) for check in (*draft.visible, *draft.hidden)]
    shown = _squeezed(text(draft))
    values = {value for check in draft.hidden for value in _expected(check) if _squeezed(value) not in shown}
    for where, said in told:
        if found := sorted(value for value in values if _squeezed(value) in _squeezed(said)):
            yield f"{where} tells a value that a hidden check expects ({found[0]}): describe the case without it."
        if any(_squeezed(check.code) in _squeezed(said) for check in draft.hidden):
            yield f"{where} holds a hidden check."


def _expected(check: DraftCheck) -> Iterator[str]:
    """What a check compares with, where it is long enough to mean anything."""
    for node in ast.walk(parse(check.code)):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare):
            for side in (node.test.left, *node.test.comparators):
                value, plain = ast.unparse(side), not any(isinstance(n, (ast.Name, ast.Call)) for n in ast.walk(side))
                if plain and len(value) >= _distinct(side):
                    yield value


def _distinct(node: ast.expr) -> int:
    """From how many characters on a value is no coincidence."""
    return 5 if isinstance(node, ast.Constant) and not isinstance(node.value, str) else 8


def _mistakes(draft: Draft) -> Iterator[str]:
    if len({mistake.name.strip() for mistake in draft.mistakes}) < max(_FEWEST_MISTAKES, len(draft.mistakes)):
        yield f"At least {_FEWEST_MISTAKES} mistakes are needed, each with its own name."
    for mistake in draft.mistakes:
        if not mistake.name.strip() or not mistake.says.strip():
            yield "A mistake has no name, or says nothing to the learner."
        elif _squeezed(mistake.source) == _squeezed(draft.reference):
            yield f"The mistake {mistake.name!r} is the reference."


def _lines(source: str) -> set[str]:
    squeezed = (" ".join(line.split()) for line in source.splitlines())
    return {line for line in squeezed if len(line) >= _SHORT and not line.startswith(("import ", "from ", "#", '"'))}


def _squeezed(said: str) -> str:
    return re.sub(r"\s+", "", said)
