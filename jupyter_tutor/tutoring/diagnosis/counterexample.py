"""Finds a call that an answer gets wrong, when all that the learner can see is right: the reference decides.

One job asks the learner's code in the player, and the reference in the judge, the same small variations of what the
visible checks ask. What the reference refuses and what hidden checks ask is not used.
"""

import ast
import asyncio
import re
import textwrap
from dataclasses import dataclass, replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.exercises.merge import Merged, with_answers
from jupyter_tutor.grading.job import ChecksCell, Job, Limits, Outcome
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.ports import Grader
from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.diagnosis.scenarios import Scenario, scenarios
from jupyter_tutor.tutoring.diagnosis.stops import stopped_call
from jupyter_tutor.tutoring.diagnosis.variations import fits, observed, variations

LIMITS = Limits(submission=1.5, check=0.3)
_ALONE = Limits(submission=3.0, check=2.0)
_WRONG = ("failed", "errored", "timed_out")
_MOST, _MOST_OF_ONE = 60, 40
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,6}(?![\w.]|\.\d)")
_JUDGE = """
_tutor_reference = {{"__name__": "__main__"}}
for _tutor_source in {cells!r}:
    try:
        exec(_tutor_source, _tutor_reference)
    except Exception:
        pass


def _tutor_wanted(before, asked):
    space = dict(_tutor_reference)
    try:
        exec(before, space)
        return eval(asked, space), None
    except Exception as error:
        if type(error).__name__ in {refusals!r}:
            return None, type(error)
        raise LookupError("not asked") from None


def _tutor_same(got, want):
    return type(want).__module__ != "builtins" or got == want or repr(got) == repr(want) or _tutor_near(got, want)


def _tutor_near(got, want):
    return isinstance(got, float) and isinstance(want, (int, float)) and abs(got - want) <= 1e-9 * abs(want)


def assert_same(ask, wanted):
    want, refusal = wanted
    try:
        got = ask()
    except Exception as error:
        if refusal is not None and isinstance(error, refusal):
            return
        raise
    if refusal is not None or not _tutor_same(got, want):
        raise AssertionError("gave " + repr(got)[:300])
"""


@dataclass(frozen=True)
class Counterexample:
    """What was asked, and what the learner's code did then; `outcome` tells nothing of the reference."""

    scenario: Scenario
    outcome: Outcome


async def counterexample(exercise: Exercise, merged: Merged, grader: Grader) -> Counterexample | None:
    """The shortest call found that an answer gets wrong, alone in a player too. Raises OperatorError, GraderError."""
    tried = candidates(exercise, merged)
    found = await _first_wrong(job_of(exercise, merged, tried), grader) if tried else None
    if found is None:
        return None
    scenario = tried[int(found.name.partition("/")[0])]
    alone = replace(job_of(exercise, merged, [scenario]), limits=_ALONE)
    again = (await grader.run(alone)).outcomes[0]
    return Counterexample(scenario, again) if again.status in _WRONG else None


async def _first_wrong(job: Job, grader: Grader) -> Outcome | None:
    """The first check that fails, else the first that takes too long; what follows it is not waited for."""
    found: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    late: list[Outcome] = []

    def notice(outcome: Outcome) -> None:
        if outcome.status == "timed_out":
            late.append(outcome)
        elif outcome.status in _WRONG and not found.done():
            found.set_result(outcome)

    running = asyncio.ensure_future(grader.run(job, notice))
    try:
        await asyncio.wait((running, found), return_when=asyncio.FIRST_COMPLETED)
        if not found.done():
            running.result()
    finally:
        running.cancel()
        await asyncio.wait((running,))
    return found.result() if found.done() else next(iter(late), None)


def candidates(exercise: Exercise, merged: Merged) -> list[Scenario]:
    """What is asked: variations of all visible scenarios in turns, that are like what the checks ask."""
    shown, hidden = scenarios(exercise), scenarios(exercise, visible=False)
    known = observed([*shown.values(), *hidden.values()])
    secret = {call for scenario in hidden.values() for call in _calls(scenario)} - {
        call for scenario in shown.values() for call in _calls(scenario)
    }
    numbers = _numbers(exercise, merged)
    found: dict[str, Scenario] = {}
    for scenario in shown.values():
        for made in variations(scenario, numbers, _MOST_OF_ONE):
            if fits(made, known) and not _calls(made) & secret:
                found.setdefault(made.code, made)
    ordered = sorted(found.values(), key=lambda made: (bool(made.raises), len(made.code)))
    return ordered[:: max(1, -(-len(ordered) // _MOST))]


def clue_of(found: Counterexample, merged: Merged) -> Clue:
    """What to tell of a counterexample: the call, and what the learner's own code gives."""
    code, message = found.scenario.code, found.outcome.message
    stopped = stopped_call(merged, message) if found.outcome.status == "errored" else None
    if found.outcome.status == "timed_out":
        did = "Your code does not come to an end there."
    elif stopped is not None:
        did = stopped.text
    else:
        did = f"Your code gives `{message[5:].rstrip('.').replace('`', ' ')}` there."
    asks = f"Try `{code}`." if "\n" not in code and "`" not in code else f"Run this:\n\n```python\n{code}\n```\n\n"
    text = f"{asks} {did}\n\nWhat should it give, going by the text of the task?"
    where = (stopped.cell, stopped.line) if stopped else ("", None)
    return Clue(f"call:{code}", "call", text, *where, code, stopped.misconception if stopped else "")


def job_of(exercise: Exercise, merged: Merged, tried: list[Scenario]) -> Job:
    """The job that asks the learner's code and the reference the same; the test cells are named by their number."""
    job = plan(exercise, merged, None, limits=LIMITS)
    cells = tuple(map(without_magics, with_answers(exercise, exercise.reference()).cells))
    setup = _JUDGE.format(cells=cells, refusals=tuple(sorted(_refusals(exercise))))
    parts = tuple(ast.unparse(node) for node in parse(setup).body)
    tests = tuple(ChecksCell(str(number), _test(scenario)) for number, scenario in enumerate(tried))
    return replace(job, setup=(*job.setup, *parts), tests=tests, in_kernel=(), limits=LIMITS)


def _test(scenario: Scenario) -> str:
    before, asked = "\n".join(map(ast.unparse, scenario.before)), ast.unparse(scenario.asked)
    wanted = f"_tutor_want = _tutor_wanted({before!r}, {asked!r})"
    body = textwrap.indent(f"{before}\nreturn {asked}", "    ")
    return f"{wanted}\ndef _tutor_ask():\n{body}\nassert_same(_tutor_ask, _tutor_want)"


def _refusals(exercise: Exercise) -> set[str]:
    """The exceptions that the checks say are to be raised."""
    found = [*scenarios(exercise).values(), *scenarios(exercise, visible=False).values()]
    return set().union(*(scenario.raises for scenario in found))


def _calls(scenario: Scenario) -> set[str]:
    """The calls of a scenario that somebody could recognise: with a text, a larger number or several values."""
    nodes = [part for node in (*scenario.before, scenario.asked) for part in ast.walk(node)]
    told = (ast.unparse(part) for part in nodes if isinstance(part, ast.Call) and _is_distinctive(part))
    values = (ast.unparse(node.value) for node in nodes if isinstance(node, ast.Assign) and _is_distinctive(node.value))
    return {*told, *values}


def _is_distinctive(node: ast.expr) -> bool:
    constants = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return len(constants) > 2 or any(
        len(value) > 2 if isinstance(value, str) else isinstance(value, (int, float)) and abs(value) > 9
        for value in constants
    )


def _numbers(exercise: Exercise, merged: Merged) -> tuple[int, ...]:
    """Numbers that may be limits: those of the text and of the learner's code, with their neighbours."""
    texts = [cell.source for cell in exercise.cells if cell.kind == "markdown"]
    found = [int(number) for text in (*merged.answers.values(), *texts) for number in _NUMBER.findall(text)]
    distinct = list(dict.fromkeys(number for number in found if abs(number) > 1))[:6]
    return tuple(dict.fromkeys(near for number in distinct for near in (number, number + 1, number - 1)))
