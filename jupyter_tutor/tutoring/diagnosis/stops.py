"""Clues from what stops: cells that Python cannot read, exceptions, and code that takes too long."""

import ast
import builtins
import difflib
import keyword
import re
import warnings
from collections.abc import Iterator

from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged
from jupyter_tutor.grading.boundary.sentences import sentence_for
from jupyter_tutor.grading.job import CellError, Outcome
from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.clues import Clue

_STOPPED = re.compile(
    r"^(?:Not reached: before it, )?(?P<call>.+?) stopped with (?P<kind>\w+)(?:: (?P<said>.*?))??"
    r"(?:, on line (?P<line>\d+) of (?P<function>\S+): (?P<text>.*?))?\.?$",
    re.M,
)
_BUILTINS = sorted(set(dir(builtins)) - {"copyright", "credits", "exit", "license", "quit"})
_UNDEFINED = re.compile(r"name '(\w+)'")
_MISCONCEPTIONS = {
    "NameError": "undefined-name",
    "UnboundLocalError": "undefined-name",
    "IndexError": "index-out-of-range",
    "KeyError": "missing-key",
    "RecursionError": "no-base-case",
    "TypeError": "wrong-type",
    "AttributeError": "wrong-type",
}
_SYNTAX = (
    ("expected ':'", "A line that opens a block (`if`, `for`, `while`, `def`, `else`, ...) ends with a colon."),
    ("expected an indented block", "After a line that ends with a colon, the next one stands further to the right."),
    ("unexpected indent", "This line stands further to the right than the block that it belongs to."),
    ("unindent does not match", "This line is not level with any block above it: compare its spaces with theirs."),
    ("inconsistent use of tabs", "Tabs and spaces are mixed here: use four spaces for each level."),
    ("was never closed", "A bracket is opened here, and its partner is missing."),
    ("unmatched", "There is a closing bracket without its partner."),
    ("does not match opening", "Two brackets of different kinds meet here: which one is the partner of which?"),
    ("unterminated", "A text begins here and its closing quotation mark is missing."),
    ("instead of '='", "Is something compared here? `=` gives a value, `==` compares."),
    ("cannot assign", "What stands left of `=` has to be a name or a place that can hold a value."),
    ("perhaps you forgot a comma", "Two things stand side by side here: is there something missing between them?"),
    ("'return' outside function", "This `return` belongs to no function: how far to the right does it have to stand?"),
    ("outside loop", "`break` and `continue` work inside a loop only: how far to the right does this line stand?"),
    ("", "Compare this line, and the end of the one before it, with an example: is a sign too much, or missing?"),
)


def unreadable(merged: Merged) -> Iterator[Clue]:
    """A clue for each answer that is no Python."""
    for cell, source in merged.answers.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(without_magics(source), cell, "exec", dont_inherit=True)
        except SyntaxError as error:
            yield _syntax(cell, source, error)
        except (ValueError, RecursionError, MemoryError):
            said = "Python cannot read this cell: a character in it, or how deep its brackets go, is too much for it."
            yield Clue("error:unreadable", "error", said, cell)


def _syntax(cell: str, source: str, error: SyntaxError) -> Clue:
    said = error.msg or "invalid syntax"
    text = line_of(source, error.lineno)
    meaning = _misspelt(text) or next(words for part, words in _SYNTAX if part in said.lower())
    shown = _shown(text)
    about = "indentation" if isinstance(error, IndentationError) else "syntax"
    told = (
        f"Python stops reading at line {error.lineno}{shown} ({said}), so nothing of this cell runs yet.\n\n{meaning}"
    )
    return Clue(f"error:syntax:{said}{shown}", "error", told, cell, error.lineno, misconception=about)


def _misspelt(line: str) -> str:
    """What to say of a line whose first word is nearly a keyword."""
    first = re.match(r"[A-Za-z]+", line)
    near = difflib.get_close_matches(first[0], keyword.kwlist, 1, 0.7) if first else []
    return f"Is `{first[0]}` meant to be `{near[0]}`?" if first and near and near[0] != first[0] else ""


def stopped_cells(merged: Merged, errors: tuple[CellError, ...], cells: tuple[str, ...]) -> Iterator[Clue]:
    """A clue for each exception that left a cell; `cells` are those of the job."""
    for error in errors:
        if error.kind == "NotImplementedError" and not error.message:
            continue
        source = cells[error.cell] if error.cell < len(cells) else ""
        cell = next((name for name, answer in merged.answers.items() if answer == source), "")
        line = error.line if cell else None
        shown = f" at line {line}{_shown(line_of(source, line))}" if line else ""
        which = "Your answer" if cell else "A cell of yours, beside the answer,"
        said = f": {error.message}" if error.message else ""
        told = f"{which} stops with `{error.kind}{said}`{shown}."
        key = f"error:{error.kind}:{line_of(source, line)}"
        yield Clue(
            key, "error", _explained(told, error.kind, error.message, source), cell, line, "", _about(error.kind)
        )


def stopped_calls(merged: Merged, outcomes: tuple[Outcome, ...]) -> Iterator[Clue]:
    """A clue for each exception, by its line, that a visible check met, and one for what takes too long."""
    keys = set()
    for outcome in outcomes:
        if outcome.visible and outcome.status in ("errored", "not_reached"):
            clue = stopped_call(merged, outcome.message)
            if clue is not None and clue.key not in keys:
                keys.add(clue.key)
                yield clue


def stopped_call(merged: Merged, message: str) -> Clue | None:
    """A clue for an exception that a check's message tells of."""
    found = _STOPPED.search(message)
    if found is None:
        return None
    call, kind, said = found["call"], found["kind"], found["said"] or ""
    cell, line = _place(merged, found["line"], found["text"])
    shown = f" at line {line}{_shown(found['text'])}" if line else ""
    told = f"`{call}` stops with `{kind}{f': {said}' if said else ''}`{shown}."
    source = merged.answers.get(cell, "\n".join(merged.answers.values()))
    key = f"error:{kind}:{found['text'] or call}"
    return Clue(key, "error", _explained(told, kind, said, source), cell, line, call, _about(kind))


def line_of(source: str, line: int | None) -> str:
    """The text of a line, counted from 1."""
    lines = source.splitlines()
    return lines[line - 1].strip() if line and 0 < line <= len(lines) else ""


def _place(merged: Merged, line: str | None, text: str | None) -> tuple[str, int | None]:
    """The answer cell and line of a frame; nothing where the line is not one of the learner's."""
    if not line or not text:
        return "", None
    same = (name for name, source in merged.answers.items() if line_of(source, int(line))[:200] == text)
    cell = next(same, "")
    return (cell, int(line)) if cell else ("", None)


def _shown(text: str) -> str:
    return f", `{text[:100]}`," if text and "`" not in text else ""


def _about(kind: str) -> str:
    return _MISCONCEPTIONS.get(kind, "")


def _explained(told: str, kind: str, said: str, source: str) -> str:
    meaning = _meant(said, source) if kind in ("NameError", "UnboundLocalError") else ""
    meaning = meaning or sentence_for([kind], said)
    return f"{told}\n\n{meaning}" if meaning else told


def _meant(said: str, source: str) -> str:
    """The name that is there and looks like the one that is not."""
    found = _UNDEFINED.search(said)
    if found is None:
        return ""
    try:
        tree = parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    bound |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    bound |= {n.name for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    near = difflib.get_close_matches(found[1], sorted(bound - {found[1]}), 1, 0.7)
    near = near or difflib.get_close_matches(found[1], _BUILTINS, 1, 0.7)
    return f"Nothing of the name `{found[1]}` is there. Is it another spelling of `{near[0]}`?" if near else ""
