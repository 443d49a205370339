"""The dashboard as HTML: figures, calendar, weeks, levels, history. Colors are JupyterLab's, light or dark."""

from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.replies import Daily, Progress
from jupyter_tutor.kernel.streak_calendar import calendar_svg, legend_html, mark_html
from jupyter_tutor.kernel.weeks import weeks_svg
from jupyter_tutor.kernel.words import counted, duration, kind_word, number, status_word

_STYLE = """<style>
.jp-tutor-progress { font: 13px/1.5 var(--jp-ui-font-family, system-ui, sans-serif); max-width: 60em; }
.jp-tutor-progress { color: var(--jp-ui-font-color1, currentColor); }
.jp-tutor-progress h3 { font-size: 1.1em; font-weight: 600; margin: 1.2em 0 .4em; }
.jp-tutor-progress dl { display: flex; flex-wrap: wrap; gap: .6em; margin: .4em 0; }
.jp-tutor-progress dl div { border: 1px solid var(--jp-border-color2, #bdbdbd); border-radius: 4px; }
.jp-tutor-progress dl div { padding: .3em .8em; min-width: 6em; }
.jp-tutor-progress dt, .jp-tutor-progress dd { float: none; width: auto; padding: 0; white-space: nowrap; }
.jp-tutor-progress dt { color: var(--jp-ui-font-color2, currentColor); font-weight: normal; margin: 0; }
.jp-tutor-progress dd { font-size: 1.4em; font-weight: 600; line-height: 1.3; margin: 0; }
.jp-tutor-progress p { margin: .4em 0; }
.jp-tutor-progress svg { display: block; max-width: 100%; height: auto; overflow: visible; }
.jp-tutor-progress svg text { font-size: 10px; fill: var(--jp-ui-font-color2, currentColor); }
.jp-tutor-key svg, .jp-tutor-progress td svg { display: inline-block; vertical-align: -2px; }
.jp-tutor-legend { display: flex; flex-wrap: wrap; gap: .2em 1.2em; }
.jp-tutor-progress table { border-collapse: collapse; margin: .4em 0; font: inherit; color: inherit; }
.jp-tutor-progress tr { background: none; }
.jp-tutor-progress tr > * { text-align: left; vertical-align: top; padding: .25em 1.2em .25em 0; max-width: none; }
.jp-tutor-progress tr > * { border: 0; border-bottom: 1px solid var(--jp-border-color2, #bdbdbd); }
.jp-tutor-progress th { font-weight: 600; white-space: nowrap; }
.jp-tutor-progress td.jp-tutor-fixed { white-space: nowrap; }
.jp-tutor-progress .jp-tutor-number { text-align: right; font-variant-numeric: tabular-nums; }
</style>"""

_KEY = "<p>Filled: passed. Framed: completed without passing.</p>"


def overview_html(progress: Progress) -> str:
    """All but the history."""
    sections = (
        ("Your progress", _figures(progress)),
        ("Streak calendar", calendar_svg(progress.calendar, progress.today) + legend_html()),
        ("Exercises per week", weeks_svg(progress.calendar, progress.today) + _KEY),
        ("Level", _levels(progress)),
    )
    return _page("".join(f"<h3>{heading}</h3>{body}" for heading, body in sections))


def history_html(progress: Progress, status: str | None = None) -> str:
    """The latest exercises, of one status (in words) or all."""
    chosen = [daily for daily in progress.history if status in (None, status_word(daily))]
    empty = "<p>There is no such exercise.</p>" if status else "<p>There is no exercise yet.</p>"
    return _page("<h3>Latest exercises</h3>" + (_history(chosen) if chosen else empty))


def notice_html(text: str) -> str:
    """What went wrong."""
    return _page(f'<p role="alert">{escape(text)}</p>') if text else ""


def _page(body: str) -> str:
    return f'{_STYLE}<div class="jp-tutor-progress mathjax_ignore">{body}</div>'


def _figures(progress: Progress) -> str:
    figures = (
        ("Streak", counted(progress.current_streak, "day")),
        ("Longest streak", counted(progress.longest_streak, "day")),
        ("Passed", str(progress.passed)),
        ("Completed", str(progress.completed)),
        ("Active time", duration(progress.active_seconds)),
        ("Level", escape(line(progress.level))),
    )
    return f"<dl>{''.join(f'<div><dt>{name}</dt><dd>{value}</dd></div>' for name, value in figures)}</dl>"


def _levels(progress: Progress) -> str:
    if not progress.level_history:
        return f"<p>{escape(line(progress.level))}, since the start.</p>"
    changes = sorted(progress.level_history, key=lambda change: change.date, reverse=True)
    rows = [[str(change.date), escape(line(change.level)), escape(line(change.reason))] for change in changes]
    return _table(("Date", "Level", "Why"), rows)


def _history(dailies: list[Daily]) -> str:
    return _table(("Date", "Exercise", "Kind", "Difficulty", "Status", "Score"), [_row(daily) for daily in dailies])


def _row(daily: Daily) -> list[str]:
    score = "-" if daily.best_score is None else number(daily.best_score)
    words = (str(daily.date), line(daily.title), kind_word(daily.kind), line(daily.difficulty))
    return [*map(escape, words), mark_html(status_word(daily)), score]


def _table(heads: tuple[str, ...], rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col"{_kind(name)}>{name}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, heads, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(head: str, value: str) -> str:
    return f"<td{_kind(head)}>{value}</td>"


def _kind(head: str) -> str:
    kinds = {"Score": "number", "Date": "fixed", "Status": "fixed"}
    return f' class="jp-tutor-{kinds[head]}"' if head in kinds else ""
