"""No attack passes, sees anything, reaches another process, or stops the grader: on every level of the sandbox."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.grading.job import ChecksCell, Job, Limits
from jupyter_tutor.sandbox.environment import environment
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.sandbox.inside.namespaces import HOME
from jupyter_tutor.sandbox.level import problem
from jupyter_tutor.settings import Sandbox
from tests.sampling import LONG
from tests.sandbox.attacks import BOMBS, FORGERIES, HOARDS, SPIES

JAILS = ("bwrap", "landlock")
HIDDEN = "### BEGIN HIDDEN TESTS\nassert f(7) == 49, 'kept-word'\nassert f(12) == 144\n### END HIDDEN TESTS"
LIMITS = Limits(submission=3, check=1)
REFERENCE = Job(
    cells=("def f(n): return n * n",), tests=(ChecksCell("tests", HIDDEN),), names=("f",), places=None, limits=LIMITS
)


async def level_grader(level: str, need: Callable[[bool, str], None]) -> AsyncIterator[WorkerGrader]:
    reason = await problem(level, environment(HOME))
    need(not reason, f"sandbox level {level} ({reason})")
    grader = WorkerGrader(2, Sandbox(level))
    with pytest.MonkeyPatch.context() as environment_of_the_worker:
        environment_of_the_worker.setenv("OPENAI_API_KEY", "marked")
        await grader.run(REFERENCE)
    yield grader
    await grader.close()


@pytest.fixture(autouse=True)
def marked_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """For workers that are started again."""
    monkeypatch.setenv("OPENAI_API_KEY", "marked")


@pytest.fixture(scope="session", params=JAILS)
async def jailed(request: pytest.FixtureRequest, need: Callable[[bool, str], None]) -> AsyncIterator[WorkerGrader]:
    async for grader in level_grader(request.param, need):
        yield grader


def on_levels(catalogue: dict[str, str], levels: tuple[str, ...], quick: int) -> list[Any]:
    """Each attack on the first level, one in three on each of the others; on anybody's machine one in `quick`, and on
    the first level alone.
    """
    return [
        pytest.param(level, attack, id=f"{level}-{name}", marks=() if place == 0 and n % quick == 0 else LONG)
        for place, level in enumerate(levels)
        for n, (name, attack) in enumerate(catalogue.items())
        if place in (0, 1 + n % 3)
    ]


@pytest.fixture(scope="session", params=(*JAILS, "process"))
async def any_level(request: pytest.FixtureRequest, need: Callable[[bool, str], None]) -> AsyncIterator[WorkerGrader]:
    async for grader in level_grader(request.param, need):
        yield grader


@contextmanager
def listening(folder: Path) -> Iterator[dict[str, object]]:
    """Servers and a file of this machine that no learner's code may reach."""
    unix, abstract, secret = folder / "s", secrets.token_hex(8), folder / "secret"
    opened = [socket.socket(), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
    for each, address in zip(opened, (("127.0.0.1", 0), str(unix), f"\0{abstract}"), strict=True):
        each.bind(address)
        each.listen()
    unix.chmod(0o777)
    secret.write_text("marked")
    port = opened[0].getsockname()[1]
    yield {"secret": secret, "port": port, "unix": unix, "abstract": abstract, "server": os.getpid()}
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    with listening(tmp_path_factory.mktemp("s")) as found:
        yield found


async def places(grader: WorkerGrader, asked: Job) -> tuple[str, ...]:
    return (await grader.run(asked)).places


@pytest.mark.parametrize(
    ("any_level", "attack"), on_levels(FORGERIES, (*JAILS, "process"), quick=1), indirect=["any_level"]
)
async def test_no_forged_answer_passes_a_check(any_level: WorkerGrader, attack: str) -> None:
    seen = await places(any_level, REFERENCE)
    run = await any_level.run(replace(REFERENCE, cells=(attack,), places=seen))
    assert len(run.outcomes) == 2
    assert "passed" not in [outcome.status for outcome in run.outcomes], run
    assert all(outcome.message in ("kept-word", "a hidden case") for outcome in run.outcomes)


TESTS_IN_MEMORY = [name for name in SPIES if name.startswith("the tests in") and "files" not in name]


def spying(attack: str, targets: dict[str, object], worker: int) -> Job:
    known = {"worker": worker, **targets}
    for name, value in known.items():
        attack = attack.replace(f"{{{name}}}", str(value))
    check = f"word = 'mark-{secrets.token_hex(16)}'\nassert spy() == [], word"
    patient = Limits(submission=40, check=30)
    return Job(cells=(attack,), tests=(ChecksCell("tests", check),), names=("spy",), places=(), limits=patient)


async def assert_nothing_seen(grader: WorkerGrader, attack: str, targets: dict[str, object], times: int = 1) -> None:
    process, _ = await grader.start()
    asked = spying(attack, targets, process.pid)
    called = (await grader.run(replace(asked, cells=("def spy(): return []",), places=None))).places
    for _ in range(times):
        run = await grader.run(replace(asked, places=called))
        assert [outcome.status for outcome in run.outcomes] == ["passed"], run.outcomes


@pytest.mark.parametrize("name", SPIES)
async def test_no_spy_sees_anything(jailed: WorkerGrader, name: str, targets: dict[str, object]) -> None:
    times = 2 if "earlier" in name else 1
    await assert_nothing_seen(jailed, SPIES[name], targets, times)


@pytest.mark.parametrize("name", TESTS_IN_MEMORY)
async def test_the_tests_are_not_in_the_learners_process_without_a_jail(
    name: str, targets: dict[str, object], grader: WorkerGrader
) -> None:
    await assert_nothing_seen(grader, SPIES[name], targets)


@pytest.mark.parametrize(("jailed", "attack"), on_levels(BOMBS, JAILS, quick=3), indirect=["jailed"])
async def test_every_bomb_ends_in_time_and_the_grader_goes_on(jailed: WorkerGrader, attack: str) -> None:
    seen = await places(jailed, REFERENCE)
    start = time.monotonic()
    run = await jailed.run(replace(REFERENCE, cells=(attack,), places=seen))
    assert time.monotonic() - start < LIMITS.submission + 10
    assert "passed" not in [outcome.status for outcome in run.outcomes], run
    again = await jailed.run(replace(REFERENCE, places=seen))
    assert [outcome.status for outcome in again.outcomes] == ["passed", "passed"]


@pytest.mark.parametrize("name", HOARDS)
async def test_what_is_hard_to_see_counts(jailed: WorkerGrader, name: str) -> None:
    run = await jailed.run(replace(REFERENCE, cells=(HOARDS[name],), places=(), limits=Limits(submission=20)))
    assert run.ending == "killed"
    assert any(words in run.message for words in name.partition(":")[0].split("|")), run.message


async def test_in_a_kernel_that_is_started_cold_processes_whose_parents_ended_count_too(jailed: WorkerGrader) -> None:
    name = next(iter(HOARDS))
    asked = replace(REFERENCE, cells=(HOARDS[name],), places=(), limits=Limits(submission=20), hash_seed=1)
    run = await jailed.run(asked)
    assert run.message == "your code used more than 512 MB of memory"


async def test_submissions_that_run_together_have_terminals_of_their_own(
    jailed: WorkerGrader, targets: dict[str, object]
) -> None:
    name = "the terminals of others"
    await asyncio.gather(*(assert_nothing_seen(jailed, SPIES[name], targets) for _ in range(2)))


def test_there_are_more_than_forty_attacks() -> None:
    assert len({**FORGERIES, **SPIES, **BOMBS}) == len(FORGERIES) + len(SPIES) + len(BOMBS) > 70
