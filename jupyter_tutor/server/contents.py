"""Learners' notebooks through the server's own contents manager."""

import json
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.contents.manager import ContentsManager
from tornado.web import HTTPError

from jupyter_tutor.errors import LearnerError, NotFound


class ContentsNotebooks:
    """Implements `ports.Notebooks`."""

    def __init__(self, manager: ContentsManager) -> None:
        self.manager = manager

    async def read(self, path: str) -> dict[str, Any]:
        if not await self.exists(path):
            raise NotFound(f"your notebook {path} is not there any more: open the exercise again to get a fresh copy")
        try:
            model = await ensure_async(self.manager.get(path, content=True, type="file", format="text"))
        except HTTPError as error:
            raise LearnerError(f"your notebook {path} cannot be read: {_reason(error)}") from None
        try:
            notebook = json.loads(model["content"])
        except ValueError:
            notebook = None
        if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
            raise LearnerError(
                f"{path} is not a notebook any more: move it away and open the exercise again to get a fresh copy"
            )
        return notebook

    async def write(self, path: str, notebook: dict[str, Any]) -> None:
        try:
            folder = ""
            for part in path.split("/")[:-1]:
                folder = f"{folder}/{part}".strip("/")
                if not await ensure_async(self.manager.dir_exists(folder)):
                    await ensure_async(self.manager.save({"type": "directory"}, folder))
            await ensure_async(self.manager.save({"type": "notebook", "format": "json", "content": notebook}, path))
        except HTTPError as error:
            raise LearnerError(
                f"the notebook {path} cannot be written: {_reason(error)}. "
                "Start JupyterLab in a folder where you may write."
            ) from None
        except OSError as error:
            raise LearnerError(
                f"the notebook {path} cannot be written: {error.strerror}. "
                "Start JupyterLab in a folder where you may write."
            ) from None

    async def exists(self, path: str) -> bool:
        return bool(await ensure_async(self.manager.file_exists(path)))


def _reason(error: HTTPError) -> str:
    return str(error.log_message or error.reason or "unknown reason").rstrip(".")
