"""Learners' notebooks as plain files, where no server runs."""

import asyncio
import json
from pathlib import Path
from typing import Any

import nbformat

from jupyter_tutor.errors import LearnerError, NotFound


class FolderNotebooks:
    """Implements `ports.Notebooks` below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def read(self, path: str) -> dict[str, Any]:
        try:
            text = await asyncio.to_thread((self.root / path).read_text, encoding="utf-8")
            notebook: dict[str, Any] = json.loads(text)
        except FileNotFoundError:
            raise NotFound(f"there is no notebook {self.root / path}") from None
        except (OSError, ValueError) as error:
            raise LearnerError(f"{self.root / path} cannot be read ({error})") from None
        return notebook

    async def write(self, path: str, notebook: dict[str, Any]) -> None:
        await asyncio.to_thread(self._write, self.root / path, notebook)

    def _write(self, target: Path, notebook: dict[str, Any]) -> None:
        partial = target.with_suffix(".partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(nbformat.writes(nbformat.from_dict(notebook)), encoding="utf-8")
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise LearnerError(
                f"{target} cannot be written ({error.strerror}): name a folder where you may write with --root"
            ) from None

    async def exists(self, path: str) -> bool:
        return await asyncio.to_thread((self.root / path).is_file)
