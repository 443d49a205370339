"""Runs the author's test cells against the player, one check after the other.

Statements run as they are, in this process; only names of the learner's answers are stand-ins. Asserts of one
comparison are compiled so that both sides are remembered for the message; what they do stays the same.
"""

import ast
import contextlib
import io
import time
from collections.abc import Callable
from typing import Any

from jupyter_tutor.grading.boundary.checks import Step, split
from jupyter_tutor.grading.boundary.messages import Explainer, is_outcome, words
from jupyter_tutor.grading.boundary.standins import CELL_FILE, Gone, Handle, Interrupted, Link, RaisedByLearner

_SEEN = "__tutor_seen__"


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
        self.explainer = Explainer(link)
        self.namespace = Namespace(names, link)
        self.namespace[_SEEN] = self._see
        self.sides: list[Any] = []
        self.poisoned: dict[str, str] = {}
        self.gone = ""

    def _see(self, value: Any) -> Any:
        self.sides.append(value)
        return value

    def prepare(self, number: int, source: str) -> None:
        """Run a setup statement of the author's. What fails is missed by the checks that need it."""
        self.begin("")
        try:
            self._run(f"setup {number}", ast.parse(source))
        except Gone:
            self.gone = "your code ended the Python process before the checks"
        except BaseException:
            return  # it may need what only the player has

    def run(self, grade_id: str, source: str) -> None:
        """All steps of one test cell."""
        rests_on = ""
        for step in split(source):
            start = time.perf_counter()
            reason = self._missing(step) or (rests_on if step.check else "")
            status, said = ("not_reached", reason) if reason else self._execute(grade_id, step)
            if step.check:
                ms = round((time.perf_counter() - start) * 1000)
                message = words(step.visible, step.case, said)
                name = f"{grade_id}/{step.check}"
                self.report({"name": name, "visible": step.visible, "status": status, "message": message, "ms": ms})
            failed = self._remember(step, status, said)
            rests_on = "" if step.check else failed or rests_on

    def _missing(self, step: Step) -> str:
        """Why a step cannot run: the player has ended, or something that it rests on failed."""
        return self.gone or next((self.poisoned[n] for n in sorted(step.reads & self.poisoned.keys())), "")

    def _remember(self, step: Step, status: str, said: str) -> str:
        """Keep what later steps cannot rest on, and give back why; a check that only does not hold hurts none."""
        if status == "passed" or (step.check and status == "failed"):
            for name in step.binds:
                self.poisoned.pop(name, None)
            return ""
        if status != "not_reached":
            said = f"not reached: before it, {said}" if step.visible else "not reached: a hidden step before it failed"
        touched = step.binds if step.check else step.binds | (step.reads & self._data())
        self.poisoned |= dict.fromkeys(touched, said)
        return said

    def _data(self) -> set[str]:
        """Names that the test cells bound to data of their own."""
        return {name for name, value in self.namespace.items() if type(value) is Handle or not callable(value)}

    def _execute(self, grade_id: str, step: Step) -> tuple[str, str]:
        """Run one step: its status, and why it did not pass."""
        self.begin(f"{grade_id}/{step.check}" if step.check else "")
        asked = self.link.asked
        self.link.fault = error = None
        try:
            self._run(grade_id, _watched(step.nodes))
        except BaseException as raised:
            error = raised
        found = self._judge(step, self.link.fault or error)
        if not step.visible and self.link.asked > asked:
            self.explainer.guarded = True
        return found

    def _run(self, name: str, tree: ast.Module) -> None:
        self.sides.clear()
        self.link.calls.clear()
        code = compile(tree, f"{CELL_FILE}{name}>", "exec")
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, self.namespace)  # noqa: S102 - the author's own code

    def _judge(self, step: Step, error: BaseException | None) -> tuple[str, str]:
        if error is None:
            return "passed", ""
        if isinstance(error, AssertionError) and not isinstance(error, RaisedByLearner):
            node = next((n for n in step.nodes if isinstance(n, ast.Assert)), None)
            return "failed", self.explainer.difference(node, self.sides, error, step.case)
        said = self.explainer.failure(error)
        if isinstance(error, Gone):
            self.gone = said if step.visible else "your code ended the Python process in a hidden case"
            return "timed_out" if error.late else "errored", said
        if isinstance(error, Interrupted):
            return "timed_out", said
        return "failed" if is_outcome(error) else "errored", said


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
