"""A submission, an exercise or a speech from its start to its end, over streams that may break."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from jupyter_tutor.kernel.api import ROOT, Api
from jupyter_tutor.kernel.message import NoAnswer, TutorMessage
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Check, Outcome, Said, Speech, Stage, Step, Submission, Withdrawn


@dataclass(frozen=True)
class Restarted:
    """The stream is read again from its start: what came before will come once more."""


@dataclass(frozen=True)
class Patience:
    """Seconds before a broken stream is opened again, seconds in all, and failures in a row that are borne."""

    pause: float = 1.0
    give_up: float = 900.0
    failures: int = 4


Update = Step | Check | Restarted | Submission
Writing = Stage | Restarted | Outcome
Talking = Said | Withdrawn | Restarted | Speech
T = TypeVar("T")


def follow(api: Api, submission: str, patience: Patience) -> Iterator[Update]:
    """What happens, as it happens; the finished submission comes last. Raises TutorMessage when it does not come."""

    def stands() -> Submission | None:
        found = api.submission(submission)
        return found if found.status in ("done", "failed") else None

    path, kinds = f"submissions/{quote(submission, safe='')}/events", _GRADING
    return _until(Submission, lambda: _stream(api, path, kinds, "submit"), stands, patience, "There is no verdict yet.")


def follow_writing(api: Api, generation: str, patience: Patience) -> Iterator[Writing]:
    """The stages of an exercise being written; how it ended comes last. Raises TutorMessage when that does not come."""
    path, kinds = f"generations/{quote(generation, safe='')}/events", _WRITING
    late = "The exercise is not written yet."
    return _until(Outcome, lambda: _stream(api, path, kinds, "generate"), lambda: None, patience, late)


def follow_speech(api: Api, speech: str, patience: Patience, command: str = "hint") -> Iterator[Talking]:
    """What the tutor says; the whole speech comes last. Raises TutorMessage when that does not come."""

    def stands() -> Speech | None:
        found = api.speech(speech)
        return found if found.status == "done" else None

    path = f"speeches/{quote(speech, safe='')}/events"
    late = "The tutor has not finished yet: the Jupyter Tutor panel shows what it says."
    return _until(Speech, lambda: _stream(api, path, _TALKING, command), stands, patience, late)


def _until(
    last: type[T], stream: Callable[[], Iterator[T]], look: Callable[[], T | None], patience: Patience, late: str
) -> Iterator[T | Restarted]:
    """Streams, one after the other, until one brings the `last` or a `look` between two of them does."""
    end, failures = time.monotonic() + patience.give_up, 0
    while time.monotonic() < end:
        try:
            for update in stream():
                yield update
                if isinstance(update, last):
                    return
            found = look()
        except NoAnswer:
            failures += 1
            if failures > patience.failures:
                raise
        else:
            failures = 0
            if found is not None:
                yield found
                return
        time.sleep(patience.pause)
        yield Restarted()
    raise NoAnswer(late)


def _stream(api: Api, path: str, kinds: Mapping[str, type[T]], command: str) -> Iterator[T]:
    for event in api.client.events(ROOT + path):
        kind = kinds.get(event.name)
        if kind is not None:
            yield _read(kind, event.data, command)


def _read(kind: type[T], data: str, command: str) -> T:
    try:
        content = json.loads(data)
    except ValueError:
        raise TutorMessage(
            "The Jupyter server sent an event that is no JSON: "
            f"run `%tutor {command}` again, then `jupyter tutor doctor`."
        ) from None
    return read(kind, content)


_GRADING: dict[str, type[Step] | type[Check] | type[Submission]] = {
    "progress": Step,
    "check": Check,
    "done": Submission,
}
_WRITING: dict[str, type[Stage] | type[Outcome]] = {"stage": Stage, "done": Outcome}
_TALKING: dict[str, type[Said] | type[Withdrawn] | type[Speech]] = {
    "text": Said,
    "withdrawn": Withdrawn,
    "done": Speech,
}
