"""`jupyter tutor generate`: an exercise written by a model, and proven before it is kept."""

import json
import sys
import time
from argparse import Namespace
from itertools import count
from pathlib import Path

from jupyter_tutor.cli.author import bench
from jupyter_tutor.config_files import load_settings
from jupyter_tutor.errors import AuthorError, GenerationFailed, ModelOff
from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.generation.report import Report, Stage
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.generation.writer import Writer, WrittenDraft
from jupyter_tutor.llm.model import MeteredModel
from jupyter_tutor.llm.unkept import NoLedger
from jupyter_tutor.settings import LEARNER


async def generate(arguments: Namespace) -> int:
    """Write one exercise into a file; 1 when none was proven."""
    settings = load_settings()
    wanted = Wanted(
        topic=arguments.topic,
        kind=arguments.kind,
        difficulty=arguments.difficulty,
        language=arguments.language,
        interests=tuple(arguments.interests) or settings.rules.interests,
        minutes=arguments.minutes,
        learner=LEARNER,
    )
    target = _target(arguments.output)
    async with bench() as proofs:
        model = MeteredModel(lambda: settings.model, proofs.store or NoLedger())
        try:
            if reason := model.off():
                raise ModelOff(f"{reason[0].lower()}{reason[1:].rstrip('.')}")
            seen = [*Curriculum(settings.curriculum).exercises().values(), *_beside(target)]
            written = await Writer(model, proofs.grader, time.monotonic).write(wanted, seen, _tell)
            await proofs.keep(written.proof)
        except GenerationFailed as failed:
            _report(failed.report, arguments.json)
            raise
        finally:
            await model.close()
    path = _free(target, written.exercise.metadata.slug)
    _report(written.report, arguments.json, path)
    _write(written, path)
    return 0


def _target(output: Path) -> Path:
    """A notebook's file, or a folder that can be written to. Raises AuthorError before anything is spent."""
    folder = output.parent if output.suffix == ".ipynb" else output
    if folder != output and output.exists():
        raise AuthorError(f"{output} is there already: move it away, or name another file with --output")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".jupyter-tutor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise AuthorError(
            f"{folder} cannot be written to ({error.strerror}): name another folder with --output"
        ) from None
    return output


def _beside(target: Path) -> list[Exercise]:
    """The exercises in the folder that the new one goes to: it must not repeat them."""
    folder = target.parent if target.suffix == ".ipynb" else target
    return list(Curriculum((folder,)).exercises().values())


def _free(target: Path, slug: str) -> Path:
    """The file that is written, beside those that are there."""
    if target.suffix == ".ipynb":
        return target
    names = (f"{slug}.ipynb" if number == 1 else f"{slug}-{number}.ipynb" for number in count(1))
    return next(path for name in names if not (path := target / name).exists())


def _write(written: WrittenDraft, path: Path) -> None:
    try:
        path.write_text(written.notebook, encoding="utf-8")
    except OSError as error:
        path.unlink(missing_ok=True)
        raise AuthorError(f"{path} cannot be written ({error.strerror}): free some space, or name another") from None


def _tell(stage: Stage) -> None:
    print(f"try {stage.number} of {stage.tries}: {stage.name}", file=sys.stderr, flush=True)


def _report(report: Report, as_json: bool, path: Path | None = None) -> None:
    """What was tried goes to people; the path, or all as JSON, to programs."""
    if as_json:
        print(json.dumps({"exercise": path and str(path), "report": report.to_json()}, ensure_ascii=False))
        return
    print(report, file=sys.stderr)
    if path is not None:
        print(path)
