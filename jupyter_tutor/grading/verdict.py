"""The verdict on a submission, in the form that is promised to the outside."""

from dataclasses import dataclass, field, replace
from typing import Any

from jupyter_tutor.errors import sentence
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.grading.job import Finding, Outcome, Run

CRITERIA = ("correctness", "quality", "efficiency", "style")


@dataclass(frozen=True)
class Check:
    """How one check ended, with its points. `duration_ms` is None for hidden checks."""

    name: str
    status: str
    visible: bool
    points: float
    max_points: float
    message: str
    duration_ms: int | None


@dataclass(frozen=True)
class Verdict:
    """`passed` and `score` are None where nothing was graded automatically; criteria not measured are None."""

    status: str
    passed: bool | None
    points: float
    max_points: float
    score: float | None
    criteria: dict[str, float | None]
    duration_ms: int
    checks: tuple[Check, ...] = ()
    manual: tuple[str, ...] = ()
    message: str = ""
    protected: bool = field(default=True)
    """False when hidden checks ran beside learner code."""
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return data | {
            "checks": [dict(vars(check)) for check in self.checks],
            "manual": list(self.manual),
            "findings": [dict(vars(f)) for f in self.findings],
        }


def verdict(exercise: Exercise, run: Run, in_kernel: frozenset[str] = frozenset()) -> Verdict:
    """Points and scores for a run's outcomes, as the exercise counts them."""
    checks = tuple(
        check for cell in exercise.tests for check in _cell_checks(exercise, cell.grade_id, cell.points, run.outcomes)
    )
    points, most = sum(c.points for c in checks), sum(c.max_points for c in checks)
    passed = all(c.status == "passed" for c in checks) if checks else None
    correctness = None
    if checks:
        share = points / most if most else sum(c.status == "passed" for c in checks) / len(checks)
        correctness = round(100 * share, 1)
    marks = run.marks if passed else replace(run.marks, efficiency=None)
    beyond = {"quality": marks.quality, "efficiency": marks.efficiency, "style": marks.style}
    criteria = dict.fromkeys(CRITERIA) | {"correctness": correctness} | beyond
    return Verdict(
        status=run.ending,
        passed=passed,
        points=round(points, 4),
        max_points=round(most, 4),
        score=score(exercise, criteria),
        criteria=criteria,
        duration_ms=run.duration_ms,
        checks=checks,
        manual=tuple(cell.grade_id for cell in exercise.role("manual", "task")),
        message=run.message,
        protected=not any(o.name.rpartition("/")[0] in in_kernel and not o.visible for o in run.outcomes),
        findings=tuple(f for f in marks.findings if criteria[f.criterion] is not None),
    )


def invalid(exercise: Exercise, message: str) -> Verdict:
    """The verdict on what is not a submission of this exercise."""
    most = sum(cell.points for cell in exercise.tests)
    passed, nothing = (False if exercise.tests else None), dict.fromkeys(CRITERIA)
    return Verdict("invalid", passed, 0.0, most, None, nothing, 0, message=sentence(message))


def score(exercise: Exercise, criteria: dict[str, float | None]) -> float | None:
    """The weighted mean of the criteria that were measured, or None."""
    weights = {name: getattr(exercise.metadata.weights, name) for name, value in criteria.items() if value is not None}
    total = sum(weights.values())
    return (
        round(sum((criteria[name] or 0.0) * weight for name, weight in weights.items()) / total, 1) if total else None
    )


def _cell_checks(exercise: Exercise, grade_id: str, points: float, outcomes: tuple[Outcome, ...]) -> list[Check]:
    """The checks of one test cell: its points are shared out evenly, and earned together unless credit is per check."""
    own = [o for o in outcomes if o.name.rpartition("/")[0] == grade_id]
    each = points / len(own) if own else 0.0
    together = exercise.metadata.credit == "cell" and any(o.status != "passed" for o in own)
    return [
        Check(
            o.name,
            o.status,
            o.visible,
            0.0 if together or o.status != "passed" else round(each, 4),
            round(each, 4),
            o.message,
            o.ms if o.visible else None,
        )
        for o in own
    ]
