"""Hints on an nbgrader notebook whose author wrote none."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from jupyter_tutor.testing import ScriptedModel, answer_cell, checks_cell, notebook, text_cell
from jupyter_tutor.tutor import Tutor
from tests.tutor.test_help import ADA, opened, said

Start = Callable[..., Awaitable[Tutor]]
RIGHT = "def double(n):\n    return n * 2"
WRONG = "def double(n):\n    print(n * 2)"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A curriculum of one notebook without `tutor` metadata."""
    folder = tmp_path / "course" / "functions"
    folder.mkdir(parents=True)
    cells = (
        text_cell("# Doubling\nGive twice the number."),
        answer_cell(f"def double(n):\n    ### BEGIN SOLUTION\n{RIGHT.splitlines()[1]}\n    ### END SOLUTION"),
        checks_cell("assert double(2) == 4, 'twice two'\nassert double(0) == 0"),
    )
    (folder / "doubling.ipynb").write_text(notebook(*cells))
    return folder.parent


async def test_running_the_code_gives_the_hints(start: Start, plain: Path) -> None:
    tutor = await start(curriculum=(plain,))
    daily, (cell, *_), exercise = await opened(tutor)
    assert exercise.metadata.hints == ()
    first = await tutor.hint(ADA, daily, {cell: WRONG})
    assert (first.problem, first.source, first.rung, first.of) == ("", "diagnosis", 1, 0)
    assert "`print` shows" in first.text
    for _ in range(20):
        if (last := await tutor.hint(ADA, daily, {cell: WRONG})).again:
            break
    assert (last.again, last.problem) == (True, "")
    assert [hint.rung for hint in await tutor.store.hints(daily)] == [*range(1, last.rung + 1)]


async def test_where_nothing_can_be_said_the_learner_is_told_what_helps(start: Start, plain: Path) -> None:
    tutor = await start(curriculum=(plain,))
    daily, (cell, *_), _ = await opened(tutor)
    speech = await tutor.hint(ADA, daily, {cell: RIGHT})
    assert (speech.text, speech.done) == ("", True)
    assert speech.problem.startswith(
        "There is nothing to say about your code, and this exercise has no hints of its own"
    )
    assert not await tutor.store.hints(daily)


async def test_a_model_gives_hints_of_its_own(start: Start, plain: Path) -> None:
    model = ScriptedModel({"hint": ["What does `double(2)` give?", "Who gets the number?"]})
    tutor = await start(curriculum=(plain,), model=model)
    daily, (cell, *_), _ = await opened(tutor)
    told = [await said(await tutor.hint(ADA, daily, {cell: WRONG})) for _ in range(2)]
    assert [(speech.rung, speech.source, speech.text) for speech in told] == [
        (1, "model", "What does `double(2)` give?"),
        (2, "model", "Who gets the number?"),
    ]
