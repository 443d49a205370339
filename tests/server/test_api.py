"""The REST interface of a real server: the learner's day, and every way to ask for something wrong."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Call, Reply, events, reference, write_answer

Submit = Callable[[str], tuple[Reply, list[tuple[str, Any]]]]


def test_today_is_the_same_however_often_it_is_asked_for(call: Call) -> None:
    first, second = call("GET", "daily"), call("GET", "daily")
    assert first.status == 200
    assert first.data["id"] == second.data["id"]
    assert first.data["is_today"] is True
    assert first.data["status"] == "pending"
    assert first.data["path"] == f"tutor/{first.data['date']}-{first.data['slug']}.ipynb"
    assert first.data["objectives"]


def test_two_tabs_at_once_get_the_same_exercise(jp_fetch: Any, jp_asyncio_loop: Any) -> None:
    import asyncio

    async def both() -> list[Any]:
        return await asyncio.gather(*(jp_fetch("tutor", "api", "v1", "daily") for _ in range(5)))

    assert len({json.loads(r.body)["id"] for r in jp_asyncio_loop.run_until_complete(both())}) == 1


def test_opening_writes_the_learners_copy_once_and_never_overwrites_it(call: Call, jp_root_dir: Path) -> None:
    id = call("GET", "daily").data["id"]
    opened = call("POST", f"dailies/{id}/open").data
    assert opened["created"] is True
    path = jp_root_dir / opened["path"]
    assert json.loads(path.read_text())["metadata"]["tutor"]["daily"] == id
    assert "BEGIN SOLUTION" not in path.read_text()
    write_answer(path, "mine")
    assert call("POST", f"dailies/{id}/open").data["created"] is False
    assert "mine" in path.read_text()
    assert call("GET", "daily").data["status"] == "in_progress"


def test_a_right_answer_passes_live_and_counts_for_the_streak(call: Call, submit: Submit, curriculum: Path) -> None:
    slug = call("GET", "daily").data["slug"]
    accepted, told = submit(reference(curriculum, slug))
    assert accepted.status == 202
    kinds = [kind for kind, _ in told]
    done = told[-1][1]
    assert kinds[-2:] == ["verdict", "done"]
    assert kinds.count("check") == len(done["verdict"]["checks"]) >= 6
    assert done["verdict"]["passed"] is True
    assert done["verdict"]["score"] == 100.0
    daily = call("GET", "daily").data
    assert (daily["status"], daily["passed"], daily["best_score"], daily["submissions"]) == (
        "completed",
        True,
        100.0,
        1,
    )
    assert daily["latest"]["verdict"] == done["verdict"]
    progress = call("GET", "progress").data
    assert (progress["current_streak"], progress["passed"]) == (1, 1)
    assert progress["calendar"][-1]["passed"] is True


def test_a_wrong_answer_is_told_why_and_hidden_checks_tell_nothing(call: Call, submit: Submit) -> None:
    _, told = submit("def nothing(): pass")
    verdict = told[-1][1]["verdict"]
    assert verdict["passed"] is False
    assert any("is not defined" in c["message"] for c in verdict["checks"] if c["visible"])
    assert not any("is not defined" in c["message"] for c in verdict["checks"] if not c["visible"])


def test_unsaved_sources_count(call: Call, jp_root_dir: Path, curriculum: Path) -> None:
    daily = call("GET", "daily").data
    call("POST", f"dailies/{daily['id']}/open")
    answer_cell = next(
        c["id"]
        for c in json.loads((jp_root_dir / daily["path"]).read_text())["cells"]
        if c["metadata"].get("nbgrader", {}).get("solution")
    )
    sources = {answer_cell: reference(curriculum, daily["slug"]), "a-new-cell": "x = 1"}
    submission = call("POST", f"dailies/{daily['id']}/submissions", {"sources": sources}).data
    assert events(call("GET", f"submissions/{submission['id']}/events").data)[-1][1]["verdict"]["passed"] is True


def test_events_can_be_replayed(call: Call, submit: Submit) -> None:
    accepted, told = submit("x = 1")
    again = events(call("GET", f"submissions/{accepted.data['id']}/events").data)
    assert again == told


def test_hints_climb_the_rungs_and_stay_on_the_last(call: Call) -> None:
    id = call("GET", "daily").data["id"]
    rungs = [call("POST", f"dailies/{id}/hints").data for _ in range(5)]
    assert [(r["rung"], r["again"], r["status"]) for r in rungs] == [
        (1, False, "done"),
        (2, False, "done"),
        (3, False, "done"),
        (4, False, "done"),
        (4, True, "done"),
    ]
    assert rungs[3]["text"] == rungs[4]["text"]
    heard = events(call("GET", f"speeches/{rungs[0]['id']}/events").data)
    assert heard == [("text", {"text": rungs[0]["text"]}), ("done", rungs[0])]
    assert call("GET", f"speeches/{rungs[0]['id']}").data == rungs[0]
    assert call("GET", "speeches/none").status == 404
    assert [h["rung"] for h in call("GET", f"dailies/{id}/hints").data] == [1, 2, 3, 4]
    assert call("GET", "daily").data["hints_asked"] == 4


def test_questions_are_answered_kept_and_found(call: Call) -> None:
    id = call("GET", "daily").data["id"]
    asked = call("POST", f"dailies/{id}/chat", {"text": "What is a LIST?"})
    assert (asked.status, asked.data["kind"], asked.data["status"]) == (202, "answer", "done")
    assert "no language model" in asked.data["text"]
    kept = call("GET", f"dailies/{id}/chat").data
    assert [(m["role"], m["number"]) for m in kept["items"]] == [("tutor", 2), ("learner", 1)]
    assert kept["next_cursor"] is None
    latest = call("GET", f"dailies/{id}/chat", params={"limit": 1}).data
    assert latest["items"] == kept["items"][:1]
    earlier = call("GET", f"dailies/{id}/chat", params={"limit": 1, "cursor": latest["next_cursor"]}).data
    assert earlier == {"items": kept["items"][1:], "next_cursor": None}
    found = {"items": kept["items"][1:], "next_cursor": None}
    assert call("GET", "chat", params={"q": "a list"}).data == found
    next_page = call("GET", "chat", params={"q": "a", "limit": 1}).data["next_cursor"]
    assert call("GET", "chat", params={"q": "a", "limit": 1, "cursor": next_page}).data == found
    assert call("GET", f"dailies/{id}/chat", params={"cursor": "none"}).status == 400
    assert call("GET", "dailies/none/chat").status == 404
    assert call("GET", "chat", params={"q": ""}).status == 400
    assert call("POST", f"dailies/{id}/chat", {"text": "  "}).status == 400
    assert call("POST", "dailies/none/chat", {"text": "Why?"}).status == 404
    state = call("GET", "model").data
    assert (state["chat_on"], state["questions_left"]) == (True, 30)


def test_the_learner_sees_corrects_and_deletes_what_is_remembered(call: Call) -> None:
    id = call("GET", "daily").data["id"]
    call("POST", f"dailies/{id}/chat", {"text": "I love chess. I am interested in birds."})
    kept = call("GET", "memory").data
    assert kept["on"]
    assert {(m["trait"], m["text"], m["source"]) for m in kept["items"]} == {
        ("interest", "chess", "chat"),
        ("interest", "birds", "chat"),
    }
    one, other = kept["items"]
    changed = call("PATCH", f"memory/{one['id']}", {"text": "Go", "on": False})
    assert (changed.data["text"], changed.data["on"], changed.data["source"]) == ("Go", False, "learner")
    assert call("DELETE", f"memory/{other['id']}").status == 204
    assert [m["id"] for m in call("GET", "memory").data["items"]] == [one["id"]]
    assert call("PUT", "memory", {"on": False}).data["on"] is False
    assert call("DELETE", "memory").status == 204
    assert call("GET", "memory").data == {"on": False, "items": []}
    assert call("DELETE", f"memory/{one['id']}").status == 404
    assert call("PATCH", f"memory/{one['id']}", {"text": ""}).status == 400
    assert "takes DELETE and GET and PUT, not POST" in call("POST", "memory", {"on": True}).data["detail"]


def test_skipping_is_counted_and_cannot_be_done_twice(call: Call) -> None:
    daily = call("GET", "daily").data
    skipped = call("POST", f"dailies/{daily['id']}/skip")
    assert (skipped.data["status"], skipped.data["skips_left"]) == ("skipped", daily["skips_left"] - 1)
    refused = call("POST", f"dailies/{daily['id']}/skip")
    assert refused.status == 409
    assert "skipped already" in refused.data["detail"]
    assert call("POST", f"dailies/{daily['id']}/complete").status == 409


def test_completing_without_passing_earns_no_streak(call: Call) -> None:
    id = call("GET", "daily").data["id"]
    assert call("POST", f"dailies/{id}/complete").data["status"] == "completed"
    assert call("POST", f"dailies/{id}/complete").status == 200
    progress = call("GET", "progress").data
    assert (progress["completed"], progress["passed"], progress["current_streak"]) == (1, 0, 0)


def test_active_time_adds_up(call: Call) -> None:
    id = call("GET", "daily").data["id"]
    for _ in range(2):
        assert call("POST", f"dailies/{id}/activity", {"seconds": 60}).status == 204
    assert call("GET", f"dailies/{id}").data["active_seconds"] == 120


def test_listing_filters_and_finds(call: Call) -> None:
    daily = call("GET", "daily").data
    for query in (
        "",
        f"kind={daily['kind']}",
        f"topic={daily['topics'][0]}",
        f"q={daily['title'][:4].upper()}",
        "status=pending&limit=1",
        "language=python",
    ):
        assert [
            d["id"]
            for d in call("GET", "dailies", params=dict(p.split("=") for p in query.split("&") if p)).data["items"]
        ] == [daily["id"]]
    assert call("GET", "dailies", params={"status": "skipped"}).data == {"items": [], "next_cursor": None}
    assert call("GET", "dailies/by-path", params={"path": daily["path"]}).data["id"] == daily["id"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", "nothing", None, 404, "openapi.json lists"),
        ("GET", "dailies/none", None, 404, ""),
        ("POST", "dailies/none/open", None, 404, ""),
        ("POST", "dailies/none/hints", None, 404, ""),
        ("POST", "dailies/none/submissions", None, 404, ""),
        ("GET", "submissions/none", None, 404, ""),
        ("GET", "submissions/none/events", None, 404, ""),
        ("POST", "daily", None, 409, "takes GET, not POST"),
        ("POST", "dailies/x/submissions", "{not json", 400, "not right"),
        ("POST", "dailies/x/submissions", {"sources": {"a": 1}}, 400, "sources.a"),
        ("POST", "dailies/x/submissions", {"cheat": 1}, 400, "cheat"),
        ("POST", "dailies/x/activity", {"seconds": 100_000}, 400, "seconds"),
        ("POST", "dailies/x/activity", {"seconds": -1}, 400, "seconds"),
        ("GET", "dailies?limit=0", None, 400, "limit"),
        ("GET", "dailies?kind=poem", None, 400, "kind"),
        ("GET", "dailies?colour=red", None, 400, "colour"),
        ("GET", "dailies?cursor=zzz", None, 400, "first page"),
        ("GET", "dailies/by-path?path=other.ipynb", None, 404, ""),
        ("GET", "dailies/by-path", None, 400, "path"),
    ],
)
def test_wrong_requests_are_problems_that_say_what_is_wrong(
    call: Call, method: str, path: str, body: Any, status: int, said: str
) -> None:
    path, _, query = path.partition("?")
    reply = call(method, path, body, params=dict(p.split("=") for p in query.split("&") if p))
    assert reply.status == status, reply.data
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert set(reply.data) == {"type", "title", "status", "detail", "request_id"}
    assert said in reply.data["detail"]
    assert "Traceback" not in json.dumps(reply.data)
    assert reply.data["detail"]


def test_without_the_token_nothing_is_told(call: Call) -> None:
    for method, path in (("GET", "daily"), ("POST", "dailies/x/open"), ("GET", "openapi.json")):
        reply = call(method, path, headers={"Authorization": "token wrong"})
        assert reply.status == 403
        assert "id" not in reply.data


def test_a_browser_without_the_xsrf_token_cannot_write(call: Call, jp_serverapp: Any) -> None:
    id = call("GET", "daily").data["id"]
    cookie = {"Authorization": "", "Cookie": "_xsrf=abc", "Origin": "http://evil.example"}
    assert call("POST", f"dailies/{id}/skip", headers=cookie).status in (302, 403, 404)
    assert call("GET", "daily").data["status"] == "pending"


def test_a_notebook_that_was_deleted_broken_or_swapped_is_explained(call: Call, jp_root_dir: Path) -> None:
    daily = call("GET", "daily").data
    submissions = f"dailies/{daily['id']}/submissions"
    assert "was moved or deleted" in call("POST", submissions).data["detail"]
    path = jp_root_dir / call("POST", f"dailies/{daily['id']}/open").data["path"]
    original = path.read_text()
    path.write_text("{broken")
    assert "is not a notebook any more" in call("POST", submissions).data["detail"]
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    told = events(call("GET", f"submissions/{call('POST', submissions).data['id']}/events").data)
    assert told[-1][1]["verdict"]["status"] == "invalid"
    assert "is missing" in told[-1][1]["verdict"]["message"]
    other = json.loads(original)
    other["metadata"]["tutor"]["slug"] = "another"
    path.write_text(json.dumps(other))
    told = events(call("GET", f"submissions/{call('POST', submissions).data['id']}/events").data)
    assert "belongs to the exercise 'another'" in told[-1][1]["verdict"]["message"]
    heavy = json.loads(original)
    heavy["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 21_000_000}]
    path.write_text(json.dumps(heavy))
    assert "larger than 20 MB" in call("POST", submissions).data["detail"]


def test_a_renamed_notebook_is_submitted_from_where_it_is(call: Call, jp_root_dir: Path, curriculum: Path) -> None:
    daily = call("GET", "daily").data
    path = jp_root_dir / call("POST", f"dailies/{daily['id']}/open").data["path"]
    write_answer(path, reference(curriculum, daily["slug"]))
    path.rename(path.with_name("mine.ipynb"))
    submissions = f"dailies/{daily['id']}/submissions"
    assert "was moved or deleted" in call("POST", submissions).data["detail"]
    accepted = call("POST", submissions, {"path": "tutor/mine.ipynb"})
    told = events(call("GET", f"submissions/{accepted.data['id']}/events").data)
    assert told[-1][1]["verdict"]["passed"] is True
    assert call("GET", "daily").data["path"] == "tutor/mine.ipynb"
    foreign = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (jp_root_dir / "foreign.ipynb").write_text(json.dumps(foreign))
    assert "is not the notebook of this exercise" in call("POST", submissions, {"path": "foreign.ipynb"}).data["detail"]


def test_a_copied_answer_cell_is_pointed_out(call: Call, jp_root_dir: Path, curriculum: Path) -> None:
    daily = call("GET", "daily").data
    path = jp_root_dir / call("POST", f"dailies/{daily['id']}/open").data["path"]
    notebook = json.loads(path.read_text())
    at = next(n for n, c in enumerate(notebook["cells"]) if c["metadata"].get("nbgrader", {}).get("solution"))
    notebook["cells"].insert(at, notebook["cells"][at] | {"source": reference(curriculum, daily["slug"]), "id": "copy"})
    path.write_text(json.dumps(notebook))
    accepted = call("POST", f"dailies/{daily['id']}/submissions")
    told = events(call("GET", f"submissions/{accepted.data['id']}/events").data)
    assert "is there twice, and the lower one counts." in told[-1][1]["verdict"]["message"]


@pytest.mark.parametrize("cells", [[1, 2], ["text"], [{"id": "a"}], {}, [{"cell_type": "code", "source": 3}]])
def test_a_notebook_with_damaged_cells_is_explained(call: Call, jp_root_dir: Path, cells: Any) -> None:
    daily = call("GET", "daily").data
    path = jp_root_dir / call("POST", f"dailies/{daily['id']}/open").data["path"]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    refused = call("POST", f"dailies/{daily['id']}/submissions", {"sources": {"a": "1"}})
    assert refused.status == 400
    assert "is not a notebook" in refused.data["detail"]


def test_a_root_that_cannot_be_written_is_explained(call: Call, jp_root_dir: Path) -> None:
    id = call("GET", "daily").data["id"]
    (jp_root_dir / "tutor").write_text("a file where the folder should be")
    reply = call("POST", f"dailies/{id}/open")
    assert reply.status == 400
    assert "cannot be written" in reply.data["detail"]


def test_the_openapi_document_names_every_route(call: Call) -> None:
    from jupyter_tutor.server.routes import ROUTES

    document = call("GET", "openapi.json").data
    assert document["openapi"].startswith("3.1")
    named = {(path.strip("/"), method.upper()) for path, item in document["paths"].items() for method in item}
    assert named == {(route.path, route.method) for route in ROUTES}
    text = json.dumps(document)
    for ref in {part.split('"')[0] for part in text.split('"$ref": "')[1:]}:
        assert ref.rpartition("/")[2] in document["components"]["schemas"], ref


def test_requests_are_logged_as_structured_events_without_the_token(
    call: Call, caplog: pytest.LogCaptureFixture, jp_serverapp: Any
) -> None:
    with caplog.at_level("INFO"):
        call("GET", "daily", params={"token": jp_serverapp.identity_provider.token})
    lines = [json.loads(r.getMessage()) for r in caplog.records if "tutor.request" in r.getMessage()]
    if lines:  # the server's logger may not propagate to pytest's
        assert lines[-1]["status"] == 200
        assert jp_serverapp.identity_provider.token not in json.dumps(lines)


def test_the_list_stays_quick_with_many_past_exercises(call: Call) -> None:
    assert call("GET", "daily").status == 200
    start = time.perf_counter()
    assert call("GET", "dailies").status == 200
    assert time.perf_counter() - start < 5
