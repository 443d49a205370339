"""Exercises by a model in a learner's days: on demand, ahead of time, and the curriculum when nothing comes of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import Conflict, LearnerError, ModelError, ModelOff, NotFound
from jupyter_tutor.generation.authoring import Writing
from jupyter_tutor.settings import ModelSettings
from jupyter_tutor.testing import Clock, ScriptedModel, answer_cell, checks_cell, notebook
from jupyter_tutor.tutor import Tutor
from tests.generation.drafts import DATA_STRUCTURE
from tests.tutor.test_tutor import ADA

Start = Callable[..., Awaitable[Tutor]]


def model(*drafts: Any) -> ScriptedModel:
    """Answers with drafts, and with their references as second solutions."""
    texts = [draft if isinstance(draft, Exception) else draft.model_dump_json() for draft in drafts]
    solved = [json.dumps({"code": draft.reference}) for draft in drafts if not isinstance(draft, Exception)]
    return ScriptedModel({"draft": texts, "solution": solved})


async def end(tutor: Tutor, writing: Writing) -> dict[str, Any]:
    events = [event async for event in tutor.authoring.events(ADA, writing.id)]
    assert events[-1].kind == "done"
    return events[-1].data


async def test_an_exercise_on_demand_becomes_todays_while_nothing_was_done(start: Start) -> None:
    tutor = await start(model=model(DATA_STRUCTURE))
    before = (await tutor.today(ADA)).daily
    writing = await tutor.generate(ADA, topic="queues", kind="data-structure", difficulty="easy")
    done = await end(tutor, writing)
    assert done["status"] == "written", done
    after = (await tutor.today(ADA)).daily
    assert (after.id, after.title, done["daily"]) == (before.id, DATA_STRUCTURE.title, before.id)
    assert after.slug != before.slug
    opened, created = await tutor.open(ADA, after.id)
    assert created
    assert opened.path.endswith(f"{after.slug}.ipynb")
    stages = [event.data["stage"] for event in writing.feed.events if event.kind == "stage"]
    assert stages[0] == "drafting"
    assert stages[-1] == "done"


async def test_it_is_tomorrows_when_todays_is_begun(start: Start, clock: Clock) -> None:
    tutor = await start(model=model(DATA_STRUCTURE))
    today = (await tutor.today(ADA)).daily
    await tutor.hint(ADA, today.id)
    done = await end(tutor, await tutor.generate(ADA, "queues", "data-structure", "easy"))
    assert (done["status"], done["daily"]) == ("written", None)
    assert (await tutor.today(ADA)).daily.slug == today.slug
    clock.move(days=1)
    assert (await tutor.today(ADA)).daily.title == DATA_STRUCTURE.title


async def test_tomorrows_is_written_ahead_and_graded_like_any_other(start: Start, clock: Clock, tmp_path: Path) -> None:
    due = {"slug": "one", "kind": "data-structure", "difficulty": "medium", "topics": ["queues"]}
    cells = answer_cell("def f(n): return n + 1"), checks_cell("assert f(1) == 2\nassert f(5) == 6")
    (tmp_path / "one.ipynb").write_text(notebook(*cells, **due))
    tutor = await start(model=model(DATA_STRUCTURE), write_ahead=True, curriculum=(tmp_path,))
    await tutor.prepare(ADA)
    (writing,) = tutor.authoring.writings.values()
    assert (await end(tutor, writing))["status"] == "written"
    await tutor.prepare(ADA)
    assert len(tutor.authoring.writings) == 1
    clock.move(days=1)
    daily = (await tutor.today(ADA)).daily
    assert daily.title == DATA_STRUCTURE.title
    await tutor.open(ADA, daily.id)
    submission = await tutor.submit(ADA, daily.id, {"answer": DATA_STRUCTURE.reference})
    assert [event.kind async for event in tutor.events(ADA, submission.id)][-1] == "done"
    assert (await tutor.submission(ADA, submission.id)).passed


async def test_what_was_written_for_a_day_without_a_server_comes_on_the_next(start: Start, clock: Clock) -> None:
    tutor = await start(model=model(DATA_STRUCTURE))
    await tutor.hint(ADA, (await tutor.today(ADA)).daily.id)
    await end(tutor, await tutor.generate(ADA, "queues", "data-structure", "easy"))
    clock.move(days=4)
    assert (await tutor.today(ADA)).daily.title == DATA_STRUCTURE.title
    clock.move(days=1)
    assert (await tutor.today(ADA)).daily.title != DATA_STRUCTURE.title


async def test_what_is_written_ahead_makes_way_for_what_is_asked_for(start: Start) -> None:
    class Slow(ScriptedModel):
        async def ask(self, ask: Any) -> Any:
            await asyncio.sleep(60)

    tutor = await start(model=Slow({}), write_ahead=True)
    await tutor.prepare(ADA)
    (ahead,) = tutor.authoring.writings.values()
    assert (await tutor.model_view(ADA)).writing is None
    asked = await tutor.generate(ADA)
    assert (ahead.state, asked.state) == ("cancelled", "running")
    assert (await tutor.model_view(ADA)).writing is asked
    assert (await tutor.model_view("grace")).writing is None
    await tutor.authoring.cancel(ADA, asked.id)
    assert (await tutor.model_view(ADA)).writing is None


async def test_the_notebook_of_an_exercise_that_was_replaced_is_not_taken_for_the_other(start: Start) -> None:
    tutor = await start(model=model(DATA_STRUCTURE))
    before = (await tutor.open(ADA, (await tutor.today(ADA)).daily.id))[0]
    await end(tutor, await tutor.generate(ADA, "queues", "data-structure", "easy"))
    with pytest.raises(LearnerError, match="was replaced by 'The ticket desk'"):
        await tutor.submit(ADA, before.id, {}, path=before.path)
    assert (await tutor.daily(ADA, before.id)).daily.path != before.path


async def test_the_curriculum_serves_when_the_model_fails(start: Start, clock: Clock) -> None:
    tutor = await start(model=ScriptedModel({"draft": [ModelError("it is down")] * 3}), write_ahead=True)
    await tutor.prepare(ADA)
    (writing,) = tutor.authoring.writings.values()
    done = await end(tutor, writing)
    assert done["status"] == "failed"
    assert "it is down" in done["problem"]
    assert list(await tutor.store.written(ADA)) == []
    clock.move(days=1)
    assert (await tutor.today(ADA)).daily.slug in await tutor.library.shipped()


async def test_one_is_written_at_a_time_and_can_be_cancelled(start: Start) -> None:
    asked = asyncio.Event()

    class Slow(ScriptedModel):
        async def ask(self, ask: Any) -> Any:
            asked.set()
            await asyncio.sleep(60)

    tutor = await start(model=Slow({}))
    writing = await tutor.generate(ADA)
    with pytest.raises(Conflict, match="already"):
        await tutor.generate(ADA)
    await asked.wait()
    assert (await tutor.authoring.cancel(ADA, writing.id)).state == "cancelled"
    assert (await end(tutor, writing))["status"] == "cancelled"
    assert list(await tutor.store.written(ADA)) == []
    with pytest.raises(NotFound):
        await tutor.authoring.cancel("grace", writing.id)


async def test_without_a_model_it_is_said_why_nothing_is_written(start: Start) -> None:
    tutor = await start()
    with pytest.raises(ModelOff, match="no language model"):
        await tutor.generate(ADA)
    view = await tutor.model_view(ADA)
    assert "no language model" in view.off
    assert (view.tokens, view.daily_tokens) == (0, ModelSettings().daily_tokens)


async def test_a_title_that_would_give_the_slug_of_another_exercise_is_refused(start: Start) -> None:
    taken = DATA_STRUCTURE.model_copy(update={"title": "Dry spell"})
    tutor = await start(model=model(taken, DATA_STRUCTURE))
    done = await end(tutor, await tutor.generate(ADA, "queues", "data-structure", "easy"))
    assert (done["status"], done["slug"]) == ("written", "the-ticket-desk")
    report = json.loads((await tutor.store.written(ADA))[0].report)
    assert "Dry spell" in report["tries"][0]["reasons"][0]
