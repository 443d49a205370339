"""Drafts that were written to the prompts, kept for what they taught; each is refused for its fault, or shown whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import GenerationFailed
from jupyter_tutor.exercises.release import release
from jupyter_tutor.generation.draft import Draft
from jupyter_tutor.generation.notebook import exercise_of, notebook_text
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.generation.writer import Bounds, Writer
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import ScriptedModel

KEPT = {path.stem: json.loads(path.read_text()) for path in (Path(__file__).parent / "exchanges").glob("*.json")}


def wanted(kept: dict[str, Any]) -> Wanted:
    return Wanted(**kept["wanted"] | {"interests": tuple(kept["wanted"]["interests"])})


@pytest.mark.parametrize("name", sorted(name for name in KEPT if "refused" in KEPT[name]))
async def test_a_faulty_draft_goes_back_with_what_is_wrong(name: str, grader: WorkerGrader) -> None:
    kept = KEPT[name]
    model = ScriptedModel({"draft": [json.dumps(kept["draft"])]})
    with pytest.raises(GenerationFailed) as failed:
        await Writer(model, grader, lambda: 0.0, Bounds(tries=1)).write(wanted(kept))
    assert kept["refused"] in " ".join(failed.value.report.tries[0].reasons)


@pytest.mark.parametrize("name", sorted(name for name in KEPT if "shows" in KEPT[name]))
def test_a_learner_is_shown_what_is_given_as_it_was_written(name: str) -> None:
    draft = Draft.model_validate(KEPT[name]["draft"])
    copy = release(exercise_of(notebook_text(draft, wanted(KEPT[name])), draft))
    assert KEPT[name]["shows"] in "\n".join(cell.source for cell in copy.cells)
