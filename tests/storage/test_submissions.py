"""What every store does with submissions, verdicts and proofs."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jupyter_tutor.errors import NotFound, StorageError
from jupyter_tutor.learning.model import Daily, Submission
from jupyter_tutor.ports import Store

MakeDaily = Callable[..., Daily]
Make = Callable[..., Submission]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def daily(store: Store, make_daily: MakeDaily) -> Daily:
    """A daily that nobody has touched."""
    return await store.add_daily(make_daily())


async def test_a_submission_is_kept_and_counted(store: Store, daily: Daily, make_submission: Make) -> None:
    submission = make_submission(daily, notebook='{"cells": ["\ud800"]}')
    await store.add_submission(submission)
    kept = replace(submission, notebook='{"cells": ["\ufffd"]}')
    assert await store.submission("ada", submission.id) == kept
    assert await store.latest_submission(daily.id) == kept
    assert await store.daily("ada", daily.id) == replace(daily, submissions=1, status="in_progress")


async def test_submissions_at_once_are_all_counted(store: Store, daily: Daily, make_submission: Make) -> None:
    await asyncio.gather(*(store.add_submission(make_submission(daily, n)) for n in range(30)))
    assert (await store.daily("ada", daily.id)).submissions == 30
    assert len(await store.unfinished_submissions()) == 30


async def test_a_submission_needs_a_daily_of_the_learner(store: Store, daily: Daily, make_submission: Make) -> None:
    for wrong in (make_submission(daily, learner="bob"), replace(make_submission(daily), daily="none")):
        with pytest.raises(NotFound):
            await store.add_submission(wrong)
    assert (await store.daily("ada", daily.id)).submissions == 0


async def test_the_same_submission_twice_changes_nothing(store: Store, daily: Daily, make_submission: Make) -> None:
    await store.add_submission(make_submission(daily))
    with pytest.raises(StorageError):
        await store.add_submission(make_submission(daily))
    assert (await store.daily("ada", daily.id)).submissions == 1


async def test_a_submission_is_its_learners_only(store: Store, daily: Daily, make_submission: Make) -> None:
    await store.add_submission(make_submission(daily))
    with pytest.raises(NotFound):
        await store.submission("bob", f"{daily.id}-0")
    with pytest.raises(NotFound):
        await store.submission("ada", "none")


async def test_the_latest_is_the_last_added_whatever_the_clock_said(
    store: Store, daily: Daily, make_submission: Make
) -> None:
    assert await store.latest_submission(daily.id) is None
    for n in (2, 1):
        await store.add_submission(make_submission(daily, n))
    latest = await store.latest_submission(daily.id)
    assert latest is not None
    assert latest.id == f"{daily.id}-1"


async def test_unfinished_submissions_are_oldest_first(store: Store, daily: Daily, make_submission: Make) -> None:
    for n, status in ((3, "running"), (1, "done"), (2, "queued"), (0, "failed")):
        await store.add_submission(make_submission(daily, n, status=status))
    assert [one.id for one in await store.unfinished_submissions()] == [f"{daily.id}-2", f"{daily.id}-3"]


async def test_a_verdict_is_kept_and_raises_the_best_score(store: Store, daily: Daily, make_submission: Make) -> None:
    for n, (score, best) in enumerate([(40.0, 40.0), (0.0, 40.0), (74.5, 74.5), (None, 74.5)]):
        await store.add_submission(make_submission(daily, n))
        values = {"status": "done", "verdict": '{"a": 1}', "passed": False, "score": score}
        changed = await store.change_submission(f"{daily.id}-{n}", at=LATER, **values)
        assert changed == replace(make_submission(daily, n), **values)  # type: ignore[arg-type]
        assert changed == await store.submission("ada", changed.id)
        assert (await store.daily("ada", daily.id)).best_score == best
    assert (await store.daily("ada", daily.id)).status == "in_progress"


async def test_a_score_of_zero_is_a_score(store: Store, daily: Daily, make_submission: Make) -> None:
    await store.add_submission(make_submission(daily))
    await store.change_submission(f"{daily.id}-0", status="done", score=0.0, passed=False)
    assert (await store.daily("ada", daily.id)).best_score == 0.0


async def test_a_pass_completes_the_daily_once(store: Store, daily: Daily, make_submission: Make) -> None:
    for n, (passed, at) in enumerate([(True, NOON), (False, LATER), (True, LATER)]):
        await store.add_submission(make_submission(daily, n))
        await store.change_submission(f"{daily.id}-{n}", status="done", passed=passed, at=at)
        kept = await store.daily("ada", daily.id)
        assert (kept.status, kept.passed, kept.completed_at) == ("completed", True, NOON)


@pytest.mark.parametrize(("status", "at"), [("skipped", None), ("completed", NOON)])
async def test_a_late_pass_counts_but_keeps_the_status(
    store: Store, daily: Daily, make_submission: Make, status: str, at: datetime | None
) -> None:
    await store.change_daily("ada", daily.id, status=status, completed_at=at)
    await store.add_submission(make_submission(daily))
    await store.change_submission(f"{daily.id}-0", status="done", passed=True, score=90.0, at=LATER)
    kept = await store.daily("ada", daily.id)
    assert (kept.status, kept.passed, kept.completed_at, kept.best_score) == (status, True, at, 90.0)


async def test_a_submission_without_a_verdict_changes_no_daily(
    store: Store, daily: Daily, make_submission: Make
) -> None:
    await store.add_submission(make_submission(daily))
    before = await store.daily("ada", daily.id)
    assert (await store.change_submission(f"{daily.id}-0", status="running")).status == "running"
    assert (await store.change_submission(f"{daily.id}-0", status="failed", problem="why")).problem == "why"
    assert (await store.change_submission(f"{daily.id}-0", at=LATER)).status == "failed"
    assert await store.daily("ada", daily.id) == before


async def test_an_unknown_submission_or_field_does_not_change(
    store: Store, daily: Daily, make_submission: Make
) -> None:
    with pytest.raises(NotFound):
        await store.change_submission("none", status="done")
    await store.add_submission(make_submission(daily))
    with pytest.raises(TypeError, match="notebook"):
        await store.change_submission(f"{daily.id}-0", notebook="{}")


async def test_verdicts_at_once_all_count(store: Store, daily: Daily, make_submission: Make) -> None:
    for n in range(20):
        await store.add_submission(make_submission(daily, n))
    await asyncio.gather(
        *(store.change_submission(f"{daily.id}-{n}", status="done", score=float(n), passed=n == 3) for n in range(20))
    )
    kept = await store.daily("ada", daily.id)
    assert (kept.best_score, kept.passed) == (19.0, True)
    assert await store.unfinished_submissions() == []


async def test_proofs_are_kept_and_replaced(store: Store) -> None:
    assert await store.proof("sha") is None
    for body in ('{"proven": false}', '{"proven": true}'):
        await store.add_proof("sha", body)
        assert await store.proof("sha") == body
    await asyncio.gather(*(store.add_proof("sha", str(n)) for n in range(10)))
    assert await store.proof("sha") in {str(n) for n in range(10)}
