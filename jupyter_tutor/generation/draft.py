"""What the model answers when it writes an exercise.

The descriptions become the JSON schema that the model has to keep to. That schema holds no bounds: what servers that
enforce schemas have in common is objects with fixed keys, lists and texts. Bounds are checked when a draft is read.
"""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_LONGEST = 100_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Part):
    """One example of the text, which is also run."""

    code: str = Field(description="Python lines; the last one is an expression")
    gives: str = Field(description="The value of that expression as a Python literal, such as [1, 2] or None")


class DraftCheck(_Part):
    """One check: it stands alone, and makes the objects that it needs."""

    code: str = Field(description="Python statements; the last one is an assert or a `with pytest.raises(...)` block")
    case: str = Field(description="The case in a few words that tell no value, such as 'an empty list'")


class Hints(_Part):
    """The four rungs of help, in Markdown. None contains a line of the reference or a value of a hidden check."""

    nudge: str = Field(description="A question or a look at an example; no concept is named and no code is shown")
    concept: str = Field(description="The idea that is missing, explained; no code")
    plan: str = Field(description="Numbered steps in words; no code")
    partial_example: str = Field(description="Code for a similar smaller problem on other data, in a fenced block")


class DraftMistake(_Part):
    """A wrong answer that learners typically give."""

    name: str = Field(description="What is wrong, in a few words")
    source: str = Field(description="The whole answer cell with that mistake; at least one check fails it")
    says: str = Field(description="What to tell the learner who wrote it, without the answer")


class Draft(_Part):
    """An exercise as the model writes it."""

    title: str = Field(description="A few plain words that name the story, not the technique")
    topics: list[str] = Field(description="Slugs; the first is the one main concept, at most two more support it")
    story: str = Field(description="The setting in one short paragraph")
    task: str = Field(
        description="Markdown: what to write, with the name and parameters of each function, class and method, the "
        "shape of inputs and results, edge cases, and the exceptions to raise"
    )
    examples: list[Example] = Field(description="Two to four calls that the learner sees with their results")
    starter: str = Field(
        description="What the learner's cell holds: imports, and each function and method that is asked for with its "
        "docstring and `...` as its body. For the kind debugging: the whole broken program"
    )
    reference: str = Field(description="The whole answer cell, solved, without any markers")
    visible: list[DraftCheck] = Field(description="Further checks that the learner sees; may be empty")
    hidden: list[DraftCheck] = Field(description="At least six checks of edge cases that the learner does not see")
    objectives: list[str] = Field(description="What the learner practises, one to three phrases")
    success_criteria: list[str] = Field(description="How the learner knows it is done, one to three sentences")
    hints: Hints
    mistakes: list[DraftMistake] = Field(description="Two or three")
    minutes: int = Field(description="Minutes that a learner of this level needs, near those wanted")

    @property
    def checked(self) -> tuple[str, ...]:
        """The code of all examples and checks, in order."""
        return (*(example.code for example in self.examples), *(check.code for check in (*self.visible, *self.hidden)))


class Solution(_Part):
    """An answer to an exercise, written from its text."""

    code: str = Field(description="The whole answer cell: Python, without Markdown fences")


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of an answer."""
    return model.model_json_schema()


Answer = TypeVar("Answer", bound=BaseModel)


def read(model: type[Answer], text: str) -> tuple[Answer | None, tuple[str, ...]]:
    """The answer in a reply, or what does not fit, in sentences for the model."""
    if len(text) > _LONGEST:
        return None, (f"Your answer has {len(text)} characters, and {_LONGEST} are the most: say it shorter.",)
    try:
        return model.model_validate_json(text), ()
    except ValidationError as error:
        return None, tuple(_sentence(dict(found)) for found in error.errors()[:8])


def _sentence(found: dict[str, Any]) -> str:
    if found["type"] == "json_invalid":
        return "Your answer is no whole JSON object: answer with the object alone, and keep it short enough to finish."
    place = ".".join(str(part) for part in found["loc"]) or "The object"
    return f"{place}: {found['msg']}."
