"""When two exercises are the same one."""

import itertools
import json
import keyword
import re
from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import Exercise, parse_exercise, read_exercise
from jupyter_tutor.generation.alike import SAME_CODE, SAME_TEXT, likeness, traits, twin
from jupyter_tutor.generation.notebook import exercise_of, notebook_text
from tests.generation.drafts import DRAFT, GOOD, WANTED, spoiled

PATHS = sorted((Path(__file__).parent.parent.parent / "notebooks" / "curriculum").glob("*/*.ipynb"))
EXERCISES = {path.stem: read_exercise(path) for path in PATHS}


def renamed(exercise: Exercise) -> Exercise:
    """A copy in which the answer and the text use other names, under another title."""
    names = set(
        re.findall(r"(?:def|class|for|self\.|\(|, )\s*([A-Za-z_]\w{2,})", "\n".join(exercise.reference().values()))
    )
    names -= {*keyword.kwlist, *dir(__builtins__), *dir(str), *dir(list), *dir(dict), *dir(set), "self", "None"}
    made = json.loads(json.dumps(exercise.notebook))
    for cell, name in itertools.product(made["cells"], names):
        cell["source"] = re.sub(rf"\b{name}\b", f"other_{name}", cell["source"])
    made["metadata"]["tutor"] |= {"slug": "another-one", "title": "Another one"}
    return parse_exercise(json.dumps(made), Path("another-one.ipynb"))


def retold(exercise: Exercise) -> Exercise:
    """A copy that tells something else."""
    made = json.loads(json.dumps(exercise.notebook))
    for cell in made["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = "# Another one\n\nSomething is told here that has nothing to do with it."
    return parse_exercise(json.dumps(made), Path("another-one.ipynb"))


def test_no_two_exercises_of_the_curriculum_are_alike_by_a_wide_margin() -> None:
    pairs = [likeness(one, other) for one, other in itertools.combinations(map(traits, EXERCISES.values()), 2)]
    assert max(code for code, _ in pairs) < SAME_CODE - 15
    assert max(words for _, words in pairs) < SAME_TEXT - 30


@pytest.mark.parametrize("slug", EXERCISES)
def test_a_copy_with_other_names_or_another_story_is_recognised(slug: str) -> None:
    exercise = EXERCISES[slug]
    for copy in (renamed(exercise), retold(exercise)):
        code, _ = likeness(traits(exercise), traits(copy))
        assert code > SAME_CODE + 10
        assert exercise.metadata.title in twin(copy, EXERCISES.values())


def test_the_same_text_with_another_solution_is_recognised() -> None:
    other = spoiled(
        title="Another one",
        reference=DRAFT.starter.replace(
            "...",
            "steps = [0]\n    for i in range(1, len(heights)):\n"
            "        steps.append((steps[-1] + 1) * (heights[i] > heights[i - 1]))\n    return max(steps)",
        ),
    )
    seen = exercise_of(notebook_text(DRAFT, WANTED), DRAFT)
    said = twin(exercise_of(notebook_text(other, WANTED), other), [seen])
    assert said == (
        "The exercise repeats 'The longest climb', which the learner has seen: its text has the same words. "
        "Set another problem."
    )


def test_the_same_problem_in_another_story_is_recognised() -> None:
    climb = exercise_of(notebook_text(DRAFT, WANTED), DRAFT)
    assert "'The longest dry spell'" in twin(climb, EXERCISES.values())


def test_an_exercise_unlike_all_that_were_seen_is_no_twin() -> None:
    for draft, wanted in (GOOD["debugging"], GOOD["practical"], GOOD["data-structure"]):
        assert twin(exercise_of(notebook_text(draft, wanted), draft), EXERCISES.values()) == ""
    assert twin(exercise_of(notebook_text(DRAFT, WANTED), DRAFT), []) == ""
