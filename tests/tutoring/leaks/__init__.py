"""Replies of tutors and models: those that give the answer away, and those that do not.

A file holds cases one after another. Each begins with a line `=== SLUG: what it is`; a line `--- answer` begins the
learner's code, `--- earlier` a reply that came before, `--- reply` the reply itself. Without an answer, the learner has
the starter.
"""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One reply about the exercise `slug`."""

    slug: str
    name: str
    reply: str
    answer: str = ""
    earlier: tuple[str, ...] = ()


def cases(name: str) -> list[Case]:
    """All cases of a file beside this one."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [_case(part) for part in re.split(r"^=== ", text, flags=re.M)[1:]]


def _case(part: str) -> Case:
    head, _, rest = part.partition("\n")
    slug, _, name = head.partition(": ")
    pieces = re.split(r"^--- (answer|earlier|reply)\n", rest, flags=re.M)
    sections = [(kind, text.strip("\n")) for kind, text in zip(pieces[1::2], pieces[2::2], strict=True)]
    found = dict(sections)
    earlier = tuple(text for kind, text in sections if kind == "earlier")
    return Case(slug, name, found["reply"], found.get("answer", ""), earlier)
