"""`jupyter tutor report`: what learners did with exercises, for their authors."""

import asyncio
import gc
import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_tutor.cli.report_table import lines
from jupyter_tutor.config_files import load_settings
from jupyter_tutor.errors import NotFound
from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.exercise import Exercise, read_exercise
from jupyter_tutor.learning.analysis import analyse
from jupyter_tutor.learning.figures import Figures, Stated
from jupyter_tutor.learning.flags import flags
from jupyter_tutor.settings import Settings
from jupyter_tutor.storage.database import open_store

_NOBODY = "nobody has begun or skipped an exercise in this database yet: there is nothing to report"


@dataclass(frozen=True)
class _Known:
    """What the authored notebook says."""

    title: str
    stated: Stated


async def report(arguments: Namespace) -> int:
    """Print the figures of all exercises, or of those that are named, flagged ones first."""
    settings = load_settings()
    named = [_named(word) for word in arguments.exercises]
    known = await asyncio.to_thread(lambda: Curriculum(settings.curriculum).exercises())
    known |= {exercise.metadata.slug: exercise for exercise in named if isinstance(exercise, Exercise)}
    told = {slug: _known(exercise) for slug, exercise in known.items()}
    everything = await _figures(settings, told)
    if not everything and not named:
        print(f"jupyter tutor: {_NOBODY}", file=sys.stderr)
        return 0
    slugs = [one if isinstance(one, str) else one.metadata.slug for one in named]
    found = [(figures, flags(figures)) for figures in _chosen(everything, slugs, told)]
    found.sort(key=lambda pair: (not pair[1], not pair[0].enough, pair[0].slug))
    titles = {slug: one.title for slug, one in told.items()}
    if arguments.json:
        for figures, sentences in found:
            print(json.dumps(_json(figures, sentences, titles.get(figures.slug)), ensure_ascii=False))
    else:
        print("\n".join(lines(found, titles)))
    return 0


def _named(word: str) -> str | Exercise:
    """A slug, or the exercise in a file. Raises AuthorError."""
    return read_exercise(Path(word)) if word.endswith(".ipynb") or Path(word).is_file() else word


def _known(exercise: Exercise) -> _Known:
    metadata = exercise.metadata
    return _Known(metadata.title, Stated(metadata.difficulty, metadata.minutes))


async def _figures(settings: Settings, told: Mapping[str, _Known]) -> dict[str, Figures]:
    """The figures of all exercises: one is hard beside others only."""
    store = await open_store(settings.database_url)
    gc.disable()  # there may be a million attempts, without cycles, that it would look through again and again
    try:
        attempts = await store.attempts()
        return {one.slug: one for one in analyse(attempts, {slug: known.stated for slug, known in told.items()})}
    finally:
        gc.enable()
        await store.close()


def _chosen(found: Mapping[str, Figures], slugs: Sequence[str], told: Mapping[str, _Known]) -> list[Figures]:
    """Those that are named, once each. Raises NotFound."""
    for slug in slugs:
        if slug not in found and slug not in told:
            raise NotFound(
                f"no exercise {slug!r} is in the curriculum or was given to a learner: name its slug or its notebook; "
                "`jupyter tutor report` alone lists all that learners began"
            )
    if not slugs:
        return list(found.values())
    return [found[slug] if slug in found else Figures(slug, told[slug].stated) for slug in dict.fromkeys(slugs)]


def _json(of: Figures, sentences: Sequence[str], title: str | None) -> dict[str, Any]:
    """The fields that the README documents."""
    passed, place = of.passed, of.observed.place if of.observed else None
    return {
        "exercise": of.slug,
        "title": title,
        "difficulty": of.stated.difficulty,
        "minutes": of.stated.minutes,
        "learners": of.learners,
        "tried": of.tried,
        "enough": of.enough,
        "skipped": _rounded(of.skipped.value if of.skipped else None),
        "passed": _rounded(passed.value if passed else None),
        "passed_low": _rounded(passed.low if passed else None),
        "passed_high": _rounded(passed.high if passed else None),
        "at_once": _rounded(of.at_once.value if of.at_once else None),
        "tries": _rounded(of.tries),
        "hints": _rounded(of.hints),
        "minutes_taken": _rounded(of.minutes),
        "discrimination": _rounded(of.discrimination),
        "observed_difficulty": of.observed.level if of.observed else None,
        "logit": _rounded(place.logit if place else None),
        "logit_error": _rounded(place.error if place else None),
        "flags": list(sentences),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
