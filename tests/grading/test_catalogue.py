"""The catalogue of small cases, each through the real judge and the real agent in two processes."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyter_tutor.grading.proof import prove
from jupyter_tutor.sandbox.grader import WorkerGrader

sys.path.insert(0, str(Path(__file__).parent))
case = importlib.import_module("catalogue.case")
TOPICS = sorted(
    p.stem for p in (Path(__file__).parent / "catalogue").glob("*.py") if p.stem not in ("case", "__init__")
)
CASES = {f"{topic}-{c.name}": c for topic in TOPICS for c in importlib.import_module(f"catalogue.{topic}").CASES}
each = pytest.mark.parametrize("name", CASES)


@pytest.fixture(scope="module")
def player() -> Iterator[object]:
    running = case.Player()
    yield running
    running.close()


def statuses(outcomes: list[dict[str, str]]) -> list[str]:
    return [o["status"] for o in outcomes]


def test_there_are_many_cases() -> None:
    assert sum(1 + len(c.right) + len(c.wrong) for c in CASES.values()) >= 150


@each
def test_a_case_comes_out_as_it_says(name: str, player: object) -> None:
    told = CASES[name]
    outcomes, places = player.run(told, None, None)
    if told.in_kernel:
        assert set(statuses(outcomes)) != {"passed"}
        return
    assert set(statuses(outcomes)) == {"passed"}, outcomes
    for answer in (None, *told.right):
        outcomes, _ = player.run(told, answer, frozenset(places))
        assert set(statuses(outcomes)) == {"passed"}, (answer, outcomes)
    for answer in told.wrong:
        outcomes, _ = player.run(told, answer, frozenset(places))
        passed = {n for n, status in enumerate(statuses(outcomes), 1) if status == "passed"}
        assert passed <= set(told.but), (answer, outcomes)
        assert len(passed) < len(outcomes), (answer, outcomes)
        assert all(o["message"] for o in outcomes if o["status"] != "passed"), outcomes


@pytest.mark.parametrize("name", list(CASES)[::12])
async def test_a_sample_says_the_same_through_the_whole_grader(name: str, grader: WorkerGrader) -> None:
    proof = await prove(CASES[name].exercise(), grader)
    assert not [p for p in proof.problems if p.startswith(("the reference", "cell", "a second"))], proof.problems
    assert {c.trust for c in proof.checks} == {"in_kernel" if CASES[name].in_kernel else "outside"}
