"""What to tell a learner about a graded answer, from what running and reading it showed."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.clues import MISCONCEPTIONS
from jupyter_tutor.tutoring.situation import Situation

MODEL = "*A language model adds, and may be wrong:*"
_SHOWN = 3


def feedback(situation: Situation) -> str:
    """Markdown: what is good, what to change, the concept behind it, and a question; after passing, how the author did
    it. Nothing of the author's answer is in it before.
    """
    verdict = situation.verdict or {}
    parts = _failed(situation, verdict) if verdict.get("passed") is False else _passed(situation, verdict)
    return "\n\n".join(part for part in parts if part)


def _passed(situation: Situation, verdict: dict[str, Any]) -> Iterator[str]:
    first = " at the first try" if situation.daily.submissions <= 1 else ""
    number = len(verdict.get("checks", []))
    if not number:
        yield "Nothing of this is checked by a machine: a person reads it."
        return
    pass_ = "The check passes" if number == 1 else f"All {number} checks pass"
    yield f"**What is good.** {pass_}{first}.{_strong(verdict)}"
    yield _section("What could be better", _findings(verdict))
    yield _comparison(situation)
    yield _concept(situation)
    yield (
        "**To think about.** Which input of your own would be the hardest for your answer, and how do you know that it "
        "is right there too?"
    )


def _failed(situation: Situation, verdict: dict[str, Any]) -> Iterator[str]:
    checks = verdict.get("checks", [])
    passed = [c for c in checks if c["status"] == "passed"]
    if passed:
        yield f"**What is good.** {len(passed)} of {len(checks)} checks pass already.{_strong(verdict)}"
    elif any(check["status"] == "failed" for check in checks):
        yield "**What is good.** You handed in an answer that can be run: from here each try tells something."
    change = [clue.text for clue in situation.clues[:1]] or [verdict.get("message") or "Look at the first red check."]
    yield _section("What to change", change)
    yield _concept(situation)
    yield f"**To think about.** {_question(situation)}"


def _strong(verdict: dict[str, Any]) -> str:
    """The criteria beyond correctness that are flawless."""
    full = [name for name in ("quality", "style", "efficiency") if verdict.get("criteria", {}).get(name) == 100]
    return f" Nothing to say against its {' and '.join(full)}." if full else ""


def _findings(verdict: dict[str, Any]) -> list[str]:
    found = verdict.get("findings", [])[:_SHOWN]
    return [f"{f['message']}" + (f" (line {f['line']})" if f["line"] else "") for f in found]


def _concept(situation: Situation) -> str:
    """The idea that a clue points to, else what the exercise is about."""
    told = [MISCONCEPTIONS[clue.misconception] for clue in situation.clues if clue.misconception in MISCONCEPTIONS]
    if told:
        return f"**The concept.** {told[0]}"
    objectives = situation.exercise.metadata.objectives
    topics = " and ".join(topic.replace("-", " ") for topic in situation.exercise.metadata.topics[:2])
    if not objectives:
        return f"**The concept.** This exercise is about {topics}." if topics else ""
    return f"**The concept.** {objectives[0].rstrip('.')}" + (f": this belongs to {topics}." if topics else ".")


def _question(situation: Situation) -> str:
    clue = situation.clues[0] if situation.clues else None
    if clue is not None and clue.call:
        return f"Follow `{clue.call}` through your code by hand, line by line: where does it part from what you expect?"
    if clue is not None and clue.line:
        return f"What do the names in line {clue.line} hold just before it runs?"
    return "What is the smallest input for which you are not sure what your answer gives?"


def _comparison(situation: Situation) -> str:
    """The author's answer beside the learner's."""
    theirs, own = situation.exercise.solution(), situation.merged.answers
    source = "\n\n".join(theirs.values()).strip()
    said = "; ".join(_differences("\n\n".join(own.values()), source)) or "the two are built alike"
    return f"**How the author did it.** Beside yours, {said}.\n\n```python\n{source}\n```"


_PARTS: tuple[tuple[str, tuple[type[ast.AST], ...]], ...] = (
    ("loops", (ast.For, ast.While)),
    ("comprehensions", (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)),
    ("conditions", (ast.If, ast.IfExp)),
    ("functions", (ast.FunctionDef, ast.Lambda)),
    ("dictionaries and sets", (ast.Dict, ast.Set, ast.DictComp, ast.SetComp)),
)


def _differences(own: str, theirs: str) -> Iterator[str]:
    """How an answer differs from the author's, in its parts."""
    try:
        one, other = _parts(parse(own)), _parts(parse(theirs))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for name, _ in _PARTS:
        if one[name] != other[name]:
            yield f"the number of {name} is {other[name]}, and yours is {one[name]}"
    lines = [sum(1 for line in text.splitlines() if line.strip()) for text in (own, theirs)]
    if abs(lines[0] - lines[1]) > max(lines) // 4:
        yield f"its length is {lines[1]} to your {lines[0]} (in lines)"


def _parts(tree: ast.Module) -> Counter[str]:
    return Counter(name for node in ast.walk(tree) for name, kinds in _PARTS if isinstance(node, kinds))


def _section(title: str, said: Iterable[str]) -> str:
    texts = list(said)
    if len(texts) == 1:
        return f"**{title}.** {texts[0]}"
    return "\n".join([f"**{title}.**", "", *(f"- {text}" for text in texts)]) if texts else ""
