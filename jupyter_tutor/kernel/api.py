"""The REST interface of Jupyter Tutor, call by call."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from jupyter_tutor.kernel.client import Client
from jupyter_tutor.kernel.events import Event
from jupyter_tutor.kernel.learner_replies import Notice, ProfileState, Progress
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import (
    Daily,
    DailyDetail,
    DailyPage,
    Generation,
    Memories,
    ModelState,
    Opened,
    Speech,
    Submission,
)

ROOT = "tutor/api/v1/"
_PAGE, _MOST_PAGES = 100, 20
"""Exercises in a page, and pages that are read: more than five years of days."""


class Api:
    """What the server offers to the learner of this kernel. Every call raises TutorMessage."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def today(self) -> DailyDetail:
        """Today's exercise; made on the first ask."""
        return read(DailyDetail, self.client.get(ROOT + "daily"))

    def by_path(self, path: str) -> DailyDetail | None:
        """The exercise of a notebook, None when that notebook is none."""
        try:
            return read(DailyDetail, self.client.get(f"{ROOT}dailies/by-path?{urlencode({'path': path})}"))
        except TutorMessage as message:
            if message.status == 404:
                return None
            raise

    def open(self, daily: str) -> Opened:
        """Make sure that the notebook is there."""
        return read(Opened, self._post(daily, "open"))

    def submit(self, daily: str, sources: dict[str, str]) -> Submission:
        """Hand in the saved notebook, with cells that are newer than it."""
        return read(Submission, self._post(daily, "submissions", {"sources": sources}))

    def submission(self, submission: str) -> Submission:
        """How a submission stands."""
        return read(Submission, self.client.get(f"{ROOT}submissions/{quote(submission, safe='')}"))

    def hint(self, daily: str, sources: dict[str, str]) -> Speech:
        """The next hint, about the saved notebook with cells that are newer than it."""
        return read(Speech, self._post(daily, "hints", {"sources": sources}))

    def ask(self, daily: str, question: str, sources: dict[str, str]) -> Speech:
        """The answer to a question, about the same."""
        return read(Speech, self._post(daily, "chat", {"text": question, "sources": sources}))

    def feedback(self, submission: str) -> Speech:
        """Feedback on a submission that was graded."""
        return read(Speech, self.client.post(f"{ROOT}submissions/{quote(submission, safe='')}/feedback", {}))

    def speech(self, speech: str) -> Speech:
        """What was said so far."""
        return read(Speech, self.client.get(f"{ROOT}speeches/{quote(speech, safe='')}"))

    def memory(self) -> Memories:
        """What is remembered of the learner."""
        return read(Memories, self.client.get(ROOT + "memory"))

    def switch_memory(self, on: bool) -> Memories:
        """Remember things from now on, or nothing."""
        return read(Memories, self.client.put(ROOT + "memory", {"on": on}))

    def skip(self, daily: str) -> DailyDetail:
        """Leave the exercise out."""
        return read(DailyDetail, self._post(daily, "skip"))

    def complete(self, daily: str) -> DailyDetail:
        """End the exercise without passing it."""
        return read(DailyDetail, self._post(daily, "complete"))

    def progress(self) -> Progress:
        """Streak, level, skills, badges, calendar and the latest exercises."""
        return read(Progress, self.client.get(ROOT + "progress"))

    def changes(self, ended: Callable[[], bool]) -> Iterator[Event]:
        """What changes about the learner, as it happens, until `ended`. Raises NoAnswer when the stream breaks."""
        return self.client.events(ROOT + "progress/events", ended)

    def dailies(self) -> list[Daily]:
        """The learner's exercises, newest first."""
        found, query = list[Daily](), {"limit": str(_PAGE)}
        for _ in range(_MOST_PAGES):
            page = read(DailyPage, self.client.get(f"{ROOT}dailies?{urlencode(query)}"))
            found += page.items
            if page.next_cursor is None:
                break
            query["cursor"] = page.next_cursor
        return found

    def profile(self) -> ProfileState:
        """What the learner chose, and the interview."""
        return read(ProfileState, self.client.get(ROOT + "profile"))

    def choose(self, name: str, value: object) -> ProfileState:
        """Change one thing of the profile."""
        return read(ProfileState, self.client.patch(ROOT + "profile", {name: value}))

    def notices(self) -> list[Notice]:
        """What the learner is to be told, oldest first."""
        return read(list[Notice], self.client.get(ROOT + "notices"))

    def notices_seen(self, keys: Sequence[str]) -> None:
        """It was told."""
        self.client.post(ROOT + "notices/seen", {"keys": list(keys)})

    def model(self) -> ModelState:
        """Whether a language model helps."""
        return read(ModelState, self.client.get(ROOT + "model"))

    def generate(self, topic: str | None) -> Generation:
        """Have an exercise written, on what is due when no topic is named."""
        return read(Generation, self.client.post(ROOT + "generations", {"topic": topic}))

    def cancel_generation(self, generation: str) -> Generation:
        """Stop writing it; one that has ended stays as it is."""
        return read(Generation, self.client.post(f"{ROOT}generations/{quote(generation, safe='')}/cancel", {}))

    def saved_at(self, path: str) -> float | None:
        """When a notebook was last saved, in seconds since the epoch; None when the server does not say."""
        try:
            model = self.client.get(f"api/contents/{quote(path)}?content=0")
            moment = datetime.fromisoformat(str(model.get("last_modified"))) if isinstance(model, dict) else None
        except (TutorMessage, ValueError):
            return None
        return None if moment is None else (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

    def _post(self, daily: str, what: str, body: object = None) -> object:
        return self.client.post(f"{ROOT}dailies/{quote(daily, safe='')}/{what}", body or {})
