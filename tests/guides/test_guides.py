"""The guides run from top to bottom, and print what they show."""

import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.sampling import LONG

GUIDES = sorted((Path(__file__).parent.parent.parent / "notebooks" / "guides").glob("*.ipynb"))


@LONG
@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
async def test_a_guide_prints_what_it_shows(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    folder = tmp_path / "work"
    folder.mkdir()
    guide = nbformat.read(path, as_version=4)
    shown = [printed(cell) for cell in guide.cells]
    await NotebookClient(guide, resources={"metadata": {"path": str(folder)}}, timeout=200).async_execute()
    for cell, expected in zip(guide.cells, shown, strict=True):
        assert printed(cell) == expected, cell.source


def printed(cell: NotebookNode) -> str:
    """The outputs of a cell, as a reader sees them: in how many pieces they came does not show."""
    outputs = cell.get("outputs", [])
    return "".join(
        output.get("text") or output.get("data", {}).get("text/plain") or output.output_type for output in outputs
    )
