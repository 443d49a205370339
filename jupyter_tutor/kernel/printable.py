"""All of the progress as one page for paper: nothing is loaded from elsewhere, and colors are not needed."""

import os
from datetime import date
from pathlib import Path

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.history import history_html
from jupyter_tutor.kernel.learner_replies import Progress
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.overview import overview_html
from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.replies import Daily

FILE = "tutor-report.html"
MARK = "<!-- Written by Jupyter Tutor: the next report is written over this file. -->"
_HEAD = 2000
"""Bytes in which the mark has to be."""
_PRINT = """<style>
:root { color-scheme: light; }
body { background: #fff; color: #212121; margin: 2em auto; max-width: 52em; padding: 0 1em; }
body { font: 13px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6em; margin: 0; }
.jp-tutor-progress { max-width: none; }
.jp-tutor-progress bdi { overflow-wrap: anywhere; }
@page { size: A4; margin: 15mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
  h1, h3 { break-after: avoid; }
  tr, li, svg, dl { break-inside: avoid; }
  .jp-tutor-wide { overflow: visible; }
  .jp-tutor-progress.jp-tutor-progress tr > * { padding: .1em .8em .1em 0; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
  .jp-tutor-progress svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
</style>"""


def printable(progress: Progress, dailies: list[Daily]) -> str:
    """The page."""
    title = f"Jupyter Tutor: progress on {progress.today}"
    since = f"Exercises from {_first(dailies, progress.today)} to {progress.today}. Level: {line(progress.level)}."
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            MARK,
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            _PRINT,
            f"</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n<p>{escape(since)}</p>",
            overview_html(progress, open_facts=True),
            history_html(dailies),
            "</main>\n</body>\n</html>\n",
        ]
    )


def save(api: Api, path: Path) -> Path:
    """Write the page as it is at this moment. Raises TutorMessage when another file has that name, or it cannot be."""
    progress = api.progress()
    text = printable(progress, api.dailies())
    try:
        if path.exists() and not _is_ours(path):
            raise TutorMessage(f"{path.name} is no report of Jupyter Tutor: move or rename it, then ask again.")
        _replace(path, text)
    except OSError as error:
        raise TutorMessage(f"The report could not be written: {error.strerror or 'the disk refused'}.") from None
    return path


def _replace(path: Path, text: str) -> None:
    """The file has its old text or all of the other."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return MARK.encode() in file.read(_HEAD)


def _first(dailies: list[Daily], today: date) -> date:
    return min((daily.date for daily in dailies), default=today)
