"""The facade on a real database and a real grader, with a clock that the test moves."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import Conflict, OperatorError, StorageError
from jupyter_tutor.learning.model import Rules, Submission
from jupyter_tutor.testing import Clock
from jupyter_tutor.tutor import Tutor

ADA = "ada"


def answer_of(curriculum: Path, slug: str) -> str:
    cells = json.loads(next(curriculum.glob(f"*/{slug}.ipynb")).read_text())["cells"]
    return next("".join(c["source"]) for c in cells if c["metadata"].get("nbgrader", {}).get("solution"))


async def submit(tutor: Tutor, id: str, source: str) -> Submission:
    """Open, answer, submit, and wait for the verdict."""
    daily, _ = await tutor.open(ADA, id)
    notebook = await tutor.notebooks.read(daily.path)
    answer = next(c["id"] for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    submission = await tutor.submit(ADA, id, {answer: source})
    async for _ in tutor.events(ADA, submission.id):
        pass
    return await tutor.submission(ADA, submission.id)


Start = Callable[..., Awaitable[Tutor]]


async def test_tomorrow_brings_another_exercise_at_local_midnight(start: Start, clock: Clock) -> None:
    tutor = await start()
    first = await tutor.today(ADA)
    clock.move(hours=13, minutes=59)
    assert (await tutor.today(ADA)).daily == first.daily
    clock.move(minutes=1)
    second = await tutor.today(ADA)
    assert (first.daily.date, second.daily.date) == (date(2026, 3, 2), date(2026, 3, 3))
    assert second.daily.slug != first.daily.slug


async def test_a_clock_moved_back_neither_gives_nor_takes_an_exercise(start: Start, clock: Clock) -> None:
    tutor = await start()
    clock.move(days=2)
    latest = await tutor.today(ADA)
    clock.move(days=-5)
    assert (await tutor.today(ADA)).daily == latest.daily
    assert (await tutor.today(ADA)).is_today


async def test_a_pass_on_its_day_counts_for_the_streak_and_a_late_one_does_not(
    start: Start, clock: Clock, curriculum: Path
) -> None:
    tutor = await start()
    first = (await tutor.today(ADA)).daily
    await submit(tutor, first.id, answer_of(curriculum, first.slug))
    clock.move(days=1)
    second = (await tutor.today(ADA)).daily
    clock.move(days=1)
    third = (await tutor.today(ADA)).daily
    assert (await submit(tutor, second.id, answer_of(curriculum, second.slug))).passed
    await submit(tutor, third.id, answer_of(curriculum, third.slug))
    progress = await tutor.progress(ADA)
    assert (progress.passed, progress.streaks.current, progress.streaks.longest) == (3, 1, 1)


async def test_a_submission_that_a_killed_server_left_is_graded_by_the_next_one(
    start: Start, curriculum: Path, clock: Clock
) -> None:
    tutor = await start()
    daily, _ = await tutor.open(ADA, (await tutor.today(ADA)).daily.id)
    notebook = await tutor.notebooks.read(daily.path)
    left = Submission("left", ADA, daily.id, clock(), "running", json.dumps(notebook))
    await tutor.store.add_submission(left)
    successor = await start()
    assert await successor.recover() == 1
    kinds = [event.kind async for event in successor.events(ADA, "left")]
    assert kinds[-1] == "done"
    graded = await successor.submission(ADA, "left")
    assert (graded.status, graded.passed) == ("done", False)


async def test_a_submission_stopped_in_the_middle_stays_in_the_queue(start: Start, curriculum: Path) -> None:
    tutor = await start()
    daily, _ = await tutor.open(ADA, (await tutor.today(ADA)).daily.id)
    submission = await tutor.submit(ADA, daily.id, {"new": "import time\ntime.sleep(30)"})
    await asyncio.sleep(0.5)
    await tutor.desk.close()
    assert [s.id for s in await tutor.store.unfinished_submissions()] == [submission.id]


async def test_skips_run_out_and_come_back_with_the_week(start: Start, clock: Clock) -> None:
    tutor = await start()
    for _ in range(2):
        assert (await tutor.skip(ADA, (await tutor.today(ADA)).daily.id)).daily.status == "skipped"
        clock.move(days=1)
    with pytest.raises(Conflict, match="2 exercises a week can be skipped"):
        await tutor.skip(ADA, (await tutor.today(ADA)).daily.id)
    clock.move(days=5)
    assert (await tutor.today(ADA)).skips_left == 2


async def test_only_todays_exercise_can_be_skipped(start: Start, clock: Clock) -> None:
    tutor = await start()
    yesterday = (await tutor.today(ADA)).daily
    clock.move(days=1)
    await tutor.today(ADA)
    with pytest.raises(Conflict, match="only today's"):
        await tutor.skip(ADA, yesterday.id)


async def test_hints_after_passing_change_nothing(start: Start, curriculum: Path) -> None:
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    await submit(tutor, daily.id, answer_of(curriculum, daily.slug))
    hint = await tutor.hint(ADA, daily.id)
    assert (hint.rung, hint.of) == (1, 4)
    assert (await tutor.hint(ADA, daily.id)).rung == 2
    assert (await tutor.daily(ADA, daily.id)).daily.hints_asked == 0


async def test_an_unproven_exercise_is_never_given(start: Start, tmp_path: Path, curriculum: Path) -> None:
    from jupyter_tutor.testing import answer_cell, checks_cell, notebook

    folder = tmp_path / "own"
    folder.mkdir()
    weak = notebook(answer_cell("def f(x): return x"), checks_cell("assert f(1) == 1"), slug="weak", difficulty="easy")
    (folder / "weak.ipynb").write_text(weak)
    tutor = await start(curriculum=(folder,), prove_dailies=True)
    with pytest.raises(OperatorError, match="there are no exercises"):
        await tutor.today(ADA)
    good = notebook(answer_cell("def f(x): return x + 1"), checks_cell("assert f(1) == 2"), slug="good")
    (folder / "good.ipynb").write_text(good)
    assert (await tutor.today(ADA)).daily.slug == "good"


async def test_an_exercise_that_left_the_curriculum_is_named(start: Start, tmp_path: Path) -> None:
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    without = await start(curriculum=(tmp_path,))
    view = await without.daily(ADA, daily.id)
    assert view.metadata is None
    with pytest.raises(OperatorError, match="no longer in the curriculum"):
        await without.open(ADA, daily.id)


async def test_a_leftover_of_an_exercise_that_is_gone_does_not_stop_the_others(
    start: Start, tmp_path: Path, clock: Clock
) -> None:
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    await tutor.store.add_submission(Submission("left", ADA, daily.id, clock(), "queued", "{}"))
    successor = await start(curriculum=(tmp_path,))
    await successor.recover()
    left = await successor.submission(ADA, "left")
    assert (left.status, "no longer in the curriculum" in (left.problem or "")) == ("failed", True)


async def test_an_exercise_whose_file_is_missing_is_passed_over(start: Start, tmp_path: Path) -> None:
    from jupyter_tutor.testing import answer_cell, checks_cell, notebook

    folder = tmp_path / "own"
    folder.mkdir()
    cells = answer_cell("def f(x): return x + 1"), checks_cell("assert f(1) == 2")
    (folder / "a.ipynb").write_text(notebook(*cells, slug="a", difficulty="easy", files=["gone.csv"]))
    (folder / "b.ipynb").write_text(notebook(*cells, slug="b", difficulty="hard"))
    tutor = await start(curriculum=(folder,), prove_dailies=True)
    assert (await tutor.today(ADA)).daily.slug == "b"


def told_twice(folder: Path, *themes: str) -> None:
    """A curriculum of one exercise that has these themes."""
    from jupyter_tutor.testing import answer_cell, checks_cell, notebook, text_cell

    folder.mkdir(exist_ok=True)
    cells = (
        text_cell("# Cakes for all\nTwice as many cakes as guests."),
        answer_cell("def cakes(guests):\n    return 2 * guests"),
        checks_cell("assert cakes(3) == 6\nassert cakes(0) == 0"),
    )
    told = [{"name": theme, "interests": [theme], "values": {"cakes": theme, "Cakes": "Much"}} for theme in themes]
    parameters = {"cakes": "cakes", "Cakes": "Cakes"}
    hints = ["How many cakes does one guest get?"]
    text = notebook(*cells, slug="cakes", interests=["cooking"], hints=hints, parameters=parameters, themes=told)
    (folder / "cakes.ipynb").write_text(text)


async def test_a_learner_gets_the_theme_of_an_interest_and_keeps_it(start: Start, tmp_path: Path) -> None:
    told_twice(tmp_path / "own", "music", "space")
    tutor = await start(curriculum=(tmp_path / "own",), rules=Rules(interests=("space",)), prove_dailies=True)
    await tutor.prepare(ADA)
    daily = (await tutor.today(ADA)).daily
    assert (daily.slug, daily.theme, daily.title) == ("cakes", "space", "Much for all")
    other = await start(curriculum=(tmp_path / "own",), rules=Rules(interests=("music",)))
    await other.open(ADA, daily.id)
    notebook = await other.notebooks.read(daily.path)
    assert notebook["cells"][0]["source"] == "# Much for all\nTwice as many space as guests."
    hint = await other.hint(ADA, daily.id)
    assert "How many space does one guest get?" in hint.text
    view = await other.daily(ADA, daily.id)
    assert (view.metadata and view.metadata.title, view.daily.theme) == ("Much for all", "space")
    assert not (await submit(other, daily.id, "def cakes(guests):\n    return 2 * guests")).passed
    assert (await submit(other, daily.id, "def space(guests):\n    return 2 * guests")).passed


async def test_a_theme_that_left_the_curriculum_is_missed_like_an_exercise(start: Start, tmp_path: Path) -> None:
    told_twice(tmp_path / "own", "music")
    tutor = await start(curriculum=(tmp_path / "own",), rules=Rules(interests=("music",)))
    daily = (await tutor.today(ADA)).daily
    assert daily.theme == "music"
    told_twice(tmp_path / "new")
    without = await start(curriculum=(tmp_path / "new",))
    assert (await without.today(ADA)).metadata is None
    with pytest.raises(OperatorError, match="no longer in the curriculum"):
        await without.open(ADA, daily.id)


async def test_an_unknown_time_zone_is_named(start: Start) -> None:
    tutor = await start(time_zone="Middle/Earth")
    with pytest.raises(OperatorError, match="Middle/Earth"):
        await tutor.today(ADA)


async def test_a_beginner_never_gets_a_hard_exercise(start: Start, clock: Clock) -> None:
    tutor = await start(rules=Rules(bounds=("easy", "medium")), skill="beginner")
    given = []
    for _ in range(30):
        given.append((await tutor.today(ADA)).daily.difficulty)
        clock.move(days=1)
    assert set(given) <= {"easy", "medium"}


async def test_a_submission_that_cannot_be_kept_is_refused_and_leaves_nothing(
    start: Callable[..., Awaitable[Tutor]],
) -> None:
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    await tutor.open(ADA, daily.id)

    class Full:
        def __getattr__(self, name: str) -> Any:
            return getattr(tutor.store, name)

        async def add_submission(self, submission: Submission, slug: str = "") -> None:
            raise StorageError("the disk is full: free some space")

    tutor.desk.store = Full()  # type: ignore[assignment]
    with pytest.raises(StorageError, match="disk is full"):
        await tutor.submit(ADA, daily.id, {})
    await asyncio.gather(*tutor.desk.tasks)
    assert await tutor.store.latest_submission(daily.id) is None
    assert (await tutor.daily(ADA, daily.id)).daily.submissions == 0
