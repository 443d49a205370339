"""Runs the author's test cells against the player, one check after the other.

Statements run as they are, in this process; only names of the learner's answers are stand-ins. Asserts of one
comparison are compiled so that both sides are remembered for the message; what they do stays the same.
"""

import ast
import contextlib
import io
import reprlib
import time
from collections.abc import Callable
from typing import Any

from jupyter_tutor.grading.checks import Step, split
from jupyter_tutor.grading.standins import CELL_FILE, Handle, Interrupted, LearnerError, Link, PlayerGone, Unfit

_SEEN = "__tutor_seen__"
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


class Namespace(dict[str, Any]):
    """The globals of the test cells: an answer's name is read from the player each time it is met."""

    def __init__(self, names: set[str], link: Link) -> None:
        super().__init__(__name__="__main__")
        self._names, self._link = names, link
        self._handles: dict[str, Any] = {}

    def __missing__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        value = self._handles[name] if name in self._handles else self._link.do("name", name)
        if type(value) is Handle:
            self._handles[name] = value
        return value


class Judge:
    """The checks of one submission. `begin` is told the name of each check before it runs, `report` each outcome."""

    def __init__(
        self, link: Link, names: set[str], begin: Callable[[str], None], report: Callable[[dict[str, Any]], None]
    ) -> None:
        self.link, self.begin, self.report = link, begin, report
        self.namespace = Namespace(names, link)
        self.sides: list[Any] = []
        self.namespace[_SEEN] = self._see
        self.gone = ""

    def _see(self, value: Any) -> Any:
        self.sides.append(value)
        return value

    def prepare(self, source: str) -> None:
        """Run a setup cell of the author's. What fails is missed by the checks that need it."""
        with contextlib.redirect_stdout(io.StringIO()):
            for node in ast.parse(source).body:
                try:
                    exec(compile(ast.Module([node], []), "<setup>", "exec"), self.namespace)  # noqa: S102 - the author's own code
                except PlayerGone:
                    self.gone = "your code ended the Python process before the checks"
                except BaseException:  # noqa: S112 - a setup line may need what only the player has
                    continue

    def run(self, grade_id: str, source: str) -> None:
        """All steps of one test cell."""
        poisoned: dict[str, str] = {}
        rests_on = ""
        for step in split(source):
            name = f"{grade_id}/{step.check}" if step.check else ""
            reason = (
                self.gone
                or next((poisoned[n] for n in sorted(step.reads & poisoned.keys())), "")
                or (rests_on if step.check else "")
            )
            if reason:
                failure = reason
                if step.check:
                    self.report(
                        {
                            "name": name,
                            "visible": step.visible,
                            "status": "not_reached",
                            "message": self._words(step, reason),
                            "ms": 0,
                        }
                    )
            else:
                failure = self._step(grade_id, name, step)
            if step.check:
                rests_on = ""
            if failure:
                poisoned |= dict.fromkeys(
                    step.binds | (step.reads & self._own_names() if not step.check else set()), failure
                )
                rests_on = rests_on if step.check else failure

    def _own_names(self) -> set[str]:
        """Names that the test cells bound to data of their own."""
        return {name for name, value in self.namespace.items() if type(value) is Handle or not callable(value)}

    def _step(self, grade_id: str, name: str, step: Step) -> str:
        """Run one step; report it when it is a check. Gives back why later steps cannot rest on it, or nothing."""
        self.begin(name)
        self.sides.clear()
        self.link.calls.clear()
        start = time.perf_counter()
        status, message = "passed", ""
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                code = compile(_watched(step.nodes), f"{CELL_FILE}{grade_id}>", "exec")
                exec(code, self.namespace)  # noqa: S102 - the author's own code
        except Interrupted:
            status, message = "timed_out", f"{self._call()} took too long and was stopped"
        except PlayerGone:
            self.gone = f"{self._call()} ended the Python process, so nothing after it could be checked"
            status, message = "errored", self.gone
        except AssertionError as error:
            status, message = (
                ("errored", self._error(error))
                if isinstance(error, LearnerError)
                else ("failed", self._difference(step, error))
            )
        except BaseException as error:
            status, message = "failed" if _is_outcome(error) else "errored", self._error(error)
        if step.check:
            ms = round((time.perf_counter() - start) * 1000)
            self.report(
                {
                    "name": name,
                    "visible": step.visible,
                    "status": status,
                    "message": self._words(step, message),
                    "ms": ms,
                }
            )
        return "" if status == "passed" or (step.check and status == "failed") else f"not reached: before it, {message}"

    def _words(self, step: Step, message: str) -> str:
        """What the learner may read: everything of a visible check, only the kind of case of a hidden one."""
        if not step.visible:
            return step.case or "a hidden case"
        if message.startswith(_PROSE):
            message = message[0].upper() + message[1:]
        return "\n".join(part for part in (step.case, message and message + ".") if part)

    def _difference(self, step: Step, error: AssertionError) -> str:
        """Why an assert failed: what was called, what came back, what was expected."""
        test = next((n.test for n in step.nodes if isinstance(n, ast.Assert)), None)
        if isinstance(test, ast.Compare) and len(self.sides) == 2:
            left, right = self.sides
            sign = _SIGNS.get(type(test.ops[0]), "which does not fit")
            return f"{self._value_of(test.left)} gave {_show(left)}, {sign} {_show(right)}"
        if test is not None and self.sides:
            return f"{self._value_of(test)} gave {_show(self.sides[-1])}"
        return str(error).splitlines()[0][:300] if str(error) and str(error) != step.case else "this case does not hold"

    def _value_of(self, node: ast.expr) -> str:
        """A call as it was made, with its arguments' values; any other expression as it is written."""
        called = self.link.calls[-1][0] if self.link.calls else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and type(called) is Handle:
            return self._call() if called._tutor_label == node.func.id else ast.unparse(node)
        return ast.unparse(node)

    def _call(self) -> str:
        if not self.link.calls:
            return "your code"
        function, args, kwargs = self.link.calls[-1]
        shown = [_show(a) for a in args] + [f"{k}={_show(v)}" for k, v in kwargs.items()]
        return f"{function._tutor_label if type(function) is Handle else function}({', '.join(shown)})"

    def _error(self, error: BaseException) -> str:
        kind = type(error).__name__
        if isinstance(error, Unfit):
            return f"{self._call()}: {error}"
        if isinstance(error, LearnerError) or hasattr(error, "frames"):
            frames = error.frames
            where = f", on line {frames[-1][1]} of {frames[-1][0]}: {frames[-1][2]}" if frames else ""
            said = f": {error}" if str(error) else ""
            if kind == "NameError" and not frames:
                return f"{error}: your notebook does not define it, or the cell that does stopped with an error"
            if kind == "NotImplementedError" and not str(error):
                return "the answer is still to be written"
            return f"{self._call()} stopped with {kind}{said}{where}"
        if _is_outcome(error):
            return (
                f"{self._call()} was expected to raise {str(error).removeprefix('DID NOT RAISE ')}, and raised nothing"
            )
        return f"{kind}: {str(error).splitlines()[0][:300] if str(error) else 'no message'}"


def _is_outcome(error: BaseException) -> bool:
    """Whether pytest says that a check does not hold (`pytest.raises`, `pytest.fail`)."""
    return any(kind.__name__ == "OutcomeException" for kind in type(error).__mro__)


def _show(value: Any) -> str:
    """A value for a message: short, and never an exception."""
    try:
        return _short.repr(value)
    except Exception:
        return f"a {type(value).__name__}"


def _watched(nodes: tuple[ast.stmt, ...]) -> ast.Module:
    """The statements, with both sides of simple asserts passed through the recorder."""
    out: list[ast.stmt] = []
    for node in nodes:
        if isinstance(node, ast.Assert):
            test = node.test
            if isinstance(test, ast.Compare) and len(test.ops) == 1:
                test = ast.Compare(_recorded(test.left), test.ops, [_recorded(test.comparators[0])])
            elif not isinstance(test, ast.Compare):
                test = _recorded(test)
            node = ast.copy_location(ast.Assert(test, node.msg), node)
        out.append(node)
    return ast.fix_missing_locations(ast.Module(out, []))


def _recorded(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.Name(_SEEN, ast.Load()), [node], []), node)
