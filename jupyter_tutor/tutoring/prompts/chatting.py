"""How a model is asked to answer a learner's question."""

import json
from dataclasses import replace

from jupyter_tutor.dialogue import Message
from jupyter_tutor.tutoring.prompts.about import DATA, RULES, about
from jupyter_tutor.tutoring.situation import Situation

NAME = "chat/1"
MOST = 900
_HISTORY = 8000
"""Characters of earlier messages that go along, the latest first."""
SYSTEM = f"""\
You answer the questions of a learner about a programming exercise that they work on, as a good tutor at their side \
does. The first message is about their work; those after it are the learner's, each as JSON.

{DATA}

{RULES}

How to answer
- Answer the question that was asked, first and directly, when it is about Python, about the task's words, about an \
error or about what the code does. Explain an idea with a small example of your own on other data.
- When the learner asks for the solution, for a missing part or whether their code is right, say kindly that you will \
not write it for them, tell what running their code shows, and ask the question that leads to the next step.
- What has nothing to do with the exercise or with learning to program you leave with one friendly sentence.
- You may be wrong: when you are not sure, say so and tell how to find out by running something.
- At most 180 words."""


def messages(situation: Situation, question: str) -> tuple[Message, ...]:
    """The conversation up to the question."""
    history: list[Message] = []
    left = _HISTORY
    for said in reversed(situation.said):
        left -= len(said.text)
        if left < 0:
            break
        history.append(_learner(said.text) if said.role == "learner" else Message("assistant", said.text))
    return (
        Message("system", SYSTEM),
        Message("user", about(replace(situation, said=()))),
        *reversed(history),
        _learner(question),
    )


def _learner(text: str) -> Message:
    return Message("user", json.dumps({"learner_says": text}, ensure_ascii=False))
