"""Profile, level, badges and data of a learner, through the facade."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.errors import Conflict, LearnerError
from jupyter_tutor.learning.achievements import Achievement
from jupyter_tutor.learning.model import Submission
from jupyter_tutor.learning.profile import Choice
from jupyter_tutor.testing import Clock
from jupyter_tutor.tutor import Tutor
from tests.tutor.test_tutor import answer_of

ADA = "ada"
EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
Start = Callable[..., Awaitable[Tutor]]


async def passed(tutor: Tutor, days: int, clock: Clock, of: str = ADA) -> None:
    """Exercises passed on days in a row, as the store keeps them; the clock goes on to the day after."""
    for _ in range(days):
        daily = (await tutor.today(of)).daily
        submission = Submission(f"{of}-{daily.id}", of, daily.id, clock(), "queued", EMPTY)
        await tutor.store.add_submission(submission)
        await tutor.store.change_submission(submission.id, status="done", passed=True, score=100.0, at=clock())
        clock.move(days=1)


async def test_choices_are_kept_all_or_none(start: Start) -> None:
    tutor = await start()
    view = await tutor.choose(ADA, {"skill": "beginner", "interests": ["music"], "minutes": 30})
    assert (view.profile.skill, view.profile.interests, view.levels) == ("beginner", ("music",), ("easy", "medium"))
    with pytest.raises(LearnerError, match="did you mean 'Europe/Vienna'"):
        await tutor.choose(ADA, {"minutes": 60, "time_zone": "Europe/Wien"})
    assert (await tutor.learners.profile(ADA)).profile.minutes == 30
    assert (await tutor.learners.profile("bob")).profile.skill == "intermediate"


async def test_an_interview_goes_on_after_a_restart(start: Start) -> None:
    first = await start()
    asked = (await first.learners.profile(ADA)).unanswered
    await first.choose(ADA, {"skill": "beginner", "placement": True})
    again = await (await start()).learners.profile(ADA)
    assert again.unanswered == tuple(name for name in asked if name not in ("skill", "placement"))
    assert again.profile.interview == "open"


async def test_the_first_exercise_follows_the_interview_unless_it_was_opened(start: Start, curriculum: Path) -> None:
    tutor = await start()
    before = (await tutor.today(ADA)).daily
    await tutor.choose(ADA, {"skill": "advanced", "interview": "done"})
    after = (await tutor.today(ADA)).daily
    assert (after.id, after.difficulty) == (before.id, "medium")
    await tutor.open(ADA, after.id)
    await tutor.choose(ADA, {"skill": "beginner", "interview": "done"})
    assert (await tutor.today(ADA)).daily.slug == after.slug


async def test_why_an_exercise_was_chosen_is_kept_with_it(start: Start, clock: Clock) -> None:
    tutor = await start()
    await tutor.today(ADA)
    topic = (await tutor.learners.profile(ADA)).topics[0]
    await tutor.choose(ADA, {"wish": topic.replace("-", " ").upper()})
    clock.move(days=1)
    daily = (await tutor.today(ADA)).daily
    assert topic in daily.topics
    assert daily.because[0] == f"You asked for {topic.replace('-', ' ')}."
    assert (await tutor.learners.profile(ADA)).wish == ""
    with pytest.raises(LearnerError, match="there is no exercise on 'quantum foam': there are some on "):
        await tutor.choose(ADA, {"wish": "quantum foam"})


async def test_the_date_follows_the_learners_zone_and_travel_gives_no_second_exercise(
    start: Start, clock: Clock
) -> None:
    clock.instant = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
    tutor = await start()
    assert (await tutor.today(ADA)).daily.date == date(2026, 3, 2)
    await tutor.choose(ADA, {"time_zone": "Pacific/Auckland"})  # it is after midnight there
    ahead = (await tutor.today(ADA)).daily
    assert ahead.date == date(2026, 3, 3)
    await tutor.choose(ADA, {"time_zone": "Pacific/Honolulu"})  # it is still the second there
    assert (await tutor.today(ADA)).daily.id == ahead.id


async def test_summer_time_begins_a_day_at_its_midnight(start: Start, clock: Clock) -> None:
    tutor = await start()
    clock.instant = datetime(2026, 3, 28, 22, 59, tzinfo=UTC)  # 23:59 in Berlin
    before = (await tutor.today(ADA)).daily.date
    clock.instant = datetime(2026, 3, 29, 21, 59, tzinfo=UTC)  # 23:59, an hour shorter
    assert ((await tutor.today(ADA)).daily.date - before).days == 1
    clock.instant = datetime(2026, 3, 29, 22, 1, tzinfo=UTC)
    assert ((await tutor.today(ADA)).daily.date - before).days == 2


async def test_the_clock_moved_back_neither_gains_nor_loses_a_streak(
    start: Start, clock: Clock, curriculum: Path
) -> None:
    tutor = await start()
    missed = (await tutor.today(ADA)).daily
    await tutor.open(ADA, missed.id)
    clock.move(days=1)
    await passed(tutor, 3, clock)
    streak = (await tutor.progress(ADA)).streaks
    assert streak.current == 3
    clock.move(days=-4)  # to the day of the exercise that was missed
    assert (await tutor.progress(ADA)).streaks == streak
    notebook = await tutor.notebooks.read(missed.path)
    answer = next(c["id"] for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    submission = await tutor.submit(ADA, missed.id, {answer: answer_of(curriculum, missed.slug)})
    async for _ in tutor.events(ADA, submission.id):
        pass
    late = (await tutor.daily(ADA, missed.id)).daily
    assert (late.passed, late.late) == (True, True)
    assert (await tutor.progress(ADA)).streaks == streak


async def test_another_rhythm_makes_no_missed_day_good(start: Start, clock: Clock) -> None:
    clock.instant = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
    tutor = await start()
    await passed(tutor, 3, clock)
    clock.move(days=2)
    await passed(tutor, 1, clock)
    before = (await tutor.progress(ADA)).streaks
    await tutor.choose(ADA, {"frequency": "weekdays"})
    assert (await tutor.progress(ADA)).streaks == before
    assert (before.current, before.longest) == (1, 3)


async def test_a_wish_that_came_stays_at_the_end_of_the_interview(start: Start, clock: Clock) -> None:
    tutor = await start()
    await tutor.today(ADA)
    topic = (await tutor.learners.profile(ADA)).topics[0]
    await tutor.choose(ADA, {"wish": topic})
    clock.move(days=1)
    daily = (await tutor.today(ADA)).daily
    await tutor.choose(ADA, {"interview": "done", "skill": "advanced"})
    assert (await tutor.today(ADA)).daily == daily


async def test_a_badge_is_earned_and_told_once(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 7, clock)
    told = await asyncio.gather(*(tutor.learners.notices(ADA) for _ in range(3)))
    assert [[n.key for n in notices if n.kind == "badge"] for notices in told] == [["streak-7"]] * 3
    await tutor.learners.see_notices(ADA, ["streak-7", "no-such"])
    assert [n.key for n in await tutor.learners.notices(ADA) if n.kind == "badge"] == []
    badge = next(badge for badge in (await tutor.progress(ADA)).badges if badge.key == "streak-7")
    assert badge.earned is not None
    clock.move(days=30)
    assert [n.key for n in await tutor.learners.notices(ADA) if n.kind == "badge"] == []
    assert (await tutor.progress(ADA)).badges[0].key == "streak-7"


async def test_a_step_of_the_level_is_told_with_its_reason(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 3, clock)
    notice = (await tutor.learners.notices(ADA))[0]
    assert (notice.kind, notice.title) == ("level", "Level: medium")
    assert notice.text.startswith("You passed 3 exercises in a row without a hint")
    await tutor.choose(ADA, {"level": "hard"})
    assert (await tutor.progress(ADA)).level == "hard"
    await tutor.choose(ADA, {"level": "easy", "adapt": False})
    await passed(tutor, 4, clock)
    assert (await tutor.progress(ADA)).level == "easy"


async def test_achievements_of_the_operator_count_too(start: Start, clock: Clock) -> None:
    first = Achievement("first", "The first", "One exercise passed.", "passed", 1, "star")
    tutor = await start(achievements=(first,))
    await passed(tutor, 1, clock)
    assert [notice.key for notice in await tutor.learners.notices(ADA)] == ["first"]


async def test_completing_without_passing_earns_neither_streak_nor_badge_nor_level(start: Start, clock: Clock) -> None:
    tutor = await start()
    for _ in range(10):
        await tutor.complete(ADA, (await tutor.today(ADA)).daily.id)
        clock.move(days=1)
    view = await tutor.progress(ADA)
    assert (view.completed, view.passed, view.streaks.longest, view.level) == (10, 0, 0, "easy")
    assert not await tutor.learners.notices(ADA)
    assert not view.skills


async def test_mastery_grows_with_what_was_solved(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 12, clock)
    best = (await tutor.progress(ADA)).skills[0]
    assert best.low <= best.mean <= best.high
    assert best.mean > 60
    assert best.evidence >= 2


async def test_those_who_look_are_told_of_changes(start: Start, curriculum: Path) -> None:
    tutor = await start()
    daily, _ = await tutor.open(ADA, (await tutor.today(ADA)).daily.id)
    heard = tutor.learners.changes(ADA)
    assert (await anext(heard)).kind == "changed"
    notebook = await tutor.notebooks.read(daily.path)
    answer = next(c["id"] for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    await tutor.submit(ADA, daily.id, {answer: answer_of(curriculum, daily.slug)})
    events = []
    while not events or events[-1].kind != "changed":
        events.append(await asyncio.wait_for(anext(heard), 30))
    assert events[0].kind == "progress"
    assert events[0].data["title"] == daily.title
    assert events[-2].data["done"] == events[-2].data["total"]


async def test_data_goes_to_another_place_and_is_deleted(start: Start, clock: Clock, settings: Any) -> None:
    tutor = await start()
    await tutor.choose(ADA, {"goals": ["pass the course"]})
    await passed(tutor, 8, clock)
    before = await tutor.progress(ADA)
    text = await tutor.rights.export(ADA)
    assert json.loads(text)["format"] == "jupyter-tutor"
    with pytest.raises(Conflict):
        await tutor.take_in(ADA, text)
    assert await tutor.progress(ADA) == before
    await tutor.today("eve")  # an exercise that nobody looked at is in the way of nothing
    await tutor.take_in("eve", text)
    moved = await tutor.progress("eve")
    assert (moved.streaks, moved.level, moved.skills) == (before.streaks, before.level, before.skills)
    assert (await tutor.learners.profile("eve")).profile.goals == ("pass the course",)
    await tutor.erase(ADA)
    gone = await tutor.progress(ADA)
    assert (gone.passed, gone.skills, gone.latest) == (0, [], ())
    assert (await tutor.progress("eve")).passed == 8


async def test_a_damaged_file_changes_nothing(start: Start) -> None:
    tutor = await start()
    await tutor.today(ADA)
    for text in ("", "{}", "[1, 2", '{"format": "other"}', "\x00" * 100):
        with pytest.raises(LearnerError, match="nothing has changed"):
            await tutor.take_in("bob", text)
    assert not await tutor.store.history("bob")


async def test_skips_and_rhythm_are_the_learners_own(start: Start, clock: Clock) -> None:
    tutor = await start()
    await tutor.choose(ADA, {"frequency": "weekdays"})
    clock.instant = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
    await passed(tutor, 5, clock)
    clock.move(days=2)
    await passed(tutor, 1, clock)
    view = await tutor.progress(ADA)
    assert view.streaks.current == 6
    assert "Saturdays and Sundays are free" in view.streak_rule
    assert sum(day.free for day in view.calendar) >= 2
    assert view.today - timedelta(days=1) == date(2026, 3, 9)


async def test_a_learner_is_worked_out_once_and_what_another_program_keeps_shows_at_once(start: Start) -> None:
    one, other = await start(), await start()
    daily = (await one.today(ADA)).daily
    assert await one.learners.find(ADA) is await one.learners.find(ADA)
    await other.store.change_daily(ADA, daily.id, status="skipped")
    (past,) = (await one.learners.find(ADA)).history
    assert past.status == "skipped"
    await other.store.add_choices(ADA, [Choice("minutes", 10, daily.date)])
    assert (await one.learners.find(ADA)).profile.minutes == 10
    await other.store.erase(ADA)
    assert (await one.learners.find(ADA)).history == []


async def answer(tutor: Tutor, id: str, curriculum: Path, text: str | None = None) -> None:
    """Open an exercise and submit an answer, the right one where none is given."""
    daily, _ = await tutor.open(ADA, id)
    notebook = await tutor.notebooks.read(daily.path)
    cell = next(c["id"] for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    submission = await tutor.submit(ADA, id, {cell: text or answer_of(curriculum, daily.slug)})
    async for _ in tutor.events(ADA, submission.id):
        pass


async def test_an_answer_that_is_handed_in_before_midnight_is_in_time(
    start: Start, clock: Clock, curriculum: Path
) -> None:
    clock.instant = datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)  # a second before midnight in Berlin
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    await tutor.open(ADA, daily.id)
    kept, real = asyncio.Event(), tutor.store.add_submission

    async def slow(submission: Submission, slug: str = "") -> None:
        clock.move(minutes=5)
        await real(submission, slug)
        kept.set()

    tutor.store.add_submission = slow  # type: ignore[method-assign]
    await answer(tutor, daily.id, curriculum)
    assert kept.is_set()
    graded = (await tutor.daily(ADA, daily.id)).daily
    assert (graded.passed, graded.late) == (True, False)
    assert (await tutor.progress(ADA)).streaks.current == 1


async def test_another_zone_does_not_bring_yesterday_back(start: Start, clock: Clock, curriculum: Path) -> None:
    clock.instant = datetime(2026, 3, 2, 12, tzinfo=UTC)
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    clock.instant = datetime(2026, 3, 3, 6, tzinfo=UTC)
    await tutor.choose(ADA, {"time_zone": "Pacific/Honolulu"})  # where it is the second of March still
    await answer(tutor, daily.id, curriculum)
    assert (await tutor.daily(ADA, daily.id)).daily.late


async def test_a_clock_that_ran_ahead_stops_no_calendar(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 2, clock)
    today = clock.instant
    clock.move(days=2000)
    await tutor.today(ADA)
    clock.instant = today
    assert (await tutor.today(ADA)).daily.date == today.date()
    await passed(tutor, 1, clock)
    assert (await tutor.progress(ADA)).streaks.current == 3


async def test_what_is_done_with_an_old_exercise_changes_no_level(start: Start, clock: Clock, curriculum: Path) -> None:
    tutor = await start()
    old = []
    for _ in range(2):
        old.append((await tutor.today(ADA)).daily.id)
        clock.move(days=1)
    await passed(tutor, 3, clock)
    before = (await tutor.progress(ADA)).level_history
    for id in old:
        await answer(tutor, id, curriculum, "pass")
    assert (await tutor.progress(ADA)).level_history == before


async def test_trying_again_after_passing_takes_nothing_away(start: Start, clock: Clock, curriculum: Path) -> None:
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    await answer(tutor, daily.id, curriculum)
    before = (await tutor.progress(ADA)).skills
    for _ in range(3):
        await answer(tutor, daily.id, curriculum)
    assert (await tutor.progress(ADA)).skills == before
    assert (await tutor.learners.find(ADA)).history[0].submissions == 1


async def test_a_step_of_the_level_after_a_long_pause_is_told_on_return(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 3, clock)
    await tutor.learners.see_notices(ADA, [notice.key for notice in await tutor.learners.notices(ADA)])
    clock.move(days=90)
    assert [notice.title for notice in await tutor.learners.notices(ADA)] == ["Level: easy"]
    await tutor.choose(ADA, {"level": "hard"})
    assert (await tutor.progress(ADA)).level == "hard"


async def test_what_was_chosen_already_is_not_chosen_again(start: Start) -> None:
    tutor = await start()
    for _ in range(3):
        await tutor.choose(ADA, {"placement": True, "minutes": 20})
    assert [choice.name for choice in await tutor.store.choices(ADA)] == ["placement", "minutes"]


async def test_a_wish_comes_true_once_and_before_all_that_is_due(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 6, clock)
    clock.move(days=20)
    recalled = (await tutor.learners.find(ADA)).recalls
    wish = next(topic for topic in (await tutor.learners.profile(ADA)).topics if topic not in recalled)
    await tutor.choose(ADA, {"wish": wish})
    daily = (await tutor.today(ADA)).daily
    assert wish in daily.topics
    assert (await tutor.learners.profile(ADA)).wish == ""


async def test_a_wish_within_the_bounds_comes_true_at_any_level(start: Start, clock: Clock, tmp_path: Path) -> None:
    tutor = await start()
    await tutor.today(ADA)
    offer = await tutor.learners.offer()
    hard = next(topic for topic, levels in sorted(offer["python"].items()) if set(levels) == {"hard"})
    await tutor.choose(ADA, {"wish": hard})
    clock.move(days=1)
    assert hard in (await tutor.today(ADA)).daily.topics
    await tutor.choose(ADA, {"skill": "beginner"})
    with pytest.raises(LearnerError, match="at the levels of your skill: there are some on "):
        await tutor.choose(ADA, {"wish": hard})


async def test_taking_data_in_deletes_nothing_that_the_learner_did(start: Start, clock: Clock) -> None:
    tutor = await start()
    await passed(tutor, 1, clock, "bob")
    text = await tutor.rights.export("bob")
    daily = (await tutor.today(ADA)).daily
    await tutor.store.add_message(ADA, daily.id, "learner", "what is a set?", clock())
    with pytest.raises(Conflict):
        await tutor.take_in(ADA, text)
    assert [message.text for message in await tutor.store.messages(ADA, daily.id)] == ["what is a set?"]
    await tutor.choose("eve", {"interview": "skipped"})
    await tutor.take_in("eve", text)
    assert (await tutor.progress("eve")).passed == 1


async def test_an_exercise_that_is_chosen_while_all_is_deleted_knows_nothing(start: Start) -> None:
    tutor = await start()
    topic = next(iter((await tutor.learners.offer())["python"]))
    await tutor.choose(ADA, {"wish": topic, "interests": ["music"]})
    choosing, waiting = tutor.chooser.choose, asyncio.Event()

    async def slow(learner: Any) -> Any:
        waiting.set()
        await asyncio.sleep(0.1)
        return await choosing(learner)

    tutor.chooser.choose = slow  # type: ignore[method-assign]
    today = asyncio.create_task(tutor.today(ADA))
    await waiting.wait()
    await tutor.erase(ADA)
    await asyncio.wait([today])
    assert not any((await tutor.store.take_out(ADA)).values())


async def test_an_exercise_that_was_opened_meanwhile_stays(start: Start) -> None:
    tutor = await start()
    daily = (await tutor.today(ADA)).daily
    choosing = tutor.chooser.choose

    async def slow(learner: Any) -> Any:
        await tutor.open(ADA, daily.id)
        return await choosing(learner)

    tutor.chooser.choose = slow  # type: ignore[method-assign]
    await tutor.choose(ADA, {"skill": "advanced", "interview": "done"})
    assert (await tutor.today(ADA)).daily.slug == daily.slug
