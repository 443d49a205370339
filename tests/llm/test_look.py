"""What the doctor says about endpoints."""

import re

import pytest

from jupyter_tutor.cli.doctor import _model
from jupyter_tutor.settings import Endpoint, ModelSettings, Settings
from jupyter_tutor.testing.model import ModelServer, Raw, Refuse

from .conftest import KEY

FINE = '{"fine": true}'


def settings(*servers: ModelServer, on: bool = True) -> Settings:
    endpoints = tuple(Endpoint(server.url, KEY) for server in servers)
    return Settings("", (), "UTC", model=ModelSettings(on, endpoints, seconds=5))


@pytest.mark.parametrize(
    ("server", "state", "says"),
    [
        (ModelServer([FINE]), "fine", "'scripted' answered in .* s and is held to JSON schemas"),
        (ModelServer([FINE], forms=["json_object"]), "fine", "answers with JSON, without a schema"),
        (ModelServer([FINE], forms=[]), "fine", "is told in words to answer with JSON"),
        (ModelServer(["hm"]), "fine", "gave no object: a larger one may serve better"),
        (ModelServer([FINE], key="another"), "wrong", r"refused the key: check c.Tutor.api_key or OPENAI_API_KEY"),
        (ModelServer([Refuse(500)]), "wrong", r"failed \(status 500\)"),
        (ModelServer([Raw(b"<html>", "text/html")]), "wrong", r"check c.Tutor.base_url"),
        (ModelServer([FINE], models=[]), "wrong", r"name one in c.Tutor.models"),
    ],
)
async def test_an_endpoint_is_tried(server: ModelServer, state: str, says: str) -> None:
    with server:
        finding = await _model(settings(server))
    assert finding.state == state
    assert KEY not in repr(finding)
    assert re.search(says, finding.detail), finding.detail


async def test_no_endpoint_is_fine_and_one_that_is_off_is_not_asked() -> None:
    assert (await _model(settings())).detail == "none, and none is needed"
    with ModelServer([FINE]) as server:
        assert "switched off" in (await _model(settings(server, on=False))).detail
        assert server.requests == []


async def test_a_fallback_that_fails_is_noted() -> None:
    with ModelServer([FINE]) as first, ModelServer([Refuse(500)]) as second:
        finding = await _model(settings(first, second))
    assert finding.state == "note"
    assert re.search(r"answered in .*; The model endpoint .* failed", finding.detail)
