"""The worker's folders can be removed, whatever a learner's code left in them."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.sandbox.folders import Folders, clear, sweep


@pytest.mark.parametrize("levels", [3, 1500, 6000])
def test_folders_of_any_depth_are_removed(tmp_path: Path, deep: Callable[[Path, int], None], levels: int) -> None:
    folder = tmp_path / "left"
    folder.mkdir()
    deep(folder, levels)
    clear(folder)
    assert not folder.exists()


def test_files_and_closed_folders_are_removed_and_links_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "left", tmp_path / "outside"
    (folder / "a" / "b").mkdir(parents=True)
    outside.mkdir(mode=0o750)
    (outside / "kept").touch()
    for place in (folder, folder / "a", folder / "a" / "b"):
        (place / "file").touch()
        (place / "link").symlink_to(outside)
        os.mkfifo(place / "pipe")
    (folder / "a" / "b").chmod(0o300)
    (folder / "a").chmod(0)
    clear(folder)
    clear(tmp_path / "not there")
    assert [path.name for path in tmp_path.iterdir()] == ["outside"]
    assert ([path.name for path in outside.iterdir()], outside.stat().st_mode & 0o777) == (["kept"], 0o750)


def test_what_a_killed_worker_left_is_swept_away_however_deep(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deep: Callable[[Path, int], None]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = Folders(None)
    deep(left.new() / "work", 1500)
    left.lock.close()
    kept = Folders(None)
    assert not left.root.exists()
    sweep()
    assert kept.root.exists()
    kept.close()
    assert list(tmp_path.iterdir()) == []
