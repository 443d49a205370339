"""What the tutor says, piece by piece, as text and as Markdown."""

from dataclasses import dataclass

from jupyter_tutor.kernel.follow import Restarted, Talking
from jupyter_tutor.kernel.markdown import safe_markdown
from jupyter_tutor.kernel.plain import clean, line
from jupyter_tutor.kernel.replies import Memories, Said, Speech, Withdrawn
from jupyter_tutor.kernel.screen import Bundle

_SOURCES = {"model": "written by a language model, may be wrong", "diagnosis": "from running your code"}
_HEADS = {"answer": "The tutor", "feedback": "Feedback"}
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass
class Talk:
    """What was said so far. Implements `screen.Drawing`."""

    speech: Speech
    text: str = ""
    note: str = ""
    done: bool = False

    def __post_init__(self) -> None:
        if self.speech.status == "done":
            self.add(self.speech)

    def add(self, update: Talking) -> None:
        """Take in one more thing that happened."""
        if isinstance(update, Said):
            self.text += update.text
        elif isinstance(update, Withdrawn):
            self.text, self.note = "", line(update.reason)
        elif isinstance(update, Restarted):
            self.text, self.note = "", ""
        else:
            parts = [update.text, line(update.problem or "")]
            self.speech, self.text, self.done = update, "\n\n".join(part for part in parts if part), True

    def heading(self) -> str:
        """What this is."""
        return _hint(self.speech) if self.speech.kind == "hint" else _HEADS.get(self.speech.kind, "The tutor")

    def source(self) -> list[str]:
        """Who says it, once that is known and worth a word."""
        word = _SOURCES.get(self.speech.source) if self.done else None
        return [f"({word})"] if word else []

    def lines(self) -> list[str]:
        """Its text up to the last whole line; all of it once it is complete."""
        rows = clean(self.text).strip().split("\n")
        said = rows if self.done else rows[:-1]
        head = [self.heading(), ""] if said else []
        return [*head, *([self.note, ""] if self.note else []), *said, *(["", *self.source()] if self.source() else [])]

    def bundle(self) -> Bundle:
        """Text and Markdown of the same; what is still being said has dots behind it."""
        text = clean(self.text).strip() + ("" if self.done else ELLIPSIS)
        notes = [self.note] if self.note else []
        plain = "\n\n".join([self.heading(), *notes, text, *self.source()])
        small = [f"*{said}*" for said in self.source()]
        marked = [f"**{self.heading()}**", *(f"*{note}*" for note in notes), safe_markdown(text), *small]
        return {"text/plain": plain, "text/markdown": "\n\n".join(marked)}


def _hint(speech: Speech) -> str:
    if speech.rung is None:
        return "Hint"
    if speech.again:
        return f"Hint {speech.rung} again: there is nothing new to say about this answer yet"
    if speech.of is None or speech.rung > speech.of:
        return f"Hint {speech.rung}"
    return f"Hint {speech.rung} of {speech.of}" + (": the last one" if speech.rung == speech.of else "")


def remembered(memories: Memories) -> list[str]:
    """What is remembered, line by line."""
    off = [] if memories.on else ["The tutor remembers nothing new and uses nothing of this: `%tutor memory on`."]
    items = [
        f"  {line(item.trait)}: {line(item.text)} ({line(item.evidence)}){'' if item.on else ' (not used)'}"
        for item in memories.items
    ]
    if not items:
        return [*off, "The tutor remembers nothing about you."]
    return [*off, "The tutor remembers:", *items, "In the Jupyter Tutor panel you can correct or delete each."]
