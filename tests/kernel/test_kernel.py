"""The magic and the dashboard in a real kernel, driven as JupyterLab drives it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

WIDGET = "application/vnd.jupyter.widget-view+json"
Message = dict[str, Any]


class Kernel:
    """A running kernel that is sent cells with their ids."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client

    def run(self, source: str, cell: str | None = None) -> list[Message]:
        """What a cell puts out, as messages with `msg_type` and `content`."""
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
        self.client.shell_channel.send(message)
        found: list[Message] = []
        while True:
            reply = self.client.get_iopub_msg(timeout=30)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                return found
            if reply["msg_type"] not in ("status", "execute_input", "comm_open", "comm_msg"):
                found.append(reply)

    def text(self, source: str, cell: str | None = None) -> str:
        """What a cell prints."""
        return "".join(reply["content"].get("text", "") for reply in self.run(source, cell))


@pytest.fixture
def kernel(found: Path) -> Iterator[Kernel]:
    """A kernel of this process, which the double's file names as its server."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(found))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        kernel = Kernel(client)
        assert kernel.text("%load_ext jupyter_tutor") == ""
        yield kernel
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def test_a_submission_is_one_output_that_changes_and_has_unsaved_cells(kernel: Kernel, double: "Double") -> None:
    double.streams = [[part for piece in double.graded(double.CHECK, double.FAILED) for part in (piece, 0.05)]]
    kernel.run("def two_sum(numbers):\n    return 1", "answer")
    kernel.run("def two_sum(numbers):\n    return 0", "answer")
    kernel.run("1 / 0", "own")
    kernel.run("def broken(:", "typo")
    kernel.run("x = 1")
    shown = kernel.run("%tutor submit", "submit")
    sources = {"answer": "def two_sum(numbers):\n    return 0", "own": "1 / 0", "typo": "def broken(:"}
    assert double.bodies("submissions") == [{"sources": sources}]
    assert [message["msg_type"] for message in shown][:2] == ["display_data", "update_display_data"]
    assert len({message["content"]["transient"]["display_id"] for message in shown}) == 1
    texts = [message["content"]["data"]["text/plain"] for message in shown]
    assert any("checked 1 of 2\n✓ passed  two words" in text for text in texts)
    assert texts[-1].startswith("Submitted: Two sum\n✓ passed  two words\n✗ failed  no words")
    assert "checked" not in texts[-1].split("\n")[1]


def test_what_a_notebook_shows_has_html_or_markdown_and_text(kernel: Kernel, double: "Double") -> None:
    double.answers["GET tutor/api/v1/daily"] = double.reply(double.DAILY | {"title": "<script>alert(1)</script>"})
    (card,) = kernel.run("%tutor today")
    html = card["content"]["data"]["text/html"]
    assert "<script" not in html
    assert 'href="2026-11-21-two-sum.ipynb"' in html
    (hint,) = kernel.run("%tutor hint")
    assert hint["content"]["data"]["text/markdown"] == "**Hint 1 of 2**\n\nUse a **dict**."


def test_a_failure_is_a_message_and_no_error(kernel: Kernel, double: "Double") -> None:
    double.close()
    (message,) = kernel.run("%tutor submit")
    assert message["msg_type"] == "stream"
    assert "is it still running?" in message["content"]["text"]


def test_the_dashboard_is_a_widget_with_text_beside_it(kernel: Kernel) -> None:
    (shown,) = kernel.run("from jupyter_tutor.kernel.progress import progress\nprogress()")
    bundle = shown["content"]["data"]
    assert bundle.keys() == {WIDGET, "text/html", "text/plain"}
    assert bundle["text/plain"].startswith("Your progress")
    (again,) = kernel.run("%tutor progress")
    assert WIDGET in again["content"]["data"]


def test_the_dashboard_follows_grading_while_a_cell_runs(kernel: Kernel, double: "Double") -> None:
    checking = double.event("progress", {"daily": "d1", "title": "Two sum", "done": 1, "total": 3})
    double.changes = [[b": waiting\n\n", 1.0, checking, *[b": waiting\n\n", 0.05] * 200]]
    kernel.run("from jupyter_tutor.kernel.progress import progress\nshown = progress()\nshown")
    box = "shown.widgets.working.value"
    source = f"import time\nend = time.monotonic() + 20\nwhile not {box} and time.monotonic() < end: time.sleep(.01)"
    assert "Checking <bdi>Two sum</bdi>: 1 of 3" in kernel.text(f"{source}\nprint({box})")


def test_where_nobody_can_be_asked_the_interview_says_so(kernel: Kernel) -> None:
    assert "This notebook cannot ask you anything." in kernel.text("%tutor profile ask")


def test_without_ipywidgets_the_dashboard_is_html_and_text(kernel: Kernel) -> None:
    kernel.run("import sys; sys.modules['ipywidgets'] = None")
    (shown,) = kernel.run("%tutor progress")
    assert shown["content"]["data"].keys() == {"text/html", "text/plain"}
