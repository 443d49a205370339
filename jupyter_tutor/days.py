"""A learner's dailies: chosen, opened, skipped, completed, replaced."""

import asyncio
import uuid
from collections.abc import Collection
from datetime import date, timedelta
from itertools import count
from typing import Any

from jupyter_tutor.errors import Conflict, OperatorError
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.release import daily_copy
from jupyter_tutor.generation.chooser import Chooser
from jupyter_tutor.generation.library import Library
from jupyter_tutor.learners import Learners
from jupyter_tutor.learning.learner import Learner, fits
from jupyter_tutor.learning.model import Daily, Written
from jupyter_tutor.learning.profile import Choice, last_choice
from jupyter_tutor.learning.streak import skips_left
from jupyter_tutor.overview import DailyView
from jupyter_tutor.ports import Notebooks, Store

WRITTEN = "It was written for you."


class Days:
    """`folder` is where learners' notebooks go, below the server's root."""

    def __init__(
        self, store: Store, library: Library, chooser: Chooser, learners: Learners, notebooks: Notebooks, folder: str
    ) -> None:
        self.store, self.library, self.chooser, self.learners = store, library, chooser, learners
        self.notebooks, self.folder = notebooks, folder
        self.choosing = asyncio.Lock()  # a learner's exercise is chosen once

    async def today(self, learner: str) -> DailyView:
        """Today's exercise, the same however often it is asked for."""
        latest = await self.store.latest_daily(learner)
        day = await self.learners.today(learner)
        if latest is not None and latest.date == day:
            return await self.view(latest)
        async with self.choosing:
            daily = await self.store.daily_for(learner, day)
            return await self.view(daily or await self._choose(await self.learners.find(learner)))

    async def view(self, daily: Daily) -> DailyView:
        """A daily with what a learner sees around it."""
        day = await self.learners.today(daily.learner)
        week = await self.store.history(daily.learner, since=day - timedelta(days=6))
        exercise = await self.library.find(daily.learner, daily.slug, daily.theme)
        return DailyView(
            daily=daily,
            metadata=exercise.metadata if exercise else None,
            hints=tuple(await self.store.hints(daily.id)),
            latest=await self.store.latest_submission(daily.id),
            is_today=daily.date == day,
            skips_left=skips_left(week, day, self.learners.rules),
        )

    async def exercise(self, daily: Daily) -> Exercise:
        """Raises OperatorError when its notebook is gone."""
        exercise = await self.library.find(daily.learner, daily.slug, daily.theme)
        if exercise is None:
            raise OperatorError(
                f"the exercise {daily.slug!r} is no longer in the curriculum: "
                "put its notebook back (c.Tutor.curriculum)"
            )
        return exercise

    async def open(self, learner: str, id: str) -> tuple[Daily, bool]:
        """Make sure that the learner's notebook is there; whether it had to be written. It is never overwritten."""
        daily = await self.store.daily(learner, id)
        created = not await self.notebooks.exists(daily.path)
        if created:
            await self.notebooks.write(daily.path, daily_copy(await self.exercise(daily), daily.id))
        await self.store.change_daily(learner, id, opened=True)
        opened = await self._change(daily, only_from=["pending"], status="in_progress")
        return (opened, created) if opened.path == daily.path else await self.open(learner, id)

    async def skip(self, learner: str, id: str) -> DailyView:
        """Raises Conflict when it is not today's, done already, or no skip is left this week."""
        view = await self.view(await self.store.daily(learner, id))
        if not view.is_today:
            raise Conflict("only today's exercise can be skipped")
        if view.daily.status in ("completed", "skipped"):
            raise Conflict(f"this exercise is {view.daily.status} already")
        if not view.skips_left:
            most = self.learners.rules.skips_a_week
            raise Conflict(f"no skip is left this week: {most} exercises a week can be skipped")
        return await self.view(await self._change(view.daily, only_from=["pending", "in_progress"], status="skipped"))

    async def complete(self, learner: str, id: str) -> DailyView:
        """Mark as complete, passed or not. Raises Conflict for a skipped one."""
        changes = {"status": "completed", "completed_at": self.learners.now()}
        daily = await self._change(await self.store.daily(learner, id), only_from=["pending", "in_progress"], **changes)
        if daily.status == "skipped":
            raise Conflict("this exercise was skipped: it cannot be completed any more")
        return await self.view(daily)

    async def choose_again(self, learner: str) -> None:
        """Let today's exercise follow a new profile, as long as the learner has not even opened it."""
        now = await self.learners.find(learner)
        daily = await self.store.daily_for(learner, now.today)
        wish = last_choice(now.choices, "wish")
        granted = wish is not None and wish == Choice("wish", "", now.today)  # by the exercise that is there
        if daily is not None and daily.status == "pending" and not (daily.opened or granted):
            async with self.choosing:
                exercise, because = await self.chooser.choose(now.before(now.today))
                chosen = self._daily(learner, now.today, exercise, because)
                await self._granted(now, await self.store.replace_daily(learner, daily.id, chosen, only_unopened=True))

    async def place(self, learner: str, written: Written) -> Daily | None:
        """Today's daily with the written exercise, or None when it is kept for another day."""
        daily = (await self.today(learner)).daily
        made = self._daily(learner, daily.date, self.library.read(written), (WRITTEN,))
        placed = await self.store.replace_daily(learner, daily.id, made)
        if placed.slug == written.slug:
            return await self._granted(await self.learners.find(learner), placed)
        taken = {other.due for other in await self.store.written(learner)}
        days = (daily.date + timedelta(days=number) for number in count(1))
        await self.store.change_written(learner, written.id, due=next(day for day in days if day not in taken))
        return None

    async def _change(self, daily: Daily, only_from: Collection[Any], **values: Any) -> Daily:
        """Change a daily, and tell those who look at the learner's progress."""
        changed = await self.store.change_daily(daily.learner, daily.id, only_from=only_from, **values)
        if changed.status != daily.status:
            self.learners.changed(daily.learner)
        return changed

    async def _choose(self, learner: Learner) -> Daily:
        """Choose the exercise of a day, prove it, and keep the daily. One that was written ahead has to suit what the
        learner chose since.
        """
        written = await self.store.written_for(learner.id, learner.today)
        exercise = self.library.read(written) if written else None
        because = self.chooser.suits(exercise, learner) if exercise else None
        if exercise is not None and because is not None and await self.chooser.fit(exercise):
            because = (WRITTEN, *because)
        else:
            exercise, because = await self.chooser.choose(learner)
        daily = self._daily(learner.id, learner.today, exercise, because)
        return await self._granted(learner, await self.store.add_daily(daily))

    async def _granted(self, learner: Learner, daily: Daily) -> Daily:
        """A wish is fulfilled with the first exercise that fits it."""
        if fits(learner.wish, daily.topics):
            await self.store.add_choices(learner.id, [Choice("wish", "", daily.date)])
        return daily

    def _daily(self, learner: str, day: date, exercise: Exercise, because: tuple[str, ...]) -> Daily:
        data = exercise.metadata
        return Daily(
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
            path=f"{self.folder}/{day.isoformat()}-{data.slug}.ipynb",
            theme=data.theme,
            because=because,
        )
