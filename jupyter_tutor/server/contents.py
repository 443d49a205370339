"""Learners' notebooks through the server's own contents manager."""

import contextlib
import json
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.contents.manager import ContentsManager
from tornado.web import HTTPError

from jupyter_tutor.errors import LearnerError, NotFound

_BROKEN = "is not a notebook any more: move it away and open the exercise again to get a fresh copy"


class ContentsNotebooks:
    """Implements `ports.Notebooks`."""

    def __init__(self, manager: ContentsManager) -> None:
        self.manager = manager

    async def read(self, path: str) -> dict[str, Any]:
        if not await self.exists(path):
            said = "was moved or deleted: move it back, or open the exercise for a fresh copy"
            raise NotFound(f"your notebook {path} {said}")
        try:
            model = await ensure_async(self.manager.get(path, content=True, type="file", format="text"))
        except HTTPError:
            raise LearnerError(f"your notebook {path} {_BROKEN}") from None
        try:
            notebook = json.loads(model["content"])
        except ValueError:
            notebook = None
        if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
            raise LearnerError(f"your notebook {path} {_BROKEN}")
        return notebook

    async def write(self, path: str, notebook: dict[str, Any]) -> None:
        try:
            await self._folders(path)
            await ensure_async(self.manager.save({"type": "notebook", "format": "json", "content": notebook}, path))
        except (HTTPError, OSError) as error:
            with contextlib.suppress(HTTPError, OSError):  # half a file would be taken for the learner's
                await ensure_async(self.manager.delete_file(path))
            raise LearnerError(f"the notebook {path} cannot be written: {_reason(error)}") from None

    async def _folders(self, path: str) -> None:
        folder = ""
        for part in path.split("/")[:-1]:
            folder = f"{folder}/{part}".strip("/")
            if not await ensure_async(self.manager.dir_exists(folder)):
                await ensure_async(self.manager.save({"type": "directory"}, folder))

    async def exists(self, path: str) -> bool:
        return bool(await ensure_async(self.manager.file_exists(path)))


def _reason(error: HTTPError | OSError) -> str:
    """What stands in the way, and what to do about it."""
    said = str(error.strerror if isinstance(error, OSError) else error.log_message or error.reason).rstrip(".")
    advice = "Free some space" if "No space left" in said else "Start JupyterLab in a folder where you may write"
    return f"{said}. {advice}, and open it again."
