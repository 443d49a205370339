"""A learner's data as one JSON document: written for whoever wants it, and read with suspicion."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, ValidationError

from jupyter_tutor import archive_tables as tables
from jupyter_tutor.errors import LearnerError

FORMAT, VERSION = "jupyter-tutor", 1
MOST_BYTES = 100_000_000
TOO_LARGE = "it is larger than 100 MB"
NOT_GRADED = "It was not graded when the data was exported: submit again."
_REFUSED = "this file cannot be imported, and nothing has changed: {why}"


class Tables(tables.Row):
    """What is kept, by table."""

    daily: tuple[tables.DailyRow, ...]
    hint: tuple[tables.HintRow, ...]
    submission: tuple[tables.SubmissionRow, ...]
    chat: tuple[tables.ChatRow, ...]
    memory: tuple[tables.MemoryRow, ...]
    choice: tuple[tables.ChoiceRow, ...]
    notice: tuple[tables.NoticeRow, ...]
    exercise: tuple[tables.ExerciseRow, ...]
    spent: tuple[tables.SpentRow, ...]


class Archive(tables.Row):
    """The document. `learner` is whose data it was."""

    format: Literal["jupyter-tutor"]
    version: Literal[1]
    exported_at: AwareDatetime
    learner: str
    tables: Tables

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """What is to be kept. A submission that was being graded ends: nobody grades it any more."""
        rows: dict[str, list[dict[str, Any]]] = self.tables.model_dump(mode="json")
        for row in rows["submission"]:
            if row["status"] in ("queued", "running"):
                row |= {"status": "failed", "problem": NOT_GRADED}
        return rows


def write_archive(learner: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], at: datetime) -> str:
    """The document of what `Store.take_out` gave."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": at.isoformat(), "learner": learner}
    return json.dumps(head | {"tables": rows}, ensure_ascii=False, indent=1)


def read_archive(text: str, today: date) -> Archive:
    """A document that can be imported. `today` is the learner's date. Raises LearnerError that says what is wrong."""
    try:
        _check_size(text)
        _check_head(text)
        archive = Archive.model_validate_json(text, context=today)
        _check_twins(archive.tables)
        _check_references(archive.tables)
    except ValidationError as error:
        raise LearnerError(_REFUSED.format(why=_complaint(error))) from None
    except _Refused as error:
        raise LearnerError(_REFUSED.format(why=error)) from None
    return archive


class _Refused(Exception):
    """Why a document is not read, as a part of a sentence."""


def _check_size(text: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        raise _Refused(TOO_LARGE)


def _check_head(text: str) -> None:
    """Whether it is ours at all, before it is looked at closely."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _Refused("it is not JSON, or was cut off") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _Refused("Jupyter Tutor did not export it")
    version = found.get("version")
    if isinstance(version, int) and version > VERSION:
        raise _Refused("a newer Jupyter Tutor exported it: upgrade the package (pip install -U jupyter-tutor)")


def _check_references(kept: Tables) -> None:
    dailies = {row.id: row for row in kept.daily}
    named: list[tuple[str, Sequence[tables.HintRow | tables.SubmissionRow | tables.ChatRow]]]
    named = [("hint", kept.hint), ("submission", kept.submission), ("chat", kept.chat)]
    for name, rows in named:
        for place, row in enumerate(rows, 1):
            if row.daily not in dailies:
                raise _Refused(f"in {name}, row {place} belongs to no daily")
    for place, row in enumerate(kept.submission, 1):
        if row.number > dailies[row.daily].submissions:  # the next one would get a number that is there
            raise _Refused(f"in submission, row {place} has a number beyond its daily's submissions")


def _check_twins(kept: Tables) -> None:
    """What there is once only is there once."""
    once: list[tuple[str, str, Sequence[Any], Callable[[Any], Any]]] = [
        ("daily", "id", kept.daily, lambda row: row.id),
        ("daily", "date", kept.daily, lambda row: row.date),
        ("hint", "rung of a daily", kept.hint, lambda row: (row.daily, row.rung)),
        ("submission", "id", kept.submission, lambda row: row.id),
        ("submission", "number of a daily", kept.submission, lambda row: (row.daily, row.number)),
        ("chat", "number of a daily", kept.chat, lambda row: (row.daily, row.number)),
        ("memory", "id", kept.memory, lambda row: row.id),
        ("memory", "trait and key", kept.memory, lambda row: (row.trait, row.key)),
        ("notice", "key", kept.notice, lambda row: row.key),
        ("exercise", "id", kept.exercise, lambda row: row.id),
        ("exercise", "slug", kept.exercise, lambda row: row.slug),
        ("exercise", "due date", [row for row in kept.exercise if row.due], lambda row: row.due),
        ("spent", "day, use and model", kept.spent, lambda row: (row.day, row.use, row.model)),
    ]
    for name, what, rows, key in once:
        if len({key(row) for row in rows}) < len(rows):
            raise _Refused(f"in {name}, two rows have the same {what}")


def _complaint(error: ValidationError) -> str:
    """The first complaint, with its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid" or not first["loc"]:
        return "it is not JSON, or was damaged"
    place = list(first["loc"])
    inside = "".join(_places(place))
    match first["type"]:
        case "missing":
            return f"{inside}the field {_short(place[-1])} is missing"
        case "extra_forbidden":
            return f"{inside}there is an unknown field {_short(place[-1])}"
    field = place[3] if len(place) > 3 else place[-1]
    said = first["msg"].removeprefix("Input ")
    return f"{inside}{field} {said}"


def _places(place: list[int | str]) -> Iterator[str]:
    """`in daily, row 3: `, as far as the place lies in a table."""
    if len(place) > 2 and place[0] == "tables":
        yield f"in {place[1]}"
        if isinstance(place[2], int):
            yield f", row {place[2] + 1}"
        yield ": "


def _short(name: object) -> str:
    return repr(str(name)[:40])
