"""How well topics are known, in words, and which of them a radar shows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jupyter_tutor.kernel.learner_replies import Skill
from jupyter_tutor.kernel.plain import line
from jupyter_tutor.kernel.words import counted

FEWEST, MOST = 3, 8
"""Topics of a radar: fewer are no area, more cannot be read."""
RADAR_NEEDS = f"The radar appears with exercises of {FEWEST} topics."
BAND = "The line is where the true value lies with a probability of 80 percent: it shrinks with each exercise."


@dataclass(frozen=True)
class Spoke:
    """One topic of a radar, with the direction of its axis: x to the right, y up, of length 1."""

    skill: Skill
    x: float
    y: float


def topic_word(topic: str) -> str:
    """The name of a topic."""
    return line(topic.replace("-", " "))


def percent(value: float) -> float:
    """A value of the server within the scale."""
    return round(min(max(value, 0.0), 100.0), 1)


def chance(skill: Skill) -> str:
    """`62 % (45 to 78)`."""
    return f"{skill.mean:.0f} % ({skill.low:.0f} to {skill.high:.0f})"


def returns(skill: Skill, today: date) -> str:
    """When the topic comes back; `-` when it has no date of its own."""
    if skill.due is None:
        return "-"
    return "due" if skill.due <= today else str(skill.due)


def said(skill: Skill, today: date) -> str:
    """All of a topic in one sentence."""
    mastered = ", mastered" if skill.mastered else ""
    back = "it is due" if skill.due and skill.due <= today else f"it comes back on {skill.due}"
    after = counted(skill.evidence, "exercise")
    return f"{topic_word(skill.topic)}: {chance(skill)} after {after}{mastered}{f'; {back}' if skill.due else ''}"


def spokes(skills: Sequence[Skill]) -> list[Spoke]:
    """The topics with the most exercises, clockwise by name; none when they are too few."""
    if len(skills) < FEWEST:
        return []
    most = sorted(skills, key=lambda skill: (-skill.evidence, skill.topic))[:MOST]
    turns = [2 * math.pi * at / len(most) for at in range(len(most))]
    by_name = sorted(most, key=lambda skill: topic_word(skill.topic))
    return [Spoke(skill, math.sin(turn), math.cos(turn)) for skill, turn in zip(by_name, turns, strict=True)]
