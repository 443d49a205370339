"""Markdown from the server, in which only Markdown works: no raw HTML, no images, links to web pages alone.

JupyterLab runs scripts in the outputs of a running session, so a hint must not be able to bring one.
"""

import re

from jupyter_tutor.kernel.plain import clean

_FENCE = re.compile(
    r"^ {0,3}(?P<ticks>`{3,}|~{3,})[^`\n]*\n(?P<code>.*?)(?:^ {0,3}(?P=ticks)[`~]*[ \t]*(?:\n|\Z)|\Z)",
    re.M | re.S,
)
_SPAN = re.compile(r"(?P<ticks>(?<!`)`+(?!`))(?P<code>[^\n]+?)(?<!`)(?P=ticks)(?!`)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\]\((?!https?://)", re.I)
_AMPERSAND = re.compile("&")
_SIGNS = re.compile(r"[*_`\[\]$\\~|>:!]")


def safe_markdown(text: str) -> str:
    """The same text to the eye. What could become HTML or an address is written as entities, which are no syntax."""
    text, parts, end = clean(text), [], 0
    for fence in _FENCE.finditer(text):
        parts += [_prose(text[end : fence.start()]), _fence(fence)]
        end = fence.end()
    return "".join([*parts, _prose(text[end:])])


def _fence(fence: re.Match[str]) -> str:
    """A block of code as it is when it is harmless wherever a parser sees it, else as escaped HTML."""
    whole = fence[0]
    if _harmless(whole) == whole:
        return whole if whole.endswith("\n") else whole + "\n"
    return f"\n<pre><code>{_entities(fence['code'])}</code></pre>\n\n"


def _prose(text: str) -> str:
    parts, end = [], 0
    for span in _SPAN.finditer(text):
        parts += [_harmless(text[end : span.start()]), _span(span)]
        end = span.end()
    return "".join([*parts, _harmless(text[end:])])


def _span(span: re.Match[str]) -> str:
    whole = span[0]
    return whole if _harmless(whole) == whole else f"<code>{_entities(span['code'].strip())}</code>"


def _harmless(text: str) -> str:
    text = _TAG.sub("&lt;", text).replace("![", "&#33;[")
    return _LINK.sub("]&#40;", text).replace("]:", "]&#58;")


def _entities(code: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", _AMPERSAND.sub("&amp;", code)).replace("<", "&lt;")
