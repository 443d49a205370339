"""What crosses between the folders of a player and its judge is bounded, however much the learner's code writes."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_tutor.sandbox.share import Shared

MB = 1_000_000


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    player, judge = tmp_path / "player", tmp_path / "judge"
    player.mkdir()
    judge.mkdir()
    return player, judge


def sharing(sides: tuple[Path, Path]) -> Shared:
    return Shared(*sides, own=(), places=(), give=lambda path: None)


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as out:
        out.truncate(size)


async def test_files_with_holes_are_copied_only_up_to_a_limit(sides: tuple[Path, Path]) -> None:
    player, judge = sides
    shared = sharing(sides)
    for number in range(300):
        sparse(player / f"{number}", 16 * MB)
    sparse(player / "large", 17 * MB)
    await shared.to_judge()
    assert 0 < sum(path.stat().st_size for path in judge.iterdir()) <= 64 * MB
    assert not (judge / "large").exists()


async def test_a_folder_with_too_many_files_is_not_shared_and_takes_no_time(sides: tuple[Path, Path]) -> None:
    player, judge = sides
    (judge / "mine").write_text("mine")
    shared = sharing(sides)
    for number in range(3000):
        (player / f"{number}").touch()
    start = time.monotonic()
    await shared.to_judge()
    assert time.monotonic() - start < 0.5
    assert [path.name for path in judge.iterdir()] == ["mine"]


async def test_folders_a_thousand_levels_deep_are_not_shared(
    sides: tuple[Path, Path], deep: Callable[[Path, int], None]
) -> None:
    player, judge = sides
    shared = sharing(sides)
    deep(player, 1500)
    await shared.to_judge()
    assert list(judge.iterdir()) == []


async def test_the_event_loop_goes_on_while_files_are_copied(sides: tuple[Path, Path]) -> None:
    player, judge = sides
    shared = sharing(sides)
    for number in range(4):
        (player / f"{number}").write_bytes(b"x" * 15 * MB)
    copying, turns = asyncio.create_task(shared.to_judge()), 0
    while not copying.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 5
    assert len(list(judge.iterdir())) == 4
