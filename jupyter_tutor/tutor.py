"""The facade: everything that can be done with Jupyter Tutor, whatever the door.

It joins the ideas with the adapters it is given and is the only place that reads the clock.
"""

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jupyter_tutor.errors import AuthorError, Conflict, LearnerError, NotFound, OperatorError
from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import read_submission
from jupyter_tutor.exercises.metadata import TutorMetadata
from jupyter_tutor.exercises.release import daily_copy
from jupyter_tutor.exercises.themes import themed
from jupyter_tutor.grading.desk import Desk, Event
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.learning.choose import choose, choose_theme
from jupyter_tutor.learning.clock import day_of, local_date
from jupyter_tutor.learning.level import level_history
from jupyter_tutor.learning.model import (
    Candidate,
    Daily,
    Filters,
    GivenHint,
    Level,
    LevelChange,
    Page,
    Past,
    Submission,
)
from jupyter_tutor.learning.streak import Streaks, calendar, skips_left, streaks
from jupyter_tutor.ports import Grader, Notebooks, Store
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import Settings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.tutoring.hints import rung

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DailyView:
    """A daily with what a learner sees around it."""

    daily: Daily
    metadata: TutorMetadata | None
    hints: tuple[GivenHint, ...]
    latest: Submission | None
    is_today: bool
    skips_left: int


@dataclass(frozen=True)
class ProgressView:
    """How a learner is doing, up to `today`."""

    today: date
    level: Level
    level_history: list[LevelChange]
    streaks: Streaks
    completed: int
    passed: int
    active_seconds: int
    skips_left: int
    calendar: list[tuple[date, Past | None]]
    latest: tuple[Daily, ...]


class Tutor:
    """One learner's tutor per `learner` id. `now` gives the instant in UTC."""

    def __init__(
        self,
        store: Store,
        grader: Grader,
        notebooks: Notebooks,
        settings: Settings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store, self.grader, self.notebooks, self.settings, self.now = store, grader, notebooks, settings, now
        self.curriculum = Curriculum(settings.curriculum)
        self.proofs = Proofs(grader, store)
        self.desk = Desk(
            store, self.proofs, settings.sandbox.limits, now, lambda at: local_date(at, settings.time_zone)
        )
        self._choosing = asyncio.Lock()

    async def close(self) -> None:
        """Stop grading and release the database."""
        await self.desk.close()
        await self.proofs.close()
        await self.grader.close()
        await self.store.close()

    async def recover(self) -> int:
        """Grade what a killed process left unfinished; how many there were."""
        left = await self.store.unfinished_submissions()
        for submission in left:
            try:
                daily = await self.store.daily(submission.learner, submission.daily)
                self.desk.start(submission, daily, await self._exercise(daily))
            except (NotFound, OperatorError) as error:
                await self.store.change_submission(submission.id, status="failed", problem=str(error))
        return len(left)

    async def today(self, learner: str) -> DailyView:
        """Today's exercise, the same however often it is asked for."""
        latest = await self.store.latest_daily(learner)
        day = self._day(latest)
        if latest is not None and latest.date == day:
            return await self._view(latest)
        async with self._choosing:
            daily = await self.store.daily_for(learner, day)
            return await self._view(daily or await self._choose(learner, day))

    async def daily(self, learner: str, id: str) -> DailyView:
        """An earlier or today's exercise. Raises NotFound."""
        return await self._view(await self.store.daily(learner, id))

    async def daily_at(self, learner: str, path: str) -> DailyView:
        """The exercise of a notebook. Raises NotFound."""
        return await self._view(await self.store.daily_at(learner, path))

    async def dailies(self, learner: str, filters: Filters, cursor: str | None, limit: int) -> Page:
        """One page of a learner's exercises, newest first."""
        return await self.store.dailies(learner, filters, cursor, limit)

    async def metadata(self) -> dict[str, TutorMetadata]:
        """What authors say about the exercises that there are, by slug."""
        exercises = await asyncio.to_thread(self.curriculum.exercises)
        return {slug: exercise.metadata for slug, exercise in exercises.items()}

    async def open(self, learner: str, id: str) -> tuple[Daily, bool]:
        """Make sure that the learner's notebook is there; whether it had to be written. It is never overwritten."""
        daily = await self.store.daily(learner, id)
        created = not await self.notebooks.exists(daily.path)
        if created:
            await self.notebooks.write(daily.path, daily_copy(await self._exercise(daily), daily.id))
        await self.store.change_daily(learner, id, opened=True)
        return await self.store.change_daily(learner, id, only_from=["pending"], status="in_progress"), created

    async def submit(self, learner: str, id: str, sources: dict[str, str], path: str | None = None) -> Submission:
        """Take the learner's notebook, with newer `sources` of cells by cell id than its file has.

        `path` is where the notebook is, when it is no longer where it was written.
        """
        daily = await self.store.daily(learner, id)
        exercise = await self._exercise(daily)
        text = json.dumps(await self.notebooks.read(path or daily.path))
        saved = await asyncio.to_thread(read_submission, text)
        if path and path != daily.path:
            if saved.metadata.get("tutor", {}).get("daily") != id:
                raise LearnerError(
                    f"{path} is not the notebook of this exercise: submit the one that you opened for it"
                )
            if not await self.notebooks.exists(daily.path):
                daily = await self.store.change_daily(learner, id, path=path)
        notebook = with_sources(saved, sources)
        return await self.desk.submit(daily, exercise, json.dumps(notebook))

    async def submission(self, learner: str, id: str) -> Submission:
        """Raises NotFound."""
        return await self.store.submission(learner, id)

    async def events(self, learner: str, id: str) -> AsyncIterator[Event]:
        """What happens to a submission, from its start. Raises NotFound."""
        async for event in self.desk.events(learner, id):
            yield event

    async def hint(self, learner: str, id: str) -> tuple[GivenHint, int]:
        """The next rung, and how many there are."""
        exercise = await self._exercise(await self.store.daily(learner, id))
        number, text = rung(exercise, len(await self.store.hints(id)))
        hint = GivenHint(number, text, self.now())
        await self.store.add_hint(learner, id, hint)
        return hint, len(exercise.metadata.hints)

    async def skip(self, learner: str, id: str) -> DailyView:
        """Raises Conflict when it is not today's, done already, or no skip is left this week."""
        view = await self._view(await self.store.daily(learner, id))
        if not view.is_today:
            raise Conflict("only today's exercise can be skipped")
        if view.daily.status in ("completed", "skipped"):
            raise Conflict(f"this exercise is {view.daily.status} already")
        if not view.skips_left:
            raise Conflict(
                f"no skip is left this week: {self.settings.rules.skips_a_week} exercises a week can be skipped"
            )
        skipped = await self.store.change_daily(learner, id, only_from=["pending", "in_progress"], status="skipped")
        return await self._view(skipped)

    async def complete(self, learner: str, id: str) -> DailyView:
        """Mark as complete, passed or not. Raises Conflict for a skipped one."""
        changes = {"status": "completed", "completed_at": self.now()}
        daily = await self.store.change_daily(learner, id, only_from=["pending", "in_progress"], **changes)
        if daily.status == "skipped":
            raise Conflict("this exercise was skipped: it cannot be completed any more")
        return await self._view(daily)

    async def prepare(self, learner: str) -> None:
        """Have the grader ready, today's exercise chosen, and the one that is likely tomorrow proven."""
        await self.grader.prepare()
        view = await self.today(learner)
        tomorrow = view.daily.date + timedelta(days=1)
        history = await self.store.history(learner)
        candidates = await self._candidates()
        due = choose(list(candidates), history, tomorrow, learner, self.settings.rules)
        await self.proofs.of(await self._told(candidates[due], learner, tomorrow))

    async def activity(self, learner: str, id: str, seconds: int) -> None:
        """Add active time to a daily."""
        await self.store.add_activity(learner, id, seconds)

    async def progress(self, learner: str) -> ProgressView:
        """Everything the progress view shows."""
        history = await self.store.history(learner)
        latest = await self.store.dailies(learner, Filters(), None, 20)
        day = self._day(latest.items[0] if latest.items else None)
        level, changes = level_history(history, day, self.settings.rules)
        return ProgressView(
            today=day,
            level=level,
            level_history=changes,
            streaks=streaks(history, day),
            completed=sum(past.status == "completed" for past in history),
            passed=sum(past.passed for past in history),
            active_seconds=await self.store.active_seconds(learner),
            skips_left=skips_left(history, day, self.settings.rules),
            calendar=calendar(history, day),
            latest=latest.items,
        )

    async def _choose(self, learner: str, day: date) -> Daily:
        """Choose the exercise of a day, prove it, and keep the daily."""
        history = await self.store.history(learner)
        candidates = await self._candidates()
        while True:
            chosen = choose(list(candidates), history, day, learner, self.settings.rules)
            exercise = await self._told(candidates.pop(chosen), learner, day)
            if not self.settings.prove_dailies or await self._fit(exercise):
                break
        data = exercise.metadata
        daily = Daily(
            id=uuid.uuid4().hex,
            learner=learner,
            date=day,
            slug=data.slug,
            title=data.title,
            kind=data.kind,
            difficulty=data.difficulty,
            language=data.language,
            topics=data.topics,
            minutes=data.minutes,
            path=f"{self.settings.folder}/{day.isoformat()}-{data.slug}.ipynb",
            theme=data.theme,
        )
        return await self.store.add_daily(daily)

    async def _told(self, exercise: Exercise, learner: str, day: date) -> Exercise:
        """An exercise as the theme tells it that suits the learner."""
        theme = choose_theme(exercise.metadata.tellings, self.settings.rules.interests, day, learner)
        return await asyncio.to_thread(themed, exercise, theme)

    async def _candidates(self) -> dict[Candidate, Exercise]:
        """What can be chosen from: automatically graded exercises of the language."""
        exercises = await asyncio.to_thread(self.curriculum.exercises)
        return {
            _candidate(e): e for e in exercises.values() if e.metadata.language == self.settings.language and e.tests
        }

    async def _fit(self, exercise: Exercise) -> bool:
        """Whether an exercise is proven with every hidden check out of the learner's reach."""
        try:
            proof = await self.proofs.of(exercise)
        except AuthorError as error:
            _log.warning("exercise %s is not fit for a daily: %s", exercise.metadata.slug, error)
            return False
        problems = list(proof.problems) + [
            f"{c.name} runs beside learner code" for c in proof.checks if c.trust == "in_kernel" and not c.visible
        ]
        if problems:
            _log.warning("exercise %s is not fit for a daily: %s", exercise.metadata.slug, "; ".join(problems))
        return not problems

    async def _exercise(self, daily: Daily) -> Exercise:
        exercises = await asyncio.to_thread(self.curriculum.exercises)
        exercise = exercises.get(daily.slug)
        if exercise is None or daily.theme not in exercise.metadata.tellings:
            raise OperatorError(
                f"the exercise {daily.slug!r} is no longer in the curriculum: "
                "put its notebook back (c.Tutor.curriculum)"
            )
        return await asyncio.to_thread(themed, exercise, daily.theme)

    async def _view(self, daily: Daily) -> DailyView:
        day = self._day(await self.store.latest_daily(daily.learner))
        week = await self.store.history(daily.learner, since=day - timedelta(days=6))
        metadata = None
        with suppress(OperatorError):
            metadata = (await self._exercise(daily)).metadata
        return DailyView(
            daily=daily,
            metadata=metadata,
            hints=tuple(await self.store.hints(daily.id)),
            latest=await self.store.latest_submission(daily.id),
            is_today=daily.date == day,
            skips_left=skips_left(week, day, self.settings.rules),
        )

    def _day(self, latest: Daily | None) -> date:
        return day_of(self.now(), self.settings.time_zone, latest.date if latest else None)


async def build(settings: Settings, notebooks: Notebooks) -> Tutor:
    """A tutor on the database and the worker that the settings name. Raises StorageError."""
    store = await open_store(settings.database_url)
    return Tutor(store, WorkerGrader(settings.jobs or None, settings.sandbox), notebooks, settings)


def with_sources(notebook: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    """A notebook with newer sources of cells by cell id; those of unknown cells become code cells at its end."""
    cells = [dict(cell) for cell in notebook["cells"]]
    known = {cell.get("id") for cell in cells}
    for cell in cells:
        if cell.get("id") in sources and cell["cell_type"] == "code":
            cell["source"] = sources[cell["id"]]
    fresh: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    added = [fresh | {"id": id, "source": source} for id, source in sources.items() if id not in known]
    return dict(notebook, cells=[*cells, *added])


def _candidate(exercise: Exercise) -> Candidate:
    data = exercise.metadata
    interests = tuple(dict.fromkeys(interest for telling in data.tellings.values() for interest in telling))
    return Candidate(data.slug, data.kind, data.difficulty, data.topics, interests)
