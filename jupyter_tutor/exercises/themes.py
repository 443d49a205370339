"""The same proven task told for different interests: a theme puts other names, objects and numbers in the place of the
author's, wherever they stand in the notebook.
"""

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.exercises.exercise import Exercise, parse_exercise
from jupyter_tutor.exercises.metadata import Theme, Value

TOLD = ("title", "objectives", "success_criteria", "hints", "mistakes", "growth")
"""What of the metadata is told anew, beside the cells."""


def variants(exercise: Exercise) -> tuple[Exercise, ...]:
    """The exercise as its author wrote it, then as each theme tells it. Raises AuthorError."""
    return tuple(themed(exercise, name) for name in exercise.metadata.tellings)


def themed(exercise: Exercise, name: str) -> Exercise:
    """The exercise as a theme tells it; the empty name stands for the author's own text. Raises AuthorError."""
    if not name:
        return exercise
    theme = next((theme for theme in exercise.metadata.themes if theme.name == name), None)
    if theme is None:
        raise AuthorError(f"{exercise.path.name}: it has no theme {name!r}")
    try:
        _check(exercise, theme)
        return _told(exercise, theme)
    except AuthorError as error:
        raise AuthorError(f"{error} (in the theme {name!r})") from None


def _check(exercise: Exercise, theme: Theme) -> None:
    """Each default has to stand somewhere, and no value where nothing is put: the two would run together."""
    parameters = exercise.metadata.parameters
    if not parameters:
        return
    pattern = _any_of(parameters.values())
    texts = list(_texts(_content(exercise)))
    there = {found for text in texts for found in pattern.findall(text)}
    rest = "\0".join(pattern.sub("\0", text) for text in texts)
    for parameter, default in parameters.items():
        if str(default) not in there:
            raise AuthorError(
                f"{exercise.path.name}: {default!r}, the default of the parameter {parameter!r}, is nowhere in the "
                "notebook as a whole word: name a text that is there, or take the parameter out"
            )
        value = theme.values[parameter]
        if _any_of([value]).search(rest):
            raise AuthorError(
                f"{exercise.path.name}: {value!r}, the value of the parameter {parameter!r}, is in the notebook "
                "already: choose another one, or make that a parameter too"
            )


def _told(exercise: Exercise, theme: Theme) -> Exercise:
    data = exercise.metadata
    swap = {str(default): str(theme.values[parameter]) for parameter, default in data.parameters.items()}
    places = list(data.parameters.values())
    if theme.title:
        swap[data.title] = theme.title
        places.append(data.title)
    pattern = _any_of(places)

    def tell(text: str) -> str:
        return pattern.sub(lambda found: swap[found[0]], text) if swap else text

    notebook = copy.deepcopy(exercise.notebook)
    told = _mapped(_content(exercise), tell)
    for cell, source in zip(notebook.cells, told.pop("cells"), strict=True):
        cell.source = source
    kept = data.model_dump(mode="json", exclude={"parameters", "themes"})
    notebook.metadata["tutor"] = kept | told | {"theme": theme.name, "interests": list(theme.interests)}
    return parse_exercise(json.dumps(notebook), exercise.path)


def _content(exercise: Exercise) -> dict[str, Any]:
    """All texts in which words are replaced."""
    data = exercise.metadata.model_dump(mode="json", include=set(TOLD))
    return data | {"cells": [cell.source for cell in exercise.notebook.cells]}


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, (dict, list)):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _texts(part)


def _mapped(content: Any, change: Callable[[str], str]) -> Any:
    """The same structure with each of its texts changed."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, dict):
        return {key: _mapped(part, change) for key, part in content.items()}
    return [_mapped(part, change) for part in content] if isinstance(content, list) else content


def _any_of(places: Iterable[Value]) -> re.Pattern[str]:
    """Finds each of the words and numbers as a whole, the longest where several begin."""
    runs = groupby(sorted(places, key=lambda place: -len(str(place))), _before)
    return re.compile("|".join(f"{before}(?:{'|'.join(map(_to_its_end, run))})" for before, run in runs))


def _before(place: Value) -> str:
    """A number is no part of a longer one; a word may follow the letter of an escape such as `\\n`."""
    if not isinstance(place, str):
        return r"(?<![\w.])"
    return r"(?:(?<!\w)|(?<=\\[nrt]))" if re.match(r"\w", place) else ""


def _to_its_end(place: Value) -> str:
    if not isinstance(place, str):
        return re.escape(str(place)) + r"(?!\w|\.\d)"
    return re.escape(place) + (r"(?!\w)" if re.search(r"\w\Z", place) else "")
