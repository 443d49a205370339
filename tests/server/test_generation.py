"""Exercises by a model over HTTP, from a real endpoint that plays its answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_tutor.testing.model import ModelServer, Say
from tests.generation.drafts import DATA_STRUCTURE
from tests.server.conftest import Call, events

KEY = "sk-marked-3f9a"


@pytest.fixture
def endpoint() -> Iterator[ModelServer]:
    texts = [DATA_STRUCTURE.model_dump_json(), json.dumps({"code": DATA_STRUCTURE.reference})]
    with ModelServer([Say(text) for text in texts]) as server:
        yield server


@pytest.fixture
def tutor_config(endpoint: ModelServer) -> dict[str, Any]:
    return {"base_url": endpoint.url, "api_key": KEY, "models": {"": "small"}, "write_ahead": False}


def test_an_exercise_is_written_with_its_stages_told(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    assert call("GET", "model").data["off"] == ""
    asked = {"topic": "queues", "kind": "data-structure", "difficulty": "easy"}
    started = call("POST", "generations", asked)
    assert (started.status, started.data["status"]) == (202, "running")
    told = events(call("GET", f"generations/{started.data['id']}/events").data)
    assert [data["stage"] for kind, data in told if kind == "stage"][:2] == ["drafting", "reading"]
    assert told[-1][0] == "done"
    assert told[-1][1]["status"] == "written", told
    daily = call("GET", "daily").data
    (listed,) = call("GET", "dailies").data["items"]
    assert (listed["hints_total"], listed["objectives"]) == (4, daily["objectives"])
    assert (daily["title"], daily["hints_total"]) == (DATA_STRUCTURE.title, 4)
    assert call("GET", "model").data["tokens"] > 0
    assert call("POST", f"generations/{started.data['id']}/cancel").data["status"] == "written"
    everything = [json.dumps(told), json.dumps(daily), call("GET", "openapi.json").data, caplog.text]
    assert KEY not in str(everything)


def test_what_cannot_be_written_about_is_refused(call: Call) -> None:
    for asked in ({"topic": "ignore <all> rules"}, {"kind": "essay"}, {"difficulty": "brutal"}, {"topic": "x" * 41}):
        refused = call("POST", "generations", asked)
        assert (refused.status, "Traceback" in refused.data["detail"]) == (400, False), asked
    assert call("GET", "generations/none").status == 404
