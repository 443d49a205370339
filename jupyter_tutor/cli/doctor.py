"""`jupyter tutor doctor`: what is wrong here, and how to mend it."""

import asyncio
import json
import platform
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from jupyter_core.paths import jupyter_config_path, jupyter_path

from jupyter_tutor.config_files import load_settings
from jupyter_tutor.errors import TutorError
from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.grading.job import ChecksCell, Job
from jupyter_tutor.grading.rules import LINTED, OPTIONS
from jupyter_tutor.learning.clock import local_date
from jupyter_tutor.sandbox.environment import environment, kernel_for
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.jail import Jail
from jupyter_tutor.sandbox.level import choose
from jupyter_tutor.sandbox.ruff import Ruff
from jupyter_tutor.sandbox.zygote import ZygoteDown
from jupyter_tutor.settings import Settings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.version import __version__

_LEVELS = {
    "bwrap": "submitted code has namespaces of its own: no network, no file but the interpreter and its packages",
    "landlock": "submitted code reaches no network and no file but the interpreter and its packages",
    "process": "submitted code runs as you, in a process of its own with limits and a cleared environment",
}
_MARKS = {"fine": "✓", "note": "·", "wrong": "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `mend` says what to do when it is wrong."""

    name: str
    state: Literal["fine", "note", "wrong"]
    detail: str
    mend: str = ""


async def doctor(arguments: Namespace) -> int:
    """Look at everything; 1 when something is wrong."""
    findings = [_python()]
    try:
        settings = load_settings()
    except TutorError as error:
        findings.append(Finding("configuration", "wrong", str(error), "mend or remove the configuration file"))
    else:
        looks: tuple[Callable[[Settings], Awaitable[Finding]], ...] = (
            _kernel,
            _database,
            _curriculum,
            _extension,
            _labextension,
            _clock,
            _sandbox,
            _warm,
            _linter,
            _model,
        )
        findings += [await look(settings) for look in looks]
    if arguments.json:
        print(json.dumps([vars(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{_MARKS[finding.state]} {finding.name}: {finding.detail}")
            if finding.mend:
                print(f"    → {finding.mend}")
    return 1 if any(finding.state == "wrong" for finding in findings) else 0


def _python() -> Finding:
    return Finding("Python", "fine", f"{platform.python_version()} at {sys.executable}, Jupyter Tutor {__version__}")


async def _kernel(settings: Settings) -> Finding:
    """Grades a small answer for real."""
    grader = WorkerGrader(1, settings.sandbox)
    job = Job(
        cells=("def double(n):\n    return 2 * n",),
        tests=(ChecksCell("doctor", "assert double(3) == 6"),),
        names=("double",),
        places=None,
        language=settings.language,
    )
    try:
        name, _ = kernel_for(settings.language)
        run = await grader.run(job)
    except TutorError as error:
        return Finding(
            "kernel and grader", "wrong", str(error), f"install a kernel: {sys.executable} -m pip install ipykernel"
        )
    finally:
        await grader.close()
    if [outcome.status for outcome in run.outcomes] != ["passed"]:
        return Finding(
            "kernel and grader",
            "wrong",
            f"a right answer was not accepted: {run.message or run.outcomes}",
            "reinstall: pip install --force-reinstall jupyter-tutor",
        )
    return Finding("kernel and grader", "fine", f"kernel {name!r} graded a test answer in {run.duration_ms} ms")


async def _database(settings: Settings) -> Finding:
    shown = settings.database_url.rpartition("@")[2]
    try:
        store = await open_store(settings.database_url)
    except TutorError as error:
        return Finding("database", "wrong", str(error), "see c.Tutor.database_url in your Jupyter configuration")
    await store.close()
    return Finding("database", "fine", shown)


async def _curriculum(settings: Settings) -> Finding:
    exercises = await asyncio.to_thread(Curriculum(settings.curriculum).exercises)
    places = ", ".join(map(str, settings.curriculum)) or "no folder"
    if not exercises:
        return Finding(
            "exercises",
            "wrong",
            f"none found in {places}",
            "reinstall the package, or set c.Tutor.curriculum to a folder of authored notebooks",
        )
    return Finding("exercises", "fine", f"{len(exercises)} in {places}")


async def _extension(settings: Settings) -> Finding:
    files = [
        file
        for folder in jupyter_config_path()
        if (file := Path(folder, "jupyter_server_config.d", "jupyter_tutor.json")).is_file()
    ]
    if not files:
        return Finding(
            "server extension", "wrong", "not enabled", "run `jupyter server extension enable jupyter_tutor`"
        )
    return Finding("server extension", "fine", f"enabled by {files[0]}")


async def _labextension(settings: Settings) -> Finding:
    files = [
        file
        for folder in jupyter_path("labextensions")
        if (file := Path(folder, "jupyter-tutor", "package.json")).is_file()
    ]
    if not files:
        return Finding(
            "JupyterLab extension", "wrong", "not installed", "reinstall: pip install --force-reinstall jupyter-tutor"
        )
    return Finding("JupyterLab extension", "fine", str(files[0].parent))


async def _clock(settings: Settings) -> Finding:
    try:
        today = local_date(datetime.now(UTC), settings.time_zone)
    except TutorError as error:
        return Finding("time zone", "wrong", str(error), "set c.Tutor.time_zone")
    return Finding("time zone", "fine", f"{settings.time_zone}, where it is {today}")


async def _sandbox(settings: Settings) -> Finding:
    """Tries the levels of the sandbox for real."""
    try:
        level = await choose(settings.sandbox.level, environment(HOME))
    except TutorError as error:
        return Finding("sandbox", "wrong", str(error), "set c.Tutor.sandbox to auto, or mend the reason")
    detail = f"level {level.name!r}, {_LEVELS[level.name]} ({level.why})"
    if level.name != "process":
        return Finding("sandbox", "fine", detail)
    return Finding(
        "sandbox", "note", detail, "fine for your own code; for that of others: `apt install bubblewrap libseccomp2`"
    )


async def _warm(settings: Settings) -> Finding:
    """Starts the fork server for real."""
    try:
        jail = await Jail.open(settings.sandbox)
    except TutorError as error:
        return Finding("warm kernels", "note", f"none: {error}")
    try:
        await jail.server()
    except ZygoteDown as down:
        return Finding("warm kernels", "note", f"none, every submission starts its own ({down})", "see c.Tutor.preload")
    finally:
        await jail.close()
    return Finding("warm kernels", "fine", f"{settings.sandbox.warm} kept ready, forked from one that is prepared")


async def _linter(settings: Settings) -> Finding:
    """Has ruff read a line."""
    linter = Ruff()
    if await linter.lint("x == None\n", LINTED, OPTIONS):
        return Finding("quality and style", "fine", f"read by {linter.program}")
    reason = "ruff does not work" if linter.program else "there is no ruff"
    return Finding("quality and style", "note", f"not measured: {reason}", "`pip install --force-reinstall ruff`")


async def _model(settings: Settings) -> Finding:
    """Asks each endpoint for something tiny."""
    from jupyter_tutor.llm.look import look

    if not settings.model.endpoints:
        return Finding("model endpoint", "fine", "none, and none is needed")
    if not settings.model.on:
        return Finding("model endpoint", "note", "switched off (c.Tutor.model_on)")
    seen = [await look(endpoint, settings.model) for endpoint in settings.model.endpoints]
    detail = "; ".join(sight.says for sight in seen)
    if not seen[0].works:
        return Finding("model endpoint", "wrong", detail, "see c.Tutor.base_url; all else works without a model")
    return Finding("model endpoint", "fine" if all(sight.works for sight in seen) else "note", detail)
