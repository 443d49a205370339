"""What is known of each learner: profile, progress, notices, and what changes while somebody looks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from jupyter_tutor.errors import LearnerError, TutorError
from jupyter_tutor.generation.wanted import can_be_written_about
from jupyter_tutor.grading.feed import Event
from jupyter_tutor.learning.achievements import Achievement, badges, newly_earned
from jupyter_tutor.learning.clock import day_of
from jupyter_tutor.learning.interview import questions, unanswered
from jupyter_tutor.learning.learner import Learner, as_topic, fits
from jupyter_tutor.learning.level import between, touched
from jupyter_tutor.learning.model import Daily, Filters, Level, Notice, Past
from jupyter_tutor.learning.profile import Choice, Profile, checked, chosen, last_choice, word
from jupyter_tutor.learning.streak import calendar, streak_rule
from jupyter_tutor.overview import ProfileView, ProgressView, SkillView
from jupyter_tutor.ports import Store
from jupyter_tutor.settings import Settings

Offer = Mapping[str, Mapping[str, Collection[Level]]]
"""What there is to choose from: by language and topic, the levels of its exercises."""
_KNOWN = 100
"""Learners of whom all that follows from their history is kept at hand."""


_AHEAD = timedelta(days=60)
"""A clock that is moved back is moved by less; a date that is further ahead comes of a clock that ran ahead."""


class Learners:
    """`offer` gives what there is to choose from, `writes` whether exercises can be written on other topics."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        now: Callable[[], datetime],
        offer: Callable[[], Awaitable[Offer]],
        writes: Callable[[], bool],
        achievements: Sequence[Achievement],
    ) -> None:
        self.store, self.rules, self.now = store, settings.rules, now
        self.offer, self.writes, self.achievements = offer, writes, achievements
        self.defaults = Profile(
            settings.language, settings.time_zone, skill=settings.skill, interests=settings.rules.interests
        )
        self._known: dict[str, Learner] = {}
        self._listeners: dict[str, set[asyncio.Queue[Event]]] = {}
        self._followed: set[asyncio.Task[None]] = set()

    async def find(self, id: str) -> Learner:
        """A learner as of the local date."""
        choices, history = await asyncio.gather(self.store.choices(id), self.store.history(id))
        profile = chosen(self.defaults, choices)
        today = day_of(self.now(), profile.time_zone, _dates(history, choices, self.now()))
        learner = Learner(id, today, profile, history, choices, self.rules)
        if self._known.get(id) != learner:
            self._known[id] = learner
            for old in list(self._known)[:-_KNOWN]:
                del self._known[old]
        return self._known[id]  # with what was worked out before

    async def zone(self, id: str) -> str:
        """The learner's time zone."""
        return chosen(self.defaults, await self.store.choices(id)).time_zone

    async def today(self, id: str) -> date:
        """The learner's local date; never before a date on which the learner did something."""
        choices, latest = await asyncio.gather(self.store.choices(id), self.store.latest_daily(id))
        zone, soon = chosen(self.defaults, choices).time_zone, self.now().date() + _AHEAD
        if latest is not None and latest.date > soon and latest.status == "pending":
            return (await self.find(id)).today
        known = [choice.day for choice in choices if choice.day <= soon]
        return day_of(self.now(), zone, known + ([latest.date] if latest else []))

    async def profile(self, id: str) -> ProfileView:
        """What the learner chose, and where the interview is."""
        return await self._profile_view(await self.find(id))

    async def answer(self, id: str, answers: Mapping[str, Any]) -> ProfileView:
        """Keep choices, all or none. Raises LearnerError for one that cannot be."""
        learner, offer = await self.find(id), await self.offer()
        profile, choices = learner.profile, []
        for name, value in sorted(answers.items(), key=lambda pair: pair[0] in ("level", "wish")):  # within bounds
            value = checked(name, value, profile, sorted(offer))
            if name == "wish" and value:
                self._check_wish(str(value), profile, offer.get(profile.language, {}))
            known = last_choice(learner.choices, name)
            if known and known.value == value and getattr(profile, name) == value:
                continue
            choices.append(Choice(name, value, learner.today))
            profile = chosen(profile, choices[-1:])
        await self.store.add_choices(id, choices)
        self.changed(id)
        return await self.profile(id)

    async def progress(self, id: str) -> ProgressView:
        """Everything the progress view shows."""
        learner = await self.find(id)
        await asyncio.to_thread(learner.work_out)
        notices = await self._notify(learner)
        earned = {notice.key: notice.day for notice in notices if notice.kind == "badge"}
        latest = await self.store.dailies(id, Filters(), None, 20)
        frequency = learner.frequencies.on(learner.today + timedelta(days=1))
        return ProgressView(
            today=learner.today,
            level=learner.level,
            level_history=learner.leveled[1],
            streaks=learner.streaks,
            streak_rule=streak_rule(frequency, self.rules),
            frequency=frequency,
            completed=sum(past.status == "completed" for past in learner.history),
            passed=sum(past.passed for past in learner.history),
            active_seconds=sum(past.seconds for past in learner.history),
            skips_left=learner.skips_left,
            calendar=calendar(learner.history, learner.today, self.rules, learner.frequencies),
            latest=latest.items,
            skills=skills(learner),
            badges=badges(self.achievements, learner.measures(), earned),
        )

    async def notices(self, id: str) -> Sequence[Notice]:
        """What the learner is to be told, oldest first."""
        return [notice for notice in await self._notify(await self.find(id)) if not notice.seen]

    async def see_notices(self, id: str, keys: Collection[str]) -> None:
        """It was told."""
        await self.store.see_notices(id, keys)

    async def changes(self, id: str) -> AsyncIterator[Event]:
        """What changes, without an end: `changed`, and how far grading is."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.setdefault(id, set()).add(queue)
        try:
            yield Event("changed", {})
            while True:
                yield await queue.get()
        finally:
            self._listeners[id].discard(queue)

    def tell(self, id: str, event: Event) -> None:
        """Tell those who look."""
        for queue in self._listeners.get(id, ()):
            queue.put_nowait(event)

    def changed(self, id: str) -> None:
        """There is something to ask for again."""
        self._known.pop(id, None)
        self.tell(id, Event("changed", {}))

    def follow(self, daily: Daily, events: AsyncIterator[Event]) -> None:
        """Tell how a submission's grading goes, and that there is something new at its end."""
        task = asyncio.create_task(self._follow(daily, events))
        self._followed.add(task)
        task.add_done_callback(self._followed.discard)

    async def close(self) -> None:
        """Stop following."""
        for task in self._followed:
            task.cancel()
        await asyncio.gather(*self._followed, return_exceptions=True)

    async def _follow(self, daily: Daily, events: AsyncIterator[Event]) -> None:
        with suppress(TutorError):
            async for event in events:
                if event.kind == "progress":
                    where = {"daily": daily.id, "title": daily.title}
                    self.tell(daily.learner, Event("progress", where | event.data))
        self.changed(daily.learner)

    async def _notify(self, learner: Learner) -> Sequence[Notice]:
        """All notices, with those that came up since the last time."""
        kept = await self.store.notices(learner.id)
        keys = {notice.key for notice in kept}
        found = [*newly_earned(self.achievements, learner.measures(), learner.today), *_steps(learner)]
        if fresh := [notice for notice in found if notice.key not in keys]:
            await self.store.add_notices(learner.id, fresh)
            kept = await self.store.notices(learner.id)
        return kept

    async def _profile_view(self, learner: Learner) -> ProfileView:
        offer = await self.offer()
        return ProfileView(
            profile=learner.profile,
            wish=learner.wish,
            questions=questions(sorted(offer)),
            unanswered=unanswered(learner.choices, sorted(offer)),
            level=learner.level,
            levels=between(*learner.profile.bounds),
            topics=tuple(sorted(offer.get(learner.profile.language, ()))),
        )

    def _check_wish(self, wish: str, profile: Profile, topics: Mapping[str, Collection[Level]]) -> None:
        """Raises LearnerError when there is nothing on that topic for the learner, and nothing can be written."""
        levels = set(between(*profile.bounds))
        within = [topic for topic, found in topics.items() if levels.intersection(found)]
        if fits(as_topic(wish), within) or (self.writes() and can_be_written_about(wish)):
            return
        known = ", ".join(sorted(topic.replace("-", " ") for topic in within))
        why = " at the levels of your skill" if fits(as_topic(wish), tuple(topics)) else ""
        raise LearnerError(f"there is no exercise on {word(wish)!r}{why}: there are some on {known}")


def skills(learner: Learner) -> list[SkillView]:
    """How well a learner knows each topic, the best known first."""
    known, recalls, mastered = learner.knowledge, learner.recalls, set(learner.mastered)
    last = {topic: past.date for past in learner.history for topic in past.topics}
    found, day = [], float(learner.today.toordinal())
    for topic in known.topics:
        mastery, recall = known.mastery(topic, day), recalls.get(topic)
        mean, low, high = (round(100 * share, 1) for share in (mastery.mean, mastery.low, mastery.high))
        due = recall.due if recall else None
        found.append(SkillView(topic, mean, low, high, mastery.evidence, topic in mastered, last[topic], due))
    return sorted(found, key=lambda skill: (-skill.mean, skill.topic))


def _dates(history: Sequence[Past], choices: Sequence[Choice], now: datetime) -> list[date]:
    """The dates before which the learner's cannot go back: of dailies that something was done with, and of what is not
    far ahead. A clock that once ran ahead would stop the calendar otherwise.
    """
    soon = now.date() + _AHEAD
    dailies = [past.date for past in history[-1:] if past.date <= soon]
    done = [past.date for past in reversed(history) if touched(past)][:1]
    return dailies + done + [choice.day for choice in choices if choice.day <= soon]


def _steps(learner: Learner) -> list[Notice]:
    """The level's latest steps, as notices."""
    return [
        Notice(f"level/{change.date}/{change.level}", "level", f"Level: {change.level}", change.reason, change.date)
        for change in learner.leveled[1]
    ]
