"""Parts that all tests share. With TUTOR_REQUIRE_ALL set, a missing part is a failure instead of a skip, and every case
of long catalogues is run.
"""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.sandbox.grader import WorkerGrader

REPOSITORY = Path(__file__).parent.parent


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than cores: most tests wait for other processes."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def no_language_model() -> Iterator[None]:
    """No test asks the model of whoever runs it."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
            environment.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def curriculum() -> Path:
    return REPOSITORY / "notebooks" / "curriculum"


@pytest.fixture(scope="session")
async def grader() -> AsyncIterator[WorkerGrader]:
    """The real grader: worker, judge and player processes."""
    running = WorkerGrader(2)
    yield running
    await running.close()


@pytest.fixture(scope="session")
def need() -> Callable[[bool, str], None]:
    """Skip, or fail where every test is required, when a part is missing."""

    def need(there: bool, what: str) -> None:
        if there:
            return
        if os.environ.get("TUTOR_REQUIRE_ALL"):
            pytest.fail(f"{what} is missing and TUTOR_REQUIRE_ALL is set")
        pytest.skip(f"{what} is not installed")

    return need


@pytest.fixture(scope="session")
def chromium(need: Callable[[bool, str], None]) -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    need(path is not None, "Chromium")
    assert path is not None
    return path
