"""All errors of Jupyter Tutor, split by who has to act.

TutorError
├── AuthorError      the exercise: its author mends the notebook
├── LearnerError     the request or the notebook: the learner does something else
│   ├── NotFound     there is no such thing
│   └── Conflict     not in this state
├── OperatorError    the installation: whoever runs it mends it
│   └── StorageError the database
├── ModelError       the language model gave no usable answer; all goes on without it
│   ├── ModelOff     there is none, or it is switched off
│   ├── BudgetSpent  the learner's tokens of the day are used up
│   ├── GenerationFailed  it wrote no exercise that could be proven
│   └── Leaked       its text gives the answer away
└── GraderError      the grader ended; trying again helps

A failing check is a verdict, not an error. Each message says what is wrong and what to do about it.
"""

from typing import Any


class TutorError(Exception):
    """Base of all; the message is for the person who has to act."""


class AuthorError(TutorError):
    """The authored notebook has to be mended."""


class LearnerError(TutorError):
    """The learner can do something about it."""


class NotFound(LearnerError):
    """There is no such thing."""


class Conflict(LearnerError):
    """It cannot be done in this state."""


class OperatorError(TutorError):
    """The installation has to be mended."""


class StorageError(OperatorError):
    """The database cannot be used."""


class ModelError(TutorError):
    """The language model gave no usable answer. The message names neither key nor prompt."""


class ModelOff(ModelError):
    """There is no model, or it is switched off."""


class BudgetSpent(ModelError):
    """The learner's tokens of the day are used up."""


class GenerationFailed(ModelError):
    """No exercise was proven within the bounds. `report` is the `generation.report.Report` of what was tried."""

    def __init__(self, message: str, report: Any) -> None:
        super().__init__(message)
        self.report = report


class Leaked(ModelError):
    """What the model wrote gives the answer away; the message is the reason, as a part of a sentence."""


class GraderError(TutorError):
    """The grader ended before there was a verdict."""


def sentence(text: str) -> str:
    """A message as a sentence: with a capital letter and a full stop."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "`")) else ".")
