"""The card of an exercise."""

from jupyter_tutor.kernel.plain import escape, line, prose
from jupyter_tutor.kernel.replies import DailyDetail, Opened
from jupyter_tutor.kernel.screen import Bundle
from jupyter_tutor.kernel.words import counted, kind_word, number, status_word

_HOW = "In that notebook: `%tutor submit` hands in your answer, `%tutor hint` helps and costs nothing."
_REASONS = 2
_FRAME = (
    "font-family:var(--jp-ui-font-family, sans-serif);color:var(--jp-ui-font-color1, currentColor);"
    "border:1px solid var(--jp-border-color1, currentColor);border-radius:4px;padding:.6em 1em;max-width:44em"
)


def card(daily: DailyDetail, opened: Opened, href: str | None) -> Bundle:
    """What the exercise is about and how it stands. `href` leads to its notebook."""
    return {"text/plain": _plain(daily, opened), "text/html": _html(daily, opened, href)}


def _facts(daily: DailyDetail) -> str:
    facts = [kind_word(daily.kind).capitalize(), line(daily.difficulty), counted(daily.minutes, "minute")]
    return " · ".join([*facts, *([f"topics: {', '.join(map(line, daily.topics))}"] if daily.topics else [])])


def _standing(daily: DailyDetail) -> str:
    score = [] if daily.best_score is None else [f"best score {number(daily.best_score)}"]
    hints = [f"{daily.hints_asked} of {counted(daily.hints_total, 'hint')} asked"] if daily.hints_total else []
    return " · ".join([f"Status: {status_word(daily)}", *score, *hints])


def _goals(daily: DailyDetail) -> list[tuple[str, list[str]]]:
    parts = (
        ("Why this one", daily.because[:_REASONS]),
        ("You will practise", daily.objectives),
        ("You are done when", daily.success_criteria),
    )
    return [(heading, [line(goal) for goal in goals]) for heading, goals in parts if goals]


def _where(opened: Opened) -> str:
    return "Notebook (just made):" if opened.created else "Notebook:"


def _plain(daily: DailyDetail, opened: Opened) -> str:
    rows = [line(daily.title), _facts(daily), _standing(daily)]
    for heading, goals in _goals(daily):
        rows += [f"{heading}:", *(f"  - {goal}" for goal in goals)]
    return "\n".join([*rows, f"{_where(opened)} {line(opened.path)}", _HOW])


def _html(daily: DailyDetail, opened: Opened, href: str | None) -> str:
    path = escape(line(opened.path))
    where = f"<code>{path}</code>" if href is None else f'<a href="{escape(href)}">{path}</a>'
    rows = [
        f"<strong style='font-size:1.2em'>{escape(line(daily.title))}</strong>",
        escape(_facts(daily)),
        escape(_standing(daily)),
        *(f"{heading}:{_list(goals)}" for heading, goals in _goals(daily)),
        f"{_where(opened)} {where}",
        prose(_HOW),
    ]
    return f"<div class='mathjax_ignore' style='{_FRAME}'>{''.join(map(_row, rows))}</div>"


def _row(content: str) -> str:
    return f"<div style='margin:.3em 0'>{content}</div>"


def _list(items: list[str]) -> str:
    return f"<ul style='margin:.2em 0'>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
