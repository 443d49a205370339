"""What can be set about language models, and what is said when it is wrong."""

import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config

from jupyter_tutor.config import read_settings
from jupyter_tutor.config_files import WatchedModelSettings, load_settings
from jupyter_tutor.errors import OperatorError
from jupyter_tutor.settings import Endpoint, ModelSettings

from .conftest import KEY

LOCAL = "http://localhost:8080/v1"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No endpoint in the environment, and a folder of configuration files that is empty."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))


def model(**values: Any) -> ModelSettings:
    """The settings of these traits."""
    return read_settings(config=Config({"Tutor": values})).model


def test_nothing_set_means_no_endpoint() -> None:
    assert model() == ModelSettings()


def test_a_key_alone_leads_to_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\n")
    assert model().endpoints == (Endpoint("https://api.openai.com/v1", KEY),)


def test_the_environment_serves_what_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", LOCAL)
    assert model(models={"": "small"}).endpoints == (Endpoint(LOCAL, "", {"": "small"}),)
    monkeypatch.setenv("OPENAI_API_KEY", "other")
    assert model(base_url="https://a.example/v1", api_key=KEY).endpoints == (Endpoint("https://a.example/v1", KEY),)


def test_all_that_is_set_arrives() -> None:
    fallbacks = [{"base_url": "https://b.example/v1", "api_key": KEY, "models": {"chat": "small"}}]
    first = {"base_url": LOCAL, "models": {"write": "large"}, "fallbacks": fallbacks}
    more = {"temperature": 0.3, "model_seconds": 9, "model_tries": 1, "daily_tokens": 0, "prices": {"large": [1, 2.5]}}
    endpoints = Endpoint(LOCAL, "", {"write": "large"}), Endpoint("https://b.example/v1", KEY, {"chat": "small"})
    assert model(model_on=False, write_ahead=False, **first, **more) == ModelSettings(
        False, endpoints, 0.3, 9.0, 1, 0, {"large": (1.0, 2.5)}, False
    )


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"base_url": "localhost:8080"}, r"OPENAI_BASE_URL or c.Tutor.base_url is no URL of a server: use one"),
        ({"base_url": "ftp://localhost"}, "is no URL of a server"),
        ({"base_url": "http://"}, "is no URL of a server"),
        ({"base_url": "http://[::1/v1"}, "is no URL of a server"),
        ({"base_url": "http://host:99999/v1"}, "is no URL of a server"),
        ({"base_url": "http://a host/v1"}, "is no URL of a server"),
        ({"base_url": f"http://me:{KEY}@host/v1"}, r"holds more than a place: .* c.Tutor.api_key for the key"),
        ({"base_url": f"http://host/v1?key={KEY}"}, "holds more than a place"),
        ({"base_url": LOCAL, "api_key": f"{KEY}\nmore"}, r"c.Tutor.api_key holds what no key has"),
        ({"base_url": LOCAL, "api_key": f"{KEY}é"}, r"c.Tutor.api_key holds what no key has"),
        ({"base_url": LOCAL, "api_key": [KEY]}, r"c.Tutor.api_key has to be a unicode string"),
        ({"base_url": LOCAL, "models": {"": 3}}, r"c.Tutor.models has to be a dictionary of names of models"),
        ({"base_url": LOCAL, "models": {"dream": "m"}}, r"knows no use 'dream': there are write, hint, chat"),
        ({"fallbacks": {"api_key": KEY}}, r"c.Tutor.fallbacks has to be"),
        ({"fallbacks": [KEY]}, r"c.Tutor.fallbacks\[0\] has to be a dictionary of base_url"),
        (
            {"fallbacks": [{"base_url": LOCAL, "key": KEY}]},
            r"c.Tutor.fallbacks\[0\] has to be a dictionary of base_url",
        ),
        ({"fallbacks": [{"base_url": 3, "api_key": KEY}]}, r"c.Tutor.fallbacks\[0\].base_url is no URL"),
        ({"daily_tokens": -1}, "daily_tokens"),
        ({"model_tries": 0}, "model_tries"),
        ({"model_seconds": 0}, "model_seconds"),
        ({"temperature": 3}, r"c.Tutor.temperature has to be from 0 to 2, not 3"),
        ({"temperature": "nan"}, "temperature"),
        ({"prices": {"m": 3}}, r"c.Tutor.prices of 'm' has to be two numbers"),
        ({"prices": {"m": [1, -1]}}, r"c.Tutor.prices of 'm' has to be two numbers"),
    ],
)
def test_what_is_wrong_is_said_without_the_key(values: dict[str, Any], says: str) -> None:
    with pytest.raises(OperatorError, match=says) as caught:
        model(**values)
    assert KEY not in str(caught.value)


def test_settings_do_not_show_keys() -> None:
    settings = read_settings(config=Config({"Tutor": {"base_url": LOCAL, "api_key": KEY}}))
    assert KEY not in repr(settings)
    assert settings.model.endpoints[0].key == KEY


def write(file: Path, **values: Any) -> None:
    """A configuration file whose time differs from any that it had."""
    later = file.stat().st_mtime_ns + 1_000_000_000 if file.exists() else None
    file.write_text(json.dumps({"Tutor": values}))
    if later:
        os.utime(file, ns=(later, later))


def test_a_changed_file_holds_without_a_restart(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "jupyter_tutor_config.json"
    write(file, base_url="http://one/v1")
    watched = WatchedModelSettings(load_settings().model, Config({"Tutor": {"model_tries": 7}}))
    first = watched()
    assert first.endpoints == (Endpoint("http://one/v1"),)
    assert watched() is first
    write(file, base_url="http://two/v1", model_tries=2)
    assert (watched().endpoints, watched().tries) == ((Endpoint("http://two/v1"),), 7)
    (tmp_path / "jupyter_config.py").write_text("c.Tutor.model_on = False")
    assert not watched().on
    with caplog.at_level(logging.WARNING):
        write(file, base_url="nowhere")
        assert watched().endpoints == (Endpoint("http://two/v1"),)
        assert watched().endpoints
    assert [record.message.count("is no URL of a server") for record in caplog.records] == [1]
    file.unlink()
    assert watched().endpoints == ()


def test_a_named_file_is_read_with_the_others_and_wins(tmp_path: Path) -> None:
    named, shared = tmp_path / "elsewhere" / "mine.json", tmp_path / "jupyter_config.json"
    named.parent.mkdir()
    write(named, base_url="http://named/v1", model_tries=4)
    watched = WatchedModelSettings(model(base_url="http://named/v1"), None, str(named))
    write(shared, base_url="http://shared/v1", daily_tokens=5, model_tries=2)
    write(tmp_path / "jupyter_server_config.json", base_url="http://server/v1")
    found = watched()
    assert (found.endpoints, found.tries, found.daily_tokens) == ((Endpoint("http://named/v1"),), 4, 5)
    write(named, model_tries=6)
    assert (watched().endpoints, watched().tries) == ((Endpoint("http://shared/v1"),), 6)


def test_later_files_win_as_they_do_in_a_server(tmp_path: Path) -> None:
    names = ("jupyter_notebook", "jupyter_lab", "jupyter_tutor", "jupyter", "jupyter_server")
    for number, name in enumerate(names, 1):
        write(tmp_path / f"{name}_config.json", model_tries=number)
        assert load_settings().model.tries == number
