"""A tutor on a real database and the suite's grader."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jupyter_tutor.grading.job import Job, Run
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import ModelSettings, Settings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.testing import Clock, MemoryNotebooks
from jupyter_tutor.tutor import Tutor


class SharedGrader:
    """The suite's grader, which outlives the tutors that borrow it."""

    def __init__(self, grader: WorkerGrader) -> None:
        self.grader = grader

    async def prepare(self) -> None:
        await self.grader.prepare()

    async def run(self, job: Job, report: Any = lambda outcome: None) -> Run:
        return await self.grader.run(job, report)

    async def close(self) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path, curriculum: Path) -> Settings:
    url = f"sqlite+aiosqlite:///{tmp_path / 'tutor.sqlite'}"
    return Settings(url, (curriculum,), "Europe/Berlin", prove_dailies=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def known_proofs() -> dict[str, str]:
    """Proofs by digest, run once in all tests."""
    return {}


@pytest.fixture
async def start(
    settings: Settings, clock: Clock, grader: WorkerGrader, known_proofs: dict[str, str]
) -> AsyncIterator[Callable[..., Awaitable[Tutor]]]:
    """Start a tutor; the notebooks live on from one to the next."""
    running: list[Tutor] = []
    notebooks = MemoryNotebooks()

    async def start(
        model: Any = None, write_ahead: bool = False, endpoint: ModelSettings | None = None, **changes: Any
    ) -> Tutor:
        store = await open_store(settings.database_url)
        for digest, body in known_proofs.items():
            await store.add_proof(digest, body)
        changes["model"] = endpoint or ModelSettings(write_ahead=write_ahead)
        tutor = Tutor(store, SharedGrader(grader), notebooks, replace(settings, **changes), clock, model)
        running.append(tutor)
        return tutor

    yield start
    for tutor in running:
        known_proofs |= {digest: json.dumps(proof.to_json()) for digest, proof in tutor.proofs.at_hand.items()}
        await tutor.close()
