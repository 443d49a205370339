"""What every store does with what is remembered of learners."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from jupyter_tutor.errors import NotFound
from jupyter_tutor.learning.talk import Memory
from jupyter_tutor.ports import Store
from tests.storage.conftest import NOON


def memory(id: str = "m1", learner: str = "ada", key: str = "missing-return", **values: Any) -> Memory:
    usual = {"trait": "misconception", "text": "`print` is not `return`", "evidence": "line 3", "source": "two-sum"}
    return Memory(id, learner, key=key, at=NOON, **usual | values)


async def test_what_is_seen_again_is_kept_once_with_its_newest_evidence(store: Store) -> None:
    await store.remember(memory())
    again = await store.remember(memory("m2", evidence="line 9"))
    assert (again.id, again.seen, again.evidence) == ("m1", 2, "line 9")
    assert await store.memories("ada") == [again]
    assert await store.memories("bob") == []


async def test_two_that_are_seen_at_once_are_counted(store: Store) -> None:
    await store.remember(memory())
    await asyncio.gather(*(store.remember(memory(f"m{n}")) for n in range(10)))
    assert [kept.seen for kept in await store.memories("ada")] == [11]


async def test_a_learner_corrects_switches_off_and_deletes(store: Store) -> None:
    await store.remember(memory())
    await store.remember(memory("m2", key="chess", trait="interest"))
    later = NOON + timedelta(days=1)
    corrected = await store.change_memory("ada", "m1", text="I know that now", on=False, source="learner", at=later)
    assert (corrected.text, corrected.on, corrected.source) == ("I know that now", False, "learner")
    seen = await store.remember(memory("m3"))
    assert (seen.text, seen.on) == ("I know that now", False), "what the learner said stands"
    for learner, id in (("bob", "m1"), ("ada", "none")):
        with pytest.raises(NotFound):
            await store.change_memory(learner, id, on=True)
        with pytest.raises(NotFound):
            await store.forget(learner, id)
    with pytest.raises(TypeError):
        await store.change_memory("ada", "m1", learner="bob")
    await store.forget("ada", "m1")
    assert [kept.id for kept in await store.memories("ada")] == ["m2"]
    await store.forget("bob")
    assert len(await store.memories("ada")) == 1
    await store.forget("ada")
    assert await store.memories("ada") == []
