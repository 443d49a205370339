"""From a model's answer to an authored notebook."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_tutor.exercises.release import release
from jupyter_tutor.generation.draft import Draft, Example, Solution, read, schema
from jupyter_tutor.generation.notebook import exercise_of, notebook_text, text
from jupyter_tutor.generation.weave import CannotWeave, woven
from jupyter_tutor.grading.boundary.checks import split
from tests.generation.drafts import GOOD, spoiled

each_kind = pytest.mark.parametrize("kind", GOOD)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from objects(part)


@pytest.mark.parametrize("model", [Draft, Solution])
def test_the_schema_is_one_that_every_server_which_enforces_schemas_understands(model: Any) -> None:
    for part in objects(schema(model)):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
        assert not part.keys() & {"default", "pattern", "minItems", "maxItems", "minLength", "minimum", "anyOf"}
        assert "$ref" not in part or part.keys() == {"$ref"}
    assert all(field.get("description") or field.get("$ref") for field in schema(model)["properties"].values())


def test_an_answer_that_does_not_fit_is_told_to_the_model_in_sentences() -> None:
    good = GOOD["algorithm"][0].model_dump()
    whole = json.dumps(good)
    assert read(Draft, whole)[1] == ()
    assert read(Draft, whole[:900]) == (
        None,
        ("Your answer is no whole JSON object: answer with the object alone, and keep it short enough to finish.",),
    )
    _, said = read(Draft, json.dumps({key: value for key, value in good.items() if key != "hints"} | {"more": 1}))
    assert said == ("hints: Field required.", "more: Extra inputs are not permitted.")
    assert "100000 are the most" in read(Draft, "x" * 5_000_000)[1][0]
    assert read(Draft, "[]")[1] == ("The object: Input should be an object.",)


@each_kind
def test_a_draft_becomes_an_authored_notebook_with_all_its_parts(kind: str) -> None:
    draft, wanted = GOOD[kind]
    exercise = exercise_of(notebook_text(draft, wanted), draft)
    data = exercise.metadata
    assert (data.title, data.kind, data.difficulty, data.topics[0]) == (
        draft.title,
        kind,
        wanted.difficulty,
        wanted.concept,
    )
    assert len(data.hints) == 4
    assert [mistake.name for mistake in data.mistakes] == [mistake.name for mistake in draft.mistakes]
    assert [cell.role for cell in exercise.cells] == ["free", "answer", "free", "test", "test"]
    steps = [step for cell in exercise.tests for step in split(cell.source) if step.check]
    assert len(steps) == len(draft.examples) + len(draft.visible) + len(draft.hidden)
    assert [step.case for step in steps if not step.visible] == [check.case for check in draft.hidden]
    assert all(step.case for step in steps)


@each_kind
def test_the_learners_copy_holds_the_starter_and_nothing_of_the_answer(kind: str) -> None:
    draft, wanted = GOOD[kind]
    exercise = exercise_of(notebook_text(draft, wanted), draft)
    copy = json.dumps(release(exercise), ensure_ascii=False)
    solved = {line.strip() for line in draft.reference.splitlines()} - {
        line.strip() for line in draft.starter.splitlines()
    }
    for line in (*solved, *(check.case for check in draft.hidden), draft.hints.concept, draft.mistakes[0].says):
        assert len(line) < 12 or json.dumps(line)[1:-1] not in copy
    for line in draft.starter.splitlines():
        assert line.strip() in ("", "...") or json.dumps(line)[1:-1] in copy


def test_what_only_the_reference_has_is_hidden_behind_the_last_body() -> None:
    starter = 'import math\n\ndef f(x):\n    """Half."""\n    ...\n'
    reference = (
        "import math\n_TWO = 2\n\ndef f(x):\n    # halve it\n    return _half(x)\n\n"
        "def _half(x):\n    return x / _TWO\n"
    )
    cell = woven(starter, reference, debugging=False)
    assert cell == (
        'import math\n\n\ndef f(x):\n    """Half."""\n    ### BEGIN SOLUTION\n    # halve it\n    return _half(x)\n\n\n'
        "_TWO = 2\n\n\ndef _half(x):\n    return x / _TWO\n    ### END SOLUTION"
    )


def test_methods_that_only_the_reference_has_stay_in_their_class() -> None:
    starter = "class A:\n    def f(self):\n        ...\n    def g(self):\n        ...\n"
    reference = (
        "class A:\n    def f(self): return self._h()\n    def g(self):\n        return 2\n"
        "    def _h(self):\n        return 1\n"
    )
    cell = woven(starter, reference, debugging=False)
    names: dict[str, Any] = {}
    exec(cell, names)
    assert names["A"]().f() == 1
    assert cell.count("BEGIN SOLUTION") == cell.count("END SOLUTION") == 2


@pytest.mark.parametrize(
    ("starter", "reference", "said"),
    [
        ("def f(x):\n  ...", "def g(x):\n    return x", "the starter has f, which the reference does not define"),
        ("x = 1", "x = 1", "the starter has to hold each function and class"),
        (
            "class A:\n  def f(self):\n    ...",
            "class A:\n    def f(self):\n        return 1\n    def _g(self):\n        return 1",
            "indent both by four spaces",
        ),
    ],
)
def test_starter_and_reference_that_do_not_fit_are_named(starter: str, reference: str, said: str) -> None:
    with pytest.raises(CannotWeave) as caught:
        woven(starter, reference, debugging=False)
    assert said in str(caught.value)


def test_an_example_that_gives_none_is_checked_with_is() -> None:
    draft, wanted = GOOD["algorithm"]
    draft = spoiled(draft, examples=[Example(code="longest_climb([])", gives="None").model_dump()])
    exercise = exercise_of(notebook_text(draft, wanted), draft)
    assert exercise.tests[0].source.startswith("assert longest_climb([]) is None, ")


def test_a_value_of_an_example_is_shown_as_it_is() -> None:
    draft, _ = GOOD["algorithm"]
    wide = draft.model_copy(update={"examples": [*draft.examples, Example(code="f()", gives="'two  blanks'")]})
    assert "# 'two  blanks'" in text(wide)


def test_what_is_given_stays_whole() -> None:
    starter = "class Box:\n    def __init__(self):\n        self.items = []\n\n    def add(self, item):\n        ...\n"
    cell = woven(starter, starter.replace("...", "self.items.append(item)"), debugging=False)
    given, _, asked = cell.partition("def add")
    assert "self.items = []" in given
    assert "BEGIN SOLUTION" not in given
    assert "BEGIN SOLUTION" in asked
