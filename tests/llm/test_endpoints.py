"""Every fault that an endpoint can have, over real HTTP."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from jupyter_tutor.dialogue import Ask, Message, Tokens
from jupyter_tutor.errors import ModelError, ModelOff
from jupyter_tutor.llm.breaker import FAILURES, PAUSE
from jupyter_tutor.settings import Endpoint, ModelSettings
from jupyter_tutor.testing.model import ModelServer, Raw, Refuse, Say

from .conftest import SCHEMA, Asking, read

Make = Callable[..., Ask]
HTML = Raw(b"<html><body>Sign in</body></html>", "text/html")
STALL = Say("one two three four five six", stall=30)


def closed_port() -> str:
    """A URL where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


async def test_a_question_is_answered_and_counted(asking: Asking, ask: Make) -> None:
    with ModelServer(["forty-two"], key="sk-marked-1f2e3d4c5b6a") as server:
        reply = await asking.at(server).ask(ask())
    assert (reply.text, reply.model, reply.tokens) == ("forty-two", "scripted", Tokens(7, 11, 1))
    assert server.requests[0]["max_tokens"] == 4000
    assert "response_format" not in server.requests[0]


async def test_an_answer_comes_in_pieces(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("a long answer in pieces", piece=5)]) as server:
        assert [piece async for piece in asking.at(server).stream(ask())] == ["a lon", "g ans", "wer i", "n pie", "ces"]


async def test_a_server_that_does_not_stream_is_understood(asking: Asking, ask: Make) -> None:
    body = b'{"choices": [{"message": {"content": "whole"}, "finish_reason": "stop"}]}'
    with ModelServer([Raw(body)]) as server:
        reply = await asking.at(server).ask(ask())
        assert [piece async for piece in asking.at(server).stream(ask())] == ["whole"]
    assert (reply.text, reply.tokens.output) == ("whole", 2)


FAULTS = [
    (Refuse(401), 1, "refused the key: check c.Tutor.api_key or OPENAI_API_KEY"),
    (Refuse(403), 1, "refused the key"),
    (Refuse(404), 1, "does not know the model 'scripted': check c.Tutor.models, and c.Tutor.base_url"),
    (Refuse(402), 1, "has no credit left"),
    (Refuse(429, code="insufficient_quota"), 1, "has no credit left"),
    (Refuse(429), 3, "takes no more requests at the moment: try again later"),
    (Refuse(500), 3, r"failed \(status 500\): try again later"),
    (Refuse(503), 3, r"failed \(status 503\): try again later"),
    (Refuse(400, code="strange"), 1, r"refused the request \(status 400, strange\)"),
    (Refuse(400, "maximum context length is 4096 tokens"), 1, "too long for the model 'scripted'"),
    (Say("late", delay=30), 3, "said nothing for 1 s"),
    (STALL, 3, "said nothing for 1 s"),
    (Raw(b'{"choices": [{"mess'), 3, "broke off"),
    (Raw(b'{"choices": [{"mess', missing=100), 3, "broke off"),
    (Raw(b'data: {"choices": [{"delta": {"content": "a"}}]}\n\n', "text/event-stream"), 3, "broke off"),
    (Raw(b""), 3, "broke off"),
    (Raw(b"", "text/event-stream"), 3, "broke off"),
    (Raw(b'["a list"]'), 1, "does not answer as an OpenAI-compatible server does"),
    (Raw(b'data: {"error": {"message": "boom"}}\n\n', "text/event-stream"), 3, r"failed \(status 500\)"),
    (HTML, 1, "does not answer as an OpenAI-compatible server does: check c.Tutor.base_url, it usually ends in /v1"),
    (Raw(b"x" * 5_000_000), 1, "too long to be one"),
    (Say("x" * 5_000_000, piece=5_000_000), 1, "too long to be one"),
    (Say("x" * 5_000_000, piece=100_000), 1, "too long to be one"),
    (Say(""), 1, "answered nothing"),
    (Say("never ending", finish="length"), 1, "did not come to an end within 4000 tokens"),
    (Say("hm", finish="content_filter"), 1, "withheld the answer"),
]


@pytest.mark.parametrize(
    ("fault", "tries", "says"), FAULTS, ids=[f"{n}-{says[:16]}" for n, (_, _, says) in enumerate(FAULTS)]
)
async def test_a_fault_is_tried_again_when_that_helps_and_told_in_a_sentence(
    asking: Asking, ask: Make, fault: Say | Refuse | Raw, tries: int, says: str
) -> None:
    with ModelServer([fault]) as server:
        model = asking.at(server, seconds=1, daily_tokens=0)
        with pytest.raises(ModelError, match=says):
            await model.ask(ask())
        assert len(server.requests) == tries
        with pytest.raises(ModelError, match=says):
            await read(model, ask())


async def test_a_refused_connection_is_tried_again_and_told(asking: Asking, ask: Make) -> None:
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:\d+ cannot be reached: check that it runs"):
        await asking.at(closed_port()).ask(ask())
    assert asking.waits == [0.5, 1.0]


async def test_what_helps_the_second_time_is_answered(asking: Asking, ask: Make) -> None:
    with ModelServer([STALL, Refuse(502), "at last"]) as server:
        reply = await asking.at(server, seconds=0.5).ask(ask())
    assert reply.text == "at last"
    assert reply.tokens.requests == 2


async def test_a_stream_is_not_begun_again_after_some_pieces(asking: Asking, ask: Make) -> None:
    got: list[str] = []
    with ModelServer([STALL]) as server:
        with pytest.raises(ModelError, match="said nothing for"):
            await read(asking.at(server, seconds=0.5), ask(), got)
        assert len(server.requests) == 1
    assert got == ["one two three"]
    assert [(s.tokens.requests, s.tokens.output) for s in asking.ledger.entries] == [(1, 4)]


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("2", [2.0, 2.0]),
        ("0", [0.0, 0.0]),
        ("-4", [0.0, 0.0]),
        ("31", []),
        ("inf", []),
        ("nan", [0.5, 1.0]),
        ("soon", [0.5, 1.0]),
        (format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), []),
        (format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True), [0.0, 0.0]),
    ],
    ids=["2", "0", "negative", "long", "inf", "nan", "soon", "future", "past"],
)
async def test_retry_after_is_respected_up_to_half_a_minute(
    asking: Asking, ask: Make, header: str, waits: list[float]
) -> None:
    with ModelServer([Refuse(429, headers={"Retry-After": header})]) as server, pytest.raises(ModelError):
        await asking.at(server).ask(ask())
    assert asking.waits == waits


async def test_the_next_endpoint_stands_in(asking: Asking, ask: Make) -> None:
    with ModelServer([Refuse(401)]) as first, ModelServer([HTML]) as second, ModelServer(["third"]) as third:
        reply = await asking.at(closed_port(), first, second, third).ask(ask())
    assert reply.text == "third"


async def test_when_no_endpoint_is_left_each_fault_is_named(asking: Asking, ask: Make) -> None:
    with ModelServer([Refuse(401)]) as first, ModelServer([Refuse(500)]) as second:
        model = asking.at(first, second)
        with pytest.raises(ModelError, match=r"refused the key: .*; the model endpoint .* failed \(status 500\)"):
            await model.ask(ask())


async def test_an_endpoint_that_fails_again_and_again_is_left_alone_for_a_while(asking: Asking, ask: Make) -> None:
    with ModelServer([*[Refuse(500)] * (FAILURES + 1), "well again"]) as server:
        model = asking.at(server)
        for _ in range(2):
            with pytest.raises(ModelError, match="status 500"):
                await model.ask(ask())
        assert len(server.requests) == FAILURES
        with pytest.raises(ModelError, match="failed again and again: it is asked again in 60 s"):
            await model.ask(ask())
        assert len(server.requests) == FAILURES
        asking.time = PAUSE + 1
        with pytest.raises(ModelError, match="failed again and again"):
            await model.ask(ask())
        assert len(server.requests) == FAILURES + 1
        asking.time = 2 * PAUSE + 3
        assert (await model.ask(ask())).text == "well again"


async def test_a_schema_is_asked_for_in_its_strict_form(asking: Asking, ask: Make) -> None:
    with ModelServer(['{"n": 1}']) as server:
        assert (await asking.at(server).ask(ask(schema=SCHEMA))).text == '{"n": 1}'
    form = server.requests[0]["response_format"]["json_schema"]
    assert form["strict"]
    assert form["schema"] == SCHEMA | {"required": ["n"], "additionalProperties": False}


@pytest.mark.parametrize(
    ("forms", "formats"),
    [(["json_object"], ["json_schema", "json_object"]), ([], ["json_schema", "json_object", None])],
)
async def test_what_the_server_allows_is_found_out_once(
    asking: Asking, ask: Make, forms: list[str], formats: list[str | None]
) -> None:
    with ModelServer(['Here it is:\n```json\n{"n": 1}\n```'], forms=forms) as server:
        model = asking.at(server)
        assert (await model.ask(ask(schema=SCHEMA))).text == '{"n": 1}'
        assert (await model.ask(ask("Again?", schema=SCHEMA))).text == '{"n": 1}'
        found = [request.get("response_format", {}).get("type") for request in server.requests]
    assert found == [*formats, formats[-1]]
    assert '"properties"' in server.requests[-1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("refused", "message", "then"),
    [
        ("stream_options", "extra inputs are not permitted: stream_options", None),
        ("max_tokens", "Unsupported parameter: use 'max_completion_tokens' instead", "max_completion_tokens"),
        ("temperature", "'temperature' does not support 0.2 with this model", None),
    ],
)
async def test_a_parameter_that_is_refused_is_left_out(
    asking: Asking, ask: Make, refused: str, message: str, then: str | None
) -> None:
    with ModelServer(lambda body: Refuse(400, message) if refused in body else "fine") as server:
        model = asking.at(server, temperature=0.2)
        for text in ("one", "two"):
            assert (await model.ask(ask(text))).text == "fine"
    assert len(server.requests) == 3
    assert then is None or server.requests[2][then] == 4000


async def test_a_refusal_that_no_other_form_helps_is_told_as_it_came_first(asking: Asking, ask: Make) -> None:
    with ModelServer([Refuse(400, code="first"), Refuse(400, code="second")]) as server:
        with pytest.raises(ModelError, match="first"):
            await asking.at(server).ask(ask(schema=SCHEMA))
        with pytest.raises(ModelError, match="second"):
            await asking.model.ask(ask(schema=SCHEMA))
    assert server.requests[3]["response_format"]["type"] == "json_schema"


async def test_a_server_that_fails_is_not_taken_for_one_without_schemas(asking: Asking, ask: Make) -> None:
    with ModelServer([Refuse(500, "out of memory"), '{"n": 1}']) as server:
        await asking.at(server).ask(ask(schema=SCHEMA))
    assert [request["response_format"]["type"] for request in server.requests] == ["json_schema"] * 2


@pytest.mark.parametrize("text", ["no object", "[1, 2]", '{"n": ', "{n: 1}", "{" * 5000])
async def test_an_answer_without_an_object_is_refused(asking: Asking, ask: Make, text: str) -> None:
    with ModelServer([text]) as server, pytest.raises(ModelError, match="did not answer with a JSON object"):
        await asking.at(server).ask(ask(schema=SCHEMA))


async def test_without_a_named_model_the_first_of_the_server_is_taken(asking: Asking, ask: Make) -> None:
    with ModelServer(["hello"], models=["first", "second"]) as server:
        asking.settings = ModelSettings(endpoints=(Endpoint(server.url),), seconds=5)
        assert (await asking.model.ask(ask())).model == "first"
        asking.settings = ModelSettings(endpoints=(Endpoint(server.url, "", {"hint": "own"}),), seconds=5)
        assert (await asking.model.ask(ask())).model == "own"
        assert (await asking.model.ask(ask("Else?", use="chat"))).model == "first"


async def test_a_server_without_models_says_so(asking: Asking, ask: Make) -> None:
    with ModelServer(["hello"], models=[]) as server:
        asking.settings = ModelSettings(endpoints=(Endpoint(server.url),), seconds=5)
        with pytest.raises(ModelError, match=r"lists no models: name one in c.Tutor.models"):
            await asking.model.ask(ask())


async def test_a_url_that_is_none_is_told(asking: Asking, ask: Make) -> None:
    with ModelServer(["hello"]) as server:
        model = asking.at(server.url.removesuffix("/v1"))
        with pytest.raises(ModelError, match=r"does not know the model .* usually ends in /v1"):
            await model.ask(ask())


async def test_a_change_of_the_settings_holds_for_the_next_request(asking: Asking, ask: Make) -> None:
    with ModelServer(["one"]) as first, ModelServer(["two"]) as second:
        assert (await asking.at(first).ask(ask())).text == "one"
        assert (await asking.at(second).ask(ask())).text == "two"
        asking.settings = replace(asking.settings, on=False)
        with pytest.raises(ModelOff, match=r"switched off \(c.Tutor.model_on\)"):
            await asking.model.ask(ask())
    asking.settings = ModelSettings()
    with pytest.raises(ModelOff, match="There is no language model"):
        await asking.model.ask(ask())
    assert "OPENAI_BASE_URL" in asking.model.off()


async def test_requests_at_once_do_not_wait_for_one_another(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("slow", delay=0.5)]) as server:
        model = asking.at(server)
        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*(model.ask(ask(messages=(Message("user", str(n)),))) for n in range(8)))
        assert asyncio.get_running_loop().time() - begun < 4
