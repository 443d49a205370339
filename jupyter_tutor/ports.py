"""The interfaces that the ideas need; adapters implement them, `tutor.py` joins the two."""

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from jupyter_tutor.dialogue import Ask, Reply, Spent
from jupyter_tutor.grading.job import CellError, Job, Outcome, Run
from jupyter_tutor.learning.model import (
    Attempt,
    Daily,
    Filters,
    GivenHint,
    Notice,
    Page,
    Past,
    Status,
    Submission,
    Written,
)
from jupyter_tutor.learning.profile import Choice
from jupyter_tutor.learning.talk import ChatMessage, ChatPage, Memory


class PlayerGone(Exception):
    """The player's process ended; the message says why. `late`: it was ended because its time was over."""

    def __init__(self, message: str, late: bool = False) -> None:
        super().__init__(message)
        self.late = late


class PlayerStopped(Exception):
    """The player was interrupted because its time was over, and goes on."""


class Player(Protocol):
    """One fresh jailed kernel, for one submission. `places` are those of a proof that it found itself."""

    @property
    def places(self) -> set[str]: ...

    async def run_cell(self, index: int, source: str, seconds: float) -> CellError | None:
        """Run a notebook cell. Raises PlayerGone when the kernel died or did not finish in time."""

    def attend(self) -> None:
        """Turn to the judge, after the last cell. Calling it is not needed, and saves time."""

    async def exchange(self, text: str, seconds: float) -> str:
        """Hand a text to the agent and wait for the next one. Raises PlayerGone or PlayerStopped."""

    async def close(self) -> None:
        """End the kernel and remove all that it left."""


class JudgeProcess(Protocol):
    """A fresh jailed process that runs test cells; messages are JSON objects."""

    async def send(self, message: dict[str, Any]) -> None:
        """One message to the judge."""

    async def receive(self, seconds: float) -> dict[str, Any]:
        """The judge's next message. Raises TimeoutError, or EOFError when it ended."""

    async def close(self) -> None:
        """End the process."""


@dataclass(frozen=True)
class Lint:
    """One finding of a linter; `line` counts from 1."""

    rule: str
    line: int
    message: str


class Linter(Protocol):
    """Reads Python sources without running them."""

    async def lint(self, source: str, rules: Iterable[str], options: Mapping[str, int]) -> tuple[Lint, ...] | None:
        """What these rules find, or None when the linter is missing, fails or is late."""


class Jail(Protocol):
    """Where players and judges live."""

    async def start(self, job: Job) -> tuple[Player, JudgeProcess]:
        """A ready kernel and its judge. Raises OperatorError when there is no kernel for the language, or it does not
        start."""

    async def release(self, player: Player, judge: JudgeProcess) -> None:
        """End both; it is not waited for that they are gone."""


class Grader(Protocol):
    """Runs jobs, many at a time, away from the caller's process."""

    async def prepare(self) -> None:
        """Get ready for the first job; it need not be waited for."""

    async def run(self, job: Job, report: Callable[[Outcome], None] = ...) -> Run:
        """Run a job, reporting each outcome as it is found. Raises OperatorError or GraderError."""

    async def close(self) -> None:
        """End the grader; jobs that still run raise GraderError."""


class Model(Protocol):
    """A language model, or several that stand in for one another."""

    async def ask(self, ask: Ask) -> Reply:
        """One whole answer. Raises ModelError, ModelOff, BudgetSpent."""

    def stream(self, ask: Ask) -> AsyncGenerator[str, None]:
        """The answer in pieces, as it is written. Raises as `ask` does, also after some pieces."""

    def off(self) -> str:
        """Why no model is asked, as a sentence; nothing when one is there."""

    async def close(self) -> None:
        """Release connections."""


class Ledger(Protocol):
    """What requests to models took, and answers that are kept. All methods raise StorageError."""

    async def add_spent(self, spent: Spent) -> None:
        """Add to what a learner spent on a day."""

    async def spent(self, learner: str, day: date | None = None) -> Sequence[Spent]:
        """What a learner spent, on one day or ever, by day, use and model."""

    async def kept_reply(self, digest: str) -> str | None:
        """The text of an answer that was kept."""

    async def keep_reply(self, digest: str, text: str, learner: str = "") -> None:
        """Keep an answer; one of the same digest is replaced. It goes with the learner whose request it was."""


class Store(Ledger, Protocol):
    """Where a learner's days are kept. All methods raise StorageError when the database cannot be used."""

    async def add_daily(self, daily: Daily) -> Daily:
        """Keep a new daily. When the learner has one for that date already, that one is given back unchanged."""

    async def daily(self, learner: str, id: str) -> Daily:
        """Raises NotFound."""

    async def daily_for(self, learner: str, day: date) -> Daily | None:
        """The daily of one local date."""

    async def daily_at(self, learner: str, path: str) -> Daily:
        """The daily whose notebook is at a path. Raises NotFound."""

    async def latest_daily(self, learner: str) -> Daily | None:
        """The daily with the latest date."""

    async def dailies(self, learner: str, filters: Filters, cursor: str | None, limit: int) -> Page:
        """One page. Raises LearnerError for a cursor that is none."""

    async def history(self, learner: str, since: date | None = None) -> Sequence[Past]:
        """All dailies from a date on, oldest first, in short."""

    async def active_seconds(self, learner: str) -> int:
        """The sum over all dailies."""

    async def change_daily(self, learner: str, id: str, only_from: Collection[Status] = (), **values: Any) -> Daily:
        """Set fields of a daily (status, opened, path, completed_at), unless it has another status than those in
        `only_from`. Raises NotFound."""

    async def replace_daily(self, learner: str, id: str, daily: Daily, only_unopened: bool = False) -> Daily:
        """Give a daily another exercise, that of `daily`, as long as nothing was submitted, and no hint or question
        asked (and it was not opened, if `only_unopened`); else it stays as it is. Raises NotFound."""

    async def add_activity(self, learner: str, id: str, seconds: int) -> None:
        """Add to the active time. Raises NotFound."""

    async def add_hint(self, learner: str, id: str, hint: GivenHint, slug: str = "") -> None:
        """Keep a hint, and count it unless the daily was passed before; the same rung twice is kept once. Raises
        Conflict when the daily's exercise is no longer that of `slug`."""

    async def hints(self, id: str) -> Sequence[GivenHint]:
        """The hints of a daily, by rung."""

    async def add_submission(self, submission: Submission, slug: str = "") -> None:
        """Keep a submission, count it on the daily, and set a pending daily in progress; all in one transaction. Raises
        Conflict when the daily's exercise is no longer that of `slug`."""

    async def change_submission(self, id: str, **values: Any) -> Submission:
        """Set fields of a submission. A verdict raises the daily's best score, and a passed one completes the daily
        (`passed`, status, `completed_at` as given in values under `at`) unless it is completed or skipped already
        (then only `passed` is raised); in one transaction."""

    async def submission(self, learner: str, id: str) -> Submission:
        """Raises NotFound."""

    async def latest_submission(self, id: str) -> Submission | None:
        """The latest of a daily."""

    async def unfinished_submissions(self) -> Sequence[Submission]:
        """Those that are queued or running, oldest first: what a killed server left behind."""

    async def add_message(
        self,
        learner: str,
        daily: str,
        role: Literal["learner", "tutor"],
        text: str,
        at: datetime,
        source: Literal["learner", "model", "diagnosis"] = "learner",
        slug: str = "",
    ) -> ChatMessage:
        """Keep a message about a daily's exercise, after those that are there. Raises NotFound, and Conflict when the
        daily's exercise is no longer that of `slug`."""

    async def messages(self, learner: str, daily: str) -> Sequence[ChatMessage]:
        """What was said about a daily's exercise, in order."""

    async def chat(self, learner: str, daily: str, cursor: str | None, limit: int) -> ChatPage:
        """One page of the same, newest first. Raises LearnerError for a cursor that is none."""

    async def find_messages(self, learner: str, text: str, cursor: str | None, limit: int) -> ChatPage:
        """What was said about any exercise that holds a text, without case; newest first. Raises LearnerError for a
        cursor that is none."""

    async def answers_since(self, learner: str, instant: datetime) -> int:
        """How many messages a model wrote to a learner from an instant on."""

    async def remember(self, memory: Memory) -> Memory:
        """Keep one thing; when its key is there already, that one is seen once more, with the new evidence."""

    async def memories(self, learner: str) -> Sequence[Memory]:
        """All that is remembered, by trait, newest first."""

    async def change_memory(self, learner: str, id: str, **values: Any) -> Memory:
        """Set fields of one thing (text, on, source, at). Raises NotFound."""

    async def forget(self, learner: str, id: str | None = None) -> None:
        """Delete one thing, or all. Raises NotFound."""

    async def choices(self, learner: str) -> Sequence[Choice]:
        """All that a learner chose, oldest first."""

    async def add_choices(self, learner: str, choices: Sequence[Choice]) -> None:
        """Keep choices, in one transaction, after those that are there."""

    async def notices(self, learner: str, seen: bool | None = None) -> Sequence[Notice]:
        """All, or those that were seen or not; oldest first."""

    async def add_notices(self, learner: str, notices: Sequence[Notice]) -> Sequence[Notice]:
        """Keep those whose key is not there already; these are given back. Nothing is kept of a learner who has neither
        dailies nor choices."""

    async def see_notices(self, learner: str, keys: Collection[str]) -> None:
        """The learner has seen them; keys that are not there do nothing."""

    async def attempts(self, slugs: Collection[str] = ()) -> Sequence[Attempt]:
        """What all learners did with exercises that they began or skipped; all exercises when none is named."""

    async def take_out(self, learner: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Everything that is kept of a learner, by table, as JSON values."""

    async def put_in(self, learner: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Keep for a learner what `take_out` gave, whoever's it was, in one transaction. Raises Conflict when something
        is kept of that learner already that is more than exercises nobody looked at and an interview that was declined,
        and LearnerError for what does not fit together; then nothing changes."""

    async def erase(self, learner: str) -> None:
        """Delete everything that is kept of a learner, so that it cannot be read from the database's files either."""

    async def prune(self, before: datetime) -> int:
        """Delete texts that are older (submitted notebooks but the latest and best of a daily, hints' and messages'
        texts, what came of models); what progress rests on stays. How many rows there were."""

    async def proof(self, digest: str) -> str | None:
        """The JSON text of a proof."""

    async def add_proof(self, digest: str, body: str) -> None:
        """Keep a proof; one of the same digest is replaced."""

    async def add_written(self, written: Written) -> None:
        """Keep an exercise. Raises Conflict when the learner has one of this slug, or one for this date."""

    async def written(self, learner: str) -> Sequence[Written]:
        """All that were written for a learner, newest first."""

    async def written_named(self, learner: str, slug: str) -> Written | None:
        """The exercise with a slug."""

    async def written_for(self, learner: str, day: date) -> Written | None:
        """The oldest that is due on a local date or before, and was no daily yet."""

    async def change_written(self, learner: str, id: str, due: date | None) -> Written:
        """Move an exercise to another date, or to none. Raises NotFound, and Conflict when that date has one."""

    async def close(self) -> None:
        """Release the database."""


class Notebooks(Protocol):
    """The learner's notebooks, below the server's root."""

    async def read(self, path: str) -> dict[str, Any]:
        """The notebook. Raises NotFound, or LearnerError when it is none."""

    async def write(self, path: str, notebook: dict[str, Any]) -> None:
        """Write a notebook and the folders above it. Raises LearnerError when that is not possible."""

    async def exists(self, path: str) -> bool:
        """Whether there is a file at the path."""
