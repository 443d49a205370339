"""What stops is explained with the learner's own line."""

import pytest

from tests.tutoring.conftest import Tell


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("def to_pay(prices)\n    return 1", 1, "ends with a colon"),
        ("def to_pay(prices):\nreturn 1", 2, "further to the right"),
        ("def to_pay(prices):\n    return sum(prices", 2, "its partner is missing"),
        ("def to_pay(prices):\n    x = 1\n      return x", 3, "further to the right than the block"),
        ("def to_pay(prices):\n    if prices = []:\n        return 0", 2, "`==` compares"),
        ("def to_pay(prices):\n    retrun 1", 2, "Is `retrun` meant to be `return`?"),
        ("def to_pay(prices):\n    total = sum(prices)\nreturn total", 3, "belongs to no function"),
        ("def to_pay(prices):\n    return 'a", 2, "closing quotation mark"),
    ],
)
async def test_what_python_cannot_read_is_told_with_its_line(tell: Tell, source: str, line: int, said: str) -> None:
    (clue,) = await tell(source)
    assert (clue.kind, clue.cell, clue.line) == ("error", "answer", line)
    assert said in clue.text
    assert clue.misconception in ("syntax", "indentation")


@pytest.mark.parametrize(
    ("line", "said", "misconception"),
    [
        ("return totl", "Is it another spelling of `total`?", "undefined-name"),
        ("return lenn(prices)", "Is it another spelling of `len`?", "undefined-name"),
        ("return prices[len(prices)]", "its length minus 1", "index-out-of-range"),
        ("return {}[total]", "has no such key", "missing-key"),
        ("return 'a' + total", "do not go together", "wrong-type"),
        ("return to_pay(prices)", "in which it stops", "no-base-case"),
    ],
)
async def test_an_exception_is_explained_with_its_line_and_call(
    tell: Tell, line: str, said: str, misconception: str
) -> None:
    first, *others = await tell(f"def to_pay(prices):\n    total = sum(prices)\n    {line}\n")
    assert (first.kind, first.cell, first.line, first.call) == ("error", "answer", 3, "to_pay([20, 10])")
    assert said in first.text
    assert first.misconception == misconception
    assert others[0].kind == "call"


async def test_a_cell_that_stops_is_told_with_its_line(tell: Tell) -> None:
    first, *_ = await tell("def to_pay(prices):\n    return 1\n\nprint(pricess)\n")
    assert (first.kind, first.cell, first.line) == ("error", "answer", 4)
    assert "`pricess`" in first.text


async def test_a_loop_that_does_not_end_is_told_with_the_call(tell: Tell) -> None:
    first, second, *_ = await tell("def to_pay(prices):\n    total = 0\n    while prices:\n        total += 1\n")
    assert (first.kind, first.call, first.misconception) == ("call", "to_pay([20, 10])", "endless-loop")
    assert (second.kind, second.line, second.misconception) == ("pattern", 3, "endless-loop")


async def test_a_notebook_that_never_comes_to_its_checks_is_told_so(tell: Tell) -> None:
    clues = await tell("def to_pay(prices):\n    return sum(prices)\n\nwhile True:\n    pass\n")
    assert {"error:ended", "pattern:endless-loop:while True:"} == {clue.key for clue in clues}
