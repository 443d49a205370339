"""The judge's part of timing growing inputs: makes them, hands them to both players in turns, compares the results.

The clock is on the other side: each answer comes with the seconds that it took.
"""

import copy
from collections.abc import Callable
from typing import Any

from jupyter_tutor.grading.boundary.faults import Gone, Interrupted, Unfit
from jupyter_tutor.grading.boundary.standins import Link, frames_of

_TURNS = 3
_SLOW, _VERY_SLOW = 1 / 20, 1 / 8
"""Of all the time: what a call takes when its size is not repeated, and when no greater one is tried."""
_LEAST = 1e-6


class Over(BaseException):
    """The time for all of this is over."""


class Unmeasurable(Exception):
    """Why these inputs tell nothing."""


class Runner:
    """One player's function, with the best time for each size. It is `done` when greater sizes would take too long."""

    def __init__(
        self, of: str, wanted: dict[str, Any], send: Callable[..., None], receive: Callable[[], dict[str, Any]]
    ) -> None:
        self.of, self.all_seconds, self.send, self.receive = of, wanted["seconds"], send, receive
        self.link = Link(self._exchange, frozenset())
        self.seconds = 0.0
        self.best: dict[int, float] = {}
        self.done = False
        self.function = self.link.do("name", wanted["call"])

    def _exchange(self, text: str) -> str:
        self.send(ask=text, of=self.of)
        answer = self.receive()
        if "over" in answer:
            raise Over
        self.seconds += answer["seconds"]
        if "interrupted" in answer:
            raise Interrupted
        if "gone" in answer:
            raise Gone(answer["gone"], answer["late"])
        return str(answer["said"])

    def time(self, operation: str, *args: Any) -> tuple[Any, float]:
        """What an operation gives, and how long it took."""
        self.seconds = 0.0
        return self.link.do(operation, *args), self.seconds

    def run(self, size: int, args: tuple[Any, ...], transfer: float) -> tuple[Any, ...]:
        """The result in a tuple, which is empty when there was none in time."""
        result: tuple[Any, ...] = ()
        try:
            result = (self.time("call", self.function, *copy.deepcopy(args))[0],)
        except Interrupted:
            self.done = True
        except Gone as gone:
            if not gone.late:
                raise Unmeasurable(f"the {self.of} ended its process") from None
            self.done = True
        except BaseException as error:
            if not isinstance(error, Unfit) and frames_of(error) is None:
                raise
            raise Unmeasurable(f"the {self.of} stopped with {type(error).__name__}: {error}") from None
        seconds = max(self.seconds - transfer, _LEAST)
        self.best[size] = min(seconds, self.best.get(size, seconds))
        self.done = self.done or self.slow(size, _VERY_SLOW)
        return result

    def slow(self, size: int, share: float) -> bool:
        """Whether even the best call took that share of all the time."""
        return self.best[size] > share * self.all_seconds


def grow(
    wanted: dict[str, Any], namespace: dict[str, Any], send: Callable[..., None], receive: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The best times of learner and reference by size, or the problem that there was."""
    runners: list[Runner] = []
    problem = ""
    try:
        runners += [Runner(of, wanted, send, receive) for of in ("learner", "reference")]
        make = eval(wanted["input"], namespace)  # noqa: S307 - the author's own code
        for size in wanted["sizes"]:
            _turns(make, size, runners)
    except Over:
        pass
    except (Unmeasurable, Gone, Interrupted) as reason:
        known = str(reason) if isinstance(reason, Unmeasurable) else ""
        problem = known or "a player ended before there was anything to time"
    except Exception as error:
        problem = f"{type(error).__name__}: {str(error)[:300]}"
    times = {runner.of: list(runner.best.items()) for runner in runners}
    return {"learner": [], "reference": [], **times, "problem": problem}


def _turns(make: Callable[[int], Any], size: int, runners: list[Runner]) -> None:
    """Both on one size, in turns, each time with an input that was not there before."""
    transfer = _transfer(make(size), runners[-1])
    for turn in range(_TURNS):
        args = make(size + turn)
        running = [runner for runner in runners if not runner.done]
        results = [result for runner in running for result in runner.run(size, args, transfer)]
        if len(results) == 2 and not results[0] == results[1]:
            raise Unmeasurable("the results are not equal")
        if any(runner.slow(size, _SLOW) for runner in running):
            return


def _transfer(args: Any, reference: Runner) -> float:
    """How long it takes to hand over the arguments, which is nothing that the function is charged for."""
    if not isinstance(args, tuple):
        raise Unmeasurable("`input` has to give a tuple of arguments")
    return min(reference.time("len", list(args))[1] for _ in range(2))
