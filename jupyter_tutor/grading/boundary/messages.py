"""What a learner reads about a check: the call as it was made, what came back, what was expected."""

import ast
import reprlib
from typing import Any

from jupyter_tutor.grading.boundary.standins import Gone, Handle, Interrupted, Link, RaisedByLearner, Refusal, Unfit

LONGEST = 2000
HIDDEN = "a hidden case"
_SIGNS = {
    ast.Eq: "expected",
    ast.Is: "expected",
    ast.NotEq: "expected anything but",
    ast.Lt: "expected less than",
    ast.Gt: "expected more than",
    ast.LtE: "expected at most",
    ast.GtE: "expected at least",
    ast.In: "expected one of",
}
_PROSE = ("a ", "not reached", "the ", "this ", "your ", "name '")
"""How a message begins that is a sentence, not code."""


class _Short(reprlib.Repr):
    """Short texts of values; a learner's object is only named."""

    def repr_Handle(self, value: Any, level: int) -> str:
        return f"<{value._tutor_label} object>"


_short = _Short()
_short.maxlevel, _short.maxstring, _short.maxother, _short.maxlong = 4, 160, 160, 60
_short.maxdict = _short.maxlist = _short.maxtuple = _short.maxset = _short.maxfrozenset = _short.maxdeque = 16


def words(visible: bool, case: str, said: str) -> str:
    """Everything about a visible check; of a hidden one only the kind of case (anything more would help to guess)."""
    if not visible:
        return case or HIDDEN
    if said.startswith(_PROSE):
        said = said[0].upper() + said[1:]
    said = said if not said or said.endswith(".") else said + "."
    return "\n".join(part for part in (case, said) if part)[:LONGEST]


def show(value: Any) -> str:
    """A value for a message: short, and never an exception."""
    try:
        return _short.repr(value)[:400]
    except Exception:
        return f"a {type(value).__name__}"


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
        return f"{function._tutor_label if type(function) is Handle else function}({', '.join(shown)})"

    def difference(self, node: ast.stmt | None, sides: list[Any], error: AssertionError, case: str) -> str:
        """Why an assert does not hold. `sides` are the values that it compared."""
        test = node.test if isinstance(node, ast.Assert) else None
        if isinstance(test, ast.Compare) and len(sides) == 2:
            sign = _SIGNS.get(type(test.ops[0]), "which does not fit")
            gave = "gave something else" if self.guarded else f"gave {show(sides[0])}"
            return f"{self._value_of(test.left)} {gave}, {sign} {show(sides[1])}"
        if test is not None and sides and not self.guarded:
            return f"{self._value_of(test)} gave {show(sides[-1])}"
        said = str(error).splitlines()[0][:300] if str(error) and not self.guarded else ""
        return said if said and said != case else "this case does not hold"

    def _value_of(self, node: ast.expr) -> str:
        """A call as it was made; any other expression as it is written."""
        called = self.link.calls[-1][0] if self.link.calls else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and type(called) is Handle:
            return self.call() if called._tutor_label == node.func.id else ast.unparse(node)
        return ast.unparse(node)

    def failure(self, error: BaseException) -> str:
        """Why a step stopped."""
        if isinstance(error, Interrupted):
            return f"{self.call()} took too long and was stopped"
        if isinstance(error, Gone):
            how = "took too long and did not stop, so it was ended" if error.late else "ended the Python process"
            return f"{self.call()} {how}, so nothing after it could be checked"
        if isinstance(error, Unfit):
            return f"{self.call()}: {error}"
        if isinstance(error, RaisedByLearner):
            return self._raised(error)
        if is_outcome(error):
            wanted = str(error).splitlines()[0].removeprefix("DID NOT RAISE ")
            return f"{self.call()} was expected to raise {wanted}, and raised nothing"
        kind = "" if isinstance(error, Refusal) else f"{type(error).__name__}: "
        said = "" if self.guarded else str(error).splitlines()[0][:300] if str(error) else "no message"
        return f"{kind}{said}"

    def _raised(self, error: RaisedByLearner) -> str:
        kind, said = type(error).__name__, str(error)[:500]
        if kind == "NameError" and not error.frames:
            return f"{said}: your notebook does not define it, or the cell that does stopped with an error"
        if kind == "NotImplementedError" and not said:
            return "the answer is still to be written"
        if self.guarded:
            return f"{self.call()} stopped with {kind}"
        place = error.frames[-1] if error.frames else None
        where = f", on line {place[1]} of {place[0]}: {place[2]}" if place else ""
        return f"{self.call()} stopped with {kind}{f': {said}' if said else ''}{where}"


def is_outcome(error: BaseException) -> bool:
    """Whether pytest says that a check does not hold (`pytest.raises`, `pytest.fail`)."""
    return any(kind.__name__ == "OutcomeException" for kind in type(error).__mro__)
