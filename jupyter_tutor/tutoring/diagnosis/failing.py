"""Clues from checks that fail: the call of a visible one, the case of a hidden one."""

from collections.abc import Iterator, Mapping

from jupyter_tutor.errors import sentence
from jupyter_tutor.grading.boundary.messages import HIDDEN
from jupyter_tutor.grading.job import Outcome
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.diagnosis.scenarios import Scenario

_LATE = "took too long"
_TRACE = "Follow your code by hand with these values: at which line does it first do something that you did not mean?"
_LOOP = "Which loop is still running then, and what would have to change in it for its condition to become false?"


def visible_failures(outcomes: tuple[Outcome, ...], asked: Mapping[str, Scenario]) -> Iterator[Clue]:
    """A clue for each visible check that fails or takes too long; what stops with an exception is told elsewhere."""
    for outcome in outcomes:
        if not outcome.visible or outcome.status not in ("failed", "timed_out", "errored"):
            continue
        scenario = asked.get(outcome.name)
        call = scenario.code if scenario else ""
        late = outcome.status == "timed_out"
        told = f"{_said(outcome.message)}\n\n{_LOOP if late else _TRACE}"
        if scenario and scenario.before:
            told = f"Run this:\n\n```python\n{call}\n```\n\n{told}"
        yield Clue(f"call:{outcome.name}", "call", told, call=call, misconception="endless-loop" if late else "")


def hidden_failures(outcomes: tuple[Outcome, ...]) -> Iterator[Clue]:
    """A clue for each kind of case, in its author's words, that a hidden check fails."""
    told = set()
    for outcome in outcomes:
        case = outcome.message.partition("\n")[0]
        if outcome.visible or outcome.status in ("passed", "not_reached") or case in (HIDDEN, "") or case in told:
            continue
        told.add(case)
        late = outcome.status == "timed_out"
        said = "takes too long in this case" if late else "does not handle this case yet"
        asked = "What does it do again and again there?" if late else "Write such a call yourself. What should it give?"
        text = f"Your answer {said}: {case}.\n\n{asked}"
        yield Clue(f"case:{outcome.name}", "case", text)


def _said(message: str) -> str:
    """What a check says as Markdown: its case, and then as code what happened."""
    case, _, told = message.partition("\n")
    if not told:
        return message
    shown = "\n".join(f"`{line.rstrip('.')}`" if "`" not in line else line for line in told.splitlines())
    return f"{sentence(case).rstrip('.')}: {shown}"
