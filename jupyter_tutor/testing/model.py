"""A model endpoint that plays a script over real HTTP, and a ledger in memory. No library is needed."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from jupyter_tutor.dialogue import Spent


@dataclass(frozen=True)
class Say:
    """An answer. `delay` is before its first byte; `stall` is after its first half, which then is all there is."""

    text: str
    finish: str | None = "stop"
    delay: float = 0.0
    stall: float = 0.0
    usage: tuple[int, int] | None = (7, 11)
    piece: int = 16


@dataclass(frozen=True)
class Refuse:
    """An error status. `code` and `message` are what a server of OpenAI's kind says about it."""

    status: int
    message: str = "no"
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Raw:
    """Any bytes. `missing` bytes more are promised than sent."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    missing: int = 0


Line = Say | Refuse | Raw | str
"""One reply of a script; a text is said."""
Script = Iterable[Line] | Callable[[dict[str, Any]], Line]
"""Replies in their order, the last again and again, or what finds one for the body of a request."""


@dataclass
class ModelServer:
    """`with ModelServer(["hello"]) as server:` listens at `server.url`. `requests` are the bodies of all chat requests,
    `headers` their headers. A `key` is demanded; forms of `response_format` that are not in `forms` are refused.
    """

    script: Script
    key: str = ""
    models: Sequence[str] = ("scripted",)
    forms: Sequence[str] = ("json_schema", "json_object")
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = iter(()) if callable(self.script) else iter(list(self.script))
        self._last: Line = Refuse(500, "the script is empty")
        self._lock = threading.Lock()
        self.closing = threading.Event()

    def __enter__(self) -> "ModelServer":
        handler = type("_Handler", (_Handler,), {"script": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The base URL for a client."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def line(self, body: dict[str, Any], headers: dict[str, str]) -> Say | Refuse | Raw:
        """The reply to a chat request, which is recorded."""
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            if refusal := self.refusal(headers) or self._refused_form(body):
                return refusal
            if callable(self.script):
                found = self.script(body)
            else:
                found = self._last = next(self._lines, self._last)
        return Say(found) if isinstance(found, str) else found

    def refusal(self, headers: Mapping[str, str]) -> Refuse | None:
        """What a request without the key gets."""
        if self.key and headers.get("authorization") != f"Bearer {self.key}":
            return Refuse(401, f"Incorrect API key provided: {headers.get('authorization')}", "invalid_api_key")
        return None

    def _refused_form(self, body: dict[str, Any]) -> Refuse | None:
        form = body.get("response_format", {}).get("type")
        if form is None or form in self.forms:
            return None
        return Refuse(400, f"'response_format.type' {form!r} is not supported with this model", "invalid_request")


class _Handler(BaseHTTPRequestHandler):
    script: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        if refusal := self.script.refusal(self._headers()):
            self._refuse(refusal)
        elif self.path.endswith("/v1/models"):
            listed = {"object": "list", "data": [{"id": name, "object": "model"} for name in self.script.models]}
            self._send(json.dumps(listed).encode())
        else:
            self._refuse(Refuse(404, "there is nothing here"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if not self.path.endswith("/v1/chat/completions"):
            return self._refuse(Refuse(404, "there is nothing here"))
        line = self.script.line(body, self._headers())
        with suppress(OSError):  # the client may leave at any time
            match line:
                case Refuse():
                    self._refuse(line)
                case Raw():
                    self._send(line.body, line.content_type, line.status, line.missing)
                case Say():
                    self.script.closing.wait(line.delay)
                    self._stream(line) if body.get("stream") else self._whole(line)
        return None

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _refuse(self, line: Refuse) -> None:
        error = {"error": {"message": line.message, "type": "error", "code": line.code or None}}
        self._send(json.dumps(error).encode(), status=line.status, more=line.headers)

    def _send(
        self,
        body: bytes,
        kind: str = "application/json",
        status: int = 200,
        missing: int = 0,
        more: Mapping[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body) + missing), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or missing > 0

    def _whole(self, line: Say) -> None:
        said = {"role": "assistant", "content": line.text}
        answer = {"choices": [{"index": 0, "message": said, "finish_reason": line.finish}], **_usage(line)}
        self._send(json.dumps(answer).encode())

    def _stream(self, line: Say) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        half = len(line.text) // 2 if line.stall else len(line.text)
        for event in _events(line, line.text[:half]):
            self.wfile.write(b"data: " + event.encode() + b"\n\n")
            self.wfile.flush()
        self.script.closing.wait(line.stall)


def _events(line: Say, text: str) -> Iterator[str]:
    for start in range(0, len(text), line.piece):
        yield _chunk({"content": text[start : start + line.piece]}, None)
    if not line.stall:
        yield _chunk({}, line.finish)
        if line.usage:
            yield json.dumps({"choices": [], **_usage(line)})
        yield "[DONE]"


def _chunk(delta: dict[str, str], finish: str | None) -> str:
    return json.dumps({"object": "chat.completion.chunk", "choices": [{"delta": delta, "finish_reason": finish}]})


def _usage(line: Say) -> dict[str, Any]:
    if line.usage is None:
        return {}
    read, written = line.usage
    return {"usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}}


@dataclass
class MemoryLedger:
    """Implements `ports.Ledger` in memory."""

    entries: list[Spent] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)

    async def add_spent(self, spent: Spent) -> None:
        self.entries.append(spent)

    async def spent(self, learner: str, day: date | None = None) -> Sequence[Spent]:
        """As they were added, not summed."""
        return [entry for entry in self.entries if entry.learner == learner and day in (None, entry.day)]

    async def kept_reply(self, digest: str) -> str | None:
        return self.kept.get(digest)

    async def keep_reply(self, digest: str, text: str, learner: str = "") -> None:
        self.kept[digest] = text
