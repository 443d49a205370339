"""Achievements of the operator, and what an exercise that was written ahead has to suit."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config

from jupyter_tutor.config import read_settings
from jupyter_tutor.errors import OperatorError
from jupyter_tutor.testing import Clock, ScriptedModel
from jupyter_tutor.tutor import Tutor
from tests.generation.drafts import DATA_STRUCTURE
from tests.sampling import sampled

ADA = "ada"
Start = Callable[..., Awaitable[Tutor]]
FIRST = {"key": "first", "title": "First", "text": "One passed.", "measure": "passed", "need": 1}


def read(file: Path, content: Any) -> list[str]:
    """The keys of all achievements with those of a file."""
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    settings = read_settings(config=Config({"Tutor": {"achievements": str(file)}}))
    return [one.key for one in settings.achievements]


def test_more_achievements_come_from_a_file(tmp_path: Path) -> None:
    loops = FIRST | {"key": "loops-5", "topic": "loops", "need": 5, "icon": "tree"}
    assert read(tmp_path / "more.json", [FIRST, loops])[-2:] == ["first", "loops-5"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "the file: Invalid JSON"),
        ({"key": "x"}, "the file: "),
        ([FIRST | {"measure": "luck"}], "0.measure: "),
        ([FIRST | {"need": 0}], "first needs less than 1"),
        ([FIRST | {"key": "streak-7"}], "the key 'streak-7' is there twice"),
        ([{"key": "x"}], "0.title: "),
    ],
)
def test_a_file_that_is_not_right_says_where(tmp_path: Path, content: Any, says: str) -> None:
    with pytest.raises(OperatorError) as error:
        read(tmp_path / "more.json", content)
    assert says in str(error.value)
    assert "c.Tutor.achievements" in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read"):
        read_settings(config=Config({"Tutor": {"achievements": str(tmp_path / "none.json")}}))


@pytest.mark.parametrize(
    ("chosen", "comes"),
    sampled(
        [
            pytest.param({}, True, id="nothing"),
            pytest.param({"minutes": 60}, True, id="minutes"),
            pytest.param({"skill": "advanced"}, False, id="skill"),
            pytest.param({"wish": "recursion"}, False, id="wish"),
        ]
    ),
)
async def test_what_was_written_ahead_comes_only_if_it_suits_what_was_chosen_since(
    start: Start, clock: Clock, chosen: dict[str, Any], comes: bool
) -> None:
    solved = json.dumps({"code": DATA_STRUCTURE.reference})
    tutor = await start(model=ScriptedModel({"draft": [DATA_STRUCTURE.model_dump_json()], "solution": [solved]}))
    await tutor.hint(ADA, (await tutor.today(ADA)).daily.id)
    writing = await tutor.generate(ADA, "queues", "data-structure", "easy")
    async for _ in tutor.authoring.events(ADA, writing.id):
        pass
    (written,) = await tutor.store.written(ADA)
    await tutor.choose(ADA, chosen)
    clock.move(days=1)
    daily = (await tutor.today(ADA)).daily
    assert (daily.slug == written.slug) is comes
    assert (daily.because[0] == "It was written for you.") is comes
    if not comes:  # it waits for a day that it suits
        await tutor.choose(ADA, {"skill": "beginner", "wish": ""})
        clock.move(days=1)
        assert (await tutor.today(ADA)).daily.slug == written.slug
