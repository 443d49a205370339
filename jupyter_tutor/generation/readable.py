"""What the text of a draft has to be like: plain, short enough, and nothing but prose and code."""

import re
from collections.abc import Iterator

from jupyter_tutor.exercises.exercise import slug
from jupyter_tutor.exercises.metadata import Difficulty
from jupyter_tutor.generation.draft import Draft
from jupyter_tutor.generation.notebook import text
from jupyter_tutor.generation.wanted import Wanted

GRADES: dict[Difficulty, float] = {"easy": 7.0, "medium": 8.5, "hard": 10.0}
"""The highest reading grade; texts of the curriculum are between 2 and 5."""
_FEWEST_WORDS, _WORDS, _WORDS_A_MINUTE = 25, 150, 15
_MOST_TITLE = 60

_FOREIGN = {
    "a link or an image": re.compile(r"https?:|www\.|data:\w+/|javascript:|\]\(|!\[|\]:\s*\S+\.", re.I),
    "HTML": re.compile(r"<(?:[a-z][a-z0-9]*(?:\s[^>]*)?/?|/[a-z][a-z0-9]*|!--)>?", re.I),
    "a sign that cannot be seen": re.compile(
        r"[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    ),
    "a marker of solutions or tests": re.compile(r"(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS|MARK SCHEME)|AUTOTEST"),
    "words to a language model": re.compile(
        r"(?:ignore|disregard|forget|override)\s+(?:(?:all|any|the|your|these|my|of|previous|prior|above|earlier)\s+)*"
        r"(?:instructions?|prompts?|guidelines)"
        r"|system prompt|<\|\w+\|>|\[/?INST\]|#{2,}\s*(?:system|instruction|assistant)\b"
        r"|\bas an? (?:AI|language model)|you are (?:an? )?(?:AI|assistant|language model|chatbot)|\bjailbreak",
        re.I,
    ),
}
_SHOWN = {"a link or an image", "HTML"}
"""What does no harm in code."""
_CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|`[^`\n]*`", re.M | re.S)
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s")
_TABLE = re.compile(r"^\|.*$", re.M)
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[a-z][a-z']*")


def text_problems(draft: Draft, wanted: Wanted) -> list[str]:
    """What is wrong with the words of a draft, in sentences for its author."""
    return [*_title(draft, wanted), *_foreign(draft), *_length(draft, wanted), *_scope(draft, wanted)]


def prose(markdown: str) -> str:
    """A text without its code and tables."""
    return _TABLE.sub("", _CODE.sub("it", markdown))


def reading_grade(markdown: str) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975) of the prose; syllables are counted as groups of vowels.

    textstat, the library for it, brings a pronouncing dictionary and hyphenation patterns, and cannot leave code out.
    """
    plain = prose(markdown).lower()
    words = _WORD.findall(plain)
    sentences = sum(1 for part in _SENTENCE.split(plain) if _WORD.search(part))
    if not words:
        return 0.0
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def words_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """All prose of a draft, each with the name of its field."""
    for field in ("title", "story", "task"):
        yield field, getattr(draft, field)
    for field in ("topics", "objectives", "success_criteria"):
        yield from ((field, item) for item in getattr(draft, field))
    yield from (("hints." + rung, said) for rung, said in draft.hints)
    for mistake in draft.mistakes:
        yield from (("mistakes", said) for said in (mistake.name, mistake.says))
    for check in (*draft.visible, *draft.hidden):
        yield "the case of a check", check.case


def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and count > 1
    return max(1, count - silent)


def _title(draft: Draft, wanted: Wanted) -> Iterator[str]:
    title = draft.title.strip()
    if not re.fullmatch(r"[^\W_][\w ,.'?!&-]*", title) or len(title) > _MOST_TITLE:
        yield f"The title has to be a few plain words on one line, at most {_MOST_TITLE} characters."
    seen = {slug(name) for name in wanted.avoid}
    if slug(title) in seen:
        yield f"The learner has had an exercise called {title!r}: tell another story and give it another title."


def _foreign(draft: Draft) -> Iterator[str]:
    for field, said in words_of(draft):
        for what, pattern in _FOREIGN.items():
            if pattern.search(_CODE.sub("", said) if what in _SHOWN else said):
                yield f"{field} holds {what}: leave it out, texts are prose and code for the learner alone."
    for name in ("starter", "reference"):
        for what in _FOREIGN.keys() - _SHOWN:
            if _FOREIGN[what].search(getattr(draft, name)):
                yield f"{name} holds {what}: leave it out."


def _length(draft: Draft, wanted: Wanted) -> Iterator[str]:
    told = f"{draft.story}\n\n{draft.task}"
    count, own = (len(_WORD.findall(prose(part).lower())) for part in (text(draft), told))
    most = _WORDS + _WORDS_A_MINUTE * wanted.minutes
    if own < _FEWEST_WORDS:
        yield f"Story and task have {own} words: explain the setting, the inputs, the result and the edge cases."
    if count > most:
        yield f"The text has {count} words, and at most {most} fit into {wanted.minutes} minutes: say it shorter."
    grade, highest = reading_grade(told), GRADES[wanted.difficulty]
    if grade > highest:
        yield (
            f"The text reads like school grade {grade:.0f}, and {highest:.0f} is the most for {wanted.difficulty}: "
            "write shorter sentences with plainer words."
        )


def _scope(draft: Draft, wanted: Wanted) -> Iterator[str]:
    topics = [slug(topic) for topic in draft.topics]
    if not topics or topics[0] != wanted.concept:
        yield f"The first topic has to be {wanted.concept!r}, the one main concept that was asked for."
    if len(topics) > 3:
        yield "There are more than three topics: keep to one main concept and at most two that support it."
    if not wanted.minutes / 2 <= draft.minutes <= wanted.minutes * 1.5:
        yield f"It is meant to take {draft.minutes} minutes, and about {wanted.minutes} were asked for."
    for field in ("objectives", "success_criteria"):
        if not 1 <= len(getattr(draft, field)) <= 4:
            yield f"{field} has to hold one to three entries."
