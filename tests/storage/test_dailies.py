"""What every store does with dailies and hints."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from jupyter_tutor.errors import Conflict, LearnerError, NotFound
from jupyter_tutor.learning.model import Daily, Filters, GivenHint, Page, Past
from jupyter_tutor.ports import Store

Make = Callable[..., Daily]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NONE = Filters()


async def test_a_daily_comes_back_as_it_was_kept(store: Store, make_daily: Make) -> None:
    values = {"status": "completed", "passed": True, "opened": True, "best_score": 87.5, "completed_at": NOON}
    values |= {"theme": "music", "because": ("Lists are due.", '"Easy", as before.')}
    daily = make_daily(topics=('a "b"', "c,d", "ü\\%_"), hints_asked=2, submissions=3, active_seconds=60, **values)
    assert await store.add_daily(daily) == daily
    assert await store.daily("ada", daily.id) == daily
    assert await store.daily_for("ada", daily.date) == daily
    assert await store.daily_at("ada", daily.path) == daily
    assert await store.latest_daily("ada") == daily


async def test_an_empty_store_has_no_dailies(store: Store) -> None:
    assert await store.latest_daily("ada") is None
    assert await store.daily_for("ada", date(2026, 3, 2)) is None
    assert await store.dailies("ada", NONE, None, 10) == Page(())
    assert await store.history("ada") == []
    assert await store.active_seconds("ada") == 0


async def test_the_daily_of_a_date_is_the_first_that_was_added(store: Store, make_daily: Make) -> None:
    first = await store.add_daily(make_daily(id="first"))
    assert await store.add_daily(make_daily(id="second", slug="other")) == first
    assert await store.dailies("ada", NONE, None, 10) == Page((first,))


async def test_dailies_added_at_once_become_one(store: Store, make_daily: Make) -> None:
    dailies = await asyncio.gather(*(store.add_daily(make_daily(id=f"id-{n}")) for n in range(20)))
    assert len({daily.id for daily in dailies}) == 1
    assert len((await store.dailies("ada", NONE, None, 10)).items) == 1


async def test_learners_do_not_see_each_others_dailies(store: Store, make_daily: Make) -> None:
    ada, bob = await store.add_daily(make_daily(0, "ada")), await store.add_daily(make_daily(0, "bob"))
    assert await store.daily_at("bob", ada.path) == bob
    assert (await store.dailies("bob", NONE, None, 10)).items == (bob,)
    hint = GivenHint(1, "look", NOON)
    for forbidden in (
        store.daily("bob", ada.id),
        store.change_daily("bob", ada.id, opened=True),
        store.add_activity("bob", ada.id, 5),
        store.add_hint("bob", ada.id, hint),
    ):
        with pytest.raises(NotFound):
            await forbidden
    assert await store.daily("ada", ada.id) == ada
    assert await store.hints(ada.id) == []


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    for missing in (
        store.daily("ada", "none"),
        store.daily_at("ada", "none.ipynb"),
        store.change_daily("ada", "none"),
        store.add_activity("ada", "none", 1),
    ):
        with pytest.raises(NotFound):
            await missing


async def test_fields_of_a_daily_change(store: Store, make_daily: Make) -> None:
    daily = await store.add_daily(make_daily())
    local = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    values = {"status": "completed", "opened": True, "path": "moved.ipynb"}
    changed = await store.change_daily("ada", daily.id, completed_at=local, **values)
    assert changed == replace(daily, completed_at=NOON, **values)  # type: ignore[arg-type]
    assert changed.completed_at is not None
    assert changed.completed_at.tzinfo is UTC
    assert await store.daily_at("ada", "moved.ipynb") == changed


@pytest.mark.parametrize("name", ["learner", "best_score", "nonsense", "search"])
async def test_other_fields_of_a_daily_do_not_change(store: Store, make_daily: Make, name: str) -> None:
    daily = await store.add_daily(make_daily())
    with pytest.raises(TypeError, match=name):
        await store.change_daily("ada", daily.id, **{name: "x"})


async def test_the_later_of_two_dailies_has_a_path(store: Store, make_daily: Make) -> None:
    await store.add_daily(make_daily(0, path="same.ipynb"))
    later = await store.add_daily(make_daily(1, path="same.ipynb"))
    assert await store.daily_at("ada", "same.ipynb") == later


async def test_active_time_adds_up(store: Store, make_daily: Make) -> None:
    one, two = [await store.add_daily(make_daily(n)) for n in range(2)]
    await asyncio.gather(*(store.add_activity("ada", one.id, 15) for _ in range(20)))
    await store.add_activity("ada", two.id, 7)
    assert (await store.daily("ada", one.id)).active_seconds == 300
    assert await store.active_seconds("ada") == 307
    assert await store.active_seconds("bob") == 0


async def test_history_is_oldest_first_and_short(store: Store, make_daily: Make) -> None:
    for n in (2, 0, 1):
        await store.add_daily(
            make_daily(n, passed=n == 1, hints_asked=n, submissions=n + 1, best_score=n * 10.0, active_seconds=n)
        )
    history = await store.history("ada")
    topics = ("loops", "lists")
    first = date(2026, 3, 3), "slug-1", "algorithm", "easy", topics, "pending"
    assert history[1] == Past(*first, True, 1, 2, score=10.0, seconds=1, minutes=10, on_day=2)
    assert [past.slug for past in history] == ["slug-0", "slug-1", "slug-2"]
    assert await store.history("ada", since=date(2026, 3, 3)) == history[1:]


async def test_hints_are_kept_by_rung_and_counted_once(store: Store, make_daily: Make) -> None:
    daily = await store.add_daily(make_daily())
    first, second = GivenHint(1, "look", NOON), GivenHint(2, "look there", NOON + timedelta(minutes=1))
    for hint in (second, first, GivenHint(1, "look again", NOON)):
        await store.add_hint("ada", daily.id, hint)
    assert await store.hints(daily.id) == [first, second]
    changed = await store.daily("ada", daily.id)
    assert (changed.hints_asked, changed.status) == (2, "in_progress")


async def test_an_exercise_takes_anothers_place_until_something_was_done(store: Store, make_daily: Make) -> None:
    before = await store.add_daily(make_daily(opened=True, status="in_progress"))
    other = replace(before, slug="other", title="Other", path="tutor/other.ipynb", kind="debugging")
    after = await store.replace_daily("ada", before.id, other)
    assert (after.id, after.slug, after.path, after.status, after.opened) == (
        before.id,
        "other",
        "tutor/other.ipynb",
        "pending",
        False,
    )
    with pytest.raises(Conflict, match="has taken this one's place"):
        await store.add_hint("ada", before.id, GivenHint(1, "look", NOON), before.slug)
    assert await store.hints(before.id) == []
    await store.add_hint("ada", before.id, GivenHint(1, "look", NOON), "other")
    assert (await store.replace_daily("ada", before.id, before)).slug == "other"
    with pytest.raises(NotFound):
        await store.replace_daily("bob", before.id, other)


async def test_the_same_hint_asked_at_once_is_counted_once(store: Store, make_daily: Make) -> None:
    daily = await store.add_daily(make_daily())
    await asyncio.gather(*(store.add_hint("ada", daily.id, GivenHint(1, f"text {n}", NOON)) for n in range(10)))
    assert (await store.daily("ada", daily.id)).hints_asked == 1
    assert len(await store.hints(daily.id)) == 1


@pytest.mark.parametrize("status", ["completed", "skipped"])
async def test_a_hint_does_not_reopen_a_daily(store: Store, make_daily: Make, status: str) -> None:
    daily = await store.add_daily(make_daily(status=status))
    await store.add_hint("ada", daily.id, GivenHint(1, "look", NOON))
    assert (await store.daily("ada", daily.id)).status == status


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(status="completed"), [3]),
        (Filters(topic="sets"), [2]),
        (Filters(topic="set"), []),
        (Filters(topic="SETS"), []),
        (Filters(topic='"'), [3]),
        (Filters(kind="debugging"), [1]),
        (Filters(difficulty="hard"), [2]),
        (Filters(language="typescript"), [0]),
        (Filters(text="ÜBUNG"), [3]),
        (Filters(text="slug-1"), [1]),
        (Filters(text="SET"), [2]),
        (Filters(text="100%"), [2]),
        (Filters(text="%"), [2]),
        (Filters(text="_"), []),
        (Filters(text="x" * 100_000), []),
        (Filters(text="", topic=""), [3, 2, 1, 0]),
        (Filters(difficulty="hard", kind="debugging"), []),
        (NONE, [3, 2, 1, 0]),
    ],
)
async def test_filters(store: Store, make_daily: Make, filters: Filters, found: list[int]) -> None:
    for daily in (
        make_daily(0, language="typescript"),
        make_daily(1, kind="debugging"),
        make_daily(2, difficulty="hard", topics=("lists", "sets"), title="100% sure"),
        make_daily(3, status="completed", topics=('"',), title="Eine Übung"),
    ):
        await store.add_daily(daily)
    page = await store.dailies("ada", filters, None, 10)
    assert [daily.id for daily in page.items] == [f"ada-{n}" for n in found]


async def test_pages_follow_one_another(store: Store, make_daily: Make) -> None:
    for n in range(5):
        await store.add_daily(make_daily(n))
    first = await store.dailies("ada", NONE, None, 2)
    await store.add_daily(make_daily(5))
    second = await store.dailies("ada", NONE, first.next_cursor, 2)
    third = await store.dailies("ada", NONE, second.next_cursor, 2)
    assert [d.id for page in (first, second, third) for d in page.items] == [f"ada-{n}" for n in (4, 3, 2, 1, 0)]
    assert third.next_cursor is None


async def test_a_full_last_page_has_no_next_one(store: Store, make_daily: Make) -> None:
    for n in range(2):
        await store.add_daily(make_daily(n))
    assert (await store.dailies("ada", NONE, None, 2)).next_cursor is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "\ud800", "bm9uc2Vuc2U", "MjAyNjAzMDI", "=", "MjAyNi0wMy0wMg=", "MjAyNi0wMy0wMg\n", "MjAyNi0wMy0wMiBh"],
)
async def test_a_cursor_that_is_none_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(LearnerError, match="this page link is not valid: start from the first page"):
        await store.dailies("ada", NONE, cursor, 10)


async def test_text_that_databases_refuse_is_mended(store: Store, make_daily: Make) -> None:
    daily = await store.add_daily(make_daily(0, "\ud801", id="\ud800", title="a\udfffb\0c", topics=("\udc00",)))
    assert (daily.id, daily.title, daily.topics) == ("\ufffd", "a\ufffdb\ufffdc", ("\ufffd",))
    await store.add_hint("\ud801", "\ud800", GivenHint(1, "\ud800", NOON))
    assert [hint.text for hint in await store.hints("\ud800")] == ["\ufffd"]
    for filters in (Filters(text="\ud800"), Filters(topic="\ud800")):
        assert (await store.dailies("\ud801", filters, None, 10)).items == (await store.daily("\ud801", "\ud800"),)


async def test_a_replaced_daily_keeps_nothing_of_the_exercise_before_it(store: Store, make_daily: Make) -> None:
    before = await store.add_daily(make_daily(theme="music", title="Songs", because=("You like music.",)))
    other = make_daily(id="other", slug="other", title="Stars", path="tutor/other.ipynb")
    assert await store.replace_daily("ada", before.id, other) == replace(other, id=before.id)
