"""One endpoint: single requests to it, in a form that it accepts."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from jupyter_tutor.dialogue import Ask, Use
from jupyter_tutor.llm.breaker import Breaker
from jupyter_tutor.llm.client import Client
from jupyter_tutor.llm.faults import Fault, Teller
from jupyter_tutor.llm.reading import Piece
from jupyter_tutor.llm.shape import Shape
from jupyter_tutor.llm.tally import Tally
from jupyter_tutor.settings import Endpoint, ModelSettings


class _Listed(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Listed]


@dataclass(frozen=True)
class Answer:
    """A whole answer; `finish` is why it ended."""

    text: str
    finish: str | None
    model: str


class Connection:
    """What was learnt of one endpoint: whether it works, its first model, and the forms that each model accepts."""

    def __init__(self, endpoint: Endpoint, clock: Callable[[], float]) -> None:
        self.endpoint = endpoint
        self.breaker = Breaker(clock)
        self.shapes: dict[str, Shape] = {}
        self.client = Client(endpoint)
        self._first_model = ""

    async def pieces(self, ask: Ask, settings: ModelSettings, tally: Tally) -> AsyncGenerator[Piece, None]:
        """An answer, asked for in the best form that the server accepts. Raises Fault."""
        try:
            async with aclosing(self._formed(ask, settings, tally)) as pieces:
                async for piece in pieces:
                    yield piece
        except Fault as fault:
            if fault.again:
                self.breaker.failed()
            raise
        self.breaker.worked()

    async def _formed(self, ask: Ask, settings: ModelSettings, tally: Tally) -> AsyncGenerator[Piece, None]:
        model = await self.model_for(ask.use, settings.seconds)
        shape: Shape | None = self.shapes.get(model, Shape())
        refusal: Fault | None = None
        while shape is not None:
            try:
                async with aclosing(self._sent(ask, model, shape, settings, tally)) as pieces:
                    async for piece in pieces:
                        self.shapes[model] = shape
                        yield piece
                return
            except Fault as fault:
                refusal = refusal or fault
                shape = shape.simpler(fault.status, fault.said, ask.schema is not None) if fault.status else None
        raise refusal or Teller(self.endpoint, model).no_answer()

    async def answer(self, ask: Ask, settings: ModelSettings, tally: Tally) -> Answer:
        """The same as a whole."""
        parts, finish = [], None
        async with aclosing(self.pieces(ask, settings, tally)) as pieces:
            async for piece in pieces:
                parts.append(piece.text)
                finish = piece.finish or finish
        return Answer("".join(parts), finish, await self.model_for(ask.use, settings.seconds))

    async def model_for(self, use: Use, seconds: float) -> str:
        """The model that is set for a use, else the first that the server lists. Raises Fault."""
        return self.endpoint.model(use) or self._first_model or await self._find_model(seconds)

    async def _find_model(self, seconds: float) -> str:
        teller = Teller(self.endpoint)
        body = await self.client.models(seconds, teller)
        try:
            listed = _Models.model_validate_json(body).data
        except ValidationError:
            raise teller.no_answer() from None
        if not listed:
            raise teller.no_models()
        self._first_model = listed[0].id
        return self._first_model

    async def _sent(
        self, ask: Ask, model: str, shape: Shape, settings: ModelSettings, tally: Tally
    ) -> AsyncGenerator[Piece, None]:
        """One request in one form; it is counted once something was answered."""
        heard = _Heard()
        body = shape.body(ask, model, settings.temperature)
        try:
            pieces = self.client.complete(body, settings.seconds, Teller(self.endpoint, model))
            async with aclosing(pieces):
                async for piece in pieces:
                    heard.add(piece)
                    yield piece
        finally:
            if heard.anything:
                tally.add(model, heard.input, heard.output, heard.characters)


@dataclass
class _Heard:
    """What came of an answer so far."""

    anything: bool = False
    characters: int = 0
    input: int | None = field(default=None)
    output: int | None = field(default=None)

    def add(self, piece: Piece) -> None:
        self.anything = True
        self.characters += len(piece.text)
        self.input = piece.input or self.input
        self.output = piece.output or self.output
