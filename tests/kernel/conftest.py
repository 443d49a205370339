"""A tiny server of the REST contract, and shells in front of it."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.commands import Commands
from jupyter_tutor.kernel.follow import Patience
from jupyter_tutor.kernel.learner_replies import Progress
from jupyter_tutor.kernel.magic import TutorMagic, load
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.server import Server

TOKEN = "s3cret-token"
BASE = "/user/ann/"
PATH = "tutor/2026-11-21-two-sum.ipynb"
Reply = tuple[int, str, bytes]
Make = Callable[..., Progress]

CHECK = {"name": "two words", "status": "passed", "visible": True, "points": 1.0, "max_points": 1.0, "message": ""}
FAILED = CHECK | {"name": "no words", "status": "failed", "points": 0.0, "message": "no words\nexpected 0\ngot 1"}
DAILY: dict[str, Any] = {
    "id": "d1",
    "date": "2026-11-21",
    "slug": "two-sum",
    "title": "Two sum",
    "kind": "data-structure",
    "difficulty": "easy",
    "language": "python",
    "topics": ["hashing"],
    "objectives": ["look things up in a dict"],
    "success_criteria": ["every check passes"],
    "minutes": 15,
    "status": "pending",
    "passed": False,
    "path": PATH,
    "opened": False,
    "hints_asked": 0,
    "hints_total": 2,
    "submissions": 0,
    "best_score": None,
    "active_seconds": 0,
    "completed_at": None,
    "hints": [],
    "latest": None,
    "is_today": True,
    "skips_left": 2,
    "because": ["It is about hashing, which comes back today.", "It fits into your 20 minutes.", "A third reason."],
}
SPEECH: dict[str, Any] = {
    "id": "t1",
    "daily_id": "d1",
    "kind": "hint",
    "status": "done",
    "text": "Use a **dict**.",
    "source": "author",
    "rung": 1,
    "of": 2,
    "again": False,
    "problem": None,
}
MEMORY = {
    "id": "m1",
    "trait": "interest",
    "text": "chess",
    "evidence": "You said so.",
    "source": "chat",
    "at": "2026-11-21T09:00:00Z",
    "seen": 1,
    "on": True,
}
PROGRESS: dict[str, Any] = {
    "today": "2026-11-21",
    "level": "medium",
    "level_history": [{"date": "2026-11-20", "level": "medium", "reason": "You passed 3 in a row."}],
    "completed": 3,
    "passed": 2,
    "current_streak": 2,
    "longest_streak": 9,
    "streak_rule": "A day without a passed exercise ends your streak.",
    "frequency": "daily",
    "active_seconds": 3900,
    "skips_left": 2,
    "calendar": [
        {"date": "2026-11-17", "status": "skipped", "passed": False},
        {"date": "2026-11-18", "status": "completed", "passed": False},
        {"date": "2026-11-19", "status": None, "passed": False},
        {"date": "2026-11-20", "status": "completed", "passed": True},
        {"date": "2026-11-21", "status": "completed", "passed": True},
    ],
    "history": [
        DAILY | {"status": "completed", "passed": True, "best_score": 92.5},
        DAILY | {"id": "d0", "title": "Old one", "status": "skipped", "topics": ["linked-lists"], "difficulty": "hard"},
    ],
    "skills": [],
    "badges": [],
}


def skill(topic: str, mean: float = 60.0, **more: Any) -> dict[str, Any]:
    """How well a topic is known."""
    shared = {"evidence": 3, "mastered": False, "last": "2026-11-20", "due": "2026-12-01"}
    return {"topic": topic, "mean": mean, "low": mean - 10, "high": mean + 10} | shared | more


def badge(key: str, title: str, **more: Any) -> dict[str, Any]:
    """A badge that is not earned."""
    shared = {"text": f"{title}, and more.", "icon": "flame", "earned": None, "have": 2, "need": 7}
    return {"key": key, "title": title} | shared | more


RICH = PROGRESS | {
    "skills": [
        skill("hashing", 90, mastered=True, evidence=9, due="2026-11-21"),
        skill("linked-lists", 62.4),
        skill("recursion", 30),
    ],
    "badges": [
        badge("streak-7", "A week", earned="2026-11-10", have=7),
        badge("passed-10", "Ten solved", icon="star", have=2, need=10),
    ],
}
"""Progress with skills and badges."""
PROFILE: dict[str, Any] = {
    "language": "python",
    "time_zone": "UTC",
    "skill": "intermediate",
    "goals": [],
    "interests": ["music"],
    "style": "questions",
    "minutes": 20,
    "frequency": "daily",
    "topics": [],
    "placement": False,
    "wish": "",
    "level": None,
    "adapt": True,
    "memory": True,
    "interview": "open",
}
QUESTIONS = [
    {
        "name": "skill",
        "text": "How well do you program?",
        "note": "It bounds how hard exercises get.",
        "kind": "choice",
        "options": [
            {"value": "beginner", "label": "I am beginning"},
            {"value": "intermediate", "label": "I can write small programs"},
            {"value": "advanced", "label": "I program often"},
        ],
    },
    {"name": "placement", "text": "Shall three find your level?", "note": "At once.", "kind": "yes-no", "options": []},
    {"name": "interests", "text": "What are you interested in?", "note": "In stories.", "kind": "words", "options": []},
    {"name": "goals", "text": "What do you want to do?", "note": "In words.", "kind": "words", "options": []},
    {"name": "minutes", "text": "How many minutes a day?", "note": "Fitting ones.", "kind": "number", "options": []},
    {"name": "time_zone", "text": "In which time zone?", "note": "Midnight there.", "kind": "zone", "options": []},
]


def profile(**fields: Any) -> dict[str, Any]:
    """The profile with some fields changed, all questions open."""
    return {
        "profile": PROFILE | fields,
        "questions": QUESTIONS,
        "unanswered": [question["name"] for question in QUESTIONS],
        "current_level": "medium",
        "levels": ["easy", "medium", "hard"],
        "all_topics": ["hashing", "linked-lists", "recursion"],
    }


def verdict(*checks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A verdict of these checks."""
    passed = [check["status"] == "passed" for check in checks]
    return {
        "status": "graded",
        "passed": all(passed),
        "points": float(sum(passed)),
        "max_points": float(len(passed)),
        "score": 100.0 * sum(passed) / max(len(passed), 1),
        "criteria": {},
        "duration_ms": 5,
        "checks": list(checks),
        "manual": [],
        "message": "",
    } | more


def submission(status: str = "done", found: dict[str, Any] | None = None, problem: str | None = None) -> dict[str, Any]:
    """A submission and what came of it."""
    return {"id": "s1", "daily_id": "d1", "status": status, "verdict": found, "problem": problem}


GENERATION = {"id": "g1", "status": "running", "topic": "queues", "kind": "data-structure", "difficulty": "easy"}


def stage(name: str, text: str, number: int = 1) -> bytes:
    """A stage of an exercise being written."""
    return event("stage", {"stage": name, "try": number, "tries": 3, "text": text})


def ended(status: str, problem: str | None = None, daily: str | None = None) -> bytes:
    """The end of the stream of an exercise being written."""
    return event("done", {"id": "g1", "status": status, "problem": problem, "daily": daily})


def event(name: str, data: object) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode()


def graded(*checks: dict[str, Any], **more: Any) -> list[bytes]:
    """The whole stream of a submission."""
    total = len(checks)
    steps = [
        event("progress", {"done": at, "total": total, "text": "running"}) + event("check", check)
        for at, check in enumerate(checks)
    ]
    return [b": hello\n\n", *steps, event("done", submission(found=verdict(*checks, **more)))]


def problem(status: int, detail: str) -> Reply:
    """Problem details."""
    body = {"type": "about:blank", "title": "No", "status": status, "detail": detail, "request_id": "r"}
    return status, "application/problem+json", json.dumps(body).encode()


def reply(data: object) -> Reply:
    """A JSON reply."""
    return 200, "application/json", json.dumps(data).encode()


@dataclass
class Double:
    """What the server answers, by method and path below its base; what it was asked."""

    event, graded, problem, reply, verdict, submission, stage, ended, skill, badge, profile = map(
        staticmethod, (event, graded, problem, reply, verdict, submission, stage, ended, skill, badge, profile)
    )
    DAILY, PROGRESS, CHECK, FAILED, GENERATION = DAILY, PROGRESS, CHECK, FAILED, GENERATION
    SPEECH, MEMORY, RICH = SPEECH, MEMORY, RICH

    answers: dict[str, Reply] = field(default_factory=dict)
    streams: list[list[bytes | float]] = field(default_factory=list)
    """One script a connection, the last one for all further ones: bytes are sent, numbers slept, the end closes."""
    changes: list[list[bytes | float]] = field(default_factory=list)
    """The same for the stream of what changes about the learner, which is not there without a script."""
    asked: list[tuple[str, object]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    after_stream: Callable[[], None] = lambda: None
    url: str = ""
    close: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        daily = reply(DAILY)
        api = {"daily": daily, "dailies/by-path": daily, "progress": reply(PROGRESS)}
        api |= {"dailies": reply({"items": PROGRESS["history"], "next_cursor": None}), "profile": reply(profile())}
        api |= {"notices": reply([])}
        self.answers |= {f"GET tutor/api/v1/{path}": answer for path, answer in api.items()}
        self.answer("POST", "open", reply({"path": PATH, "created": True}))
        self.answer("POST", "submissions", (202, *reply(submission("queued"))[1:]))
        self.answer("POST", "hints", reply(SPEECH))
        self.answer("POST", "chat", (202, *reply(SPEECH | {"kind": "answer", "rung": None, "of": None})[1:]))
        self.answers["POST tutor/api/v1/submissions/s1/feedback"] = reply(SPEECH | {"kind": "feedback"})
        self.answers["GET tutor/api/v1/memory"] = reply({"on": True, "items": [MEMORY]})
        self.answers["PUT tutor/api/v1/memory"] = reply({"on": False, "items": [MEMORY]})
        self.answer("POST", "skip", reply(DAILY | {"status": "skipped", "skips_left": 1}))
        self.answer("POST", "complete", reply(DAILY | {"status": "completed"}))
        self.answers["GET tutor/api/v1/model"] = reply({"off": "", "tokens": 0, "daily_tokens": 0})
        self.answers["POST tutor/api/v1/generations"] = (202, *reply(GENERATION)[1:])
        self.answers["POST tutor/api/v1/generations/g1/cancel"] = reply(GENERATION | {"status": "cancelled"})
        self.answers["GET tutor/api/v1/submissions/s1"] = reply(submission("running"))
        self.answers["PATCH tutor/api/v1/profile"] = reply(profile())
        self.answers["POST tutor/api/v1/notices/seen"] = (204, "application/json", b"")

    def answer(self, method: str, what: str, answer: Reply) -> None:
        """Let one call about the exercise be answered like this."""
        self.answers[f"{method} tutor/api/v1/dailies/d1/{what}"] = answer

    def bodies(self, what: str) -> list[object]:
        """What was sent to one address."""
        return [body for call, body in self.asked if call.endswith(what)]

    @property
    def calls(self) -> list[str]:
        """Method and path of what was asked, without the API's root."""
        return [call.replace("tutor/api/v1/", "") for call, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    double: Double

    def do_GET(self) -> None:
        self._serve(None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._serve(json.loads(body) if body else None)

    do_PUT = do_POST
    do_PATCH = do_POST

    def _serve(self, body: object) -> None:
        parts = urlsplit(self.path)
        call = f"{self.command} {parts.path.removeprefix(BASE)}"
        query = parse_qs(parts.query)
        named = "".join(f"?{name}={query[name][0]}" for name in ("path", "cursor") if name in query)
        self.double.asked.append((call + named, body))
        self.double.headers.append(dict(self.headers))
        changing = call.endswith("/progress/events")
        if call.endswith("/events") and (self.double.changes or not changing):
            self._stream(self.double.changes if changing else self.double.streams)
        else:
            call += named if "cursor" in query else ""
            missing = (404, "text/html", b"<h1>Not Found</h1>")
            self._send(*(self.double.answers.get(call, missing) if parts.path.startswith(BASE) else missing))

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if status in (301, 302):
            self.send_header("Location", "/login")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, scripts: list[list[bytes | float]]) -> None:
        script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for part in script:
            if isinstance(part, bytes):
                self.wfile.write(part)
                self.wfile.flush()
            else:
                time.sleep(part)
        self.close_connection = True
        self.double.after_stream()

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are part of the tests."""


@pytest.fixture
def double() -> Iterator[Double]:
    """The server, running."""
    double = Double()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"double": double}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def close() -> None:
        server.shutdown()
        server.server_close()

    double.url = f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    double.close = close
    yield double
    close()
    thread.join()


@pytest.fixture
def server(double: Double) -> Server:
    """Its address and token."""
    return Server(double.url, TOKEN)


@pytest.fixture
def api(server: Server) -> Api:
    """Its interface."""
    return Api(Client(server, timeout=5, silence=5))


@pytest.fixture
def make(double: Double) -> Make:
    """Progress with some fields changed."""
    return lambda **fields: read(Progress, double.PROGRESS | fields)


@pytest.fixture
def found(double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The server has written about itself as a Jupyter server does, and this process is its kernel. The root folder."""
    root = tmp_path / "root"
    (root / "tutor").mkdir(parents=True)
    info = {
        "url": double.url,
        "hostname": "127.0.0.1",
        "sock": "",
        "token": TOKEN,
        "root_dir": str(root),
        "pid": os.getpid(),
    }
    (tmp_path / f"jpserver-{os.getpid()}.json").write_text(json.dumps(info))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("JPY_PARENT_PID", str(os.getpid()))
    monkeypatch.setenv("JPY_SESSION_NAME", str(root / PATH))
    return root


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no server."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    for name in ("JPY_PARENT_PID", "JPY_SESSION_NAME", "JUPYTERHUB_SERVICE_URL", "JUPYTERHUB_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def nobody() -> str:
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}{BASE}"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """A real shell without a kernel, with the magic loaded and little patience."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    load(shell)
    shell.magics_manager.magics["line"]["tutor"].__self__.commands = quick
    yield shell
    shell.restore_sys_module_state()
    InteractiveShell.clear_instance()


def quick(cells: Any) -> Commands:
    """Commands that do not wait long."""
    return Commands(cells, patience=Patience(pause=0.01, give_up=5))


@pytest.fixture
def magic(shell: InteractiveShell) -> TutorMagic:
    """The magic of the shell."""
    owner: TutorMagic = shell.magics_manager.magics["line"]["tutor"].__self__
    return owner


@pytest.fixture
def tutor(shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> Callable[[str], tuple[str, str]]:
    """Run `%tutor ...`; what it prints, and what it complains about."""

    def run(words: str) -> tuple[str, str]:
        result = shell.run_cell(f"%tutor {words}")
        assert result.success
        printed = capsys.readouterr()
        assert TOKEN not in printed.out + printed.err
        assert "Traceback" not in printed.out + printed.err
        return printed.out, printed.err

    return run
