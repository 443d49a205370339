"""A learner's notebook merged into the author's copy: what runs in the player.

Answers come from the learner by `grade_id`; locked cells come from the author; test cells are left out. The learner's
own code cells keep their place after the graded cell that they followed.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError, LearnerError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.notebook import MAX_BYTES, parse_notebook
from jupyter_tutor.exercises.schema import grading, role_of

_DEFINITION = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)", re.M)


@dataclass(frozen=True)
class Merged:
    """Sources for the player in order, the answers by `grade_id`, and the answer cells not in the learner's file.
    `parts` are the cells that each answer was written in.
    """

    cells: tuple[str, ...]
    answers: dict[str, str]
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_submission(text: str) -> NotebookNode:
    """A learner's notebook. Raises LearnerError that says why it cannot be read."""
    if len(text) > MAX_BYTES:
        raise LearnerError(
            "the notebook is larger than 20 MB: clear its outputs (Edit, Clear Outputs of All Cells) and submit again"
        )
    try:
        return parse_notebook(text, "the submission")
    except AuthorError as error:
        raise LearnerError(str(error)) from None


def read_submission_file(path: Path) -> NotebookNode:
    """A learner's notebook in a file. Raises LearnerError."""
    try:
        if path.stat().st_size > 4 * MAX_BYTES:
            raise LearnerError("the notebook is larger than 20 MB: clear its outputs and submit again")
        return read_submission(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise LearnerError("the submission: is not a notebook (not UTF-8 text)") from None
    except OSError as error:
        raise LearnerError(f"the submission cannot be read ({error.strerror or type(error).__name__})") from None


def with_sources(notebook: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    """A notebook with newer sources of cells by cell id; those of unknown cells become code cells at its end."""
    cells = [dict(cell) for cell in notebook["cells"]]
    known = {cell.get("id") for cell in cells}
    for cell in cells:
        if cell.get("id") in sources and cell["cell_type"] == "code":
            cell["source"] = sources[cell["id"]]
    fresh: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    added = [fresh | {"id": id, "source": source} for id, source in sources.items() if id not in known]
    return dict(notebook, cells=[*cells, *added])


def merge(exercise: Exercise, submission: NotebookNode) -> Merged:
    """Raises LearnerError when the notebook belongs to another exercise or holds none of its answer cells."""
    tutor = submission.metadata.get("tutor")
    slug = tutor.get("slug") if isinstance(tutor, dict) else None
    if isinstance(slug, str) and slug != exercise.metadata.slug:
        raise LearnerError(
            f"this notebook belongs to the exercise {slug!r}, not to {exercise.metadata.slug!r}: "
            "submit the notebook of this exercise"
        )
    parts, extras = _sort(exercise, submission)
    wanted = [cell.grade_id for cell in exercise.answers]
    missing = tuple(g for g in wanted if g not in parts)
    if wanted and len(missing) == len(wanted):
        raise LearnerError(
            f"the answer cell ({', '.join(missing)}) is missing: undo its deletion, "
            "or move your notebook away and open the exercise again"
        )
    cells = list(extras.get("", ()))
    for cell in exercise.cells:
        if cell.kind == "code" and cell.role in ("answer", "manual"):
            cells += ["\n".join(parts[cell.grade_id])] if cell.grade_id in parts else []
        elif cell.kind == "code" and cell.role == "locked":
            cells.append(cell.source)
        if cell.grade_id:
            cells += extras.get(cell.grade_id, ())
    doubled = tuple(g for g, sources in parts.items() if _defined_twice(sources))
    written = tuple((g, tuple(parts[g])) for g in wanted if g in parts)
    return Merged(tuple(cells), {g: "\n".join(p) for g, p in parts.items()}, missing, doubled, written)


def _defined_twice(sources: list[str]) -> bool:
    """Whether parts of an answer define the same name: a copied cell, not a split one."""
    names = [set(_DEFINITION.findall(source)) for source in sources]
    return any(names[i] & names[j] for i in range(len(names)) for j in range(i))


def with_answers(exercise: Exercise, answers: dict[str, str]) -> Merged:
    """The author's notebook with other answers: the reference, the starter, a mistake."""
    cells = []
    for cell in exercise.cells:
        if cell.kind == "code" and cell.role in ("answer", "manual"):
            cells.append(answers.get(cell.grade_id, ""))
        elif cell.kind == "code" and cell.role in ("locked", "free"):
            cells.append(cell.source)
    return Merged(tuple(cells), answers, parts=tuple((g, (source,)) for g, source in answers.items()))


def _sort(exercise: Exercise, submission: NotebookNode) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The learner's answers by grade_id (a split cell's parts in order), and own code cells by the cell they follow."""
    known = {cell.grade_id: cell for cell in exercise.cells if cell.grade_id}
    answers = {cell.grade_id for cell in exercise.answers}
    parts: dict[str, list[str]] = {}
    extras: dict[str, list[str]] = {}
    anchor = ""
    for node in submission.cells:
        grade_id = grading(node).get("grade_id", "")
        if grade_id in answers and node.cell_type == "code":
            parts.setdefault(grade_id, []).append(node.source)
            anchor = grade_id
        elif grade_id in known:
            anchor = grade_id
            if known[grade_id].role == "free" and node.cell_type == "code":
                extras.setdefault(anchor, []).append(node.source)
        elif (
            node.cell_type == "code"
            and role_of(node) in ("free", "answer")
            and not node.source.lstrip().startswith(("%tutor", "%load_ext jupyter_tutor"))
        ):
            extras.setdefault(anchor, []).append(node.source)
    return parts, extras
