"""Decides what of an exercise runs on which side of the boundary."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged, with_answers
from jupyter_tutor.exercises.nose import nose_for
from jupyter_tutor.grading.boundary.checks import BEGIN_HIDDEN, END_HIDDEN
from jupyter_tutor.grading.job import ChecksCell, GrowthRun, Job, Limits, Part, Reading, Script
from jupyter_tutor.python import parse

_IMPORT_HERE = "import sys\nif '' not in sys.path:\n    sys.path.append('')\ndel sys\n"
"""Modules that lie beside the notebook can be imported, and none of them stands before an installed one."""


@dataclass(frozen=True)
class Boundary:
    """`names` are read from the player; `setup` sources run in the judge before the tests."""

    names: tuple[str, ...]
    setup: tuple[str, ...]


def boundary(exercise: Exercise) -> Boundary:
    """What the answers bind is the learner's. All else is the author's and runs in the judge, where it reaches the
    learner's names through stand-ins, so that redefining a helper or a result in the notebook changes nothing.
    """
    names: set[str] = set()
    setup: list[str] = []
    for cell in exercise.cells:
        if cell.kind != "code" or cell.role in ("test", "task"):
            continue
        own = cell.role in ("answer", "manual")
        for node in _statements(cell.source):
            bound = _bound(node)
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                setup.append(ast.unparse(node))
            elif own:
                names |= bound
            elif bound or cell.role == "locked":
                setup.append(ast.unparse(node))
    return Boundary(tuple(sorted(names)), tuple(setup))


def plan(
    exercise: Exercise,
    merged: Merged,
    places: tuple[str, ...] | None,
    in_kernel: frozenset[str] = frozenset(),
    hash_seed: int = 0,
    limits: Limits | None = None,
    beyond: bool = False,
) -> Job:
    """The job that runs a notebook against an exercise. `in_kernel` names the test cells that cannot use stand-ins.
    `beyond` asks for the criteria beyond correctness too.
    """
    side = boundary(exercise)
    outside = [c for c in exercise.tests if c.grade_id not in in_kernel]
    beside = [c for c in exercise.tests if c.grade_id in in_kernel]
    wanted = exercise.metadata.limits
    before = preparation(exercise)
    return Job(
        cells=(*before, *merged.cells),
        tests=tuple(ChecksCell(c.grade_id, without_magics(c.source)) for c in outside),
        names=side.names,
        setup=(*before, *side.setup),
        places=places,
        in_kernel=tuple(ChecksCell(c.grade_id, c.source) for c in beside),
        files=exercise.files(),
        limits=(limits or Limits()).at_least(wanted.submission or 0, wanted.check or 0),
        language=exercise.metadata.language,
        hash_seed=hash_seed,
        reading=_reading(exercise, merged) if beyond else None,
        growth=_growth(exercise, before) if beyond else None,
    )


def opened(job: Job) -> Job:
    """The job with no check hidden: what its outcomes say is for the author, never for a learner."""
    tests = (replace(c, source=c.source.replace(BEGIN_HIDDEN, "").replace(END_HIDDEN, "")) for c in job.tests)
    return replace(job, tests=tuple(tests))


def preparation(exercise: Exercise) -> tuple[str, ...]:
    """What runs on both sides before all else."""
    modules = any(name.endswith(".py") for name in exercise.metadata.files)
    return (*((_IMPORT_HERE,) if modules else ()), *nose_for(c.source for c in exercise.cells if c.kind == "code"))


def _reading(exercise: Exercise, merged: Merged) -> Reading | None:
    if exercise.metadata.language != "python" or not exercise.tests:
        return None
    starter = with_answers(exercise, exercise.starter())
    reference = with_answers(exercise, exercise.reference())
    return Reading(*(_script(exercise, written) for written in (merged, starter, reference)))


def _script(exercise: Exercise, merged: Merged) -> Script:
    """A notebook's answers, without those that a person grades. Test cells are among the others, as they use names."""
    names = {cell.grade_id for cell in exercise.role("answer")}
    answers = {source for name, source in merged.answers.items() if name in names}
    others = [cell for cell in merged.cells if cell not in answers] + [cell.source for cell in exercise.tests]
    parts = tuple(Part(name, source) for name, cells in merged.parts if name in names for source in cells)
    return Script(parts, tuple(others))


def _growth(exercise: Exercise, before: tuple[str, ...]) -> GrowthRun | None:
    growth = exercise.metadata.growth
    if growth is None:
        return None
    reference = with_answers(exercise, exercise.reference())
    return GrowthRun(growth.call, growth.input, growth.sizes, (*before, *reference.cells))


def _statements(source: str) -> list[ast.stmt]:
    try:
        return parse(without_magics(source)).body
    except SyntaxError:
        return []


def _bound(node: ast.stmt) -> set[str]:
    """The global names that a statement binds."""
    names = set()
    for part in _outer(node):
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(part.name)
        elif isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            names.add(part.id)
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            names |= {(a.asname or a.name).partition(".")[0] for a in part.names}
    return names


def _outer(node: ast.AST) -> Iterator[ast.AST]:
    """A statement's parts, without the bodies of functions and classes."""
    yield node
    if isinstance(
        node,
        (
            ast.FunctionDef,
            ast.AsyncFunctionDef,
            ast.ClassDef,
            ast.Lambda,
            ast.ListComp,
            ast.SetComp,
            ast.DictComp,
            ast.GeneratorExp,
        ),
    ):
        return
    for child in ast.iter_child_nodes(node):
        yield from _outer(child)
