"""What can go wrong at the boundary itself, as against what learner code raises."""


class Interrupted(BaseException):
    """The player was stopped in the middle of a call. Not an Exception: a test's `except` must not swallow it."""


class Gone(BaseException):
    """The learner's process has ended; the message says why, `late` that it was ended because its time was over."""

    def __init__(self, said: str = "your code ended the Python process", late: bool = False) -> None:
        super().__init__(said)
        self.late = late


class Unfit(Exception):
    """A reply that is missing, malformed, too large, or not the one that was asked for."""


class Refusal(TypeError):
    """A learner's object was about to decide a check where the reference gave a plain value."""
