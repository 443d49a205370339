"""What a learner's words mean as a value of the profile."""

from collections.abc import Sequence
from difflib import get_close_matches

from jupyter_tutor.kernel.learner_replies import InterviewQuestion, Option, ProfileState
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.plain import line

AUTO = "auto"
NONE = "none"
_LEVELS = ("easy", "medium", "hard", AUTO)
"""The server says best which of them a learner's skill allows."""
_YES_NO = {"yes": True, "y": True, "on": True, "true": True, "no": False, "n": False, "off": False, "false": False}
_KINDS = {"level": "choice", "adapt": "yes-no", "topics": "words", "memory": "yes-no"}
"""Of what the interview does not ask; the others are texts."""


def field_of(name: str, state: ProfileState) -> InterviewQuestion:
    """What can be answered for a field of the profile."""
    for question in state.questions:
        if question.name == name:
            return question
    options = [Option(level, level) for level in _LEVELS] if name == "level" else []
    return InterviewQuestion(name, "", "", _KINDS.get(name, "text"), options)


def understood(question: InterviewQuestion, text: str) -> object:
    """The value. Raises TutorMessage, which says what would be one."""
    match question.kind:
        case "choice":
            return _picked(question.name, text, question.options)
        case "yes-no":
            if (value := _YES_NO.get(text.casefold())) is None:
                raise TutorMessage(f"Say yes or no, and not `{_short(text)}`.")
            return value
        case "number":
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                raise TutorMessage(f"Say a whole number, and not `{_short(text)}`.")
            return int(text)
        case "words":
            parts = [] if text.casefold() == NONE else text.replace(";", ",").split(",")
            return [one for part in parts if (one := part.strip())]
    return "" if text.casefold() == NONE and question.name == "wish" else text


def said(value: object) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(line(str(one)) for one in value) or NONE
    return line(str(value)) if value not in (None, "") else NONE


def suggestion(word: str, known: Sequence[str], lead: str = "") -> str:
    """` Did you mean ...?`, empty when nothing is near."""
    near = get_close_matches(word.casefold(), known, n=1, cutoff=0.5)
    return f" Did you mean `{lead}{near[0]}`?" if near else ""


def _picked(name: str, text: str, options: Sequence[Option]) -> str:
    """By its number from 1, its value or its label; the beginning is enough when only one has it."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(options):
        return options[int(text) - 1].value
    wanted = "-".join(text.casefold().split())
    found = [one.value for one in options if wanted in (one.value.casefold(), "-".join(one.label.casefold().split()))]
    found = found or [one.value for one in options if wanted and one.value.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    values = [one.value for one in options]
    of = f"`{_short(text)}` is none of {', '.join(values)}."
    raise TutorMessage(f"{name.replace('_', ' ').capitalize()}: {of}{suggestion(wanted, values)}")


def _short(text: str) -> str:
    return line(text)[:40]
