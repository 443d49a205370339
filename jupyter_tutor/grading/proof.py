"""Proves an exercise by running it: what must pass passes, what must fail fails, and runs agree."""

import asyncio
import hashlib
import json
import platform
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.impostors import IMPOSTORS, impostor
from jupyter_tutor.grading.job import CellError, Job, Limits, Outcome, Run
from jupyter_tutor.grading.plan import boundary, plan, preparation
from jupyter_tutor.ports import Grader

ADVICE = {
    "FileNotFoundError": " (a data file has to be named in `tutor.files`; `jupyter tutor import` does that)",
    "ModuleNotFoundError": " (install it where the grader runs, or name the module's file in `tutor.files`)",
}
"""What to do about a reference that stops so."""
_PACKAGES = ("jupyter-tutor", "ipykernel", "numpy", "pandas")


@dataclass(frozen=True)
class ProvenCheck:
    """`trust` is `outside` when the check ran apart from learner code, else `in_kernel`."""

    name: str
    visible: bool
    trust: str


@dataclass(frozen=True)
class Proof:
    """What running an exercise showed. It is proven when there are no problems."""

    digest: str
    problems: tuple[str, ...]
    checks: tuple[ProvenCheck, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        return not self.problems

    @property
    def in_kernel(self) -> frozenset[str]:
        """The test cells that have to run beside learner code."""
        return frozenset(check.name.rpartition("/")[0] for check in self.checks if check.trust == "in_kernel")

    def to_json(self) -> dict[str, Any]:
        return {
            "digest": self.digest,
            "problems": self.problems,
            "checks": [vars(c) for c in self.checks],
            "places": self.places,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Proof":
        checks = tuple(ProvenCheck(**check) for check in data["checks"])
        return cls(data["digest"], tuple(data["problems"]), checks, tuple(data["places"]))


def digest(exercise: Exercise) -> str:
    """Names an exercise's content together with what its proof rests on."""
    content: list[Any] = [exercise.metadata.model_dump(mode="json"), platform.python_version()]
    content += [[cell.kind, cell.role, cell.grade_id, cell.points, cell.source] for cell in exercise.cells]
    for name, file in exercise.files():
        with open(file, "rb") as data:
            content.append([name, hashlib.file_digest(data, "sha256").hexdigest()])
    content += _versions()
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@cache
def _versions() -> list[str | None]:
    """Of the packages that a proof rests on; those that are not installed have none."""
    found: list[str | None] = []
    for package in _PACKAGES:
        try:
            found.append(version(package))
        except PackageNotFoundError:
            found.append(None)
    return found


async def prove(exercise: Exercise, grader: Grader, limits: Limits | None = None) -> Proof:
    """Run the proof, within `limits` where they are given. Raises OperatorError and GraderError; a faulty exercise is a
    proof with problems.
    """
    name = digest(exercise)
    reference = with_answers(exercise, exercise.reference())
    first = await reference_run(grader, plan(exercise, reference, None, limits=limits))
    in_kernel = await _cells_for_the_kernel(exercise, first, grader, limits)
    if in_kernel:
        first = await reference_run(grader, plan(exercise, reference, None, in_kernel, limits=limits))
    checks = tuple(
        ProvenCheck(o.name, o.visible, "in_kernel" if _cell(o) in in_kernel else "outside") for o in first.outcomes
    )
    problems = _reference_problems(exercise, first)
    if not problems:
        repeated = plan(exercise, reference, first.places, in_kernel, hash_seed=1, limits=limits, beyond=True)
        again = asyncio.create_task(reference_run(grader, _patient(repeated)))
        wrong = _wrong_answers(exercise)
        answers = [with_answers(exercise, w.answers) for w in wrong]
        jobs = [plan(exercise, merged, first.places, in_kernel, limits=limits) for merged in answers]
        runs = await asyncio.gather(*(grader.run(job) for job in jobs))
        problems += [problem for w, run in zip(wrong, runs, strict=True) for problem in _passing(w, run)]
        if not problems:
            problems += [
                p for w, run in zip(wrong, runs, strict=True) if w.impostor == "everything" for p in _acted(run)
            ]
        second = await again
        if [(o.name, o.status) for o in second.outcomes] != [(o.name, o.status) for o in first.outcomes]:
            problems.append(
                "a second run of the reference says something else than the first: make answers and tests repeatable"
            )
        if second.marks.unmeasured:
            problems.append(f"the growing inputs do not work with the reference: {second.marks.unmeasured}")
    return Proof(name, tuple(problems), checks, first.places)


async def reference_run(grader: Grader, job: Job) -> Run:
    """A run of the reference; where its time was up, once more with nothing beside it. How busy the machine is says
    nothing about an exercise.
    """
    run = await grader.run(job)
    late = run.ending == "timed_out" or any(outcome.status == "timed_out" for outcome in run.outcomes)
    return await grader.run(replace(job, alone=True)) if late else run


def _patient(job: Job) -> Job:
    """A job whose growing inputs may take longer: a busy machine is no fault of theirs."""
    return job if job.growth is None else replace(job, growth=replace(job.growth, seconds=10 * job.growth.seconds))


async def _cells_for_the_kernel(exercise: Exercise, run: Run, grader: Grader, limits: Limits | None) -> frozenset[str]:
    """Test cells that fail through stand-ins and pass beside the reference; those that are only slow do not."""
    failing = frozenset(_cell(o) for o in run.outcomes if o.status in ("failed", "errored"))
    if not failing:
        return failing
    reference = with_answers(exercise, exercise.reference())
    beside = await reference_run(grader, plan(exercise, reference, None, failing, limits=limits))
    return failing - {_cell(o) for o in beside.outcomes if o.status != "passed"}


def _reference_problems(exercise: Exercise, run: Run) -> list[str]:
    problems = []
    for o in run.outcomes:
        if o.status != "passed":
            said = " ".join(o.message.splitlines()) or "no message"
            problems.append(f"the reference does not pass {o.name}: {o.status}, {said}")
    problems += [
        f"{_stopped_cell(exercise, error)} of the reference stops with {error.kind}: {error.message}"
        + ADVICE.get(error.kind, "")
        for error in run.errors
    ]
    return problems


def _stopped_cell(exercise: Exercise, error: CellError) -> str:
    """The cell of the notebook in which the reference stopped."""
    run = [cell for cell in exercise.cells if cell.kind == "code" and cell.role not in ("test", "task")]
    number = error.cell - len(preparation(exercise))
    return run[number].name if 0 <= number < len(run) else "the preparation"


@dataclass(frozen=True)
class _WrongAnswer:
    """Passes unless some check fails it; an impostor, unless one of each test cell does."""

    what: str
    answers: dict[str, str]
    impostor: str = ""


def _wrong_answers(exercise: Exercise) -> list[_WrongAnswer]:
    """Answers that must fail."""
    if not exercise.answers or not exercise.tests:
        return []
    first, *others = (cell.grade_id for cell in exercise.answers)
    blank = dict.fromkeys(others, "")
    wrong = [_WrongAnswer("the starter", exercise.starter())]
    wrong += [_WrongAnswer(f"the mistake {m.name!r}", {first: m.source} | blank) for m in exercise.metadata.mistakes]
    names = boundary(exercise).names
    return wrong + [
        _WrongAnswer(f"an answer that {words}", {first: impostor(kind, names)} | blank, kind)
        for kind, words in IMPOSTORS.items()
    ]


def _passing(wrong: _WrongAnswer, run: Run) -> list[str]:
    """What a wrong answer passes that it must not."""
    noticed = {_cell(o) for o in run.outcomes if o.status != "passed"}
    if not wrong.impostor:
        return [] if noticed else [f"{wrong.what} passes every check"]
    return [
        f"{wrong.what} passes every check of the test cell {cell!r}: add one that it fails"
        for cell in dict.fromkeys(_cell(o) for o in run.outcomes)
        if cell not in noticed
    ]


def _acted(run: Run) -> list[str]:
    """Hidden checks that an object passes by saying yes to everything."""
    return [
        f"an answer that {IMPOSTORS['everything']} passes the hidden check {o.name}: compare with plain data"
        for o in run.outcomes
        if o.status == "passed" and o.asked and not o.visible
    ]


def _cell(outcome: Outcome) -> str:
    return outcome.name.rpartition("/")[0]
