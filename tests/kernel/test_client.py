"""Requests, and what the learner reads when they fail."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.message import NoAnswer, TutorMessage
from jupyter_tutor.kernel.server import Server

if TYPE_CHECKING:
    from tests.kernel.conftest import Double


def fails(api: Api) -> TutorMessage:
    """Ask for today's exercise in vain."""
    with pytest.raises(TutorMessage) as caught:
        api.today()
    assert "s3cret-token" not in str(caught.value) + repr(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def test_a_request_carries_the_token_and_goes_below_the_base_address(api: Api, double: "Double") -> None:
    assert api.today().title == "Two sum"
    assert double.headers[0]["Authorization"] == "token s3cret-token"


def test_a_server_without_authentication_gets_a_cookie_and_its_header(api: Api, double: "Double") -> None:
    Api(Client(Server(double.url, ""))).hint("d1", {})
    assert "Authorization" not in double.headers[0]
    assert double.headers[0]["Cookie"] == "_xsrf=" + double.headers[0]["X-XSRFToken"]


def test_what_is_no_part_of_an_address_is_quoted(api: Api, double: "Double") -> None:
    fails_to_open = pytest.raises(TutorMessage)
    with fails_to_open:
        api.open("a/../b?c")
    assert double.calls == ["POST dailies/a%2F..%2Fb%3Fc/open"]


def test_problem_details_are_the_message(api: Api, double: "Double") -> None:
    double.answers["GET tutor/api/v1/daily"] = double.problem(409, "No skip is left.\x1b[31m")
    message = fails(api)
    assert (str(message), message.status) == ("No skip is left.", 409)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"detail": null}', b"\xff"])
def test_problem_details_without_a_detail_still_say_something(api: Api, double: "Double", body: bytes) -> None:
    double.answers["GET tutor/api/v1/daily"] = (400, "application/problem+json", body)
    assert str(fails(api)) == "The Jupyter server refused (400)."


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (404, "Jupyter Tutor is not enabled in this server: run `jupyter tutor doctor`."),
        (403, "does not accept this kernel"),
        (302, "does not accept this kernel"),
        (500, "The Jupyter server failed (500)"),
        (503, "does not answer"),
    ],
)
def test_each_refusal_of_the_server_itself_has_its_message(api: Api, double: "Double", status: int, says: str) -> None:
    double.answers["GET tutor/api/v1/daily"] = (status, "text/html", b"<h1>no</h1>")
    assert says in str(fails(api))


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff\xfe"])
def test_a_reply_that_is_no_json_is_named(api: Api, double: "Double", body: bytes) -> None:
    double.answers["GET tutor/api/v1/daily"] = (200, "application/json", body)
    assert "is no JSON" in str(fails(api))


@pytest.mark.parametrize("data", [[], None, 5, {}, {"id": 7}, {"topics": [1]}])
def test_a_reply_of_another_shape_is_named(api: Api, double: "Double", data: object) -> None:
    shape = double.DAILY | data if isinstance(data, dict) and data else data
    double.answers["GET tutor/api/v1/daily"] = double.reply(shape)
    assert "was not understood (DailyDetail)" in str(fails(api))


def test_fields_of_a_newer_server_are_passed_over(api: Api, double: "Double") -> None:
    double.answers["GET tutor/api/v1/daily"] = double.reply(double.DAILY | {"mood": "good"})
    assert api.today().id == "d1"


def test_a_server_that_is_gone_does_not_answer(nobody: str) -> None:
    message = fails(Api(Client(Server(nobody, "s3cret-token"))))
    assert isinstance(message, NoAnswer)
    assert str(message) == f"The Jupyter server does not answer at {nobody}: is it still running?"


def test_a_server_that_says_nothing_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert isinstance(fails(Api(Client(Server(url, "s3cret-token"), timeout=0.2))), NoAnswer)


@pytest.mark.parametrize("reply", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"])
def test_a_server_that_speaks_something_else_does_not_answer(reply: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert isinstance(fails(Api(Client(Server(url, "s3cret-token"), timeout=5))), NoAnswer)
        thread.join()


def test_an_odd_token_is_in_no_message(double: "Double") -> None:
    with pytest.raises(ValueError, match="Invalid header"):
        Client(Server(double.url, "s3cret\n-token")).get("api")


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[str]:
    """An https server whose certificate nobody knows."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    pem = tmp_path / "both.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    files = ["-keyout", str(pem), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    pem.write_text(pem.read_text() + (tmp_path / "cert.pem").read_text())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, pytest.raises(OSError, match=r"."):
            context.wrap_socket(connection, server_side=True)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"https://127.0.0.1:{listening.getsockname()[1]}/"
    thread.join()
    listening.close()


def test_a_self_signed_certificate_is_refused_with_a_way_out(self_signed: str) -> None:
    message = str(fails(Api(Client(Server(self_signed, "s3cret-token"), timeout=5))))
    assert "certificate" in message
    assert "SSL_CERT_FILE" in message
