"""`jupyter tutor import` and `export`: exercises from and for nbgrader courses."""

import json
import shlex
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from jupyter_tutor.cli.files import data_files, read_file, write_all
from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exchange import TO_ADD, exported, imported
from jupyter_tutor.exercises.exercise import Exercise, parse_exercise, read_exercise
from jupyter_tutor.exercises.notebook import parse_notebook, read_notebook_text
from jupyter_tutor.exercises.schema import role_of

ASIDE = "tutor"
"""The folder of a course, beside `source`, where the author's `tutor` keys are kept: nbgrader does not look there."""


async def import_course(arguments: Namespace) -> int:
    """Write each notebook as an exercise; 1 when one could not be used, and then the others are written."""
    targets: dict[Path, bytes] = {}
    done: list[Exercise] = []
    problems: list[str] = []
    for source, name in (found for path in arguments.paths for found in _notebooks(path)):
        try:
            exercise = _import(source, name, arguments.output / name, targets)
        except AuthorError as error:
            problems.append(f"{source} is not imported: {error}")
        else:
            done.append(exercise)
    write_all(targets, arguments.force)
    for exercise in done:
        print(_summary(exercise))
    if done:
        paths = shlex.join(str(exercise.path) for exercise in done)
        print(f"Next: jupyter tutor check {paths}")
    for problem in problems:
        print(f"jupyter tutor: {problem}", file=sys.stderr)
    return 1 if problems else 0


async def export_course(arguments: Namespace) -> int:
    """Write each exercise as an assignment of a course."""
    targets: dict[Path, bytes] = {}
    for path in arguments.authored:
        exercise = read_exercise(path)
        slug = exercise.metadata.slug
        folder = arguments.output / "source" / slug
        notebook, aside = exported(exercise)
        _add(targets, folder / f"{slug}.ipynb", _text(notebook))
        _add(targets, arguments.output / ASIDE / f"{slug}.json", json.dumps(aside, ensure_ascii=False, indent=1) + "\n")
        for name, file in exercise.files():
            _add(targets, folder / name, read_file(Path(file)))
    write_all(targets, arguments.force)
    for path in targets:
        if path.suffix == ".ipynb":
            print(path)
    return 0


def _notebooks(path: Path) -> Iterator[tuple[Path, Path]]:
    """Notebooks at or below a path, each with its name below the output. Raises AuthorError when there is none."""
    if not path.is_dir():
        yield path, Path(path.name)
        return
    base = path / "source" if (path / "source").is_dir() else path
    found = [p.relative_to(base) for p in sorted(base.rglob("*.ipynb"))]
    graded = [name for name in found if not any(p.startswith(".") for p in name.parts) and _is_graded(base / name)]
    for name in graded:
        yield base / name, name
    if not graded:
        raise AuthorError(f"{path}: there is no nbgrader notebook in it: name a course, an assignment or a notebook")


def _is_graded(path: Path) -> bool:
    """Whether nbgrader knows a notebook; one that cannot be read is not passed over in silence."""
    try:
        notebook = parse_notebook(read_notebook_text(path), path.name)
    except AuthorError:
        return True
    return any(role_of(cell) != "free" for cell in notebook.cells)


def _import(source: Path, name: Path, target: Path, targets: dict[Path, bytes]) -> Exercise:
    notebook = parse_notebook(read_notebook_text(source), source.name)
    files = data_files(source.parent)
    made = imported(notebook, name, [file.as_posix() for file in files], _aside(source))
    if target.resolve() == source.resolve():
        raise AuthorError(f"{target} is the notebook itself: name another output")
    text = _text(made)
    exercise = parse_exercise(text, target)
    new: dict[Path, bytes] = {}
    _add(new, target, text)
    for file in files:
        _add(new, target.parent / file, read_file(source.parent / file))
    for path, content in new.items():
        _add(targets, path, content)
    return exercise


def _aside(source: Path) -> dict[str, Any] | None:
    """The `tutor` key that an export put aside, or None."""
    folders = source.resolve().parents
    if len(folders) < 3 or folders[1].name != "source":
        return None
    file = folders[2] / ASIDE / f"{source.stem}.json"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise AuthorError(f"{file}: cannot be read ({error}): mend it, or remove it") from None
    if not isinstance(data, dict):
        raise AuthorError(f"{file}: has to hold an object: mend it, or remove it")
    return data


def _add(targets: dict[Path, bytes], path: Path, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    if targets.setdefault(path, data) != data:
        raise AuthorError(f"two files would be written to {path}: use another output for one of them")


def _text(notebook: nbformat.NotebookNode) -> str:
    text: str = nbformat.v4.writes(notebook)
    return text if text.endswith("\n") else text + "\n"


def _summary(exercise: Exercise) -> str:
    tests, by_hand = exercise.tests, exercise.role("manual", "task")
    points = sum(cell.points for cell in tests)
    parts = [f"{_count(len(tests), 'test cell')} worth {_count(points, 'point')}"]
    parts += [f"{_count(len(by_hand), 'cell')} graded by hand"] if by_hand else []
    parts += [f"learners get the files {', '.join(exercise.metadata.files)}"] if exercise.metadata.files else []
    missing = [name for name in TO_ADD if not getattr(exercise.metadata, name)]
    lines = [f"{exercise.path}: {'; '.join(parts)}"]
    lines += [f"    to add to its `tutor` metadata: {', '.join(missing)}"] if missing else []
    return "\n".join(lines)


def _count(number: float, what: str) -> str:
    return f"{number:g} {what}{'' if number == 1 else 's'}"
