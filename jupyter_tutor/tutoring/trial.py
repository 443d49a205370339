"""Runs answers to see which hidden checks they pass; what was found once is kept."""

import ast
import asyncio
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.boundary.checks import split
from jupyter_tutor.grading.job import Limits, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.asked import Asked, without_holes

_LIMITS = Limits(submission=4.0, check=1.0)
_MOST_KEPT = 400
_VALUES = ("None", "True", "False", "0", "1", "-1", "''", "[]", "{}", "a[0]", "a[1]", "a[-1]")
_KEPT: "WeakKeyDictionary[Grader, dict[tuple[str, str], frozenset[str]]]" = WeakKeyDictionary()
"""By grader: the hidden checks passed, by the exercise's digest and the answers."""


class Trial:
    """Runs of one exercise."""

    def __init__(self, exercise: Exercise, proof: Proof, grader: Grader) -> None:
        self.exercise, self.proof, self.grader = exercise, proof, grader
        self.kept = _KEPT.setdefault(grader, {})

    async def run(self, answers: Mapping[str, str]) -> Run:
        merged = with_answers(self.exercise, dict(answers))
        return await self.grader.run(
            plan(self.exercise, merged, self.proof.places, self.proof.in_kernel, limits=_LIMITS)
        )

    async def known(self, answers: Mapping[str, str]) -> frozenset[str]:
        """Hidden checks that the learner passes without help: with the own answers, and with the starter."""
        both = [dict(answers), self.exercise.starter()]
        found = await asyncio.gather(*(self._keep(repr(sorted(one.items())), [one]) for one in both))
        return found[0] | found[1]

    async def trivial(self, asked: Asked) -> frozenset[str]:
        """Hidden checks that an answer passes which gives a constant or an argument back, or only raises."""
        values = [*_VALUES, *self._frequent()]
        bodies = [f"return {value}" for value in values] + [f"raise {kind}" for kind in sorted(self._raised())]
        return await self._keep("trivial", [_trivial(asked, body) for body in bodies])

    def reading(self, name: str) -> frozenset[str]:
        """The checks that read a name, or what was made with it; all of them when none does by itself."""
        found = set()
        for cell in self.exercise.tests:
            made = {name}
            for step in split(cell.source):
                if step.reads & made:
                    made |= step.binds
                    found |= {f"{cell.grade_id}/{step.check}"} if step.check else set()
        return frozenset(found) or frozenset(check.name for check in self.proof.checks)

    async def _keep(self, name: str, answers: Iterable[Mapping[str, str]]) -> frozenset[str]:
        key = (self.proof.digest, name)
        if key not in self.kept:
            runs = await asyncio.gather(*(self.run(one) for one in answers))
            while len(self.kept) >= _MOST_KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[key] = frozenset().union(*map(passed, runs))
        return self.kept[key]

    def _frequent(self) -> list[str]:
        """Plain values that several checks compare with."""
        counted: dict[str, int] = {}
        for node in self._checked():
            if isinstance(node, ast.Compare):
                for side in (node.left, *node.comparators):
                    if isinstance(side, ast.Constant):
                        counted[repr(side.value)] = counted.get(repr(side.value), 0) + 1
        return [value for value, count in counted.items() if count > 1 and value not in _VALUES][:4]

    def _raised(self) -> set[str]:
        """Exceptions that checks wait for."""
        names = set()
        for node in self._checked():
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "pytest.raises",
                "raises",
                "self.assertRaises",
            ):
                names |= {n.id for arg in node.args[:1] for n in ast.walk(arg) if isinstance(n, ast.Name)}
        return names

    def _checked(self) -> list[ast.AST]:
        steps = [step for cell in self.exercise.tests for step in split(cell.source)]
        return [part for step in steps for node in step.nodes for part in ast.walk(node)]


def passed(run: Run) -> frozenset[str]:
    """The hidden checks that a run passed."""
    return frozenset(o.name for o in run.outcomes if not o.visible and o.status == "passed")


def _trivial(asked: Asked, body: str) -> dict[str, str]:
    """Answers in which every function and method has one and the same body."""
    answers = {grade_id: ast.unparse(without_holes(module)) for grade_id, module in asked.starter.items()}
    for name, grade_id in asked.cells.items():
        node = asked.bound(name)
        if isinstance(node, ast.ClassDef):
            methods = [n.name for n in node.body if isinstance(n, ast.FunctionDef) and n.name != "__init__"]
            source = f"class {name}:\n    def __init__(self, *a, **k): pass\n"
            source += "".join(f"    def {method}(self, *a, **k): {body}\n" for method in methods)
        else:
            source = f"def {name}(*a, **k): {body}\n"
        answers[grade_id] += f"\n{source}"
    return answers
