"""What is kept, what is counted, and when nothing is asked."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import date

import pytest

from jupyter_tutor.dialogue import Ask, Spent, Tokens
from jupyter_tutor.errors import BudgetSpent, ModelError
from jupyter_tutor.testing.model import ModelServer, Refuse, Say

from .conftest import SCHEMA, Asking

Make = Callable[..., Ask]
PRICES = {"scripted": (2.0, 10.0)}
DAY = date(2026, 3, 2)


async def test_the_same_question_is_answered_from_what_was_kept_whoever_asks(asking: Asking, ask: Make) -> None:
    with ModelServer(["one", "two", "three"]) as server:
        model = asking.at(server)
        first = await model.ask(ask())
        again = await model.ask(ask(learner="bob", use="chat"))
        assert (again.text, again.cached, again.tokens, again.model) == ("one", True, Tokens(), first.model)
        fresh = await model.ask(ask(fresh=True))
        assert (fresh.text, fresh.cached) == ("two", False)
        assert (await model.ask(ask())).text == "two"
        assert (await model.ask(ask("Another?"))).text == "three"
    assert [spent.learner for spent in asking.ledger.entries] == ["ada"] * 3


@pytest.mark.parametrize("other", [{"prompt": "hint/2"}, {"most": 7}, {"schema": SCHEMA}])
async def test_another_question_is_not_the_same(asking: Asking, ask: Make, other: dict[str, object]) -> None:
    with ModelServer(["{}"]) as server:
        model = asking.at(server)
        assert not (await model.ask(ask())).cached
        assert not (await model.ask(ask(**other))).cached


async def test_an_answer_of_another_model_is_not_the_same(asking: Asking, ask: Make) -> None:
    with ModelServer(["one"]) as first, ModelServer(["two"]) as second:
        assert (await asking.at(first).ask(ask())).text == "one"
        assert (await asking.at(second).ask(ask())).text == "two"
        assert not (await asking.at(second, temperature=0.5).ask(ask())).cached


async def test_an_answer_that_is_of_no_use_is_counted_and_not_kept(asking: Asking, ask: Make) -> None:
    with ModelServer(["no object", '{"n": 1}']) as server:
        model = asking.at(server)
        with pytest.raises(ModelError):
            await model.ask(ask(schema=SCHEMA))
        assert not (await model.ask(ask(schema=SCHEMA))).cached
    assert [spent.tokens.total for spent in asking.ledger.entries] == [18, 18]


async def test_tokens_and_their_price_are_written_down(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("hello", usage=(1000, 500))]) as server:
        await asking.at(server, prices=PRICES).ask(ask())
    assert asking.ledger.entries == [Spent("ada", DAY, "hint", "scripted", Tokens(1000, 500, 1, 0.007))]


async def test_streams_are_counted_as_well(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("hello", usage=(30, 2))]) as server:
        assert [piece async for piece in asking.at(server).stream(ask())] == ["hello"]
        assert [piece async for piece in asking.model.stream(ask())] == ["hello"]
    assert [spent.tokens for spent in asking.ledger.entries] == [Tokens(30, 2, 1)] * 2


async def test_tokens_are_estimated_where_the_server_does_not_count(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("x" * 400, usage=None)]) as server:
        reply = await asking.at(server).ask(ask("y" * 800))
    assert (reply.tokens.input, reply.tokens.output) == (201, 100)


async def test_a_stream_that_the_reader_leaves_is_counted(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("x" * 400, piece=40)]) as server:
        async with aclosing(asking.at(server).stream(ask())) as pieces:  # type: ignore[type-var]
            assert await anext(pieces) == "x" * 40
    assert [spent.tokens.output for spent in asking.ledger.entries] == [10]


async def test_a_refused_request_costs_nothing(asking: Asking, ask: Make) -> None:
    with ModelServer([Refuse(401)]) as server:
        model = asking.at(server)
        with pytest.raises(ModelError):
            await model.ask(ask())
    assert asking.ledger.entries == []


async def test_a_learner_who_spent_the_tokens_of_the_day_gets_none_until_the_next(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("hello", usage=(900, 100))]) as server:
        model = asking.at(server, daily_tokens=1000)
        await model.ask(ask("one"))
        with pytest.raises(BudgetSpent, match=r"the 1,000 tokens of today are used up.* from 2026-03-03 00:00 UTC on"):
            await model.ask(ask("two"))
        with pytest.raises(BudgetSpent):
            await anext(aiter(model.stream(ask("two"))))
        assert (await model.ask(ask("one"))).cached
        assert (await model.ask(ask("two", learner="bob"))).text == "hello"
        asking.clock.move(days=1)
        assert (await model.ask(ask("three"))).text == "hello"
        assert len(server.requests) == 3


async def test_a_budget_of_nothing_is_no_bound(asking: Asking, ask: Make) -> None:
    with ModelServer([Say("hello", usage=(900_000, 100_000))]) as server:
        model = asking.at(server, daily_tokens=0)
        for text in ("one", "two"):
            assert (await model.ask(ask(text))).text == "hello"
