"""Has a language model speak to a learner, and lets through only what gives nothing away."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from jupyter_tutor.dialogue import Ask, Message
from jupyter_tutor.errors import Leaked, ModelError, sentence
from jupyter_tutor.ports import Model
from jupyter_tutor.tutoring.prompts.again import again
from jupyter_tutor.tutoring.speech import Speech
from jupyter_tutor.tutoring.stream import guarded

Judge = Callable[[str, Sequence[str]], Awaitable[str]]
"""Why a text gives the answer away, together with others that were seen; an empty string when it does not."""
TOO_MUCH = "That said too much about the answer. Once more:"
BROKEN = "The language model stopped in the middle. Without it:"
WITHHELD = "What the language model wrote said too much about the answer, so it is left out."
TRIES = 2


class Speaker:
    """Without a model that answers, or with one that gives the answer away twice, nothing is said."""

    def __init__(self, model: Model) -> None:
        self.model = model

    async def speak(self, ask: Ask, judge: Judge, speech: Speech) -> str:
        """Have the model say what was asked for. What it said before it failed is taken back.

        Why nothing was said, as a sentence; an empty string when it was.
        """
        if off := self.model.off():
            return off
        messages: tuple[Message, ...] = ask.messages
        for _ in range(TRIES):
            written: list[str] = []
            try:
                async with aclosing(self._pieces(replace(ask, messages=messages), written)) as pieces:
                    async for piece in guarded(pieces, lambda text: judge(text, speech.seen)):
                        speech.say(piece)
            except Leaked as leaked:
                messages = (*messages, *again("".join(written), str(leaked)))
                speech.take_back(TOO_MUCH)
            except ModelError as error:
                speech.take_back(BROKEN)
                return sentence(str(error))
            else:
                speech.source = "model"
                return ""
        return WITHHELD

    async def _pieces(self, ask: Ask, written: list[str]) -> AsyncGenerator[str, None]:
        """What the model writes, also kept in `written`."""
        async with aclosing(self.model.stream(ask)) as pieces:
            async for piece in pieces:
                written.append(piece)
                yield piece
