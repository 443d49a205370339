"""Does a text give the answer away? Decided by running the code in it."""

import ast
import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jupyter_tutor.errors import TutorError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.ports import Grader
from jupyter_tutor.tutoring.leaks.asked import Asked, asked
from jupyter_tutor.tutoring.leaks.bodies import patched
from jupyter_tutor.tutoring.leaks.decoding import folded, readings
from jupyter_tutor.tutoring.leaks.overlap import spells_reference, told_value
from jupyter_tutor.tutoring.leaks.pieces import absorbed, pieces
from jupyter_tutor.tutoring.leaks.placing import Attempt, Placing
from jupyter_tutor.tutoring.leaks.repair import TooDeep, modules
from jupyter_tutor.tutoring.leaks.snippets import Snippet, snippets
from jupyter_tutor.tutoring.leaks.trial import Result, Trial

_LONGEST = 100_000
_MOST_SNIPPETS, _MOST_ATTEMPTS = 400, 60
_LONG = "it is too long to be judged"
_MUCH = "it holds more code than can be judged"
_DEEP = "its code is nested too deeply to be judged"
_STOPPED = "its code does not end, or stops the kernel, so it cannot be judged"
_BROKEN = "its code could not be run to judge it"
_SPELLS = "it spells the solution out"


async def leak(
    exercise: Exercise,
    proof: Proof,
    answers: Mapping[str, str],
    text: str,
    grader: Grader,
    earlier: Sequence[str] = (),
) -> str:
    """Why a text leaks, or an empty string: code in it makes a hidden check pass that `answers` do not pass.

    `answers` are the learner's own by grade_id. `earlier` are texts that the learner has seen in this conversation:
    what they and this one hold together counts as well. A text whose code cannot be judged leaks, with that reason.
    """
    if not answers or not text.strip():
        return ""
    if len(text) > _LONGEST:
        return _LONG
    if sum(map(len, answers.values())) > _LONGEST:
        answers = exercise.starter()
    trial = Trial(exercise, proof, grader)
    try:
        wanted = asked(exercise)
        found = await asyncio.to_thread(_read, exercise, wanted, dict(answers), text, _latest(earlier))
        return found if isinstance(found, str) else await _tried(trial, wanted, answers, found)
    except (TooDeep, RecursionError):
        return _DEEP
    except TutorError:
        return _BROKEN


def _latest(texts: Sequence[str]) -> list[str]:
    """The last texts, as many as can be read again."""
    kept: list[str] = []
    for text in reversed(texts):
        if sum(map(len, kept)) + len(text) > _LONGEST:
            break
        kept.insert(0, text)
    return kept


def _read(
    exercise: Exercise, wanted: Asked, answers: dict[str, str], text: str, earlier: list[str]
) -> str | list[Attempt]:
    """Why a text leaks without being run, or what is to be run."""
    told = "\n".join(readings(text))
    if value := told_value(exercise, answers, told):
        return f"it tells a value of a hidden check ({value})"
    now, past = snippets(text), [s for before in earlier for s in snippets(before)]
    if len(now) > _MOST_SNIPPETS:
        return _MUCH
    lines = [line for s in now for line in s.code.split("\n")]
    before = [line for s in past for line in s.code.split("\n")]
    whole = "\n".join([*map(folded, earlier), told])
    if spells_reference(wanted, answers, told, lines) or (
        earlier
        and spells_reference(wanted, answers, whole, [*before, *lines])
        and not spells_reference(wanted, answers, "\n".join(map(folded, earlier)), before)
    ):
        return _SPELLS
    attempts = _attempts(wanted, answers, now, past)
    return attempts if len(attempts) <= _MOST_ATTEMPTS else _MUCH


def _attempts(wanted: Asked, answers: dict[str, str], now: list[Snippet], past: list[Snippet]) -> list[Attempt]:
    """What there is to run, each once, whatever it is that it came from."""
    placing = Placing(wanted, answers)
    seen: set[str] = set()
    found: dict[tuple[tuple[str, str], ...], Attempt] = {}
    unchanged = {_same(answers), _same({name: ast.unparse(module) for name, module in placing.learner.items()})}
    for code in pieces(now, past):
        for module in _meant(code):
            if (shape := ast.dump(module)) in seen:
                continue
            seen.add(shape)
            for attempt in placing.attempts(module):
                if attempt.answers not in unchanged:
                    known = found.get(attempt.answers, attempt)
                    placed, single = known.placed and attempt.placed, known.single and attempt.single
                    found[attempt.answers] = replace(known, placed=placed, single=single)
    for snippet in now:
        for name, source in answers.items() if snippet.changes else ():
            if changed := patched(source, snippet.changes):
                attempt = Attempt(_same({**answers, name: changed}))
                found[attempt.answers] = attempt
    return list(found.values())


def _meant(code: str) -> list[ast.Module]:
    """What a piece of code may be."""
    found = modules(code)
    return found + [whole for module in found if (whole := absorbed(module))]


def _same(answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(answers.items())


async def _tried(trial: Trial, wanted: Asked, answers: Mapping[str, str], attempts: list[Attempt]) -> str:
    """Why one of the attempts leaks, or nothing."""
    if not attempts:
        return ""
    running = asyncio.gather(*(_result(trial, attempt) for attempt in attempts))
    known, results = await asyncio.gather(trial.known(answers), running)
    gains = [(a, result.passed - known) for a, result in zip(attempts, results, strict=True)]
    for attempt, gained in gains:
        if gained and not attempt.placed:
            return _reason(gained)
    hidden = {check.name for check in trial.proof.checks if not check.visible} - known
    if whole := next((gained for _, gained in gains if gained >= hidden), frozenset()):
        return _reason(whole)
    if any(gained for _, gained in gains):
        trivial = await trial.trivial(wanted)
        for attempt, gained in ((a, g) for a, g in gains if a.placed):
            least = (len(hidden) + 1) // 2 if attempt.single else 1
            telling = (gained - trivial) & trial.reading(attempt.placed)
            if telling and len(gained) >= least:
                return _reason(telling)
    judged = (r.ended or (r.late and not a.placed) for a, r in zip(attempts, results, strict=True))
    return _STOPPED if any(judged) else ""


async def _result(trial: Trial, attempt: Attempt) -> Result:
    """Run an attempt, without what stands beside its definitions where that does not end."""
    result = await trial.result(attempt.answers)
    return await trial.result(attempt.plain) if result.ended and attempt.plain else result


def _reason(gained: frozenset[str]) -> str:
    return f"its code makes {min(gained)} pass"
