"""The settings of the language model in the configuration files of a real server, from its start and while it runs."""

import json
import os
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from .conftest import Call

_times = count(1)


def write(folder: Path, name: str, **tutor: Any) -> None:
    """A configuration file whose time differs from any that it had."""
    file = folder / f"{name}.json"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"Tutor": tutor}))
    os.utime(file, (1_700_000_000 + next(_times),) * 2)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tutor_config() -> dict[str, Any]:
    return {"warm_kernels": 0}


class TestAFileThatIsNamed:
    """`jupyter lab --config FILE`."""

    @pytest.fixture
    def jp_argv(self, tmp_path: Path) -> list[str]:
        write(tmp_path, "named", base_url="http://one/v1", daily_tokens=1, write_ahead=False)
        return [f"--config={tmp_path / 'named.json'}"]

    def test_is_watched_and_wins_over_the_others(self, call: Call, tmp_path: Path, jp_config_dir: Path) -> None:
        assert call("GET", "model").data["off"] == ""
        write(jp_config_dir, "jupyter_config", base_url="http://two/v1", model_tries=2, daily_tokens=2)
        write(jp_config_dir, "jupyter_server_config", model_on=False)  # the named one stands in its place
        assert call("GET", "model").data["off"] == ""
        write(tmp_path, "named", model_on=False)
        assert "switched off" in call("GET", "model").data["off"]
        write(tmp_path, "named")
        assert call("GET", "model").data["off"] == ""
        (jp_config_dir / "jupyter_config.json").unlink()
        assert "no language model" in call("GET", "model").data["off"]


class TestAFileOfAnotherApplication:
    @pytest.fixture(params=["jupyter_tutor_config", "jupyter_lab_config", "jupyter_notebook_config"])
    def name(self, request: pytest.FixtureRequest, jp_config_dir: Path) -> str:
        name: str = request.param
        write(jp_config_dir, name, base_url="http://one/v1", write_ahead=False)
        return name

    @pytest.fixture
    def jp_server_config(self, name: str, jp_server_config: dict[str, Any]) -> dict[str, Any]:
        jp_server_config["ServerApp"]["jpserver_extensions"] |= {"jupyterlab": True, "notebook": True}
        return jp_server_config

    def test_holds_from_the_start(self, name: str, call: Call, jp_config_dir: Path) -> None:
        assert call("GET", "model").data["off"] == ""
        write(jp_config_dir, name, base_url="http://one/v1", model_on=False)
        assert "switched off" in call("GET", "model").data["off"]
