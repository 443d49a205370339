"""A submission from being handed in to its verdict, over streams that may break."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from jupyter_tutor.kernel.api import ROOT, Api
from jupyter_tutor.kernel.message import NoAnswer, TutorMessage
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Check, Step, Submission


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


def follow(api: Api, submission: str, patience: Patience) -> Iterator[Update]:
    """What happens, as it happens; the finished submission comes last. Raises TutorMessage when it does not come."""
    end, failures = time.monotonic() + patience.give_up, 0
    while time.monotonic() < end:
        try:
            for update in _stream(api, submission):
                yield update
                if isinstance(update, Submission):
                    return
            stands = api.submission(submission)
        except NoAnswer:
            failures += 1
            if failures > patience.failures:
                raise
        else:
            failures = 0
            if stands.status in ("done", "failed"):
                yield stands
                return
        time.sleep(patience.pause)
        yield Restarted()
    raise NoAnswer("There is no verdict yet.")


def _stream(api: Api, submission: str) -> Iterator[Update]:
    for event in api.client.events(f"{ROOT}submissions/{quote(submission, safe='')}/events"):
        kind = _KINDS.get(event.name)
        if kind is not None:
            yield _read(kind, event.data)


def _read(kind: type[Step] | type[Check] | type[Submission], data: str) -> Step | Check | Submission:
    try:
        content = json.loads(data)
    except ValueError:
        raise TutorMessage(
            "The Jupyter server sent an event that is no JSON: run `%tutor submit` again, then `jupyter tutor doctor`."
        ) from None
    return read(kind, content)


_KINDS: dict[str, type[Step] | type[Check] | type[Submission]] = {"progress": Step, "check": Check, "done": Submission}
