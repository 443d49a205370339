"""A real llama.cpp server with a tiny model of random weights: the protocol is real, the answers are noise."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_tutor.dialogue import Ask
from jupyter_tutor.errors import ModelError
from jupyter_tutor.llm.look import look
from jupyter_tutor.settings import Endpoint, ModelSettings
from jupyter_tutor.tutoring.speaker import Speaker
from jupyter_tutor.tutoring.speech import Speech

from .conftest import KEY, Asking, read

SCHEMA = {
    "type": "object",
    "properties": {"passed": {"type": "boolean"}, "level": {"type": "string", "enum": ["easy", "hard"]}},
}


@pytest.fixture(scope="module")
def llama(need: Callable[[bool, str], None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of the server."""
    need(all(importlib.util.find_spec(name) for name in ("xllamacpp", "gguf")), "llama.cpp (xllamacpp, gguf)")
    file = tmp_path_factory.mktemp("llama") / "tiny.gguf"
    program = [sys.executable, str(Path(__file__).parent / "tiny.py"), str(file), KEY]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        listens = next((line.split()[1] for line in server.stdout if line.startswith("LISTENS")), None)
        assert listens is not None, "the server did not start"
        yield f"{listens}/v1"
        server.kill()


def use(asking: Asking, url: str, key: str = KEY) -> None:
    asking.settings = ModelSettings(endpoints=(Endpoint(url, key),), seconds=60, tries=1, daily_tokens=0)


async def test_a_question_is_answered_and_its_tokens_are_the_servers(
    asking: Asking, ask: Callable[..., Ask], llama: str
) -> None:
    use(asking, llama)
    with pytest.raises(ModelError, match="did not come to an end within 24 tokens"):
        await asking.model.ask(ask(most=24))
    (spent,) = asking.ledger.entries
    assert spent.model == "tiny-random"
    assert spent.tokens.output == 24
    assert spent.tokens.input > 20


async def test_an_answer_comes_in_pieces_as_it_is_made(asking: Asking, ask: Callable[..., Ask], llama: str) -> None:
    use(asking, llama)
    pieces: list[str] = []
    with pytest.raises(ModelError, match="did not come to an end"):
        await read(asking.model, ask(most=24), pieces)
    assert len(pieces) > 5


async def test_a_schema_holds_even_noise(asking: Asking, ask: Callable[..., Ask], llama: str) -> None:
    use(asking, llama)
    for n in range(5):
        answer = json.loads((await asking.model.ask(ask(f"{n}?", schema=SCHEMA, most=400))).text)
        assert answer.keys() == {"passed", "level"}
        assert answer["level"] in ("easy", "hard")


async def test_a_wrong_key_is_refused(asking: Asking, ask: Callable[..., Ask], llama: str) -> None:
    use(asking, llama, "sk-other")
    asking.settings = ModelSettings(endpoints=(Endpoint(llama, "sk-other", {"": "tiny-random"}),))
    with pytest.raises(ModelError, match=r"refused the key: check c.Tutor.api_key or OPENAI_API_KEY"):
        await asking.model.ask(ask())


@pytest.mark.parametrize("schema", [None, SCHEMA])
async def test_a_request_that_is_longer_than_the_model_reads_is_told(
    asking: Asking, ask: Callable[..., Ask], llama: str, schema: object
) -> None:
    use(asking, llama)
    with pytest.raises(ModelError, match="too long for the model 'tiny-random': choose one that reads more"):
        await asking.model.ask(ask("word " * 2000, schema=schema))


async def test_the_doctor_sees_that_schemas_are_held(llama: str) -> None:
    sight = await look(Endpoint(llama, KEY), ModelSettings(seconds=60))
    assert sight.works
    assert "'tiny-random' answered in" in sight.says
    assert "is held to JSON schemas" in sight.says


async def test_the_tutor_shows_what_a_real_server_streams(asking: Asking, ask: Callable[..., Ask], llama: str) -> None:
    async def harmless(text: str) -> str:
        return ""

    use(asking, llama)
    speech = Speech("ada", "d1", "answer")
    why = await Speaker(asking.model).speak(ask(most=24), harmless, speech)
    assert "did not come to an end within 24 tokens" in why
    assert speech.text == ""
    kinds = [event.kind for event in speech.feed.events]
    assert kinds == [] or kinds[-1] == "withdrawn"
