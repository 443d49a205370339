"""Any notebook file as a well-formed notebook of version 4."""

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from jupyter_tutor.errors import AuthorError

MAX_BYTES = 20_000_000
NEWEST = 4
"""The major version of Jupyter's format that is understood."""


def read_notebook_text(path: Path) -> str:
    """The text of an author's file. Raises AuthorError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AuthorError(f"{path.name}: the notebook is larger than 20 MB: clear its outputs")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise AuthorError(f"{path}: cannot be read ({error.strerror or type(error).__name__})") from None
    except UnicodeDecodeError:
        raise AuthorError(f"{path.name}: is not a notebook (not UTF-8 text)") from None


def parse_notebook(text: str, where: str) -> NotebookNode:
    """The notebook in a JSON text, converted from older formats. Raises AuthorError that says what is wrong with it."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AuthorError(f"{where}: is not a notebook (not JSON: {str(error)[:100]})") from None
    if (
        not isinstance(data, dict)
        or ("cells" not in data and "worksheets" not in data)
        or not isinstance(data.get("nbformat"), int)
    ):
        raise AuthorError(f"{where}: is not a notebook (it has no cells)")
    if data["nbformat"] > NEWEST:
        raise AuthorError(
            f"{where}: is written in version {data['nbformat']} of the notebook format, and {NEWEST} is the newest "
            "that is understood here: save it as version 4"
        )
    try:
        notebook = nbformat.from_dict(data if data["nbformat"] == NEWEST else _converted(data))
        if not _well_formed(notebook):
            raise ValueError("a cell has no type, source or metadata")
        return notebook
    except Exception as error:
        raise AuthorError(f"{where}: is not a notebook ({str(error)[:100] or type(error).__name__})") from None


def _converted(data: dict[str, Any]) -> Any:
    """A notebook of an older format; what nbformat's converters expect and old programs left out is added first."""
    data.setdefault("metadata", {})
    if data["nbformat"] == 3:
        for sheet in data.get("worksheets", []):
            for cell in sheet["cells"]:
                _complete(cell)
    return nbformat.convert(nbformat.from_dict(data), NEWEST)


def _complete(cell: dict[str, Any]) -> None:
    cell.setdefault("metadata", {})
    if cell.get("cell_type") == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("input", "")
    for key in ("input", "source"):
        if isinstance(cell.get(key), list):
            cell[key] = "".join(cell[key])


def _well_formed(notebook: NotebookNode) -> bool:
    """Makes sources texts and metadata objects; whether that was possible."""
    if not isinstance(notebook.cells, list) or not isinstance(notebook.setdefault("metadata", NotebookNode()), dict):
        return False
    for cell in notebook.cells:
        if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
            return False
        source = cell.get("source", "")
        cell["source"] = (
            "".join(source) if isinstance(source, list) and all(isinstance(p, str) for p in source) else source
        )
        if not isinstance(cell["source"], str) or not isinstance(cell.setdefault("metadata", NotebookNode()), dict):
            return False
    return True
