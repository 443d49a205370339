"""The facade: everything that can be done with Jupyter Tutor, whatever the door.

It joins the ideas with the adapters it is given and is the only place that reads the clock.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jupyter_tutor.days import Days
from jupyter_tutor.errors import Conflict, LearnerError, ModelOff, NotFound, OperatorError
from jupyter_tutor.exercises.curriculum import Curriculum
from jupyter_tutor.exercises.merge import read_submission, with_sources
from jupyter_tutor.generation.authoring import Authoring, Writing
from jupyter_tutor.generation.chooser import Chooser
from jupyter_tutor.generation.library import Library
from jupyter_tutor.generation.wanted import wanted
from jupyter_tutor.generation.writer import Writer
from jupyter_tutor.grading.desk import Desk
from jupyter_tutor.grading.feed import Event
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.learners import Learners
from jupyter_tutor.learning.clock import local_date, start_of
from jupyter_tutor.learning.learner import Learner
from jupyter_tutor.learning.model import Candidate, Daily, Filters, Page, Submission
from jupyter_tutor.llm.model import MeteredModel
from jupyter_tutor.overview import DailyView, ModelView, ProfileView, ProgressView
from jupyter_tutor.ports import Grader, Model, Notebooks, Store
from jupyter_tutor.rights import Rights
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.settings import ModelSettings, Settings
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.tutoring.clues import MISCONCEPTIONS
from jupyter_tutor.tutoring.coach import Coach, Work
from jupyter_tutor.tutoring.diagnosis.diagnosis import Diagnosis
from jupyter_tutor.tutoring.remembering import Remembering
from jupyter_tutor.tutoring.speech import Speech


class Tutor:
    """One learner's tutor per `learner` id. `now` gives the instant in UTC.

    Its parts are for doors too: `days` (the dailies), `learners` (profile, progress, notices), `library`, `store`,
    `coach` and `remembering`.
    """

    def __init__(
        self,
        store: Store,
        grader: Grader,
        notebooks: Notebooks,
        settings: Settings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        model: Model | None = None,
    ) -> None:
        self.store, self.grader, self.notebooks, self.settings, self.now = store, grader, notebooks, settings, now
        self.library = Library(Curriculum(settings.curriculum), store)
        self.proofs = Proofs(grader, store)
        self.model = model or MeteredModel(lambda: settings.model, store, now)
        self.authoring = Authoring(Writer(self.model, grader, time.monotonic), self.library, self.proofs, now)
        self._ahead: dict[str, date] = {}
        self.chooser = Chooser(self.library, self.proofs, prove=settings.prove_dailies)
        self.learners = Learners(
            store, settings, now, self.chooser.offer, lambda: not self.model.off(), settings.achievements
        )
        self.rights = Rights(store, now)
        self.days = Days(store, self.library, self.chooser, self.learners, notebooks, settings.folder)
        self.remembering = Remembering(store, MISCONCEPTIONS, now)
        self.coach = Coach(
            store, self.model, self.proofs, Diagnosis(grader), self.remembering, now, self._questions_left
        )
        self.desk = Desk(store, self.proofs, settings.sandbox.limits, now, self._reflect)

    async def close(self) -> None:
        """Stop grading and release the database."""
        await self.authoring.close()
        await self.learners.close()
        await self.desk.close()
        await self.coach.close()
        await self.proofs.close()
        await self.grader.close()
        await self.model.close()
        await self.store.close()

    async def recover(self) -> int:
        """Grade what a killed process left unfinished; how many there were."""
        left = await self.store.unfinished_submissions()
        for submission in left:
            try:
                daily = await self.store.daily(submission.learner, submission.daily)
                self.desk.start(submission, daily, await self.days.exercise(daily))
            except (NotFound, OperatorError) as error:
                await self.store.change_submission(submission.id, status="failed", problem=str(error))
        return len(left)

    async def today(self, learner: str) -> DailyView:
        """Today's exercise, the same however often it is asked for."""
        return await self.days.today(learner)

    async def daily(self, learner: str, id: str) -> DailyView:
        """An earlier or today's exercise. Raises NotFound."""
        return await self.days.view(await self.store.daily(learner, id))

    async def daily_at(self, learner: str, path: str) -> DailyView:
        """The exercise of a notebook. Raises NotFound."""
        return await self.days.view(await self.store.daily_at(learner, path))

    async def dailies(self, learner: str, filters: Filters, cursor: str | None, limit: int) -> Page:
        """One page of a learner's exercises, newest first."""
        return await self.store.dailies(learner, filters, cursor, limit)

    async def open(self, learner: str, id: str) -> tuple[Daily, bool]:
        """Make sure that the learner's notebook is there; whether it had to be written. It is never overwritten."""
        return await self.days.open(learner, id)

    async def submit(self, learner: str, id: str, sources: dict[str, str], path: str | None = None) -> Submission:
        """Take the learner's notebook, with newer `sources` of cells by cell id than its file has.

        `path` is where the notebook is, when it is no longer where it was written.
        """
        today = await self.learners.today(learner)
        work = await self._work(learner, id, sources, path)
        submission = await self.desk.submit(work.daily, work.exercise, work.notebook, today)
        self.learners.follow(work.daily, self.desk.events(learner, submission.id))
        return submission

    async def submission(self, learner: str, id: str) -> Submission:
        """Raises NotFound."""
        return await self.store.submission(learner, id)

    async def events(self, learner: str, id: str) -> AsyncIterator[Event]:
        """What happens to a submission, from its start. Raises NotFound."""
        async for event in self.desk.events(learner, id):
            yield event

    async def hint(
        self, learner: str, id: str, sources: dict[str, str] | None = None, path: str | None = None
    ) -> Speech:
        """The next hint, about the notebook as it is."""
        return await self.coach.hint(await self._begun(learner, id, sources, path))

    async def ask(
        self, learner: str, id: str, question: str, sources: dict[str, str] | None = None, path: str | None = None
    ) -> Speech:
        """The answer to a question about an exercise. Raises LearnerError, and Conflict when the day's are used up."""
        if not self.settings.chat_on:
            raise Conflict("questions to the tutor are switched off here (c.Tutor.chat_on): hints go on")
        return await self.coach.ask(await self._begun(learner, id, sources, path), question)

    async def feedback(self, learner: str, id: str) -> Speech:
        """Feedback on a submission, once it is graded. Raises NotFound, and Conflict where it could not be."""
        async for _ in self.desk.events(learner, id):
            pass
        submission = await self.store.submission(learner, id)
        daily = await self.store.daily(learner, submission.daily)
        return await self.coach.comment(Work(daily, await self.days.exercise(daily), submission.notebook), submission)

    async def skip(self, learner: str, id: str) -> DailyView:
        """Raises Conflict when it is not today's, done already, or no skip is left this week."""
        return await self.days.skip(learner, id)

    async def complete(self, learner: str, id: str) -> DailyView:
        """Mark as complete, passed or not. Raises Conflict for a skipped one."""
        return await self.days.complete(learner, id)

    async def choose(self, learner: str, answers: dict[str, Any]) -> ProfileView:
        """Keep what a learner chooses, all or none; at the end of the interview, today's exercise follows it as long as
        it was not opened. Raises LearnerError.
        """
        view = await self.learners.answer(learner, answers)
        if answers.get("interview") == "done":
            await self.days.choose_again(learner)
        return view

    async def prepare(self, learner: str) -> None:
        """Have the grader ready, today's exercise chosen, and the one that is likely tomorrow proven; old texts go."""
        await self.rights.prune(self.settings.keep_days)
        await self.grader.prepare()
        view = await self.today(learner)
        tomorrow = (await self.learners.find(learner)).on(view.daily.date + timedelta(days=1))
        due = await self.chooser.due(tomorrow)
        await self.proofs.of(await self.chooser.told(due, tomorrow))
        await self.coach.prepare(await self.days.exercise(view.daily))
        await self._write_ahead(tomorrow, due)

    async def generate(
        self, learner: str, topic: str | None = None, kind: str | None = None, difficulty: str | None = None
    ) -> Writing:
        """Have an exercise written, of what is due where nothing is named. It becomes today's as long as nothing was
        done for that, else that of the next day without one.

        Raises ModelOff, Conflict while one is being written, LearnerError.
        """
        if off := self.model.off():
            raise ModelOff(off)
        day = (await self.today(learner)).daily.date
        asking = (await self.learners.find(learner)).before(day).on(day)
        due = await self.chooser.due(asking)
        await self.authoring.make_way(learner)
        return self.authoring.start(
            wanted(asking, due, topic, kind, difficulty), place=lambda written: self.days.place(learner, written)
        )

    async def model_view(self, learner: str) -> ModelView:
        """Whether a model helps, what it took today, and what it writes for the learner."""
        spent = await self.store.spent(learner, self.now().astimezone(UTC).date())
        writing = self.authoring.running(learner)
        return ModelView(
            off=self.model.off(),
            tokens=sum(s.tokens.total for s in spent),
            daily_tokens=self.settings.model.daily_tokens,
            chat_on=self.settings.chat_on,
            questions_left=await self._questions_left(learner),
            writing=None if writing is None or writing.ahead else writing,
        )

    async def _write_ahead(self, learner: Learner, due: Candidate) -> None:
        """Have the exercise of a coming day written, once. The curriculum serves when nothing comes of it."""
        if self.model.off() or not self.settings.model.write_ahead or self._ahead.get(learner.id) == learner.today:
            return
        if await self.store.written_for(learner.id, learner.today) is None:
            self._ahead[learner.id] = learner.today
            with suppress(LearnerError):  # nothing can be written for such settings, or something is being written
                self.authoring.start(wanted(learner, due), due=learner.today)

    async def activity(self, learner: str, id: str, seconds: int) -> None:
        """Add active time to a daily."""
        await self.store.add_activity(learner, id, seconds)

    async def progress(self, learner: str) -> ProgressView:
        """Everything the progress view shows."""
        return await self.learners.progress(learner)

    async def take_in(self, learner: str, text: str) -> None:
        """Keep what a learner took along before. Raises LearnerError, and Conflict when more is kept already than an
        exercise nobody looked at.
        """
        await self._stop(learner)
        async with self.days.choosing:
            await self.rights.take(learner, text, await self.learners.today(learner))
        self.learners.changed(learner)

    async def erase(self, learner: str) -> None:
        """Delete everything that is kept of a learner; the notebooks stay."""
        await self._stop(learner)
        try:
            async with self.days.choosing:  # else an exercise that is being chosen would be kept after it
                await self.rights.erase(learner)
        finally:
            self.learners.changed(learner)

    async def _stop(self, learner: str) -> None:
        """End what would keep more of a learner."""
        if writing := self.authoring.running(learner):
            await self.authoring.cancel(learner, writing.id)
        await self.coach.speeches.stop(learner)
        self._ahead.pop(learner, None)

    async def _work(self, learner: str, id: str, sources: dict[str, str], path: str | None) -> Work:
        """The learner's notebook of an exercise, with newer sources. Raises NotFound and LearnerError."""
        daily = await self.store.daily(learner, id)
        text = json.dumps(await self.notebooks.read(path or daily.path))
        saved = await asyncio.to_thread(read_submission, text)
        if path and path != daily.path:
            about = saved.metadata.get("tutor", {})
            if about.get("daily") != id:
                raise LearnerError(f"{path} is not the notebook of this exercise: open that, and use it there")
            if about.get("slug", daily.slug) != daily.slug:
                raise LearnerError(f"the exercise of {path} was replaced by {daily.title!r}: open that, and submit it")
            if not await self.notebooks.exists(daily.path):
                daily = await self.store.change_daily(learner, id, path=path)
        return Work(daily, await self.days.exercise(daily), json.dumps(with_sources(saved, sources)))

    async def _begun(self, learner: str, id: str, sources: dict[str, str] | None, path: str | None) -> Work:
        """As `_work`; a notebook that is missing, or that cannot be read, counts as not begun."""
        daily = await self.store.daily(learner, id)
        try:
            return await self._work(learner, id, sources or {}, path)
        except LearnerError:
            return Work(daily, await self.days.exercise(daily))

    async def _reflect(self, daily: Daily, submission: Submission, verdict: dict[str, Any]) -> None:
        """Remember what a graded submission shows, up to the first that passes; `daily` is as it was before."""
        if not daily.passed:
            with_this = replace(daily, submissions=daily.submissions + 1)
            await self.coach.reflect(Work(with_this, await self.days.exercise(daily), submission.notebook), verdict)

    async def _questions_left(self, learner: str) -> int | None:
        """How many questions a learner may still ask on this date; None without a bound."""
        most = self.settings.daily_questions
        if not most:
            return None
        zone = await self.learners.zone(learner)
        midnight = start_of(local_date(self.now(), zone), zone)
        return max(0, most - await self.store.answers_since(learner, midnight))


async def build(settings: Settings, notebooks: Notebooks, model: Callable[[], ModelSettings] | None = None) -> Tutor:
    """A tutor on the database and the worker that the settings name. `model` gives the settings of the language model
    of the moment. Raises StorageError.
    """
    store = await open_store(settings.database_url)
    grader = WorkerGrader(settings.jobs or None, settings.sandbox)
    return Tutor(store, grader, notebooks, settings, model=MeteredModel(model or (lambda: settings.model), store))
