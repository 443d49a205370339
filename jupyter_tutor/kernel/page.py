"""The look of what is told about progress: headings, tables and lists. Colors are JupyterLab's, light or dark."""

from collections.abc import Sequence

from jupyter_tutor.kernel.plain import escape

# The class stands twice where the frontend's own look of tables would win.
STYLE = """<style>
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
.jp-tutor-wide { overflow-x: auto; }
.jp-tutor-progress.jp-tutor-progress table { border-collapse: collapse; margin: .4em 0; font: inherit; color: inherit; }
.jp-tutor-progress.jp-tutor-progress table { table-layout: auto; border: 0; }
.jp-tutor-progress.jp-tutor-progress tr:nth-child(n) { background: none; }
.jp-tutor-progress.jp-tutor-progress tr > * { text-align: left; vertical-align: top; max-width: none; }
.jp-tutor-progress.jp-tutor-progress tr > * { padding: .25em 1.2em .25em 0; }
.jp-tutor-progress.jp-tutor-progress tr > * { border: 0; border-bottom: 1px solid var(--jp-border-color2, #bdbdbd); }
.jp-tutor-progress.jp-tutor-progress th { font-weight: 600; white-space: nowrap; }
.jp-tutor-progress.jp-tutor-progress td.jp-tutor-fixed { white-space: nowrap; }
.jp-tutor-progress.jp-tutor-progress .jp-tutor-number { text-align: right; font-variant-numeric: tabular-nums; }
.jp-tutor-progress a { color: var(--jp-content-link-color, #0b57d0); text-decoration: underline; }
.jp-tutor-progress summary { cursor: pointer; width: fit-content; }
.jp-tutor-badges { list-style: none; display: flex; flex-wrap: wrap; gap: .6em; padding: 0; margin: .4em 0; }
.jp-tutor-badges li { border: 1px solid var(--jp-border-color2, #bdbdbd); border-radius: 4px; }
.jp-tutor-badges li { display: flex; gap: .6em; padding: .4em .8em; margin: 0; max-width: 17em; }
.jp-tutor-badges .jp-mod-next { border-style: dashed; }
.jp-tutor-badges svg { flex: none; }
.jp-tutor-badges progress { width: 8em; vertical-align: middle; }
.jp-tutor-box .widget-html { max-width: 100%; }
.jp-tutor-box .widget-html-content { min-width: 0; flex: 1 1 auto; }
.jp-tutor-chart .jp-OutputArea-output { margin: 0; padding: 0; }
.jp-tutor-chart svg { max-width: 100%; height: auto; }
</style>"""


def page(body: str) -> str:
    """Pieces of HTML in this look."""
    return STYLE + piece(body)


def piece(body: str) -> str:
    """A part of a page, which has the look already."""
    return f'<div class="jp-tutor-progress mathjax_ignore">{body}</div>'


def section(heading: str, *parts: str) -> str:
    """What stands under a heading."""
    return f"<section><h3>{escape(heading)}</h3>{''.join(parts)}</section>"


def folded(summary: str, body: str) -> str:
    """The facts of a chart, which open on demand."""
    return f"<details><summary>{escape(summary)}</summary>{body}</details>"


def paragraph(text: str) -> str:
    """A sentence."""
    return f"<p>{escape(text)}</p>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows of HTML under their heads; the classes of columns go by their names."""
    head = "".join(f'<th scope="col"{_kind(name)}>{name}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, heads, row))}</tr>" for row in rows)
    whole = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="jp-tutor-wide">{whole}</div>'


def _cell(head: str, value: str) -> str:
    return f"<td{_kind(head)}>{value}</td>"


def _kind(head: str) -> str:
    return f' class="jp-tutor-{_KINDS[head]}"' if head in _KINDS else ""


_KINDS = {
    "Date": "fixed",
    "Week of": "fixed",
    "Status": "fixed",
    "Comes back": "fixed",
    "Likely": "fixed",
    "Score": "number",
    "Passed": "number",
    "Completed without passing": "number",
    "Chance": "number",
    "Exercises": "number",
}
