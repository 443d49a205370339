"""What a model says, over HTTP as it is written, from a real endpoint that plays its answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_tutor.testing.model import ModelServer, Say
from tests.server.conftest import Call, events

KEY = "sk-marked-51c0"
HINT = "Look at the first line.\n\nWhat does it do with the first item? Try it with a list of one."


@pytest.fixture
def endpoint() -> Iterator[ModelServer]:
    with ModelServer([Say(HINT, piece=5, delay=1)]) as server:
        yield server


@pytest.fixture
def tutor_config(endpoint: ModelServer) -> dict[str, Any]:
    model = {"base_url": endpoint.url, "api_key": KEY, "models": {"": "small"}, "write_ahead": False}
    return model | {"daily_questions": 1}


def test_a_hint_and_an_answer_are_streamed(call: Call, endpoint: ModelServer, caplog: pytest.LogCaptureFixture) -> None:
    id = call("GET", "daily").data["id"]
    for address, body in (("hints", {}), ("chat", {"text": "Why?"})):
        started = call("POST", f"dailies/{id}/{address}", body)
        assert started.status == 202
        under_way = call("GET", f"dailies/{id}/speeches").data
        assert [(s["id"], s["status"], s["question"]) for s in under_way] == [
            (started.data["id"], "running", body.get("text"))
        ]
        heard = events(call("GET", f"speeches/{started.data['id']}/events").data)
        pieces = [data["text"] for kind, data in heard if kind == "text"]
        assert (len(pieces) > 1, "".join(pieces)) == (True, HINT)
        kind, done = heard[-1]
        assert (kind, done["status"], done["text"], done["source"]) == ("done", "done", HINT, "model")
        assert call("GET", f"dailies/{id}/speeches").data == []
    assert call("GET", f"dailies/{id}/hints").data == [{"rung": 1, "of": 4, "text": HINT, "source": "model"}]
    assert call("GET", "model").data["questions_left"] == 0
    refused = call("POST", f"dailies/{id}/chat", {"text": "And then?"})
    assert call("GET", "dailies/none/speeches").status == 404
    assert (refused.status, "used up" in refused.data["detail"]) == (429, True)
    assert {headers["authorization"] for headers in endpoint.headers} == {f"Bearer {KEY}"}
    everything = json.dumps([call("GET", f"dailies/{id}/chat").data, heard, call("GET", "model").data])
    assert KEY not in everything + caplog.text
