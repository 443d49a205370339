"""`ports.Model`: what may be asked, what is known already, and what each learner spends."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from jupyter_tutor.dialogue import Ask, Reply, Spent
from jupyter_tutor.errors import BudgetSpent, ModelError, ModelOff, OperatorError, StorageError
from jupyter_tutor.llm.endpoints import Endpoints
from jupyter_tutor.llm.schema import find_object
from jupyter_tutor.llm.tally import Tally
from jupyter_tutor.ports import Ledger
from jupyter_tutor.settings import ModelSettings

_log = logging.getLogger(__name__)

SWITCHED_OFF = "The language model is switched off (c.Tutor.model_on)."
NO_ENDPOINT = "There is no language model: set OPENAI_BASE_URL and OPENAI_API_KEY, or c.Tutor.base_url, to have one."


class MeteredModel:
    """`settings` are read for each request, so that a change holds at once; `now` gives the instant in UTC."""

    def __init__(
        self,
        settings: Callable[[], ModelSettings],
        ledger: Ledger,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        endpoints: Endpoints | None = None,
    ) -> None:
        self.settings, self.ledger, self.now = settings, ledger, now
        self.endpoints = endpoints or Endpoints()

    def off(self) -> str:
        try:
            settings = self.settings()
        except OperatorError as error:
            return str(error)
        if not settings.on:
            return SWITCHED_OFF
        return "" if settings.endpoints else NO_ENDPOINT

    async def ask(self, ask: Ask) -> Reply:
        settings = await self._settings()
        digest = _digest(ask, settings)
        if not ask.fresh and (kept := await self._kept(digest)) is not None:
            return Reply(kept, settings.endpoints[0].model(ask.use), cached=True)
        await self._check_budget(ask.learner, settings)
        tally = Tally(ask, settings.prices)
        try:
            answer = await self.endpoints.answer(tally, settings)
        finally:
            await self._record(tally)
        text = _usable(ask, answer.text, answer.finish)
        await self._keep(digest, text, ask.learner)
        return Reply(text, answer.model, tally.total())

    async def stream(self, ask: Ask) -> AsyncGenerator[str, None]:
        settings = await self._settings()
        await self._check_budget(ask.learner, settings)
        tally = Tally(ask, settings.prices)
        said, finish = False, None
        try:
            async with aclosing(self.endpoints.pieces(tally, settings)) as pieces:
                async for piece in pieces:
                    finish = piece.finish or finish
                    if piece.text:
                        said = True
                        yield piece.text
        finally:
            await self._record(tally)
        _complete(ask, said, finish)

    async def close(self) -> None:
        await self.endpoints.close()

    async def _settings(self) -> ModelSettings:
        if why := await asyncio.to_thread(self.off):
            raise ModelOff(why)
        return self.settings()

    async def _check_budget(self, learner: str, settings: ModelSettings) -> None:
        if not settings.daily_tokens:
            return
        today = self.now().astimezone(UTC).date()
        try:
            spent = sum(entry.tokens.total for entry in await self.ledger.spent(learner, today))
        except StorageError as error:
            raise ModelError(f"what was spent today cannot be read: {error}") from error
        if spent >= settings.daily_tokens:
            tomorrow = today + timedelta(days=1)
            raise BudgetSpent(
                f"the {settings.daily_tokens:,} tokens of today are used up ({spent:,}): "
                f"there are new ones from {tomorrow} 00:00 UTC on; all else goes on without a model"
            )

    async def _record(self, tally: Tally) -> None:
        today = self.now().astimezone(UTC).date()
        for model, tokens in tally.tokens.items():
            try:
                await self.ledger.add_spent(Spent(tally.ask.learner, today, tally.ask.use, model, tokens))
            except StorageError as error:  # the answer is there, and paid for
                _log.warning("What a language model took could not be written down: %s", error)

    async def _kept(self, digest: str) -> str | None:
        try:
            return await self.ledger.kept_reply(digest)
        except StorageError as error:
            _log.warning("Kept answers cannot be read: %s", error)
            return None

    async def _keep(self, digest: str, text: str, learner: str) -> None:
        try:
            await self.ledger.keep_reply(digest, text, learner)
        except StorageError as error:
            _log.warning("An answer could not be kept: %s", error)


def _usable(ask: Ask, text: str, finish: str | None) -> str:
    """The text that was asked for. Raises ModelError."""
    _complete(ask, bool(text.strip()), finish)
    if ask.schema is None:
        return text
    found = find_object(text)
    if found is None:
        raise ModelError("the language model did not answer with a JSON object: try again, or choose another model")
    return found


def _complete(ask: Ask, said: bool, finish: str | None) -> None:
    if finish == "length":
        raise ModelError(
            f"the language model did not come to an end within {ask.most} tokens: try again, or choose another model"
        )
    if finish == "content_filter":
        raise ModelError("the language model's provider withheld the answer: ask for something else")
    if not said:
        raise ModelError("the language model answered nothing: try again, or choose another model")


def _digest(ask: Ask, settings: ModelSettings) -> str:
    """Of all that an answer depends on; whoever asks the same gets the same."""
    asked = [[message.role, message.content] for message in ask.messages]
    models = [(endpoint.base_url, endpoint.model(ask.use)) for endpoint in settings.endpoints]
    schema = None if ask.schema is None else dict(ask.schema)
    parts = [ask.prompt, asked, schema, ask.most, models, settings.temperature]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
