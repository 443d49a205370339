"""Which server a kernel belongs to."""

import json
import os
from pathlib import Path

import pytest

from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.server import Server, find_server

HUB = {
    "JUPYTERHUB_SERVICE_URL": "http://0.0.0.0:41001/user/ann/",
    "JUPYTERHUB_SERVICE_PREFIX": "/user/ann/",
    "JUPYTERHUB_API_TOKEN": "hub-token",
    "JPY_SESSION_NAME": "/home/ann/tutor/a.ipynb",
}


def write(folder: Path, pid: int = 4242, **info: object) -> None:
    """What a server with this process id writes about itself."""
    known = {"url": "http://localhost:8888/lab-base/", "hostname": "localhost", "token": "t", "root_dir": str(folder)}
    (folder / f"jpserver-{pid}.json").write_text(json.dumps(known | info))


@pytest.fixture(autouse=True)
def runtime(nowhere: None, tmp_path: Path) -> Path:
    """An empty runtime folder."""
    return tmp_path


def parent(pid: int = 4242) -> dict[str, str]:
    return {"JPY_PARENT_PID": str(pid)}


def test_the_server_that_started_the_kernel_is_found_among_others(runtime: Path) -> None:
    write(runtime, 1, url="http://localhost:1/")
    write(runtime)
    assert find_server(parent()) == Server("http://localhost:8888/lab-base/", "t", runtime)


def test_without_the_variable_the_parent_process_counts(runtime: Path) -> None:
    write(runtime, os.getppid())
    assert find_server({}).url == "http://localhost:8888/lab-base/"


def test_without_a_server_the_message_says_what_to_do() -> None:
    with pytest.raises(TutorMessage, match=r"No Jupyter server was found .*`jupyter tutor lab`"):
        find_server(parent())


@pytest.mark.parametrize("pid", ["", "../../etc", "-1", "1e3", "\u0661"])
def test_an_odd_process_id_finds_nothing(pid: str) -> None:
    with pytest.raises(TutorMessage, match="No Jupyter server"):
        find_server({"JPY_PARENT_PID": pid})


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"url": 5}', '{"url": "ftp://x/"}', '{"url": "http://h:x/"}']
)
def test_a_damaged_file_counts_as_no_server(runtime: Path, content: str) -> None:
    (runtime / "jpserver-4242.json").write_text(content)
    with pytest.raises(TutorMessage, match="No Jupyter server"):
        find_server(parent())


@pytest.mark.parametrize(
    ("url", "hostname", "reached"),
    [
        ("http://pod-7:8888/", "0.0.0.0", "http://127.0.0.1:8888/"),
        ("http://pod-7:8888/a/b/", "::", "http://127.0.0.1:8888/a/b/"),
        ("http://0.0.0.0:8888/", "", "http://127.0.0.1:8888/"),
        ("http://[::1]:8888/", "::1", "http://[::1]:8888/"),
        ("https://lab.example/x", "lab.example", "https://lab.example/x/"),
    ],
)
def test_a_server_is_reached_also_when_it_listens_everywhere(
    runtime: Path, url: str, hostname: str, reached: str
) -> None:
    write(runtime, url=url, hostname=hostname)
    assert find_server(parent()).url == reached


@pytest.mark.parametrize("info", [{"sock": "/run/jupyter.sock"}, {"url": "http+unix://%2Frun%2Fjupyter.sock/"}])
def test_a_unix_socket_has_its_own_message(runtime: Path, info: dict[str, object]) -> None:
    write(runtime, **info)
    with pytest.raises(TutorMessage, match="Unix socket"):
        find_server(parent())


def test_under_a_hub_the_environment_tells() -> None:
    assert find_server(HUB) == Server("http://127.0.0.1:41001/user/ann/", "hub-token")


def test_the_prefix_of_a_hub_is_added_to_a_bare_address() -> None:
    server = find_server(HUB | {"JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:41001"})
    assert server.url == "http://127.0.0.1:41001/user/ann/"


def test_a_kernel_without_a_session_does_not_speak_for_the_learner_of_a_hub() -> None:
    with pytest.raises(TutorMessage, match="No Jupyter server"):
        find_server({name: value for name, value in HUB.items() if name != "JPY_SESSION_NAME"})


def test_a_single_user_server_without_a_token_of_its_own_listens_to_the_hubs(runtime: Path) -> None:
    write(runtime, token="")
    assert find_server(HUB | parent()).token == "hub-token"


def test_the_token_is_in_no_repr() -> None:
    assert "hub-token" not in repr(find_server(HUB))
