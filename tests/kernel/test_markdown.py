"""Markdown from the server brings nothing but Markdown."""

import random
import re

import mistune
import pytest

from jupyter_tutor.kernel.markdown import safe_markdown

HARMLESS = re.compile(
    r"</?(p|em|strong|code|pre|a|h\d|ul|ol|li|hr|br|blockquote|del|table|thead|tbody|tr|t[hd])\b[^<>]*>"
)
PIECES = [
    "<script>",
    "<img src=x onerror=y>",
    "`",
    "```",
    "~~~",
    "\n",
    "\n\n",
    " ",
    "    ",
    "- ",
    "> ",
    "](",
    "](https://a.b",
    ")",
]
PIECES += ["![", "[", "]", "]:", "javascript:x", "&lt;", "\\", "*", "word", "<", "!--", "/p>", "1. ", "$$", "<!", "\t"]


def render(text: str) -> str:
    """HTML, raw HTML included, as JupyterLab makes it in a running session."""
    return str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(text))


@pytest.mark.parametrize("seed", range(20))
def test_no_tag_and_no_address_comes_through(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(300):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 16)))
        html = render(safe_markdown(text))
        assert not re.search(r"<[A-Za-z/!?]", HARMLESS.sub("", html)), text
        assert not re.search(r"<[a-z][^>]*(onerror|href=\"(?!https?://)|src=)", html), text


@pytest.mark.parametrize(
    "text",
    [
        "Use a **dict**, see [the docs](https://docs.python.org/3/).",
        "```python\nif a < b and b > c:\n    print(d[k])\n```\n",
        "`a < b` and $a < b$ and 3 > 2 & more",
        "1. one\n2. two\n\n> said",
    ],
)
def test_ordinary_hints_stay_as_they_are(text: str) -> None:
    assert safe_markdown(text) == text


@pytest.mark.parametrize("code", ["Array<number>", "a[1](x) ![y]", "&lt; <b>*x*</b> `", "d[k]: int"])
def test_code_looks_the_same_when_it_has_to_be_written_otherwise(code: str) -> None:
    html = render(safe_markdown(f"```ts\n{code}\n```\n"))
    shown = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">")
    shown = re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), shown).replace("&amp;", "&")
    assert shown.strip() == code


def test_control_characters_are_gone() -> None:
    assert safe_markdown("a\x1b[31mb\x00<s\x07cript>") == "ab&lt;script>"
