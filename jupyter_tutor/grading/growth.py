"""Efficiency as a coarse class of growth: how the learner's time grows with the input, beside the reference's.

The clock is here, outside of both players. Only clear growth counts: a slow machine, a slow constant or noise do not.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jupyter_tutor.errors import TutorError
from jupyter_tutor.grading.job import Finding, GrowthRun, Job
from jupyter_tutor.ports import Jail, JudgeProcess, Player, PlayerGone, PlayerStopped

_CALL = 0.3
"""Of all the time, what one call may take."""
_FLOOR = 0.003
"""Seconds below which a time is mostly the way to the player and back."""
_CLEARLY, _FAR = 4.0, 20.0
"""How many times slower than the reference an answer is at its greatest size before growth, or anything, is wrong."""
_NOTICED = 0.02
_ONE_CLASS, _CLEARLY_FASTER, _TWO_CLASSES = 0.6, 1.0, 1.6
"""Differences between exponents of growth."""
_SAYS = {
    60.0: "one class faster than it has to, as n·n does beside n: "
    "look for a loop inside a loop, or for a search through a list that a set or a dictionary answers at once",
    20.0: "much faster than it has to: look for work that is done again and again, and keep its results",
}


@dataclass(frozen=True)
class Growth:
    """`efficiency` is None when nothing could be told, and `unmeasured` says why when that is the author's concern."""

    efficiency: float | None = None
    findings: tuple[Finding, ...] = ()
    unmeasured: str = ""


async def measure(job: Job, judge: JudgeProcess, learner: Player, jail: Jail) -> Growth:
    """Time both on the growing inputs. The judge has done its checks."""
    wanted = job.growth
    if wanted is None:
        return Growth()
    try:
        reference, other = await jail.start(job)
    except TutorError as error:
        return Growth(unmeasured=str(error))
    try:
        for number, source in enumerate(wanted.reference):
            await reference.run_cell(number, source, job.limits.submission)
        request = {"call": wanted.call, "input": wanted.input, "sizes": wanted.sizes, "seconds": wanted.seconds}
        await judge.send({"growth": request})
        players = {"learner": learner, "reference": reference}
        return judged(await _relay(judge, players, wanted.seconds), wanted, job)
    except PlayerGone as gone:
        return Growth(unmeasured=str(gone))
    except (EOFError, TimeoutError):
        return Growth(unmeasured="the growing inputs took too long to make")
    finally:
        await jail.release(reference, other)


async def _relay(judge: JudgeProcess, players: Mapping[str, Player], seconds: float) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while True:
        message = await judge.receive(deadline + seconds - time.monotonic())
        if "grown" in message:
            return dict(message["grown"])
        left = deadline - time.monotonic()
        player, patience = players[message["of"]], min(left, _CALL * seconds)
        await judge.send(await _timed(player, message["ask"], patience) if left > 0 else {"over": True})


async def _timed(player: Player, text: str, seconds: float) -> dict[str, Any]:
    """An answer with the seconds that it took."""
    start = time.perf_counter()
    try:
        answer: dict[str, Any] = {"said": await player.exchange(text, seconds)}
    except PlayerStopped:
        return {"interrupted": True, "seconds": seconds}
    except PlayerGone as gone:
        answer = {"gone": str(gone), "late": gone.late}
    return answer | {"seconds": time.perf_counter() - start}


def judged(grown: Mapping[str, Any], wanted: GrowthRun, job: Job) -> Growth:
    """The score for what was timed, and what to do where it is not full."""
    if grown["problem"]:
        return Growth(unmeasured=str(grown["problem"]))
    learner, reference = ({int(n): float(s) for n, s in grown[name]} for name in ("learner", "reference"))
    if len(reference) < 2 or not learner:
        return Growth(unmeasured=f"there was no time for two sizes within {wanted.seconds:g} s: make them smaller")
    score = classify(learner, reference)
    if score not in _SAYS:
        return Growth(score)
    message = f"From size {min(learner)} to {max(learner)} of the input, the time of your code grows {_SAYS[score]}."
    cell, line = _definition(wanted.call, job)
    return Growth(score, (Finding("efficiency", cell, line, message, "growth"),))


def classify(learner: Mapping[int, float], reference: Mapping[int, float]) -> float | None:
    """100, 60 or 20 for seconds by size, or None when an answer is far slower without growing faster."""
    top = max(learner)
    if top not in reference:
        return None
    times = learner[top] / max(reference[top], _FLOOR)
    if times < _CLEARLY or learner[top] < _NOTICED:
        return 100.0
    slower = [n for n, seconds in learner.items() if seconds > max(_FLOOR, 2 * reference.get(n, seconds))]
    if len(slower) < 2:  # one size alone is noise
        return 100.0 if times < _FAR else None
    faster = _faster(learner, reference)
    if faster >= _ONE_CLASS:
        return 60.0 if faster < _TWO_CLASSES else 20.0
    if times < _FAR:
        return 100.0
    low = min(learner)  # a pause that every call takes can hide growth
    rest = {n: seconds - learner[low] for n, seconds in learner.items() if n > low}
    return 60.0 if _faster(rest, reference) >= _CLEARLY_FASTER else None


def _faster(learner: Mapping[int, float], reference: Mapping[int, float]) -> float:
    """By how much the learner's exponent of growth exceeds the reference's; 0 when that cannot be told."""
    both = [n for n in learner if n in reference and min(learner[n], reference[n]) > _FLOOR]
    if len(both) > 1 and both[-1] >= 4 * both[0]:  # the same moments: what slows the machine slows both
        return _exponent({n: learner[n] / reference[n] for n in both}) or 0.0
    own = _exponent({n: s for n, s in learner.items() if s > _FLOOR})
    expected = _exponent({n: s for n, s in reference.items() if s > _FLOOR})
    if own is None or (expected is None and learner[max(learner)] < _FAR * _FLOOR):
        return 0.0
    # a reference that is too quick to be timed is taken to grow as the input does
    return own - max(expected or 0.0, 1.0)


def _exponent(times: Mapping[int, float]) -> float | None:
    """The slope between the smallest and the greatest size, both as logarithms."""
    if len(times) < 2:
        return None
    low, high = min(times), max(times)
    return math.log(times[high] / times[low]) / math.log(high / low)


def _definition(call: str, job: Job) -> tuple[str, int | None]:
    """Where the learner defines the function."""
    for part in job.reading.learner.answers if job.reading else ():
        for number, line in enumerate(part.source.split("\n"), 1):
            if line.split("(")[0].split() in (["def", call], ["async", "def", call]):
                return part.grade_id, number
    return "", None
