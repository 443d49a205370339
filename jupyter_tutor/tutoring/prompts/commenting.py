"""How a model is asked to comment on a graded answer."""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jupyter_tutor.dialogue import Message
from jupyter_tutor.tutoring.prompts.about import DATA, RULES, about
from jupyter_tutor.tutoring.situation import Situation

NAME = "feedback/1"
MOST = 700
SYSTEM = f"""\
You comment on a learner's answer to a programming exercise after it was graded. You answer with one JSON object that \
fits the schema, and nothing else.

{DATA}

{RULES}

How to comment
- The verdict is what `checks` says; it is right, and you do not judge again. `passed` repeats it.
- `good`: one thing in this answer that is well done, concretely. `concept`: the idea behind what went wrong, or \
behind the answer when all passed, in at most three sentences. `question`: one question that makes the learner think on.
- `compare`: only when `author_solution` is there: in at most three sentences, how the two ways differ and what each \
is good for; otherwise empty."""


class Comment(BaseModel):
    """What a model adds to the feedback."""

    model_config = ConfigDict(extra="forbid")
    passed: bool
    good: str = Field(max_length=600)
    concept: str = Field(max_length=900)
    question: str = Field(max_length=400)
    compare: str = Field("", max_length=900)


def messages(situation: Situation, passed: bool) -> tuple[Message, ...]:
    """The conversation that asks for a `Comment`. Who has passed may see the author's solution."""
    more: dict[str, Any] = {"passed": passed}
    if passed:
        more["author_solution"] = "\n\n".join(situation.exercise.solution().values())[:8000]
    return Message("system", SYSTEM), Message("user", about(situation, **more))


_CLAIMS = re.compile(
    r"\b(all|every)\b[^.]{0,40}\b(checks?|tests?|cases)\b[^.]{0,20}\bpass|\b(is|are|looks?) (now |all )?(correct|right|"
    r"perfect|complete)\b|\bwell done\b|\bsolved\b",
    re.I,
)
"""What nobody says of an answer that did not pass."""


def text(reply: str, passed: bool) -> str:
    """A model's comment as Markdown; nothing when it is none, or contradicts the verdict."""
    try:
        comment = Comment.model_validate_json(reply)
    except ValidationError:
        return ""
    said = [comment.good, comment.concept, comment.compare if passed else "", comment.question]
    words = "\n\n".join(part.strip() for part in said if part.strip())
    if comment.passed != passed or (not passed and _CLAIMS.search(words)):
        return ""
    return words
