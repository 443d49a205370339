"""The interview that makes a profile: the same questions at every door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jupyter_tutor.learning.profile import Choice


@dataclass(frozen=True)
class Option:
    """One answer that can be picked."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question; `name` is the field of the profile. `words` are several, by commas; a `zone` is an IANA name."""

    name: str
    text: str
    note: str
    kind: Literal["choice", "words", "number", "zone", "yes-no"]
    options: tuple[Option, ...] = ()


_QUESTIONS = (
    Question("language", "Which language do you want to practise?", "You can change it at any time.", "choice"),
    Question(
        "skill",
        "How well do you program in it?",
        "It bounds how hard exercises get; within that, they follow how you do.",
        "choice",
        (
            Option("beginner", "I am beginning: easy to medium exercises"),
            Option("intermediate", "I can write small programs: all exercises"),
            Option("advanced", "I program often: medium to hard exercises"),
        ),
    ),
    Question(
        "placement",
        "Shall your first three exercises find your level?",
        "Each of the three moves the level at once; after that it moves with care.",
        "yes-no",
    ),
    Question(
        "goals", "What do you want to be able to do?", "In a few words, such as: analyse data, pass a course.", "words"
    ),
    Question(
        "interests",
        "What are you interested in?",
        "Stories of exercises are chosen by it, such as: music, sport.",
        "words",
    ),
    Question(
        "style",
        "How do you like to be helped?",
        "The tutor never gives the answer away, whatever you choose.",
        "choice",
        (
            Option("questions", "With questions that lead me there"),
            Option("explanations", "With explanations of the concept"),
            Option("examples", "With small examples of something alike"),
        ),
    ),
    Question("minutes", "How many minutes a day do you have?", "Exercises that fit are preferred.", "number"),
    Question(
        "frequency",
        "How often do you want an exercise?",
        "Your streak follows it: free days never end one.",
        "choice",
        (
            Option("daily", "Every day"),
            Option("weekdays", "Monday to Friday"),
            Option("three-a-week", "Three a week, on days of your choice"),
        ),
    ),
    Question("time_zone", "In which time zone do you live?", "At midnight there the next exercise is ready.", "zone"),
)


def questions(languages: Sequence[str]) -> tuple[Question, ...]:
    """All questions in their order."""
    known = tuple(Option(name, name.capitalize()) for name in languages)
    return tuple(Question(q.name, q.text, q.note, q.kind, known) if q.name == "language" else q for q in _QUESTIONS)


def unanswered(choices: Sequence[Choice], languages: Sequence[str]) -> tuple[str, ...]:
    """The names of the questions without an answer: where an interview goes on. One language needs no question."""
    answered = {choice.name for choice in choices}
    asked = [q.name for q in _QUESTIONS if q.name != "language" or len(languages) > 1]
    return tuple(name for name in asked if name not in answered)
