"""Doubles and builders for tests, of this project and of exercises made elsewhere."""

import json
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from jupyter_tutor.dialogue import Ask, Reply, Tokens
from jupyter_tutor.errors import ModelError, NotFound
from jupyter_tutor.exercises.exercise import Exercise, parse_exercise
from jupyter_tutor.exercises.notebook import parse_notebook
from jupyter_tutor.exercises.release import release

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_SOLUTION = {"grade": False, "solution": True, "locked": False, "schema_version": 3, "task": False}
_TESTS = {"grade": True, "solution": False, "locked": True, "schema_version": 3, "task": False, "points": 1}
_LOCKED = {"grade": False, "solution": False, "locked": True, "schema_version": 3, "task": False}


def answer_cell(source: str, grade_id: str = "answer") -> dict[str, Any]:
    """An answer cell; a source without a region is a solution as a whole."""
    return code_cell(
        source if BEGIN in source else f"{BEGIN}\n{source}\n{END}",
        nbgrader=_SOLUTION | {"grade_id": grade_id},
        id=grade_id,
    )


def checks_cell(source: str, grade_id: str = "tests", points: float = 1) -> dict[str, Any]:
    """A test cell."""
    return code_cell(source, nbgrader=_TESTS | {"grade_id": grade_id, "points": points}, id=grade_id)


def locked_cell(source: str, grade_id: str = "setup") -> dict[str, Any]:
    """A cell that the learner cannot change."""
    return code_cell(source, nbgrader=_LOCKED | {"grade_id": grade_id}, id=grade_id)


def manual_cell(source: str, grade_id: str = "essay", points: float = 2, kind: str = "markdown") -> dict[str, Any]:
    """An answer that a person grades, in words or in code."""
    data = {"nbgrader": _SOLUTION | {"grade": True, "grade_id": grade_id, "points": points}}
    cell = code_cell(source, grade_id) if kind == "code" else text_cell(source) | {"id": grade_id}
    return cell | {"metadata": data}


def task_cell(source: str, grade_id: str = "task", points: float = 2) -> dict[str, Any]:
    """A task that a person grades, wherever the learner answers it."""
    data = {"nbgrader": _LOCKED | {"task": True, "grade_id": grade_id, "points": points}}
    return text_cell(source) | {"id": grade_id, "metadata": data}


def code_cell(source: str, id: str = "own", **metadata: Any) -> dict[str, Any]:
    """Any code cell."""
    return {
        "cell_type": "code",
        "id": id,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text_cell(source: str) -> dict[str, Any]:
    """A text cell."""
    return {"cell_type": "markdown", "id": "text", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any], **tutor: Any) -> str:
    """The JSON of a notebook; `tutor` is its metadata of that name."""
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata: dict[str, Any] = {"kernelspec": spec} | ({"tutor": {"schema_version": 1, **tutor}} if tutor else {})
    return json.dumps({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def authored(*cells: dict[str, Any], **tutor: Any) -> Exercise:
    """An authored notebook of these cells. Raises AuthorError."""
    return parse_exercise(notebook(*cells, **tutor), Path("exercise.ipynb"))


def submission(exercise: Exercise, answers: Mapping[str, str] | str, *extra: dict[str, Any]) -> NotebookNode:
    """A learner's copy with answers filled in, and own cells at its end. One text answers every cell."""
    copy = release(exercise)
    for cell in copy.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers if isinstance(answers, str) else answers.get(name, cell.source)
    text = json.dumps(dict(copy, cells=[*copy.cells, *extra]))
    return parse_notebook(text, "submission")


class MemoryNotebooks:
    """Implements `ports.Notebooks` in memory."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, Any]] = {}

    async def read(self, path: str) -> dict[str, Any]:
        if path not in self.files:
            raise NotFound(f"there is no notebook {path}")
        return json.loads(json.dumps(self.files[path]))

    async def write(self, path: str, notebook: dict[str, Any]) -> None:
        self.files[path] = json.loads(json.dumps(notebook))

    async def exists(self, path: str) -> bool:
        return path in self.files


class ScriptedModel:
    """Implements `ports.Model`: answers each prompt with the next text of its script, or raises the next error.

    `scripts` are by the prompt's name without its version; what was asked is kept in `asked`. A prompt whose script is
    used up raises ModelError.
    """

    def __init__(self, scripts: Mapping[str, Iterable[str | Exception]]) -> None:
        self.scripts = {name: deque(script) for name, script in scripts.items()}
        self.asked: list[Ask] = []

    async def ask(self, ask: Ask) -> Reply:
        self.asked.append(ask)
        script = self.scripts.get(ask.prompt.partition("/")[0])
        if not script:
            raise ModelError(f"the script for {ask.prompt} has no further answer")
        answer = script.popleft()
        if isinstance(answer, Exception):
            raise answer
        words = sum(len(message.content.split()) for message in ask.messages)
        return Reply(answer, "scripted", Tokens(words, len(answer.split()), 1))

    async def stream(self, ask: Ask) -> AsyncGenerator[str, None]:
        for word in (await self.ask(ask)).text.splitlines(keepends=True):
            yield word

    def off(self) -> str:
        return ""

    async def close(self) -> None:
        return None


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, instant: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant

    def move(self, **delta: float) -> None:
        """Forward or back by a timedelta's arguments."""
        self.instant += timedelta(**delta)
