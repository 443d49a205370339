"""The REST interface of profile, progress, notices and data, on a real server."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import API, Call, Reply, reference

Submit = Callable[[str], tuple[Reply, list[tuple[str, Any]]]]


def test_the_interview_is_answered_bit_by_bit(call: Call) -> None:
    state = call("GET", "profile").data
    assert (state["profile"]["interview"], state["current_level"]) == ("open", "easy")
    assert state["unanswered"][0] == "skill"
    assert {question["name"] for question in state["questions"]} >= {"skill", "goals", "time_zone"}
    changed = call("PATCH", "profile", {"skill": "advanced", "interests": ["Schach ♞", "موسيقى"]})
    assert changed.status == 200
    assert changed.data["profile"]["interests"] == ["Schach ♞", "موسيقى"]
    assert (changed.data["current_level"], changed.data["levels"]) == ("medium", ["medium", "hard"])
    assert call("PATCH", "profile", {"interview": "skipped"}).data["profile"]["interview"] == "skipped"
    assert "skill" not in call("GET", "profile").data["unanswered"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"time_zone": "Mars/Olympus"}, "There is no time zone 'Mars/Olympus'"),
        ({"minutes": 20, "time_zone": "1990-05-03"}, "There is no time zone '1990-05-03'"),
        ({"interests": [str(n) for n in range(10_000)]}, "These are too many interests: name at most 20."),
        ({"minutes": "soon"}, "minutes"),
        ({"colour": "red"}, "colour"),
        ({"level": "hard", "skill": "beginner"}, "choose another skill first"),
        ({"wish": "quantum foam"}, "There is no exercise on 'quantum foam'"),
    ],
)
def test_what_cannot_be_chosen_is_a_problem_and_changes_nothing(call: Call, change: dict[str, Any], says: str) -> None:
    before = call("GET", "profile").data
    refused = call("PATCH", "profile", change)
    assert refused.status == 400
    assert says in refused.data["detail"]
    assert call("GET", "profile").data == before


def test_progress_tells_skills_badges_and_the_rule_of_the_streak(call: Call, submit: Submit, curriculum: Path) -> None:
    daily = call("GET", "daily").data
    assert daily["because"]
    submit(reference(curriculum, daily["slug"]))
    progress = call("GET", "progress").data
    assert {skill["topic"] for skill in progress["skills"]} == set(daily["topics"])
    main = next(skill for skill in progress["skills"] if skill["topic"] == daily["topics"][0])
    assert 0 < main["low"] < main["mean"] < main["high"] < 100
    assert main["due"] > progress["today"]
    assert progress["current_streak"] == 1
    assert "forgiven" in progress["streak_rule"]
    assert {badge["key"] for badge in progress["badges"]} >= {"streak-7", "passed-500"}
    assert len(progress["calendar"]) > 25 * 7


def test_a_level_that_was_set_by_hand_is_told_once(call: Call) -> None:
    call("PATCH", "profile", {"level": "hard"})
    notices = call("GET", "notices").data
    assert [(notice["kind"], notice["text"]) for notice in notices] == [("level", "You set it by hand.")]
    assert call("POST", "notices/seen", {"keys": [notices[0]["key"]]}).status == 204
    assert call("GET", "notices").data == []


def test_who_looks_is_told_of_changes(call: Call, jp_fetch: Any, jp_asyncio_loop: Any) -> None:
    async def look() -> None:
        heard: asyncio.Queue[bytes] = asyncio.Queue()
        options = {"streaming_callback": heard.put_nowait, "request_timeout": 30}
        looking = asyncio.ensure_future(jp_fetch(*f"{API}/progress/events".split("/"), **options))
        assert b"event: changed" in await heard.get()
        await jp_fetch(*f"{API}/profile".split("/"), method="PATCH", body=json.dumps({"minutes": 30}))
        assert b"event: changed" in await heard.get()
        looking.cancel()

    jp_asyncio_loop.run_until_complete(asyncio.wait_for(look(), 30))


def test_everything_is_downloaded_deleted_and_taken_in_again(call: Call, submit: Submit, curriculum: Path) -> None:
    submit(reference(curriculum, call("GET", "daily").data["slug"]))
    call("PATCH", "profile", {"goals": ["a job"]})
    archive = call("GET", "data").data
    assert archive["format"] == "jupyter-tutor"
    assert len(archive["tables"]["submission"]) == 1
    before = call("GET", "progress").data
    assert call("PUT", "data", {"text": json.dumps(archive)}).status == 409
    assert call("DELETE", "data").status == 204
    assert call("GET", "progress").data["passed"] == 0
    damaged = call("PUT", "data", {"text": json.dumps(archive)[:-40]})
    assert damaged.status == 400
    assert "nothing has changed" in damaged.data["detail"]
    assert call("PUT", "data", {"text": json.dumps(archive)}).status == 204
    after = call("GET", "progress").data
    assert (after["passed"], after["skills"]) == (before["passed"], before["skills"])
    assert call("GET", "profile").data["profile"]["goals"] == ["a job"]
