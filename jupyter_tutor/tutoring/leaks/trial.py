"""Runs answers to see which hidden checks they pass; what was found once is kept."""

import ast
import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias
from weakref import WeakKeyDictionary

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.boundary.checks import split
from jupyter_tutor.grading.job import Limits, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.leaks.asked import Asked, without_holes

_LIMITS = Limits(submission=4.0, check=1.0)
_MOST_KEPT = 1000
_VALUES = ("None", "True", "False", "0", "1", "-1", "''", "[]", "{}", "a[0]", "a[1]", "a[-1]")
_Kept: TypeAlias = "dict[str, Result]"
_KEPT: WeakKeyDictionary[Grader, _Kept] = WeakKeyDictionary()
"""By grader: what runs showed, by a hash of the exercise's digest and the answers."""


@dataclass(frozen=True)
class Result:
    """`passed` are hidden checks; `ended`: the run did not end by itself; `late`: a hidden check took too long."""

    passed: frozenset[str]
    ended: bool
    late: bool

    @classmethod
    def of(cls, run: Run) -> "Result":
        hidden = [outcome for outcome in run.outcomes if not outcome.visible]
        passed = frozenset(o.name for o in hidden if o.status == "passed")
        return cls(passed, run.ending != "graded", any(o.status == "timed_out" for o in hidden))


class Trial:
    """Runs of one exercise."""

    def __init__(self, exercise: Exercise, proof: Proof, grader: Grader) -> None:
        self.exercise, self.proof, self.grader = exercise, proof, grader
        self.kept = _KEPT.setdefault(grader, {})

    async def result(self, answers: tuple[tuple[str, str], ...]) -> Result:
        """What a run showed, kept for when the same is asked again."""
        key = sha256(repr((self.proof.digest, answers)).encode()).hexdigest()
        if key not in self.kept:
            found = Result.of(await self._run(dict(answers)))
            while len(self.kept) >= _MOST_KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[key] = found
        return self.kept[key]

    async def _run(self, answers: Mapping[str, str]) -> Run:
        merged = with_answers(self.exercise, dict(answers))
        return await self.grader.run(
            plan(self.exercise, merged, self.proof.places, self.proof.in_kernel, limits=_LIMITS)
        )

    async def known(self, answers: Mapping[str, str]) -> frozenset[str]:
        """Hidden checks that the learner passes without help: with the own answers, and with the starter."""
        both = (answers, self.exercise.starter())
        own, starter = await asyncio.gather(*(self.result(tuple(one.items())) for one in both))
        return own.passed | starter.passed

    async def trivial(self, asked: Asked) -> frozenset[str]:
        """Hidden checks that an answer passes which gives a constant or an argument back, or only raises."""
        values = [*_VALUES, *self._frequent()]
        bodies = [f"return {value}" for value in values] + [f"raise {kind}" for kind in sorted(self._raised())]
        found = await asyncio.gather(*(self.result(tuple(_trivial(asked, body).items())) for body in bodies))
        return frozenset().union(*(result.passed for result in found))

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
