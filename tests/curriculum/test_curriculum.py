"""The shipped exercises: proven one by one, complete as a set, and readable by nbgrader."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.exercises.release import release
from jupyter_tutor.exercises.themes import themed
from jupyter_tutor.grading.boundary.checks import split
from jupyter_tutor.grading.proof import prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from tests.sampling import sampled

PATHS = sorted((Path(__file__).parent.parent.parent / "notebooks" / "curriculum").glob("*/*.ipynb"))
EXERCISES = {path.stem: read_exercise(path) for path in PATHS}
KINDS, DIFFICULTIES = ("algorithm", "data-structure", "debugging", "practical"), ("easy", "medium", "hard")

THEMES = [(slug, theme.name) for slug, e in EXERCISES.items() for theme in e.metadata.themes]

each = pytest.mark.parametrize("slug", EXERCISES)
each_theme = pytest.mark.parametrize(("slug", "theme"), THEMES)
some = pytest.mark.parametrize("slug", sampled(EXERCISES))
some_themes = pytest.mark.parametrize(("slug", "theme"), sampled(pytest.param(*theme) for theme in THEMES))


def hidden_and_all(exercise: Exercise) -> tuple[int, int]:
    steps = [step for cell in exercise.tests for step in split(cell.source) if step.check]
    return sum(not step.visible for step in steps), len(steps)


def test_there_are_three_of_each_kind_and_difficulty_over_at_least_twelve_topics() -> None:
    counted = Counter((e.metadata.kind, e.metadata.difficulty) for e in EXERCISES.values())
    assert counted == {(kind, difficulty): 3 for kind in KINDS for difficulty in DIFFICULTIES}
    assert len({e.metadata.topics[0] for e in EXERCISES.values()}) >= 12


@each
def test_an_exercise_is_complete(slug: str) -> None:
    exercise = EXERCISES[slug]
    data = exercise.metadata
    hidden, checks = hidden_and_all(exercise)
    assert checks >= 6
    assert hidden >= 4
    assert checks > hidden
    assert len(data.hints) == 4
    assert len({m.says for m in data.mistakes}) == len(data.mistakes) >= 2
    assert data.objectives
    assert data.success_criteria
    assert data.topics[0] == exercise.path.parent.name
    assert data.slug == exercise.path.stem
    for cell in exercise.tests:
        assert all(step.case for step in split(cell.source) if step.check), (
            f"a check of {cell.grade_id} has no words for its case"
        )


@each
def test_the_learners_copy_holds_no_answer(slug: str) -> None:
    exercise = EXERCISES[slug]
    text = json.dumps(release(exercise), ensure_ascii=False)
    kept = {line.strip() for answer in exercise.starter().values() for line in answer.splitlines()}
    shown = {
        line.strip() for cell in exercise.cells if cell.role in ("free", "locked") for line in cell.source.splitlines()
    }
    for source in exercise.reference().values():
        region = "\n".join(re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source, re.S))
        for line in {part.strip() for part in region.splitlines()} - kept - shown:
            assert len(line) < 12 or json.dumps(line, ensure_ascii=False)[1:-1] not in text, line
    for word in ("BEGIN SOLUTION", "HIDDEN TESTS", '"hints"', '"mistakes"', '"themes"', '"parameters"'):
        assert word not in text


@some
async def test_an_exercise_is_proven_and_every_check_is_outside(slug: str, grader: WorkerGrader) -> None:
    exercise = EXERCISES[slug]
    proof = await prove(exercise, grader)
    assert proof.problems == ()
    assert {check.trust for check in proof.checks} == {"outside"}


def test_an_exercise_of_each_kind_and_difficulty_has_two_themes() -> None:
    twice = {(e.metadata.kind, e.metadata.difficulty) for e in EXERCISES.values() if len(e.metadata.themes) >= 2}
    assert twice == {(kind, difficulty) for kind in KINDS for difficulty in DIFFICULTIES}


@each_theme
def test_a_theme_leaves_no_word_of_the_authors_story(slug: str, theme: str) -> None:
    exercise = EXERCISES[slug]
    told = themed(exercise, theme)
    data = told.metadata
    copy = release(told)
    texts = [cell.source for cell in (*told.cells, *copy.cells)]
    texts += [data.title, *data.objectives, *data.success_criteria, *data.hints]
    texts += [text for mistake in data.mistakes for text in (mistake.name, mistake.source, mistake.says)]
    values = next(t.values for t in exercise.metadata.themes if t.name == theme)
    for name, default in exercise.metadata.parameters.items():
        if values[name] != default:
            word = re.compile(rf"\b{re.escape(str(default))}\b", re.I)
            assert not [text for text in texts if word.search(text)], default


@some_themes
async def test_a_theme_is_proven_and_every_check_is_outside(slug: str, theme: str, grader: WorkerGrader) -> None:
    proof = await prove(themed(EXERCISES[slug], theme), grader)
    assert proof.problems == ()
    assert {check.trust for check in proof.checks} == {"outside"}
