"""`jupyter tutor check`, `release` and `grade`: what teachers run."""

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nbformat

from jupyter_tutor.config_files import load_settings
from jupyter_tutor.errors import AuthorError, LearnerError, StorageError, TutorError
from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.merge import read_submission_file
from jupyter_tutor.exercises.release import release as released
from jupyter_tutor.grading.grade import grade as graded
from jupyter_tutor.grading.job import Limits
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.grading.verdict import Verdict, invalid
from jupyter_tutor.ports import Store
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.storage.database import open_store

_MARKS = {"passed": "✓", "failed": "✗", "errored": "!", "timed_out": "⏱", "not_reached": "·"}


@asynccontextmanager
async def bench(jobs: int = 0) -> AsyncIterator[Proofs]:
    """A grader with the kept proofs; without a usable database none are kept."""
    settings = load_settings()
    try:
        store: Store | None = await open_store(settings.database_url)
    except StorageError as error:
        print(f"jupyter tutor: proofs are not kept: {error}", file=sys.stderr)
        store = None
    grader = WorkerGrader(jobs or settings.jobs or None, settings.sandbox)
    proofs = Proofs(grader, store)
    try:
        yield proofs
    finally:
        await proofs.close()
        await grader.close()
        if store is not None:
            await store.close()


async def check(arguments: Namespace) -> int:
    """Prove each notebook with its themes; 1 when one is not proven."""
    proven = True
    async with bench() as proofs:
        for path in arguments.authored:
            try:
                proof = await proofs.run_all(read_exercise(path))
            except TutorError as error:
                proof = Proof("", (str(error),))
            proven = proven and proof.proven
            _print_proof(path, proof, arguments.json)
    return 0 if proven else 1


async def release(arguments: Namespace) -> int:
    """Write the learner's copy."""
    exercise = read_exercise(arguments.authored)
    target = arguments.output / arguments.authored.name if arguments.output.is_dir() else arguments.output
    if target.resolve() == arguments.authored.resolve():
        raise AuthorError(f"{target} is the authored notebook itself: name another output")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(released(exercise), target)
        for name, file in exercise.files():
            copy = target.parent / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if copy.resolve() != Path(file):
                copy.write_bytes(Path(file).read_bytes())
    except OSError as error:
        raise AuthorError(f"{target} cannot be written ({error.strerror})") from None
    print(target)
    return 0


async def grade(arguments: Namespace) -> int:
    """Grade submissions side by side; 1 when one could not be graded."""
    exercise = read_exercise(arguments.exercise)
    limits = load_settings().sandbox.limits
    limits = limits.at_least(arguments.time_limit or 0, limits.check)
    everything = True
    async with bench(arguments.jobs) as proofs:
        proof = await proofs.of(exercise)
        for problem in proof.problems:
            print(f"jupyter tutor: {exercise.path.name} is not proven: {problem}", file=sys.stderr)
        tasks = [asyncio.create_task(_grade(proofs, exercise, proof, path, limits)) for path in arguments.submissions]
        for path, task in zip(arguments.submissions, tasks, strict=True):
            try:
                verdict = await task
            except TutorError as error:
                verdict = invalid(exercise, str(error))
            everything = everything and verdict.status != "invalid"
            _print_verdict(path, verdict, arguments.json)
    return 0 if everything else 1


async def _grade(proofs: Proofs, exercise: Exercise, proof: Proof, path: Path, limits: Limits) -> Verdict:
    try:
        submission = await asyncio.to_thread(read_submission_file, path)
    except LearnerError as error:
        return invalid(exercise, str(error))
    return await graded(exercise, proof, submission, proofs.grader, limits=limits)


def _print_proof(path: Path, proof: Proof, as_json: bool) -> None:
    if as_json:
        checks = [vars(check) for check in proof.checks]
        _print_json({"exercise": str(path), "proven": proof.proven, "checks": checks, "problems": list(proof.problems)})
        return
    outside = sum(check.trust == "outside" for check in proof.checks)
    share = (
        f"{outside} of {len(proof.checks)} checks outside the learner's process"
        if proof.checks
        else "no automatic checks"
    )
    print(f"✓ {path}: proven, {share}" if proof.proven else f"✗ {path}: not proven", flush=True)
    for problem in proof.problems:
        print(f"    {problem}", flush=True)


def _print_verdict(path: Path, verdict: Verdict, as_json: bool) -> None:
    if as_json:
        _print_json({"submission": str(path), **verdict.to_json()})
        return
    words = "passed" if verdict.passed else "not graded automatically" if verdict.passed is None else "not passed"
    print(f"{path}: {verdict.status}, {words}, {verdict.points:g} of {verdict.max_points:g} points")
    for check in verdict.checks:
        first, *rest = check.message.splitlines() or [""]
        print(f"  {_MARKS[check.status]} {check.status.replace('_', ' ')}: {first or check.name}")
        for line in rest:
            print(f"      {line}")
    beyond = [
        f"{n} {verdict.criteria[n]:g}" for n in ("quality", "efficiency", "style") if verdict.criteria[n] is not None
    ]
    if beyond:
        print(f"  beyond correctness: {', '.join(beyond)}")
    for finding in verdict.findings:
        line = f", line {finding.line}" if finding.line else ""
        print(f"    {finding.cell}{line} ({finding.criterion}): {finding.message}")
    if verdict.message:
        print(f"  {verdict.message}", flush=True)


def _print_json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False), flush=True)
