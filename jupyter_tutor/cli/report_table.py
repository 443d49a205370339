"""The table of `jupyter tutor report`, and the sentences below it, in 100 columns."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from jupyter_tutor.learning.figures import LEAST, Figures, Share

WIDTH = 100
_NAME = 27
_COLUMNS = (
    ("stated", 6),
    ("found", 6),
    ("learners", 8),
    ("tries", 5),
    ("passed", 11),
    ("once", 4),
    ("hints", 5),
    ("minutes", 7),
    ("skip", 4),
    ("discr", 5),
)
Found = Sequence[tuple[Figures, Sequence[str]]]


def lines(found: Found, titles: Mapping[str, str]) -> Iterator[str]:
    """The table, and below it what is to be said."""
    yield from _table(found)
    for figures, sentences in found:
        if sentences:
            title = titles.get(figures.slug)
            yield ""
            yield f"{figures.slug} ({title})" if title else figures.slug
            for sentence in sentences:
                yield from wrap(sentence, WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if rest := _rest(found):
        yield f"\n{rest}"


def _table(found: Found) -> Iterator[str]:
    width = min(_NAME, max([len("exercise"), *(len(figures.slug) for figures, _ in found)]))
    head = " ".join(name.rjust(size) for name, size in _COLUMNS)
    yield f"  {'exercise'.ljust(width)} {head}"
    for figures, sentences in found:
        name = figures.slug if len(figures.slug) <= width else f"{figures.slug[: width - 1]}…"
        cells = " ".join(cell.rjust(size) for cell, (_, size) in zip(_cells(figures), _COLUMNS, strict=True))
        yield f"{'!' if sentences else ' '} {name.ljust(width)} {cells}"


def _cells(of: Figures) -> tuple[str, ...]:
    passed = of.passed and f"{_percent(of.passed)} {of.passed.low * 100:.0f}-{of.passed.high * 100:.0f}"
    return (
        of.stated.difficulty,
        of.observed.level if of.observed else "-",
        str(of.learners),
        _number(of.tries, 1),
        passed or "-",
        _percent(of.at_once),
        _number(of.hints, 1),
        f"{_number(of.minutes, 0)}/{of.stated.minutes}",
        _percent(of.skipped),
        _number(of.discrimination, 2),
    )


def _percent(share: Share | None) -> str:
    return "-" if share is None else f"{share.value * 100:.0f}%"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _rest(found: Found) -> str:
    """What is to be said of those without a sentence of their own."""
    few = sum(not figures.enough for figures, _ in found)
    said = [] if few == len(found) or any(sentences for _, sentences in found) else ["Nothing stands out."]
    if few:
        tried = "1 exercise was" if few == 1 else f"{few} exercises were"
        said.append(f"{tried} tried by fewer than {LEAST} learners: too few to say anything.")
    return " ".join(said)
