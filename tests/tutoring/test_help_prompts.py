"""What models are told when they help: versions, data that stay data, and a budget."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from jupyter_tutor.dialogue import Message
from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.proof import Proof
from jupyter_tutor.learning.model import Daily, GivenHint
from jupyter_tutor.learning.talk import ChatMessage
from jupyter_tutor.testing import answer_cell, authored, checks_cell, text_cell
from jupyter_tutor.tutoring.prompts import again, chatting, commenting, hinting
from jupyter_tutor.tutoring.situation import Situation

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HIDDEN = "### BEGIN HIDDEN TESTS\nassert double(17) == 34, 'a larger number'\n### END HIDDEN TESTS"
PUBLISHED = {
    "hint/2": "e25f0d9a28d5",
    "chat/1": "a05adb3723ee",
    "feedback/1": "cb1a44b5de5a",
}
"""The texts of each version: what is changed gets a new number."""


def exercise() -> Exercise:
    return authored(
        text_cell("# Twice\nWrite `double`."),
        answer_cell("def double(n):\n    ### BEGIN SOLUTION\n    return n * 2\n    ### END SOLUTION"),
        checks_cell(f"assert double(1) == 2\n{HIDDEN}"),
        slug="twice",
        title="Twice",
        hints=["Look.", "Think.", "Plan.", "Try."],
    )


def situation(answer: str = "def double(n):\n    return n", **values: object) -> Situation:
    made = exercise()
    daily = Daily("d1", "ada", date(2026, 3, 2), "twice", "Twice", "practical", "easy", "python", ("numbers",), 5, "p")
    return Situation(daily, made, Proof("x", ()), with_answers(made, {"answer": answer}), **values)  # type: ignore[arg-type]


def data(messages: tuple[Message, ...]) -> dict[str, object]:
    """The data of the first message after the rules."""
    found: dict[str, object] = json.loads(messages[1].content)
    return found


def test_a_prompt_that_changes_gets_a_new_version() -> None:
    texts = {
        hinting.NAME: hinting.SYSTEM + json.dumps(hinting.RUNGS),
        chatting.NAME: chatting.SYSTEM,
        commenting.NAME: commenting.SYSTEM + json.dumps(commenting.Comment.model_json_schema()),
    }
    assert {name: sha256(text.encode()).hexdigest()[:12] for name, text in texts.items()} == PUBLISHED


def test_neither_the_answer_nor_a_hidden_check_is_told_before_passing() -> None:
    for messages in (
        hinting.messages(situation(), 2, "Think."),
        chatting.messages(situation(), "Why?"),
        commenting.messages(situation(), passed=False),
    ):
        told = str(messages)
        assert "n * 2" not in told
        assert "17" not in told
    assert "n * 2" in str(commenting.messages(situation(), passed=True))


def test_lines_of_the_code_are_numbered() -> None:
    told = data(hinting.messages(situation(), 1, "Look."))
    assert told["learner_code"] == "  1 def double(n):\n  2     return n"
    assert told["author_says"] == "Look."


def test_each_hint_gets_the_next_rung_and_those_beyond_the_last() -> None:
    rungs = [data(hinting.messages(situation(), number, ""))["rung"] for number in range(1, 7)]
    assert rungs == [hinting.RUNGS[1], hinting.RUNGS[2], hinting.RUNGS[3], *[hinting.RUNGS[4]] * 3]


def test_a_megabyte_of_code_and_a_long_conversation_stay_within_the_budget() -> None:
    said = tuple(ChatMessage("d1", n, "learner" if n % 2 else "tutor", "words " * 300, NOW) for n in range(1, 200))
    hints = tuple(GivenHint(n, "x" * 5000, NOW) for n in range(1, 50))
    large = situation("x = 1\n" * 170_000, said=said, hints=hints)
    messages = chatting.messages(large, "Why?")
    assert sum(len(message.content) for message in messages) < 40_000
    assert "characters left out" in messages[1].content
    assert json.loads(messages[-1].content) == {"learner_says": "Why?"}


def test_earlier_messages_keep_their_order_and_their_speaker() -> None:
    said = (ChatMessage("d1", 1, "learner", "Why?", NOW), ChatMessage("d1", 2, "tutor", "Because.", NOW))
    roles = [(m.role, m.content) for m in chatting.messages(situation(said=said), "How?")[2:]]
    assert roles == [
        ("user", '{"learner_says": "Why?"}'),
        ("assistant", "Because."),
        ("user", '{"learner_says": "How?"}'),
    ]


def test_a_comment_that_contradicts_the_verdict_is_no_comment() -> None:
    good = {"passed": False, "good": "Clear names.", "concept": "Order.", "question": "Why?", "compare": "x"}
    assert commenting.text(json.dumps(good), False) == "Clear names.\n\nOrder.\n\nWhy?"
    assert commenting.text(json.dumps(good | {"passed": True}), True).endswith("x\n\nWhy?")
    for wrong in (
        good | {"passed": True},
        good | {"good": "All the checks would pass now."},
        good | {"concept": "Your code is correct."},
        good | {"more": 1},
        {"passed": False},
    ):
        assert commenting.text(json.dumps(wrong), False) == "", wrong
    assert commenting.text("no JSON", False) == ""


def test_who_is_asked_again_sees_the_answer_and_the_reason() -> None:
    answer, wish = again.again("`return n * 2`", "it spells the solution out")
    assert (answer.role, answer.content) == ("assistant", "`return n * 2`")
    assert "it spells the solution out" in wish.content
