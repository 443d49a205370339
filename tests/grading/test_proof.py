"""What makes an exercise proven, and how it is said when it is not."""

from collections.abc import Callable
from dataclasses import replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.grading.job import Job, Limits, Outcome, Run
from jupyter_tutor.grading.proof import Proof, digest, prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell

GOOD = "assert f(1) == 2\nassert f(5) == 6"


def exercise(reference: str = "def f(x): return x + 1", checks: str = GOOD, **tutor: object) -> Exercise:
    return authored(answer_cell(reference), checks_cell(checks), **tutor)


async def test_a_good_exercise_is_proven_with_every_check_outside(grader: WorkerGrader) -> None:
    proof = await prove(
        exercise(mistakes=[{"name": "same", "source": "def f(x): return x", "says": "One is missing."}]), grader
    )
    assert proof.problems == ()
    assert [(c.name, c.trust) for c in proof.checks] == [("tests/1", "outside"), ("tests/2", "outside")]
    assert Proof.from_json(proof.to_json()) == proof


async def test_a_reference_that_fails_is_named_with_the_reason(grader: WorkerGrader) -> None:
    proof = await prove(exercise("def f(x): return x"), grader)
    assert proof.problems[0] == "the reference does not pass tests/1: failed, f(1) gave 1, expected 2."


async def test_a_starter_that_passes_is_a_problem(grader: WorkerGrader) -> None:
    passing = "def f(x): return x + 1\n### BEGIN SOLUTION\n### END SOLUTION"
    assert "the starter passes every check" in (await prove(exercise(passing, kind="debugging"), grader)).problems


async def test_a_mistake_that_passes_is_a_problem(grader: WorkerGrader) -> None:
    proof = await prove(
        exercise(mistakes=[{"name": "no mistake", "source": "def f(x): return 1 + x", "says": "None."}]), grader
    )
    assert proof.problems == ("the mistake 'no mistake' passes every check",)


async def test_a_test_cell_that_impostors_pass_is_a_problem(grader: WorkerGrader) -> None:
    proof = await prove(exercise("def f(x): return None", "assert f(1) is None"), grader)
    assert (
        "an answer that always gives None passes every check of the test cell 'tests': add one that it fails"
        in proof.problems
    )
    proof = await prove(exercise("def f(x): return x", "assert f(1) == 1"), grader)
    assert any("gives its first argument back" in problem for problem in proof.problems)
    proof = await prove(
        exercise("class A:\n    def __eq__(self, other): return True\ndef f(x): return A()", "assert f(1) == 1"), grader
    )
    assert any("equals everything" in problem for problem in proof.problems)


async def test_a_hidden_check_that_an_object_equal_to_everything_passes_is_a_problem(grader: WorkerGrader) -> None:
    yes = "class A:\n    def __init__(self, n): self.n = n\n    def __eq__(self, o): return self.n == o.n\nf = A"
    hidden = "assert f(1).n == 1\n### BEGIN HIDDEN TESTS\nassert f(2) == f(2)\nassert f(3).n == 3\n### END HIDDEN TESTS"
    proof = await prove(exercise(yes, hidden), grader)
    assert proof.problems == (
        "an answer that gives an object that equals everything passes the hidden check tests/2: "
        "compare with plain data",
    )
    shown = hidden.replace("### BEGIN HIDDEN TESTS\n", "").replace("\n### END HIDDEN TESTS", "")
    assert (await prove(exercise(yes, shown), grader)).problems == ()


async def test_an_answer_that_is_not_repeatable_is_a_problem(grader: WorkerGrader) -> None:
    proof = await prove(
        exercise("def f(x): return hash('a') % 1000", "seen = f(1)\nassert seen == f(2) and seen % 2 == 0"), grader
    )
    again = await prove(
        exercise("import os\ndef f(x): return os.environ['PYTHONHASHSEED'] + str(x)", "assert f(1) == '01'"), grader
    )
    assert (
        "a second run of the reference says something else than the first: make answers and tests repeatable"
        in again.problems
    )
    assert proof.problems


async def test_a_cell_that_needs_the_learners_source_runs_in_the_kernel_and_says_so(grader: WorkerGrader) -> None:
    checks = "import inspect\nassert 'return' in inspect.getsource(f)\nassert f(1) == 2"
    proof = await prove(exercise(checks=checks), grader)
    assert {c.trust for c in proof.checks} == {"in_kernel"}
    assert proof.in_kernel == {"tests"}
    assert proof.problems == ()


async def test_the_digest_follows_the_content(grader: WorkerGrader) -> None:
    assert digest(exercise()) == digest(exercise())
    assert digest(exercise()) != digest(exercise(checks=GOOD + "\n"))
    assert digest(exercise()) != digest(exercise(minutes=5))


async def test_magics_in_test_cells_do_not_stop_a_proof(grader: WorkerGrader) -> None:
    proof = await prove(exercise(checks="%matplotlib inline\n" + GOOD), grader)
    assert proof.problems == ()


class CrowdedGrader(WorkerGrader):
    """Everything that runs beside other jobs comes too late; what runs alone does not."""

    async def run(self, job: Job, report: Callable[[Outcome], None] = lambda outcome: None) -> Run:
        run = await super().run(job, report)
        if job.alone:
            return run
        return replace(run, outcomes=tuple(replace(outcome, status="timed_out") for outcome in run.outcomes))


async def test_a_reference_that_was_late_beside_other_jobs_is_run_again_alone() -> None:
    grader = CrowdedGrader(2)
    assert (await prove(exercise(), grader)).problems == ()
    late = await prove(exercise("import time\ndef f(x): time.sleep(9); return x + 1"), grader, Limits(5.0, 0.5))
    assert late.problems[0].startswith("the reference does not pass tests/1: timed_out")
    await grader.close()
