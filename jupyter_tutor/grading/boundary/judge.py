"""Runs the author's test cells against the player, one check after the other.

Statements run as they are, in this process; only names of the learner's answers are stand-ins. Asserts are compiled so
that what they compare is remembered for the message; what they do stays the same. `random.seed` in a test cell seeds
the player too (and numpy's), `input()` and `sys.stdin` in learner code are answered from here; the clock is each one's
own.
"""

import ast
import contextlib
import io
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from jupyter_tutor.grading.boundary.checks import Step, helpers_in, split
from jupyter_tutor.grading.boundary.handles import CELL_FILE, Handle, Kind, is_handle
from jupyter_tutor.grading.boundary.messages import Explainer, is_outcome, words
from jupyter_tutor.grading.boundary.operations import RUNTIME
from jupyter_tutor.grading.boundary.standins import Gone, Interrupted, Link, frames_of
from jupyter_tutor.grading.boundary.watched import SEEN, Watch
from jupyter_tutor.python import parse


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
        if type(value) is Kind or (isinstance(value, Handle) and type(value)._tutor_class in _FIXED):
            self._handles[name] = value
        return value


_FIXED = tuple(RUNTIME[name] for name in ("function", "builtin_function_or_method"))


@contextlib.contextmanager
def _seeds(link: Link) -> Iterator[None]:
    """While a test cell runs, what it seeds here is seeded in the player as well."""
    rooms = [("random", random)]
    if "numpy.random" in sys.modules:
        rooms.append(("numpy", sys.modules["numpy.random"]))
    kept = [room.seed for _, room in rooms]

    def both(which: str, seed: Callable[..., None]) -> Callable[..., None]:
        def seeded(*args: Any, **kwargs: Any) -> None:
            seed(*args, **kwargs)
            given = (*args, *kwargs.values())[:1]
            if given and given[0] is not None:
                link.seeds.append((which, given))

        return seeded

    for (which, room), seed in zip(rooms, kept, strict=True):
        room.seed = both(which, seed)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for (_, room), seed in zip(rooms, kept, strict=True):
            room.seed = seed  # type: ignore[attr-defined]


class Judge:
    """The checks of one submission. `begin` is told the name of each check before it runs, `report` each outcome."""

    def __init__(
        self, link: Link, names: set[str], begin: Callable[[str], None], report: Callable[[dict[str, Any]], None]
    ) -> None:
        self.link, self.begin, self.report = link, begin, report
        self.explainer = Explainer(link)
        self.namespace = Namespace(names, link)
        link.names = self.namespace
        self.watch = Watch()
        self.namespace[SEEN] = self.watch.see
        self.helpers: frozenset[str] = frozenset()
        self.poisoned: dict[str, str] = {}
        self.gone = ""

    def prepare(self, number: int, source: str) -> None:
        """Run a setup statement of the author's. What fails is missed by the checks that need it."""
        self.begin("")
        self.helpers = helpers_in([source], self.helpers)
        try:
            self._run(f"setup {number}", parse(source).body)
        except Gone as gone:
            self.gone = f"{gone} before the checks"
        except BaseException:
            return  # it may need what only the player has

    def run(self, grade_id: str, source: str) -> None:
        """All steps of one test cell."""
        rests_on = ""
        for step in split(source, self.helpers):
            start, asked = time.perf_counter(), self.link.asked
            reason = self._missing(step) or (rests_on if step.check else "")
            status, said = ("not_reached", reason) if reason else self._execute(grade_id, step)
            if step.check:
                ms = round((time.perf_counter() - start) * 1000)
                message = words(step.visible, step.case, said)
                name = f"{grade_id}/{step.check}"
                found = {"name": name, "visible": step.visible, "status": status, "message": message, "ms": ms}
                self.report(found | {"asked": self.link.asked - asked})
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
        return {name for name, value in self.namespace.items() if is_handle(value) or not callable(value)}

    def _execute(self, grade_id: str, step: Step) -> tuple[str, str]:
        """Run one step: its status, and why it did not pass."""
        self.begin(f"{grade_id}/{step.check}" if step.check else "")
        asked = self.link.asked
        self.link.fault = error = None
        try:
            self._run(grade_id, list(step.nodes))
        except BaseException as raised:
            error = raised
        found = self._judge(step, self.link.fault or error)
        if not step.visible and self.link.asked > asked:
            self.explainer.guarded = True
        return found

    def _run(self, name: str, nodes: list[ast.stmt]) -> None:
        self.watch.clear()
        self.link.calls.clear()
        code = self.watch.compile(nodes, f"{CELL_FILE}{name}>")
        quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
        with quiet[0], quiet[1], _seeds(self.link):
            exec(code, self.namespace)  # noqa: S102 - the author's own code

    def _judge(self, step: Step, error: BaseException | None) -> tuple[str, str]:
        if error is None:
            return "passed", ""
        if isinstance(error, AssertionError) and frames_of(error) is None:
            return "failed", self.explainer.difference(self.watch.failed(error), error, step.case)
        said = self.explainer.failure(error)
        if isinstance(error, Gone):
            self.gone = said if step.visible else "your code ended the Python process in a hidden case"
            return "timed_out" if error.late else "errored", said
        if isinstance(error, Interrupted):
            return "timed_out", said
        return "failed" if is_outcome(error) else "errored", said
