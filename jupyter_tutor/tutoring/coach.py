"""Help for one learner at a time: hints, answers to questions, and feedback.

A language model speaks where there is one, through the guard; everything works without it.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from jupyter_tutor.dialogue import Ask
from jupyter_tutor.errors import BudgetSpent, Conflict, LearnerError, ModelError, NotFound, sentence
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import Merged, merge, read_submission, with_answers
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.grading.proofs import Proofs
from jupyter_tutor.learning.model import Daily, GivenHint, Submission
from jupyter_tutor.ports import Model, Store
from jupyter_tutor.tutoring.clues import Clue
from jupyter_tutor.tutoring.feedback import MODEL, feedback
from jupyter_tutor.tutoring.guard import leak
from jupyter_tutor.tutoring.hints import rung
from jupyter_tutor.tutoring.prompts import chatting, commenting, hinting
from jupyter_tutor.tutoring.prompts.again import again
from jupyter_tutor.tutoring.remembering import Remembering
from jupyter_tutor.tutoring.situation import Situation
from jupyter_tutor.tutoring.speaker import TRIES, Judge, Speaker
from jupyter_tutor.tutoring.speech import Speech, Speeches

_log = logging.getLogger(__name__)
MOST_QUESTION = 4000
"""Characters of a question."""
_FOUND = 50
"""Answers of which it is kept what was found out."""
_PATIENCE = 0.1
"""Seconds that a model waits for clues; those of an answer that was submitted are there already."""
SHOWN = "This is what running your code shows:"
NO_HINT = (
    "there is nothing to say about your code, and this exercise has no hints of its own: "
    "read its examples, then submit and read the reasons of the checks"
)
NOTHING_SEEN = "There is nothing to tell about your code yet: submit it, or ask for a hint."


class Diagnoses(Protocol):
    """Finds out what is wrong with an answer."""

    async def clues(self, exercise: Exercise, proof: Proof, merged: Merged) -> tuple[Clue, ...]:
        """The best first."""

    async def prepare(self, exercise: Exercise, proof: Proof) -> None:
        """Get ready for the first hint."""


@dataclass(frozen=True)
class Work:
    """A learner's work on an exercise: the JSON of the notebook as it is, nothing when it was not begun."""

    daily: Daily
    exercise: Exercise
    notebook: str = ""


class Coach:
    """`questions_left` gives how many questions a learner still has today, None without a bound."""

    def __init__(
        self,
        store: Store,
        model: Model,
        proofs: Proofs,
        diagnosis: Diagnoses,
        remembering: Remembering,
        now: Callable[[], datetime],
        questions_left: Callable[[str], Awaitable[int | None]],
    ) -> None:
        self.store, self.model, self.proofs, self.diagnosis, self.now = store, model, proofs, diagnosis, now
        self.remembering, self.questions_left = remembering, questions_left
        self.speaker, self.speeches = Speaker(model), Speeches()
        self._found: dict[str, asyncio.Task[tuple[Clue, ...]]] = {}

    async def hint(self, work: Work) -> Speech:
        """The next hint; one that is being written already is given to both who asked."""
        daily = work.daily
        if running := self.speeches.running(daily.learner, daily.id, "hint"):
            return running
        speech = Speech(daily.learner, daily.id, "hint", of=len(work.exercise.metadata.hints))
        return await self._start(speech, lambda speech: self._hint(work, speech))

    async def ask(self, work: Work, question: str) -> Speech:
        """The answer to a question. Raises LearnerError for an empty or very long one, Conflict while one is being
        answered, BudgetSpent when the model has answered those of the day.
        """
        daily, question = work.daily, question.strip()
        if not question or len(question) > MOST_QUESTION:
            raise LearnerError(f"ask in 1 to {MOST_QUESTION:,} characters: the tutor sees your code by itself")
        if self.speeches.running(daily.learner, daily.id, "answer"):
            raise Conflict("your last question is being answered: wait for that")
        if not self.model.off() and await self.questions_left(daily.learner) == 0:
            raise BudgetSpent("the questions of today are used up, there are new ones tomorrow: hints go on")
        if self.speeches.running(daily.learner, daily.id, "answer"):  # while the questions were counted
            raise Conflict("your last question is being answered: wait for that")
        return await self._start(
            Speech(daily.learner, daily.id, "answer", question=question),
            lambda speech: self._answer(work, question, speech),
        )

    async def comment(self, work: Work, submission: Submission) -> Speech:
        """Feedback on a graded submission. Raises Conflict for one without a verdict."""
        if not submission.verdict:
            raise Conflict(f"this submission has no verdict: {submission.problem or 'wait for it'}")
        verdict = json.loads(submission.verdict)
        speech = Speech(work.daily.learner, work.daily.id, "feedback", source="diagnosis")
        return await self._start(speech, lambda speech: self._comment(work, verdict, speech))

    async def reflect(self, work: Work, verdict: dict[str, Any]) -> None:
        """Remember what a graded answer shows; nobody waits for it, so an error is logged."""
        try:
            situation = await self._situation(work, verdict)
            await self.store.daily(work.daily.learner, work.daily.id)
            await self.remembering.after_verdict(work.daily, bool(verdict.get("passed")), situation.clues)
        except NotFound:
            return  # the learner had everything deleted meanwhile
        except Exception as error:
            _log.warning("what a submission shows could not be remembered (%s)", type(error).__name__)

    async def prepare(self, exercise: Exercise) -> None:
        """Get ready for the first hint on an exercise."""
        await self.diagnosis.prepare(exercise, await self.proofs.of(exercise))

    async def close(self) -> None:
        """Stop speaking."""
        await self.speeches.stop()
        for task in self._found.values():
            task.cancel()
        await asyncio.gather(*self._found.values(), return_exceptions=True)

    async def _start(self, speech: Speech, work: Callable[[Speech], Awaitable[None]]) -> Speech:
        """Without a model all is said at once."""
        self.speeches.start(speech, work)
        if self.model.off() and speech.task is not None:
            await asyncio.wait([speech.task])
        return speech

    async def _hint(self, work: Work, speech: Speech) -> None:
        situation = await self._situation(work)
        given, clue = len(situation.hints), situation.new_clue
        authored = situation.exercise.metadata.hints
        number, says = rung(situation.exercise, given) if authored else (given + 1, "")
        speech.rung = given + 1
        prompt = hinting.messages(situation, number, says)
        ask = Ask("hint", work.daily.learner, hinting.NAME, prompt, most=hinting.MOST)
        if await self.speaker.speak(ask, self._judge(situation), speech):
            clue = (await self._in_full(situation)).new_clue
            parts = ([clue.text] if clue else []) + ([says] if says and number > given else [])
            if not parts and not situation.hints:
                raise NotFound(NO_HINT)
            if not parts:
                return _repeat(situation.hints[-1], speech)
            speech.source = "diagnosis" if clue else "author"
            speech.say("\n\n".join(parts))
        hint = GivenHint(speech.rung, speech.text, self.now(), clue.key if clue else "", speech.source)
        return await self.store.add_hint(work.daily.learner, work.daily.id, hint, work.daily.slug)

    async def _answer(self, work: Work, question: str, speech: Speech) -> None:
        learner, daily = work.daily.learner, work.daily.id
        situation = await self._situation(work)
        await self.store.add_message(learner, daily, "learner", question, self.now(), slug=work.daily.slug)
        await self.remembering.after_message(learner, question)
        prompt = chatting.messages(situation, question)
        ask = Ask("chat", learner, chatting.NAME, prompt, most=chatting.MOST)
        if why := await self.speaker.speak(ask, self._judge(situation), speech):
            shown = [clue.text for clue in (await self._in_full(situation)).clues[:2]]
            speech.source = "diagnosis"
            speech.say(f"{why}\n\n")
            said = "\n\n".join([SHOWN, *shown] if shown else [NOTHING_SEEN])
            speech.say(said)
            await self.store.add_message(learner, daily, "tutor", said, self.now(), "diagnosis", work.daily.slug)
        else:
            await self.store.add_message(learner, daily, "tutor", speech.text, self.now(), "model", work.daily.slug)

    async def _comment(self, work: Work, verdict: dict[str, Any], speech: Speech) -> None:
        situation = await self._situation(work, verdict)
        speech.say(feedback(situation))
        if self.model.off():
            return
        passed = bool(verdict.get("passed"))
        schema = commenting.Comment.model_json_schema()
        prompt = commenting.messages(situation, passed)
        ask = Ask("hint", work.daily.learner, commenting.NAME, prompt, schema, commenting.MOST)
        with suppress(ModelError):
            if text := await self._added(ask, passed, self._judge(situation)):
                speech.seen.append(text)
                speech.say(f"\n\n{MODEL}\n\n{text}")

    async def _added(self, ask: Ask, passed: bool, judge: Judge) -> str:
        """What a model adds to the feedback; nothing when that says too much, or contradicts the verdict, twice."""
        for _ in range(TRIES):
            reply = await self.model.ask(ask)
            text = commenting.text(reply.text, passed)
            reason = await judge(text, ()) if text else "it does not fit the schema, or contradicts the verdict"
            if not reason:
                return text
            ask = replace(ask, messages=(*ask.messages, *again(reply.text, reason)))
        return ""

    def _judge(self, situation: Situation) -> Judge:
        exercise, proof, answers = situation.exercise, situation.proof, situation.merged.answers
        told = (*situation.told, *situation.seen)
        return lambda text, more: leak(exercise, proof, answers, text, self.proofs.grader, (*told, *more))

    async def _situation(self, work: Work, verdict: dict[str, Any] | None = None) -> Situation:
        """All that is known. A notebook that is none of this exercise counts as not begun, and is the first clue."""
        daily, exercise = work.daily, work.exercise
        merged, wrong = await asyncio.to_thread(_merged, exercise, work.notebook)
        proof = await self.proofs.of(exercise)
        patience = None if verdict or self.model.off() else _PATIENCE
        latest = await self.store.latest_submission(daily.id) if verdict is None else None
        if latest is not None and latest.verdict:
            verdict = json.loads(latest.verdict)
        clues = await self._clues(exercise, proof, merged, patience)
        return Situation(
            daily,
            exercise,
            proof,
            merged,
            (*wrong, *clues),
            verdict,
            tuple(await self.store.hints(daily.id)),
            tuple(await self.store.messages(daily.learner, daily.id)),
            await self.remembering.of(daily.learner),
            self.speeches.seen(daily.id),
            await self.remembering.likes(daily.learner),
        )

    async def _in_full(self, situation: Situation) -> Situation:
        """A situation with all clues."""
        clues = await self._clues(situation.exercise, situation.proof, situation.merged, None)
        known = (clue for clue in situation.clues if clue not in clues)
        return replace(situation, clues=(*known, *clues))

    async def _clues(
        self, exercise: Exercise, proof: Proof, merged: Merged, patience: float | None
    ) -> tuple[Clue, ...]:
        """What is found out once for an answer, however often it is asked about; none when it takes longer than so many
        seconds.
        """
        key = sha256(json.dumps([proof.digest, merged.cells]).encode()).hexdigest()
        if key not in self._found:
            self._found[key] = asyncio.create_task(self._look(exercise, proof, merged))
            for old in [k for k, task in self._found.items() if task.done()][:-_FOUND]:
                del self._found[old]
        task = self._found[key]
        await asyncio.wait([task], timeout=patience)
        return task.result() if task.done() else ()

    async def _look(self, exercise: Exercise, proof: Proof, merged: Merged) -> tuple[Clue, ...]:
        """The clues; none where the diagnosis fails, so that the author's hints and the model go on."""
        try:
            return await self.diagnosis.clues(exercise, proof, merged)
        except Exception as error:
            _log.warning("an answer could not be diagnosed: %s: %s", type(error).__name__, error)
            return ()


def _merged(exercise: Exercise, notebook: str) -> tuple[Merged, tuple[Clue, ...]]:
    """What the learner has, or what they began with and why it is taken for that."""
    starter = with_answers(exercise, exercise.starter())
    if not notebook:
        return starter, ()
    try:
        return merge(exercise, read_submission(notebook)), ()
    except LearnerError as error:
        return starter, (Clue(f"error:notebook:{error}", "error", sentence(str(error))),)


def _repeat(hint: GivenHint, speech: Speech) -> None:
    """There is nothing new to say: the last hint once more."""
    speech.rung, speech.source, speech.again = hint.rung, hint.source, True
    speech.say(hint.text)
