"""Classes that are simulated: the truth about each exercise is known."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

from jupyter_tutor.learning.evidence import LOGITS
from jupyter_tutor.learning.model import LEVELS, Attempt, Level


@dataclass(frozen=True)
class Task:
    """An exercise as it is; `helps` is how much ability counts, below zero when strong learners fail at it."""

    slug: str
    stated: Level
    logit: float
    helps: float = 1.0
    minutes: int = 15


def tasks(number: int, lot: random.Random, spread: float = 0.3) -> list[Task]:
    """Exercises whose levels are stated rightly."""
    levels = (LEVELS[n % 3] for n in range(number))
    return [Task(f"task-{n:02}", level, LOGITS[level] + lot.uniform(-spread, spread)) for n, level in enumerate(levels)]


def taught(
    given: Sequence[Task], learners: int, each: int, lot: random.Random, by_level: bool = True
) -> Iterator[Attempt]:
    """What learners do with `each` of the exercises, which are those of their level as it rises and falls, or any."""
    for n in range(learners):
        ability, level, run, left = lot.gauss(0.3, 1.0), 0, 0, list(given)
        for _ in range(min(each, len(given))):
            fitting = [task for task in left if task.stated == LEVELS[level]] if by_level else left
            task = lot.choice(fitting or left)
            left.remove(task)
            attempt = tried(f"learner-{n:04}", task, ability, lot)
            yield attempt
            run = max(run, 0) + 1 if at_once(attempt) else min(run, 0) - 1
            if run in (3, -2):
                level, run = max(0, min(2, level + (1 if run > 0 else -1))), 0


def at_once(attempt: Attempt) -> bool:
    return attempt.passed and attempt.submissions == 1 and not attempt.hints


def tried(learner: str, task: Task, ability: float, lot: random.Random) -> Attempt:
    """One learner at one exercise: solved at once, passed with help, or not."""
    given, seconds = (learner, task.slug, task.stated), round(60 * task.minutes * lot.lognormvariate(-0.2, 0.4))
    if lot.random() < 1 / (1 + exp(task.logit - task.helps * ability)):
        return Attempt(*given, True, 0, 1, seconds, 15, False)
    return Attempt(*given, lot.random() < 0.6, lot.randint(0, 3), lot.randint(2, 5), seconds, 15, False)
