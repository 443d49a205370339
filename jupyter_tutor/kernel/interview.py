"""`%tutor profile ask`: the open questions of the interview, one after the other."""

from IPython.core.error import StdinNotImplementedError

from jupyter_tutor.kernel.answers import said, understood
from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.learner_replies import InterviewQuestion, ProfileState
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.words import counted

STOP = "stop"
_REFUSED = (400, 409, 422)
"""What a server answers that does not take a value; all else would go wrong again."""
_NO_INPUT = (
    "This notebook cannot ask you anything. Answer in the Jupyter Tutor panel, or one by one: "
    "`%tutor profile` shows what can be chosen."
)


class _Left(Exception):
    """The learner goes on another time."""


def interview(api: Api) -> None:
    """Ask what has no answer; each answer is kept at once. Raises TutorMessage where nothing can be asked."""
    state = api.profile()
    open_questions = [question for question in state.questions if question.name in state.unanswered]
    if not open_questions:
        if state.profile.interview == "open":
            api.choose("interview", "done")
        print("All questions are answered: `%tutor profile` shows the answers, and how to change one.")
        return
    print(f"{counted(len(open_questions), 'question')}. Enter alone keeps what stands in brackets; `{STOP}` leaves.")
    try:
        for at, question in enumerate(open_questions, start=1):
            print("\n".join(["", *_asked(question, f"{at} of {len(open_questions)}")]), flush=True)
            state = _settled(api, question, state)
    except (_Left, KeyboardInterrupt, EOFError):
        print("\nYour answers up to here are kept: `%tutor profile ask` goes on there.")
        return
    except StdinNotImplementedError:
        raise TutorMessage(_NO_INPUT) from None
    api.choose("interview", "done")
    print("\nThank you, that is all. `%tutor profile` shows your answers, and how to change one.")


def _asked(question: InterviewQuestion, at: str) -> list[str]:
    options = [f"  {number}  {line(option.label)}" for number, option in enumerate(question.options, start=1)]
    return [f"{at}  {line(question.text)}", f"  {line(question.note)}", *options]


def _settled(api: Api, question: InterviewQuestion, state: ProfileState) -> ProfileState:
    """Ask until there is an answer that the server takes."""
    default = getattr(state.profile, question.name)
    while True:
        text = input(f"{_hint(question)} [{_shown(question, default)}]: ").strip()
        if text.casefold() == STOP:
            raise _Left
        try:
            value = understood(question, text) if text else default
        except TutorMessage as odd:
            print(odd, flush=True)
            continue
        try:
            return api.choose(question.name, value)
        except TutorMessage as refused:
            if refused.status not in _REFUSED:
                raise
            print(refused, flush=True)


def _hint(question: InterviewQuestion) -> str:
    hints = {"choice": "Number or word", "yes-no": "Yes or no", "words": "Words, by commas", "number": "Number"}
    return hints.get(question.kind, "Your answer")


def _shown(question: InterviewQuestion, value: object) -> str:
    """A default as it is offered: a choice by its label."""
    return next((line(option.label) for option in question.options if option.value == value), said(value))
