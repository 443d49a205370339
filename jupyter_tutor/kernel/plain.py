"""Text from the server, made harmless for terminals and for HTML."""

import html
import re

# Everything that can move a cursor, colour a terminal or turn a line around; newlines and tabs stay.
_CONTROLS = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(r"`([^`\n]+)`")


def clean(text: str) -> str:
    """The text without control characters."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """The text as HTML, also within attributes."""
    return html.escape(clean(text))


def prose(text: str) -> str:
    """A sentence as HTML, its `code` as code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


def indent(text: str, spaces: int) -> list[str]:
    """The lines of the text, moved to the right; none when the text is blank."""
    return [" " * spaces + row.rstrip() for row in clean(text).strip("\n").split("\n")] if text.strip() else []
