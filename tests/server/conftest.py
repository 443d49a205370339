"""A real Jupyter server with the extension, and a call that speaks to it over HTTP.

pytest-jupyter's fixtures are used here without its hooks, which would take all async tests away from pytest-asyncio.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_jupyter.jupyter_server import *  # noqa: F403
from tornado.httpclient import HTTPClientError

from jupyter_tutor.storage.database import open_store

del pytest_pyfunc_call, pytest_pycollect_makeitem  # noqa: F821

API = "tutor/api/v1"


@pytest.fixture(autouse=True)
def jp_asyncio_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)


@dataclass(frozen=True)
class Reply:
    """A reply of the server; `data` is its JSON, or the text when it is none."""

    status: int
    data: Any
    headers: Any


Call = Callable[..., Reply]


@pytest.fixture
def tutor_config() -> dict[str, Any]:
    """Settings of the test's server; override it in a test module."""
    return {}


@pytest.fixture(scope="session")
def known_proofs() -> dict[str, str]:
    """Proofs by digest, run once in all tests."""
    return {}


@pytest.fixture
def database(tmp_path: Path, known_proofs: dict[str, str], jp_asyncio_loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    """The URL of a database that holds nothing but proofs."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'tutor.sqlite'}"

    async def fill() -> None:
        store = await open_store(url)
        for digest, body in known_proofs.items():
            await store.add_proof(digest, body)
        await store.close()

    jp_asyncio_loop.run_until_complete(fill())
    yield url
    with closing(sqlite3.connect(tmp_path / "tutor.sqlite")) as connection:
        known_proofs.update(connection.execute("SELECT digest, body FROM proof"))


@pytest.fixture
def jp_server_config(database: str, curriculum: Path, tutor_config: dict[str, Any]) -> dict[str, Any]:
    settings = {
        "database_url": database,
        "curriculum": [str(curriculum)],
        "prove_dailies": False,
        "time_zone": "UTC",
    }
    return {"ServerApp": {"jpserver_extensions": {"jupyter_tutor": True}}, "Tutor": settings | tutor_config}


@pytest.fixture
def call(jp_fetch: Any, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Call:
    """`call("GET", "daily")` gives the reply, whatever its status."""

    def send(method: str, path: str, body: Any = None, **options: Any) -> Reply:
        text = body if isinstance(body, str) else json.dumps({} if body is None else body)
        content = text if method in ("POST", "PUT", "PATCH") else None
        try:
            response = jp_asyncio_loop.run_until_complete(
                jp_fetch(*f"{API}/{path}".split("/"), method=method, body=content, request_timeout=60, **options)
            )
        except HTTPClientError as error:
            response = error.response
        text = response.body.decode()
        data = json.loads(text) if "json" in response.headers.get("Content-Type", "") and text else text
        return Reply(response.code, data, response.headers)

    return send


@pytest.fixture
def submit(call: Call, jp_root_dir: Path) -> Callable[[str], tuple[Reply, list[tuple[str, Any]]]]:
    """Write an answer into today's notebook, submit it, and give the reply and all events."""

    def run(answer: str) -> tuple[Reply, list[tuple[str, Any]]]:
        daily = call("GET", "daily").data
        path = jp_root_dir / call("POST", f"dailies/{daily['id']}/open").data["path"]
        write_answer(path, answer)
        submission = call("POST", f"dailies/{daily['id']}/submissions")
        return submission, events(call("GET", f"submissions/{submission.data['id']}/events").data)

    return run


def write_answer(path: Path, answer: str) -> None:
    """Put an answer into the answer cell of a learner's notebook."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = answer
    path.write_text(json.dumps(notebook))


def events(text: str) -> list[tuple[str, Any]]:
    """The server-sent events in a text."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def reference(curriculum: Path, slug: str) -> str:
    """The author's answer to an exercise of the curriculum."""
    path = next(curriculum.glob(f"**/{slug}.ipynb"))
    cells = json.loads(path.read_text())["cells"]
    return next("".join(c["source"]) for c in cells if c["metadata"].get("nbgrader", {}).get("solution"))
