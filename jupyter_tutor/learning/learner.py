"""One learner on one date: what was done and chosen, and all that follows from it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from jupyter_tutor.learning.achievements import Measures
from jupyter_tutor.learning.evidence import evidence_of
from jupyter_tutor.learning.level import level_history
from jupyter_tutor.learning.mastery import Evidence, Knowledge, knowledge
from jupyter_tutor.learning.model import Level, LevelChange, Past, Rules
from jupyter_tutor.learning.profile import Choice, Profile, last_choice
from jupyter_tutor.learning.recall import Recall, recalls
from jupyter_tutor.learning.streak import Frequencies, Streaks, skips_left, streaks

MASTERED, SURE = 0.8, 3
"""A topic is mastered when its mastery is as high as this, after so many exercises of it."""


@dataclass(frozen=True)
class Learner:
    """`history` and `choices` are oldest first; `today` is the local date; `rules` are the operator's."""

    id: str
    today: date
    profile: Profile
    history: Sequence[Past] = ()
    choices: Sequence[Choice] = ()
    rules: Rules = Rules()  # noqa: RUF009  it is frozen

    def before(self, day: date) -> "Learner":
        """The same learner without what was done from a date on."""
        return replace(self, history=[past for past in self.history if past.date < day])

    def on(self, day: date) -> "Learner":
        """The same learner on another date."""
        return replace(self, today=day)

    def work_out(self) -> None:
        """Find out what takes long, so that it is at hand."""
        _ = self.recalls, self.knowledge, self.streaks, self.leveled

    @cached_property
    def leveled(self) -> tuple[Level, list[LevelChange]]:
        """The level of the next exercise, and how it came to that."""
        return level_history(self.history, self.today, self.rules, self.choices)

    @property
    def level(self) -> Level:
        return self.leveled[0]

    @cached_property
    def frequencies(self) -> Frequencies:
        return Frequencies(self.choices)

    @cached_property
    def streaks(self) -> Streaks:
        return streaks(self.history, self.today, self.rules, self.frequencies)

    @property
    def skips_left(self) -> int:
        return skips_left(self.history, self.today, self.rules)

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What the dailies show so far."""
        return [seen for past in self.history if (seen := evidence_of(past, self.today))]

    @cached_property
    def knowledge(self) -> Knowledge:
        return knowledge(self.evidence)

    @cached_property
    def recalls(self) -> dict[str, Recall]:
        """When each topic comes back."""
        return recalls(self.evidence, self.rules.recall)

    @property
    def wish(self) -> str:
        """The topic that was asked for and did not come yet, as topics are written."""
        choice = last_choice(self.choices, "wish")
        return as_topic(str(choice.value or "")) if choice else ""

    @property
    def mastered(self) -> list[str]:
        """Topics that the learner has mastered."""
        known = self.knowledge
        day = float(self.today.toordinal())
        found = {topic: known.mastery(topic, day) for topic in known.topics}
        return sorted(t for t, m in found.items() if m.mean >= MASTERED and m.evidence >= SURE)

    def measures(self) -> Measures:
        """How far the learner is, as badges count it: of all topics (the empty one), and of each."""
        passed = [past for past in self.history if past.passed]
        mastered = self.mastered
        return {
            "streak": {"": self.streaks.longest},
            "passed": _by_topic(passed),
            "mastered": {"": len(mastered)} | dict.fromkeys(mastered, 1),
            "first_tries": _by_topic([past for past in passed if past.submissions == 1 and not past.hints]),
            "topics": {"": len({topic for past in passed for topic in past.topics})},
            "kinds": {"": len({past.kind for past in passed})},
            "hard_passed": _by_topic([past for past in passed if past.difficulty == "hard"]),
        }


def _by_topic(dailies: Sequence[Past]) -> dict[str, int]:
    return {"": len(dailies)} | Counter(topic for past in dailies for topic in past.topics)


def as_topic(words: str) -> str:
    """Words as a topic is written: `Linked lists` is `linked-lists`."""
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold()))


def fits(wish: str, topics: Sequence[str]) -> bool:
    """Whether a topic that was asked for is among those of an exercise."""
    return bool(wish) and any(wish == topic or wish in topic.split("-") for topic in topics)
