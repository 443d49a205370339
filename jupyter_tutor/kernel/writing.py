"""An exercise that a language model writes, as lines of text and as HTML."""

from dataclasses import dataclass, field

from jupyter_tutor.kernel.follow import Restarted, Writing
from jupyter_tutor.kernel.plain import escape, line, prose
from jupyter_tutor.kernel.replies import Generation, Outcome, Stage
from jupyter_tutor.kernel.screen import Bundle
from jupyter_tutor.kernel.sheet import paragraph, sheet
from jupyter_tutor.kernel.words import kind_word

CURRICULUM = "Your exercises come from the curriculum: `%tutor today` shows today's."
STOPPED = "Stopped: nothing is kept, and today's exercise stays as it is."
TOO_LATE = "It was written before it could be stopped: `%tutor today` shows today's exercise."


@dataclass
class Draft:
    """What is known of the exercise. Implements `screen.Drawing`."""

    generation: Generation
    stages: list[Stage] = field(default_factory=list)
    closing: str = ""

    def add(self, update: Writing) -> None:
        """Take in one more thing that happened."""
        if isinstance(update, Stage):
            self.stages.append(update)
        elif isinstance(update, Restarted):
            self.stages.clear()
        else:
            self.closing = ending(update)

    def lines(self) -> list[str]:
        """Heading, the stages up to here and, when it is finished, how it ended."""
        return [self.heading(), *(f"  {_words(stage)}" for stage in self.stages), *self._end()]

    def bundle(self) -> Bundle:
        """Text and HTML of the same; what is being done has dots behind it."""
        stages = [*map(_words, self.stages)] or ["waiting for the language model"]
        if not self.closing:
            stages[-1] += "\N{HORIZONTAL ELLIPSIS}"
        text = [self.heading(), *(f"  {stage}" for stage in stages), *self._end()]
        items = "".join(f"<li style='margin:.1em 0'>{escape(stage)}</li>" for stage in stages)
        html = sheet(
            paragraph(f"<strong>{escape(self.heading())}</strong>"),
            f"<ol style='margin:.4em 0;padding-left:1.6em'>{items}</ol>",
            *(paragraph(prose(end)) for end in self._end()),
        )
        return {"text/plain": "\n".join(text), "text/html": html}

    def _end(self) -> list[str]:
        return [self.closing] if self.closing else []

    def heading(self) -> str:
        """What is being written."""
        wanted = self.generation
        return f"Writing an exercise on {line(wanted.topic)} ({kind_word(wanted.kind)}, {line(wanted.difficulty)})"


def _words(stage: Stage) -> str:
    """What is done, with the try from the second on."""
    number = f" (try {stage.number} of {stage.tries})" if stage.number > 1 else ""
    return f"{line(stage.text)}{number}"


def ending(outcome: Outcome) -> str:
    """How it ended, and what the learner can do."""
    if outcome.status == "written" and outcome.daily is not None:
        return "It is written, proven, and today's exercise: open it with `%tutor today`."
    if outcome.status == "written":
        return "It is written, proven, and kept for tomorrow, because today's exercise is under way or done."
    if outcome.status == "cancelled":
        return "It was cancelled: nothing is kept, and today's exercise stays as it is."
    return f"{line(outcome.problem or 'Nothing was written.')} {CURRICULUM}"
