"""The references are good examples: what is asked of learners' code holds for them."""

import re
from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.exercises.themes import variants
from jupyter_tutor.grading.job import Part, Reading, Script
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.grading.quality import Reader
from jupyter_tutor.sandbox.ruff import Ruff

PATHS = sorted((Path(__file__).parent.parent.parent / "notebooks" / "curriculum").glob("*/*.ipynb"))
READER = Reader(Ruff())
NOTHING = Script((Part("answer", "pass"),))

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def reading(exercise: Exercise) -> Reading:
    job = plan(exercise, with_answers(exercise, exercise.reference()), (), beyond=True)
    assert job.reading is not None
    return job.reading


@each
async def test_the_reference_has_full_scores_in_every_theme(path: Path) -> None:
    for exercise in variants(read_exercise(path)):
        marks = await READER.read(reading(exercise))
        assert (marks.quality, marks.style, marks.findings) == (100.0, 100.0, ()), exercise.metadata.theme


@each
async def test_the_reference_would_have_nearly_full_scores_as_a_learners_answer(path: Path) -> None:
    exercise = read_exercise(path)
    answers = reading(exercise).learner.answers
    if exercise.debugging:  # the learner mends the broken code, which the reference leaves above itself
        regions = (re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", a.source, re.S) for a in answers)
        answers = tuple(Part(a.grade_id, "\n".join(parts)) for a, parts in zip(answers, regions, strict=True))
    marks = await READER.read(Reading(Script(answers, reading(exercise).learner.others), NOTHING, NOTHING))
    assert marks.quality is not None
    assert marks.style is not None
    assert min(marks.quality, marks.style) >= 90, marks.findings


def test_six_exercises_of_medium_or_hard_difficulty_name_growing_inputs() -> None:
    growing = [e.metadata for e in map(read_exercise, PATHS) if e.metadata.growth is not None]
    assert len(growing) >= 6
    assert {data.difficulty for data in growing} == {"medium", "hard"}
