"""What the kernels of a real server find in their environment."""

import asyncio
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KEY = "sk-marked-3f9a"
LOOK = """
import json, os
from pathlib import Path
place = Path(os.environ["LOOK"], str(os.getpid()))
place.write_text(json.dumps([os.environ.get(name) for name in ("OPENAI_API_KEY", "MINE", "JPY_SESSION_NAME")]))
place.rename(place.with_suffix(".json"))
"""
Ask = Callable[..., Any]


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jp_environ: None) -> Path:
    """Where each kernel writes what it finds as it starts."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "look.py").write_text(LOOK)
    folder = tmp_path / "seen"
    folder.mkdir()
    values = {"IPYTHONDIR": tmp_path / "ipython", "LOOK": folder, "OPENAI_API_KEY": KEY, "MINE": "stays"}
    for name, value in values.items():
        monkeypatch.setenv(name, str(value))
    return folder


@pytest.fixture
def ask(jp_fetch: Any, jp_asyncio_loop: asyncio.AbstractEventLoop) -> Ask:
    """Ask Jupyter itself; gives what it says."""

    def ask(method: str, *path: str, **body: Any) -> Any:
        reply = jp_fetch("api", *path, method=method, body=json.dumps(body), request_timeout=60)
        return json.loads(jp_asyncio_loop.run_until_complete(reply).body)

    return ask


def found(loop: asyncio.AbstractEventLoop, folder: Path) -> list[str | None]:
    """What the next kernel wrote."""
    for _ in range(1200):
        for file in folder.glob("*.json"):
            text = file.read_text()
            file.unlink()
            return json.loads(text)
        loop.run_until_complete(asyncio.sleep(0.05))
    raise AssertionError("no kernel started")


def test_no_kernel_of_the_server_gets_the_key(
    seen: Path,
    ask: Ask,
    jp_serverapp: Any,
    jp_asyncio_loop: asyncio.AbstractEventLoop,
    caplog: pytest.LogCaptureFixture,
) -> None:
    kernel = ask("POST", "kernels", name="python3")["id"]
    assert found(jp_asyncio_loop, seen) == [None, "stays", None]
    session = ask("POST", "sessions", path="a.ipynb", name="a.ipynb", type="notebook", kernel={"name": "python3"})
    key, mine, notebook = found(jp_asyncio_loop, seen)
    assert (key, mine, str(notebook).endswith("a.ipynb")) == (None, "stays", True)
    ask("PATCH", "sessions", session["id"], path="b.ipynb", name="b.ipynb", type="notebook")
    ask("POST", "kernels", session["kernel"]["id"], "restart")
    key, _, notebook = found(jp_asyncio_loop, seen)
    assert (key, str(notebook).endswith("b.ipynb")) == (None, True)
    started = jp_serverapp.kernel_manager.start_kernel(kernel_name="python3", kernel_id=str(uuid.uuid4()), env=None)
    other = jp_asyncio_loop.run_until_complete(started)
    assert found(jp_asyncio_loop, seen)[:2] == [None, "stays"]
    assert {kernel, other} <= set(jp_serverapp.kernel_manager.list_kernel_ids())
    told = [record for record in caplog.records if "OPENAI_API_KEY is hidden" in record.getMessage()]
    assert [record.levelname for record in told] == ["INFO"]
    assert KEY not in caplog.text


class TestWhereItIsNotHidden:
    @pytest.fixture
    def tutor_config(self) -> dict[str, Any]:
        return {"hide_key": False}

    def test_kernels_get_it(self, seen: Path, ask: Ask, jp_asyncio_loop: asyncio.AbstractEventLoop) -> None:
        ask("POST", "kernels", name="python3")
        assert found(jp_asyncio_loop, seen) == [KEY, "stays", None]
