"""What goes wrong between the kernel and the server, as sentences for the learner.

TutorMessage    the learner reads it as it is
└── NoAnswer    the server could not be reached; asking again may help
"""


class TutorMessage(Exception):
    """Its text is all that the learner sees. `status` is the HTTP status when a server refused."""

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class NoAnswer(TutorMessage):
    """The connection failed or broke off."""


def own_error(error: Exception) -> str:
    """What the learner sees of an error that nobody foresaw: never its text, which may hold anything."""
    kind = type(error).__name__
    return f"Jupyter Tutor met an error of its own ({kind}): try again, then run `jupyter tutor doctor`."
