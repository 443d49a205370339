"""What was tried when an exercise was written: for authors, in words and as JSON."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from jupyter_tutor.dialogue import Tokens

StageName = Literal["drafting", "reading", "comparing", "proving", "mutants", "second solution", "done"]
STAGES: tuple[StageName, ...] = get_args(StageName)


@dataclass(frozen=True)
class Stage:
    """Where the writing of an exercise is: what is done in which try, counted from 1."""

    name: StageName
    number: int
    tries: int


@dataclass(frozen=True)
class Try:
    """One draft: how far it came, and why it was refused; no reasons when it was accepted.

    `noticed` is the share of mutants that the checks noticed, None where none were run; `survivors` are the others.
    """

    number: int
    stage: StageName
    reasons: tuple[str, ...]
    tokens: Tokens
    seconds: float
    title: str = ""
    noticed: float | None = None
    survivors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All tries at one exercise. `ended` says in a sentence why there were no more."""

    wanted: str
    tries: tuple[Try, ...]
    ended: str

    @property
    def tokens(self) -> Tokens:
        return sum((one.tokens for one in self.tries), Tokens())

    @property
    def seconds(self) -> float:
        return sum(one.seconds for one in self.tries)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self) | {"tokens": asdict(self.tokens), "seconds": round(self.seconds, 3)}

    def __str__(self) -> str:
        lines = [f"{self.wanted}: {self.ended}", f"{_effort(self.tokens, self.seconds)} in all"]
        for one in self.tries:
            state = f"refused at {one.stage}" if one.reasons else "accepted"
            lines.append(f"Try {one.number}, {one.title or 'no draft'}: {state} ({_effort(one.tokens, one.seconds)})")
            lines += [f"  - {reason}" for reason in one.reasons]
            if one.noticed is not None:
                lines.append(f"  mutants noticed: {one.noticed:.0%}")
                lines += [f"  - not noticed: {survivor}" for survivor in one.survivors]
        return "\n".join(lines)


def _effort(tokens: Tokens, seconds: float) -> str:
    return f"{tokens.total} tokens, {seconds:.1f} s"
