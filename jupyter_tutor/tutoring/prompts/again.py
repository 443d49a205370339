"""What a model is told whose answer was withheld."""

from jupyter_tutor.dialogue import Message


def again(text: str, reason: str) -> tuple[Message, ...]:
    """The answer that was withheld, and the wish for another."""
    wish = (
        f"That answer was withheld, the learner has not seen all of it: {reason}. Answer again, for the same learner, "
        "without code that belongs to this task: use words, or an example for another small problem on other data."
    )
    return Message("assistant", text), Message("user", wish)
