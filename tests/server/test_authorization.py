"""Jupyter's own authorizer decides who may do what."""

from typing import Any

import pytest
from jupyter_server.auth import Authorizer

from .conftest import Call


class ReadOnly(Authorizer):
    """Everybody may look, nobody may act."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return not (resource == "tutor" and action == "write")


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    server = jp_server_config["ServerApp"] | {"authorizer_class": ReadOnly}
    return jp_server_config | {"ServerApp": server}


def test_who_may_only_look_can_see_today_and_change_nothing(call: Call) -> None:
    daily = call("GET", "daily")
    assert daily.status == 200
    refused = call("POST", f"dailies/{daily.data['id']}/skip")
    assert refused.status == 403
    assert refused.data["title"] == "Forbidden"
    assert call("PUT", "memory", {"on": False}).status == 403
    assert call("PATCH", "memory/any", {"on": False}).status == 403
    assert call("GET", "memory").data["on"] is True
    assert call("GET", "daily").data["status"] == "pending"
