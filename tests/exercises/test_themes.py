"""The same task told anew: what is replaced, and what an author is told about a theme that cannot work."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.release import release
from jupyter_tutor.exercises.themes import themed, variants
from jupyter_tutor.grading.proof import digest
from jupyter_tutor.testing import answer_cell, authored, checks_cell, notebook, text_cell

CELLS = (
    text_cell("# Count the cakes\nAn oven holds 12 cakes. Ovens of a bakery: `cakes(ovens)`."),
    answer_cell("def cakes(ovens):\n    return 12 * ovens"),
    checks_cell('assert cakes(1) == 12, "one oven"\nassert cakes(0.5) == 6.0, "half an oven,\\ncakes"'),
)
TOLD = {
    "title": "Count the cakes",
    "objectives": ["Multiply cakes"],
    "success_criteria": ["All cakes are counted"],
    "hints": ["How many cakes are in one oven?"],
    "mistakes": [{"name": "12 is forgotten", "source": "def cakes(ovens):\n    return ovens", "says": "12 cakes!"}],
    "growth": {"call": "cakes", "input": "lambda n: (12 * n,)", "sizes": [1, 2, 4]},
}
PARAMETERS = {"cakes": "cakes", "An oven": "An oven", "an oven": "an oven", "ovens": "ovens", "Ovens": "Ovens"}
VALUES = {"cakes": "eggs", "An oven": "A box", "an oven": "a box", "ovens": "boxes", "Ovens": "Boxes"}
PLACE, FARM = {"place": "bakery"}, {"place": "farm"}


def told(parameters: Mapping[str, Any], values: Mapping[str, Any], **theme: Any) -> Exercise:
    """An exercise with one theme."""
    one = {"name": "nature", "interests": ["nature", "home"], "values": values} | theme
    data: dict[str, Any] = TOLD | {"slug": "count", "interests": ["cooking"], "hints": TOLD["hints"]}
    return authored(*CELLS, **data, parameters=parameters, themes=[one])


def complaint(parameters: Mapping[str, Any], values: Mapping[str, Any], **theme: Any) -> str:
    """What the author is told."""
    with pytest.raises(AuthorError) as raised:
        themed(told(parameters, values, **theme), "nature")
    return str(raised.value)


def test_defaults_give_way_wherever_they_stand_as_whole_words() -> None:
    new = themed(told(PARAMETERS | PLACE, VALUES | FARM), "nature")
    data = new.metadata
    assert [cell.source for cell in new.cells] == [
        "# Count the eggs\nA box holds 12 eggs. Boxes of a farm: `eggs(boxes)`.",
        "### BEGIN SOLUTION\ndef eggs(boxes):\n    return 12 * boxes\n### END SOLUTION",
        'assert eggs(1) == 12, "one oven"\nassert eggs(0.5) == 6.0, "half a box,\\neggs"',
    ]
    assert (data.title, data.objectives, data.success_criteria) == (
        "Count the eggs",
        ("Multiply eggs",),
        ("All eggs are counted",),
    )
    assert data.hints == ("How many eggs are in one oven?",)
    assert (data.mistakes[0].source, data.mistakes[0].says) == ("def eggs(boxes):\n    return boxes", "12 eggs!")
    assert data.growth is not None
    assert data.growth.call == "eggs"


def test_a_theme_is_an_exercise_of_the_same_slug_with_interests_of_its_own() -> None:
    exercise = told(PLACE, FARM)
    new = themed(exercise, "nature")
    assert (new.metadata.slug, new.metadata.theme, new.metadata.interests) == ("count", "nature", ("nature", "home"))
    assert (new.metadata.themes, new.metadata.parameters) == ((), {})
    assert (new.path, [c.grade_id for c in new.cells]) == (exercise.path, [c.grade_id for c in exercise.cells])
    assert digest(new) != digest(exercise)


def test_the_empty_name_is_the_authors_own_text() -> None:
    exercise = told(PLACE, FARM)
    assert themed(exercise, "") is exercise
    assert [variant.metadata.theme for variant in variants(exercise)] == ["", "nature"]
    assert exercise.metadata.tellings == {"": ("cooking",), "nature": ("nature", "home")}


def test_the_authors_notebook_is_left_as_it_was() -> None:
    exercise = told(PLACE, FARM)
    before = json.dumps(exercise.notebook)
    themed(exercise, "nature")
    assert json.dumps(exercise.notebook) == before


def test_numbers_change_as_whole_numbers() -> None:
    new = themed(told({"full": 12, "half": 6.0}, {"full": 30, "half": 15.0}), "nature")
    assert new.cells[2].source.startswith("assert cakes(1) == 30")
    assert "cakes(0.5) == 15.0" in new.cells[2].source
    assert "30 * n" in str(new.metadata.growth)
    cells = (
        answer_cell("def f(x):\n    return x + 2"),
        checks_cell("assert f(0.2) == 2.2 and f(-2) == 0 and f(20) == 22"),
    )
    theme = {"name": "web", "interests": ["web"], "values": {"n": 7}}
    numbers = themed(authored(*cells, parameters={"n": 2}, themes=[theme]), "web")
    assert numbers.cells[1].source == "assert f(0.2) == 2.2 and f(-7) == 0 and f(20) == 22"


def test_two_names_can_change_places() -> None:
    new = themed(told({"one": "cakes", "other": "ovens"}, {"one": "ovens", "other": "cakes"}), "nature")
    assert new.cells[1].source.splitlines()[1:3] == ["def ovens(cakes):", "    return 12 * cakes"]


def test_of_two_defaults_that_begin_alike_the_longer_gives_way_where_it_stands() -> None:
    new = themed(told({"short": "oven", "long": "An oven"}, {"short": "box", "long": "A basket"}), "nature")
    assert "A basket holds" in new.cells[0].source
    assert '"one box"' in new.cells[2].source


def test_a_value_may_stay_as_the_default_is() -> None:
    assert themed(told(PLACE, PLACE), "nature").cells == told(PLACE, PLACE).cells


def test_a_title_of_its_own_stands_in_the_heading_too() -> None:
    new = themed(told(PLACE, FARM, title="A full basket"), "nature")
    assert (new.metadata.title, new.cells[0].source.splitlines()[0]) == ("A full basket", "# A full basket")


def test_a_theme_without_parameters_can_have_a_title() -> None:
    assert themed(told({}, {}, title="Eggs"), "nature").cells[0].source.startswith("# Eggs\nAn oven")


def test_learners_see_nothing_of_themes() -> None:
    text = json.dumps(release(told(PLACE, FARM)))
    assert "farm" not in text
    assert "themes" not in text
    copy = json.dumps(release(themed(told(PLACE, FARM), "nature")))
    assert "farm" in copy
    assert "bakery" not in copy
    assert "interests" not in copy


@pytest.mark.parametrize(
    ("parameters", "values", "words"),
    [
        ({"who": "baker"}, {"who": "farmer"}, "'baker', the default of the parameter 'who', is nowhere"),
        ({"who": "bak"}, {"who": "farm"}, "'bak', the default of the parameter 'who', is nowhere"),
        ({"full": 1.5}, {"full": 2.5}, "1.5, the default of the parameter 'full', is nowhere"),
        (PLACE, {"place": "cakes"}, "'cakes', the value of the parameter 'place', is in the notebook already"),
        ({"full": 12}, {"full": 1}, "1, the value of the parameter 'full', is in the notebook already"),
        ({"what": "ovens"}, {"what": "two ovens("}, "is not valid Python"),
    ],
)
def test_a_theme_that_cannot_be_told_is_named_with_the_parameter(
    parameters: dict[str, Any], values: dict[str, Any], words: str
) -> None:
    said = complaint(parameters, values)
    assert said.startswith("exercise.ipynb: ")
    assert words in said
    assert "(in the theme 'nature')" in said


@pytest.mark.parametrize(
    ("parameters", "values", "words"),
    [
        (PLACE, {}, "'nature': it has no value for 'place'"),
        (PLACE, FARM | {"who": "x"}, "'nature': it has a value for 'who', which is not in `tutor.parameters`"),
        (PLACE, {"place": 3}, "'nature': the value for 'place' has to be of the same type as its default"),
        ({"full": 12}, {"full": 30.0}, "'nature': the value for 'full' has to be of the same type as its default"),
        ({"full": 12}, {"full": True}, "themes"),
        ({"full": None}, {"full": 1}, "parameters"),
        (PLACE, {"place": " "}, "themes"),
        ({"a": "cakes", "b": "ovens"}, {"a": "x", "b": "x"}, "'nature': two parameters have the value 'x'"),
        ({"a": "cakes", "b": "cakes"}, {"a": "x", "b": "y"}, "two of them have the default 'cakes'"),
        ({"a": 12, "b": "12"}, {"a": 1, "b": "2"}, "two of them have the default"),
        ({"a": ""}, {"a": "x"}, "parameters"),
    ],
)
def test_parameters_and_values_have_to_fit(parameters: dict[str, Any], values: dict[str, Any], words: str) -> None:
    said = complaint(parameters, values)
    assert "the notebook metadata `tutor." in said
    assert words in said


def test_names_of_themes_differ_and_interests_are_named() -> None:
    theme = {"name": "web", "interests": ["web"], "values": {}}
    with pytest.raises(AuthorError, match="two of them have the name 'web'"):
        authored(*CELLS, themes=[theme, theme])
    with pytest.raises(AuthorError, match=r"tutor\.themes\.0\.interests"):
        authored(*CELLS, themes=[theme | {"interests": []}])
    with pytest.raises(AuthorError, match="it has no theme 'music'"):
        themed(authored(*CELLS, themes=[theme]), "music")


def test_an_exercise_with_a_faulty_theme_is_left_out_of_the_curriculum(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    theme = {"name": "web", "interests": ["web"], "values": {"place": "cakes"}}
    for slug, parameters in (("good", {}), ("bad", PLACE)):
        values = {"place": "cakes"} if parameters else {}
        text = notebook(*CELLS, slug=slug, parameters=parameters, themes=[theme | {"values": values}])
        (tmp_path / f"{slug}.ipynb").write_text(text)
    assert set(Curriculum([tmp_path]).exercises()) == {"good"}
    assert "exercise left out: bad.ipynb: 'cakes', the value" in caplog.text
