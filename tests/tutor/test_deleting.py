"""A learner's data that is deleted while something works for the learner."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from jupyter_tutor.errors import NotFound
from jupyter_tutor.learning.model import Submission
from jupyter_tutor.tutor import Tutor
from tests.tutor.test_tutor import answer_of

ADA = "ada"
Start = Callable[..., Awaitable[Tutor]]


async def submitted(tutor: Tutor, curriculum: Path) -> Submission:
    """The right answer to today's exercise, submitted and not waited for."""
    daily, _ = await tutor.open(ADA, (await tutor.today(ADA)).daily.id)
    notebook = await tutor.notebooks.read(daily.path)
    answer = next(c["id"] for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    return await tutor.submit(ADA, daily.id, {answer: answer_of(curriculum, daily.slug)})


async def nothing_is_kept(tutor: Tutor) -> bool:
    return not any((await tutor.store.take_out(ADA)).values())


async def test_a_submission_that_is_graded_meanwhile_ends_quietly(start: Start, curriculum: Path) -> None:
    tutor = await start()
    submission = await submitted(tutor, curriculum)
    heard = tutor.events(ADA, submission.id)
    events = [await anext(heard)]
    await tutor.store.erase(ADA)
    events += [event async for event in heard]
    assert events[-1].kind == "done"
    told = events[-1].submission
    assert told is not None
    assert (told.id, told.status, told.problem) == (
        submission.id,
        "failed",
        "This answer was deleted while it was checked.",
    )
    await asyncio.gather(*tutor.desk.tasks)
    assert await nothing_is_kept(tutor)
    with pytest.raises(NotFound):
        await tutor.submission(ADA, submission.id)


async def test_nothing_is_remembered_of_a_learner_who_is_gone(start: Start, curriculum: Path) -> None:
    tutor = await start()
    submission = await submitted(tutor, curriculum)
    async for _ in tutor.events(ADA, submission.id):
        pass
    await tutor.store.erase(ADA)
    await asyncio.gather(*tutor.desk.tasks)
    assert await nothing_is_kept(tutor)
    assert (await tutor.today(ADA)).daily.submissions == 0
