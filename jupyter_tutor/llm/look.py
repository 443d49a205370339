"""A look at an endpoint: whether it answers, and in which form it can be asked for an object."""

import time
from dataclasses import dataclass, replace

from jupyter_tutor.dialogue import Ask, Message
from jupyter_tutor.errors import ModelError, sentence
from jupyter_tutor.llm.endpoints import Endpoints
from jupyter_tutor.llm.schema import find_object
from jupyter_tutor.llm.tally import Tally
from jupyter_tutor.settings import Endpoint, ModelSettings

_SCHEMA = {"type": "object", "properties": {"fine": {"type": "boolean"}}}
_ASK = Ask("write", "", "look/1", (Message("user", 'Answer with the JSON object {"fine": true}.'),), _SCHEMA, 1000)
_FORMS = {
    "schema": "is held to JSON schemas",
    "json": "answers with JSON, without a schema",
    "text": "is told in words to answer with JSON",
}


@dataclass(frozen=True)
class Sight:
    """What was seen, as a sentence that holds no key."""

    works: bool
    says: str


async def look(endpoint: Endpoint, settings: ModelSettings) -> Sight:
    """Ask an endpoint, once, for a tiny object."""
    endpoints = Endpoints()
    alone = replace(settings, endpoints=(endpoint,), tries=1)
    begun = time.monotonic()
    try:
        answer = await endpoints.answer(Tally(_ASK, {}), alone)
        (connection,) = endpoints.connections.values()
        form = _FORMS[connection.shapes[answer.model].format]
    except ModelError as error:
        return Sight(False, sentence(str(error)).rstrip("."))
    finally:
        await endpoints.close()
    seconds = f"in {time.monotonic() - begun:.1f} s"
    if find_object(answer.text) is None:
        return Sight(
            True, f"{answer.model!r} answered {seconds}; it {form}, but gave no object: a larger one may serve better"
        )
    return Sight(True, f"{answer.model!r} answered {seconds} and {form}")
