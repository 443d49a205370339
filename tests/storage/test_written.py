"""What every store does with exercises that were written for a learner."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jupyter_tutor.errors import Conflict, NotFound
from jupyter_tutor.learning.model import Written
from jupyter_tutor.ports import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 3, 3)
Make = Callable[..., Written]


@pytest.fixture
def make() -> Make:
    """The nth exercise of a learner."""

    def make(n: int = 0, learner: str = "ada", due: date | None = None) -> Written:
        at = NOON + timedelta(minutes=n)
        return Written(f"{learner}-{n}", learner, f"slug-{n}", due, at, '{"cells": []}', f"sha-{n}", '{"tries": 1}')

    return make


async def test_what_was_written_comes_back_newest_first(store: Store, make: Make) -> None:
    for n in (1, 0, 2):
        await store.add_written(make(n))
    await store.add_written(make(0, "bob"))
    assert await store.written("ada") == [make(2), make(1), make(0)]
    assert await store.written("eve") == []


async def test_an_exercise_is_found_by_the_day_it_is_due(store: Store, make: Make) -> None:
    await store.add_written(make(0))
    await store.add_written(make(1, due=DAY))
    assert await store.written_for("ada", DAY) == make(1, due=DAY)
    assert await store.written_for("ada", DAY + timedelta(days=1)) == make(1, due=DAY)
    assert await store.written_for("ada", DAY - timedelta(days=1)) is None
    assert await store.written_for("bob", DAY) is None


async def test_a_learner_has_one_exercise_of_a_name_and_one_a_day(store: Store, make: Make) -> None:
    await store.add_written(make(0, due=DAY))
    for other in (make(1, due=DAY), replace(make(2), slug="slug-0"), make(0)):
        with pytest.raises(Conflict, match="is kept already: use another name or day"):
            await store.add_written(other)
    await store.add_written(make(0, "bob", due=DAY))
    assert await store.written("ada") == [make(0, due=DAY)]


async def test_of_exercises_for_one_day_at_once_one_is_kept(store: Store, make: Make) -> None:
    done = await asyncio.gather(*(store.add_written(make(n, due=DAY)) for n in range(10)), return_exceptions=True)
    assert done.count(None) == 1
    assert len(await store.written("ada")) == 1


async def test_an_exercise_moves_to_another_day_or_to_none(store: Store, make: Make) -> None:
    await store.add_written(make(0, due=DAY))
    await store.add_written(make(1))
    assert await store.change_written("ada", "ada-0", due=None) == make(0)
    assert await store.change_written("ada", "ada-1", due=DAY) == make(1, due=DAY)
    with pytest.raises(Conflict, match=f"another exercise is due on {DAY} already"):
        await store.change_written("ada", "ada-0", due=DAY)
    assert await store.written_for("ada", DAY) == make(1, due=DAY)


@pytest.mark.parametrize(("learner", "id"), [("ada", "none"), ("bob", "ada-0")])
async def test_what_is_not_the_learners_is_not_found(store: Store, make: Make, learner: str, id: str) -> None:
    await store.add_written(make(0))
    with pytest.raises(NotFound, match="no such exercise"):
        await store.change_written(learner, id, due=DAY)


def test_the_notebook_and_the_report_are_not_shown(make: Make) -> None:
    assert "cells" not in repr(make(0))
    assert "tries" not in repr(make(0))
