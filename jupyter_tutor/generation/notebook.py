"""A draft as an authored notebook."""

import json
from pathlib import Path
from typing import Any

from jupyter_tutor.exercises.exercise import Exercise, parse_exercise, slug
from jupyter_tutor.exercises.metadata import SCHEMA_VERSION
from jupyter_tutor.generation.checks import cell_source, check_source, example_source
from jupyter_tutor.generation.draft import Draft
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.generation.weave import woven

_NBGRADER = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_VISIBLE_POINTS, _HIDDEN_POINTS = 2, 4


def notebook_text(draft: Draft, wanted: Wanted) -> str:
    """The notebook's JSON. Raises CannotWeave."""
    name = slug(draft.title).replace("-", "_")
    answer = woven(draft.starter, draft.reference, wanted.kind == "debugging")
    shown = cell_source(
        [*(example_source(e) for e in draft.examples), *(check_source(c) for c in draft.visible)], hidden=False
    )
    hidden = cell_source([check_source(c) for c in draft.hidden], hidden=True)
    cells = [
        {"cell_type": "markdown", "id": "text", "metadata": {}, "source": text(draft)},
        _code("answer", answer, _NBGRADER | {"solution": True, "grade_id": "answer"}),
        _code("try-it", draft.examples[0].code, None),
        _code("examples", shown, _test(f"test_{name}_examples", _VISIBLE_POINTS)),
        _code("hidden", hidden, _test(f"test_{name}_hidden", _HIDDEN_POINTS)),
    ]
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "tutor": _tutor(draft, wanted)}
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def exercise_of(text: str, draft: Draft) -> Exercise:
    """The exercise in a notebook that was written from a draft. Raises AuthorError."""
    return parse_exercise(text, Path(f"{slug(draft.title)}.ipynb"))


def _comment(value: str) -> str:
    return "\n".join(f"# {line}" for line in value.strip().splitlines())


def text(draft: Draft) -> str:
    """What the learner reads."""
    blocks = (
        f"{example.code.strip()}\n# " + "\n# ".join(example.gives.strip().splitlines()) for example in draft.examples
    )
    examples = ("\n\n" if any("\n" in example.code.strip() for example in draft.examples) else "\n").join(blocks)
    parts = [
        f"# {draft.title.strip()}",
        draft.story.strip(),
        draft.task.strip(),
        f"**Examples**\n\n```python\n{examples}\n```",
        "**You practise**\n\n" + _list(draft.objectives),
        "**You are done when**\n\n" + _list(draft.success_criteria),
    ]
    return "\n\n".join(parts)


def _list(items: list[str]) -> str:
    return "\n".join(f"- {' '.join(item.split())}" for item in items)


def _tutor(draft: Draft, wanted: Wanted) -> dict[str, Any]:
    hints = draft.hints
    return {
        "schema_version": SCHEMA_VERSION,
        "slug": slug(draft.title),
        "title": draft.title.strip(),
        "language": wanted.language,
        "kind": wanted.kind,
        "difficulty": wanted.difficulty,
        "topics": [wanted.concept, *(t for t in map(slug, draft.topics) if t != wanted.concept)],
        "objectives": draft.objectives,
        "success_criteria": draft.success_criteria,
        "minutes": draft.minutes,
        "interests": list(dict.fromkeys(map(slug, wanted.interests))),
        "hints": [hints.nudge, hints.concept, hints.plan, hints.partial_example],
        "mistakes": [mistake.model_dump() for mistake in draft.mistakes],
        "credit": "check",
    }


def _test(grade_id: str, points: int) -> dict[str, Any]:
    return _NBGRADER | {"grade": True, "locked": True, "grade_id": grade_id, "points": points}


def _code(id: str, source: str, nbgrader: dict[str, Any] | None) -> dict[str, Any]:
    metadata = {} if nbgrader is None else {"nbgrader": nbgrader}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": id,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }
