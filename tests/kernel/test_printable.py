"""The report as a page for paper."""

import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.printable import FILE, MARK, printable
from jupyter_tutor.kernel.progress import progress
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Daily

if TYPE_CHECKING:
    from tests.kernel.conftest import Double, Make

Tutor = Callable[[str], tuple[str, str]]
VOID = {"meta", "br", "rect", "path", "circle", "line", "polygon"}


class Balance(HTMLParser):
    """Elements that are open, and addresses that are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_page_stands_alone_and_has_all_sections(double: "Double", make: "Make") -> None:
    told = make(**double.RICH)
    page = printable(told, told.history)
    balance = Balance()
    balance.feed(page)
    assert (balance.open, balance.addresses) == ([], [])
    assert not re.search(r"<script|url\(|@import|https?://", page)
    headings = re.findall(r"<h3>(.*?)</h3>", page)
    assert headings == [
        "Your progress",
        "Streak calendar",
        "Exercises per week",
        "Skills",
        "Badges",
        "Level",
        "Exercises",
    ]
    assert "<details" not in page
    assert "@page { size: A4;" in page
    assert page.count("<svg") > 4


@pytest.mark.parametrize("count", [0, 1, 500])
def test_all_exercises_are_on_it(double: "Double", make: "Make", count: int) -> None:
    dailies = read(list[Daily], [double.DAILY | {"title": f"<b>{n}</b> שלום 🎉"} for n in range(count)])
    page = printable(make(), dailies)
    assert page.count("&lt;/b&gt; שלום 🎉</bdi></td>") == count
    assert "<b>" not in page
    assert page.count("There is no exercise yet.") == (0 if count else 1)


def test_the_magic_writes_it_beside_the_notebook_with_every_page_of_exercises(
    found: Path, double: "Double", tutor: Tutor
) -> None:
    first = {"items": [double.DAILY | {"title": "First"}], "next_cursor": "more"}
    last = {"items": [double.DAILY | {"title": "Last"}], "next_cursor": None}
    double.answers["GET tutor/api/v1/dailies"] = double.reply(first)
    double.answers["GET tutor/api/v1/dailies?cursor=more"] = double.reply(last)
    printed, complaint = tutor("report")
    written = found / "tutor" / FILE
    assert (complaint, str(written) in printed) == ("", True)
    text = written.read_text(encoding="utf-8")
    assert ">First<" in text
    assert ">Last<" in text
    assert [path.name for path in (found / "tutor").iterdir()] == [FILE]


def test_in_a_kernel_without_a_notebook_it_lies_where_the_kernel_works(
    found: Path, tutor: Tutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "a-console")
    assert str(tmp_path / FILE) in tutor("report")[0]
    assert MARK in (tmp_path / FILE).read_text(encoding="utf-8")


def test_a_later_report_is_written_over_an_earlier_one_alone(found: Path, double: "Double", tutor: Tutor) -> None:
    tutor("report")
    written = found / "tutor" / FILE
    written.write_text(f"<html><head>{MARK}</head>old")
    assert tutor("report")[1] == ""
    assert "old" not in written.read_text()[-100:]
    written.write_text("<html>my own work</html>")
    assert tutor("report") == ("", f"{FILE} is no report of Jupyter Tutor: move or rename it, then ask again.\n")
    assert written.read_text() == "<html>my own work</html>"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named_in_a_sentence(found: Path, tutor: Tutor) -> None:
    (found / "tutor").chmod(0o500)
    assert "could not be written: Permission denied." in tutor("report")[1]


def test_a_folder_that_is_not_there_is_named_in_a_sentence(found: Path) -> None:
    with pytest.raises(TutorMessage, match="could not be written: No such file or directory"):
        progress().save(found / "nowhere" / "page.html")


def test_the_dashboard_saves_itself_where_it_is_told(found: Path) -> None:
    path = progress().save(found / "page.html")
    assert MARK in path.read_text(encoding="utf-8")[:2000]
