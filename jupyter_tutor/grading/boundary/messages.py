"""What a learner reads about a check: the call as it was made, what came back, what was expected, where they differ."""

import ast
from typing import Any

from jupyter_tutor.grading.boundary.differences import show, where
from jupyter_tutor.grading.boundary.faults import Gone, Interrupted, Refusal, Unfit
from jupyter_tutor.grading.boundary.handles import is_handle
from jupyter_tutor.grading.boundary.sentences import sentence_for
from jupyter_tutor.grading.boundary.standins import Link, frames_of

LONGEST = 2000
HIDDEN = "a hidden case"
_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "expected",
    ast.Is: "expected",
    ast.NotEq: "expected anything but",
    ast.IsNot: "expected anything but",
    ast.Lt: "expected less than",
    ast.Gt: "expected more than",
    ast.LtE: "expected at most",
    ast.GtE: "expected at least",
    ast.In: "expected one of",
    ast.NotIn: "expected none of",
}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    **{kind: kind for kind in (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)},
    **{ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE},
}
_PROSE = ("a ", "not reached", "the ", "this ", "your ", "name '")
"""How a message begins that is a sentence, not code."""
_MOST_LINES = 12


def words(visible: bool, case: str, said: str) -> str:
    """Everything about a visible check; of a hidden one only the kind of case (anything more would help to guess)."""
    if not visible:
        return case or HIDDEN
    if said.startswith(_PROSE):
        said = said[0].upper() + said[1:]
    if (
        said
        and said[-1] not in ".?"
        and not said.rpartition("\n")[0].endswith(":")
        and said.count("\n") < _MOST_LINES // 4
    ):
        said += "."
    return "\n".join(part for part in (case, said) if part)[:LONGEST]


class Explainer:
    """Explains the step that has just run.

    Once `guarded` (a hidden check has reached the learner's code), nothing that this code hands out is shown any more:
    it could carry what the hidden check asked.
    """

    def __init__(self, link: Link) -> None:
        self.link = link
        self.guarded = False

    def call(self) -> str:
        """The last call of the learner's code, with its arguments' values."""
        if not self.link.calls:
            return "your code"
        function, args, kwargs = self.link.calls[-1]
        shown = [show(a) for a in args] + [f"{k}={show(v)}" for k, v in kwargs.items()]
        return f"{function._tutor_label}({'...' if self.guarded else ', '.join(shown)})"

    def difference(self, found: tuple[ast.expr, list[Any]] | None, error: AssertionError, case: str) -> str:
        """Why an assert does not hold: its condition, and the values in it."""
        said = "" if self.guarded else _text_of(error)
        if found is None:
            told = f"{self.call()} is not as expected:\n{said}" if "\n" in said else said
            return told if told and told != case else "this case does not hold"
        told = self._condition(*found) or "this case does not hold"
        return f"{said}: {told}" if said and said != case and "\n" not in said else told

    def _condition(self, test: ast.expr, values: list[Any]) -> str:
        if isinstance(test, ast.Compare) and len(values) > 1:
            at = len(values) - 2
            return self._comparison([test.left, *test.comparators][at : at + 2], test.ops[at], values[-2:])
        if not values or self.guarded:
            return ""
        if isinstance(test, ast.UnaryOp):
            wanted = "False" if type(values[-1]) is bool else "something that is empty, zero or False"
            return f"{self._value_of(test.operand)} {_verb(test.operand)} {show(values[-1])}, expected {wanted}"
        expected = ", expected True" if type(values[-1]).__name__.startswith("bool") else ""
        return f"{self._value_of(test)} {_verb(test)} {show(values[-1])}{expected}"

    def _comparison(self, sides: list[ast.expr], sign: ast.cmpop, values: list[Any]) -> str:
        kind = type(sign)
        if kind in _MIRRORED and _is_literal(sides[0]) and not _is_literal(sides[1]):
            sides, values, kind = sides[::-1], values[::-1], _MIRRORED[kind]
        wanted = _SIGNS.get(kind, "which does not fit")
        if self.guarded:
            right = show(values[1]) if _is_literal(sides[1]) else ast.unparse(sides[1])
            return f"{self._value_of(sides[0])} {_verb(sides[0])} something else, {wanted} {right}"
        told = f"{self._value_of(sides[0])} {_verb(sides[0])} {show(values[0])}, {wanted} {show(values[1])}"
        place = where(*values) if kind is ast.Eq else ""
        return f"{told}: {place}" if place else told

    def _value_of(self, node: ast.expr) -> str:
        """A call as it was made; any other expression as it is written."""
        called: Any = self.link.calls[-1][0] if self.link.calls else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and is_handle(called) and not self.guarded:
            return self.call() if called._tutor_label == node.func.id else ast.unparse(node)
        return ast.unparse(node)

    def failure(self, error: BaseException) -> str:
        """Why a step stopped."""
        if isinstance(error, Interrupted):
            return f"{self.call()} took too long and was stopped: look for a loop that does not end"
        if isinstance(error, Gone):
            late = "took too long and did not stop, so it was ended"
            how = late if error.late else str(error).removeprefix("your code ")
            return f"{self.call()} {how}, so nothing after it could be checked"
        if isinstance(error, Unfit):
            return f"{self.call()}: {error}"
        frames = frames_of(error)
        if frames is not None:
            return self._raised(error, frames)
        if is_outcome(error):
            wanted = _text_of(error) or "an exception"
            if not wanted.startswith("DID NOT RAISE "):
                return "this case does not hold" if self.guarded else wanted
            wanted = wanted.removeprefix("DID NOT RAISE ")
            return f"{self.call()} was expected to raise {wanted}, and raised nothing"
        kind = "" if isinstance(error, Refusal) else f"{type(error).__name__}: "
        return f"{kind}{'' if self.guarded else _text_of(error) or 'no message'}"

    def _raised(self, error: BaseException, frames: list[tuple[str, int, str]]) -> str:
        kind, said = type(error).__name__, str(error)[:500]
        if kind == "NameError" and not frames:
            return f"{said}: your notebook does not define it, or the cell that does stopped with an error"
        if kind == "NotImplementedError" and not said:
            return "the answer is still to be written"
        meaning = sentence_for([k.__name__ for k in type(error).__mro__], said)
        if self.guarded:
            return f"{self.call()} stopped with {kind}" + (f". {sentence_for([kind], '')}" if meaning else "")
        where_ = f", on line {frames[-1][1]} of {frames[-1][0]}: {frames[-1][2]}" if frames else ""
        told = f"{self.call()} stopped with {kind}{f': {said}' if said else ''}{where_}"
        return f"{told}.\n{meaning}" if meaning else told


def is_outcome(error: BaseException) -> bool:
    """Whether pytest says that a check does not hold (`pytest.raises`, `pytest.fail`)."""
    return any(kind.__name__ == "OutcomeException" for kind in type(error).__mro__)


def _text_of(error: BaseException) -> str:
    """The first lines of an exception's message that say something."""
    lines = [line.rstrip() for line in str(error).splitlines() if line.strip()]
    return "\n".join(lines[:_MOST_LINES])[:600]


def _verb(node: ast.expr) -> str:
    return "gave" if isinstance(node, ast.Call) else "is"


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True
