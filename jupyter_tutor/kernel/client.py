"""HTTP to the Jupyter server: JSON and server-sent events, and every failure as a TutorMessage."""

import json
import secrets
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from urllib.parse import urlsplit

from jupyter_tutor.kernel.events import Event, read_events
from jupyter_tutor.kernel.message import NoAnswer, TutorMessage
from jupyter_tutor.kernel.plain import clean
from jupyter_tutor.kernel.server import Server

_MOST_BYTES = 32_000_000
_LONGEST_LINE = 4_000_000
_NOBODY_HOME = (424, 502, 503, 504)
"""What proxies and a hub answer when the server behind them does not."""


class Client:
    """Requests to one server, straight to it: no proxies, no redirects, so that the token goes nowhere else.

    `timeout` and `silence` are seconds: for an answer, and between two lines of a stream.
    """

    def __init__(self, server: Server, timeout: float = 60.0, silence: float = 30.0) -> None:
        self.server = server
        self.timeout, self.silence = timeout, silence

    def get(self, path: str) -> object:
        """The JSON at a path below the server's base address."""
        return self._json("GET", path, None)

    def post(self, path: str, body: object) -> object:
        """Send JSON; the JSON of the reply, None when it has no content."""
        return self._json("POST", path, body)

    def put(self, path: str, body: object) -> object:
        """Replace what is there by JSON; the JSON of the reply."""
        return self._json("PUT", path, body)

    def patch(self, path: str, body: object) -> object:
        """Change what JSON names; the JSON of the reply."""
        return self._json("PATCH", path, body)

    def events(self, path: str, ended: Callable[[], bool] = lambda: False) -> Iterator[Event]:
        """Server-sent events as they arrive, until the stream ends, or `ended` at one of its lines, of which heartbeats
        are some. Raises NoAnswer when it breaks.
        """
        with self._answer("GET", path, None, self.silence) as response:
            yield from read_events(iter(lambda: b"" if ended() else response.readline(_LONGEST_LINE), b""))

    def _json(self, method: str, path: str, body: object) -> object:
        with self._answer(method, path, body, self.timeout) as response:
            text = response.read(_MOST_BYTES)
            if response.length:
                raise IncompleteRead(text)
            if response.status == 204:
                return None
        try:
            return json.loads(text)
        except ValueError:
            raise TutorMessage(
                f"The Jupyter server at {self.server.url} sent an answer that is no JSON: run `jupyter tutor doctor`."
            ) from None

    @contextmanager
    def _answer(self, method: str, path: str, body: object, timeout: float) -> Iterator[HTTPResponse]:
        connection = self._connection(timeout)
        try:
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, urlsplit(self.server.url).path + path, data, self._headers())
            response = connection.getresponse()
            if not 200 <= response.status < 300:
                raise _refusal(response, self.server.url)
            yield response
        except ssl.SSLCertVerificationError as error:
            raise TutorMessage(
                f"The certificate of the Jupyter server at {self.server.url} cannot be verified "
                f"({error.verify_message}): add it to those that Python trusts (environment variable SSL_CERT_FILE), "
                "or use the buttons of the Jupyter Tutor panel."
            ) from None
        except (OSError, HTTPException):
            raise _no_answer(self.server.url) from None
        finally:
            connection.close()

    def _connection(self, timeout: float) -> HTTPConnection:
        parts = urlsplit(self.server.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname or "127.0.0.1", parts.port, timeout=timeout)

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        if self.server.token:
            return headers | {"Authorization": f"token {self.server.token}"}
        # A server without authentication compares this cookie with this header.
        sign = secrets.token_hex(16)
        return headers | {"Cookie": f"_xsrf={sign}", "X-XSRFToken": sign}


def _no_answer(url: str) -> NoAnswer:
    return NoAnswer(f"The Jupyter server does not answer at {url}: is it still running?")


def _refusal(response: HTTPResponse, url: str) -> TutorMessage:
    """Why the server did not do it, from its reply."""
    status = response.status
    if response.headers.get_content_type() == "application/problem+json":
        return TutorMessage(_detail(response.read(_MOST_BYTES)) or f"The Jupyter server refused ({status}).", status)
    if status in _NOBODY_HOME:
        return _no_answer(url)
    if status == 404:
        return TutorMessage("Jupyter Tutor is not enabled in this server: run `jupyter tutor doctor`.", status)
    if status in (401, 403) or status < 400:
        return TutorMessage(
            f"The Jupyter server at {url} does not accept this kernel ({status}): restart the kernel; "
            "if the server has a password and no token, use the buttons of the Jupyter Tutor panel.",
            status,
        )
    return TutorMessage(f"The Jupyter server failed ({status}): try again; its log says why.", status)


def _detail(body: bytes) -> str:
    try:
        problem = json.loads(body)
    except ValueError:
        return ""
    text = problem.get("detail") or problem.get("title") if isinstance(problem, dict) else ""
    return clean(str(text or "")).strip()
