"""Replies that are shown while they are written: cut anywhere, nothing is shown before it was judged."""

import importlib.util
import random
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_tutor.errors import Leaked
from jupyter_tutor.tutoring.leaks.snippets import snippets
from jupyter_tutor.tutoring.stream import guarded

SPEC = importlib.util.spec_from_file_location("leaks", Path(__file__).parent / "leaks" / "__init__.py")
assert SPEC is not None
assert SPEC.loader is not None
leaks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(leaks)
CASES = leaks.cases("leaking.md") + leaks.cases("harmless.md")
BLOCK = "Look at this:\n\n```python\nfor n in range(3):\n    print(n)\n```\n\nWhat does it print? Try it.\n"


async def pieces(parts: Iterable[str]) -> AsyncIterator[str]:
    for part in parts:
        yield part


def cut(text: str, seed: int) -> list[str]:
    """A text in pieces of one to twelve characters."""
    chance, parts = random.Random(seed), []
    while text:
        size = chance.randint(1, 12)
        parts.append(text[:size])
        text = text[size:]
    return parts


async def nothing(text: str) -> str:
    return ""


async def shown(parts: Iterable[str], judge: object = nothing) -> tuple[list[str], str]:
    """What is shown of a text, and why it was stopped."""
    out: list[str] = []
    reply = guarded(pieces(parts), judge)
    try:
        while True:
            out.append(await anext(reply))
    except StopAsyncIteration:
        return out, ""
    except Leaked as leaked:
        return out, str(leaked)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_all_of_a_text_that_does_not_leak_is_shown(seed: int) -> None:
    for case in CASES:
        out, why = await shown(cut(case.reply, seed))
        assert ("".join(out), why) == (case.reply, ""), case.name


@pytest.mark.parametrize("seed", [4, 5, 6])
async def test_all_that_is_shown_was_judged_before(seed: int) -> None:
    for case in CASES:
        judged: list[str] = []

        async def judge(text: str, judged: list[str] = judged) -> str:
            judged.append(text)
            return ""

        so_far = ""
        async for piece in guarded(pieces(cut(case.reply, seed)), judge):
            so_far += piece
            assert so_far in judged, case.name
        assert judged[-1] == case.reply


@pytest.mark.parametrize("seed", [7, 8, 9])
async def test_a_leak_is_never_shown_in_part(seed: int) -> None:
    """A judge that knows the code of the whole reply finds none of its longer lines in what was shown."""
    for case in leaks.cases("leaking.md"):
        whole = [s.code for s in snippets(case.reply) if s.primary and "\n" in s.code.strip()]

        async def judge(text: str, whole: list[str] = whole) -> str:
            return "it is all there" if any(s.code in whole for s in snippets(text)) else ""

        if whole:
            out, why = await shown(cut(case.reply, seed), judge)
            assert why, case.name
            assert not any(s.code in whole for s in snippets("".join(out))), case.name


async def test_code_is_shown_when_its_block_is_complete() -> None:
    out, _ = await shown(BLOCK)
    assert out[0] == "Look at this:\n"
    assert "```python\nfor n in range(3):\n    print(n)\n```\n" in [piece.lstrip("\n") for piece in out]


async def test_sentences_are_shown_as_they_come() -> None:
    out, _ = await shown("Think of cards. Each player gets one. Who is next?")
    assert out == ["Think of cards. ", "Each player gets one. ", "Who is next?"]


@pytest.mark.parametrize(
    "block",
    [
        "    for n in range(3):\n        print(n)\n",
        "for n in range(3):\n    print(n)\n",
        "| a | b |\n|---|---|\n| 1 | `x = 2` |\n",
        "+    x = 2\n-    x = 3\n",
        "> for n in range(3):\n>     print(n)\n",
        ">>> for n in range(3):\n...     print(n)\n",
        "- `x = 2`\n- `y = 3`\n",
        "<pre>\nfor n in range(3):\n    print(n)\n</pre>\n",
        "ZGVmIGYoeCk6CiAgICByZXR1cm4geA==\n",
    ],
)
async def test_a_block_of_any_form_is_held_until_it_is_complete(block: str) -> None:
    out, _ = await shown(f"Look.\n\n{block}\nWhat is it?\n")
    assert [piece for piece in out if block.strip() in piece]
    assert not [piece for piece in out if piece.strip() and piece.strip() != block.strip() and piece.strip() in block]


async def test_inline_code_is_shown_whole() -> None:
    out, _ = await shown("Call `print(x. y)` now. Then look.\n")
    assert not [piece for piece in out if piece.count("`") % 2]


async def test_the_reason_is_told_and_what_leaks_at_the_very_end_is_withheld() -> None:
    async def judge(text: str) -> str:
        return "it tells it" if "secret" in text else ""

    out, why = await shown(cut("All is well. Nothing to see here. The secret", 1), judge)
    assert ("".join(out), why) == ("All is well. Nothing to see here. ", "it tells it")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["```", "~~~", "`x`", "\n", "    ", "| a |", "> ", "Hi. ", "x = 1", "<pre>", "\r\n"])))
async def test_any_text_is_shown_whole(parts: list[str]) -> None:
    out, why = await shown(parts)
    assert ("".join(out), why) == ("".join(parts), "")
