"""How a model is asked for a hint."""

from jupyter_tutor.dialogue import Message
from jupyter_tutor.tutoring.prompts.about import DATA, RULES, about
from jupyter_tutor.tutoring.situation import Situation

NAME = "hint/1"
MOST = 600
RUNGS = {
    1: "a nudge: one question or observation that makes the learner look at the right place. No explanation, no code.",
    2: "the concept: the idea that is missing, in two to four sentences, tied to what the learner's code does now. No "
    "block of code.",
    3: "a plan: three to five numbered steps in words that lead from the learner's code to a working one. No code.",
    4: "a partial example: a fenced block of three to eight lines that does something similar on OTHER data for "
    "ANOTHER problem with other names, and one sentence on how it is like the task.",
}
SYSTEM = f"""\
You help a learner with a programming exercise, as a good tutor at their side does: you find out what they \
misunderstand and give the smallest help that moves them on.

{DATA}

{RULES}

How to help
- Begin with what `running_it_shows` first: it is true. Name the learner's line or call that it is about.
- One idea per hint. Build on `said_before` and never say it again.
- Give exactly the rung of help that `rung` describes, no more. `author_says` is what the author of the exercise would \
say at this rung: use what fits this learner's code.
- When the code is still the starter, help with the first step.
- End with a question or a thing to try, when the rung allows. At most 120 words."""


def messages(situation: Situation, number: int, author_says: str) -> tuple[Message, ...]:
    """The conversation that asks for the hint of a number, from 1."""
    data = about(situation, rung=RUNGS[min(number, max(RUNGS))], author_says=author_says)
    return Message("system", SYSTEM), Message("user", data)
