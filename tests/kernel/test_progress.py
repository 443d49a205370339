"""The dashboard: text, HTML and widgets."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jupyter_tutor.kernel.overview import history_html, overview_html
from jupyter_tutor.kernel.progress import Dashboard, progress
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Day, Progress
from jupyter_tutor.kernel.report import report
from jupyter_tutor.kernel.streak_calendar import calendar_svg, legend_html
from jupyter_tutor.kernel.weeks import weeks_svg
from jupyter_tutor.kernel.words import DAY_SIGNS, duration

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

TODAY = date(2026, 11, 21)
Make = Callable[..., Progress]


@pytest.fixture
def make(double: "Double") -> Make:
    """Progress with some fields changed."""
    return lambda **fields: read(Progress, double.PROGRESS | fields)


def labels(svg: str) -> list[str]:
    """The labels within a drawing, which is well-formed."""
    return [element.attrib["aria-label"] for element in ET.fromstring(svg).iter("g")]


def test_the_report_has_figures_weeks_and_exercises(make: Make) -> None:
    assert report(make()).splitlines() == [
        "Your progress",
        "  Streak       2 days (longest 9 days)",
        "  Exercises    2 passed, 3 completed",
        "  Active time  1 h 5 min",
        "  Level        medium since 2026-11-20: You passed 3 in a row.",
        "",
        "Last 4 weeks    Mo Tu We Th Fr Sa Su",
        "  2026-10-26",
        "  2026-11-02",
        "  2026-11-09",
        "  2026-11-16       »  ●  ·  ✓  ✓",
        "  ✓ passed   ● completed without passing   ◐ in progress   ○ not started   » skipped   · no exercise",
        "",
        "Last exercises",
        "  2026-11-21  ✓ Two sum (data structure, easy): passed, score 92.5",
        "  2026-11-21  » Old one (data structure, easy): skipped",
    ]


def test_a_beginner_has_a_report_and_a_dashboard_too(make: Make) -> None:
    fresh = make(calendar=[], history=[], level_history=[], current_streak=0, active_seconds=0)
    assert "There is no exercise yet" in report(fresh)
    assert "since the start" in overview_html(fresh)
    assert "There is no exercise yet" in history_html(fresh)


def test_each_day_of_the_calendar_has_its_label(make: Make) -> None:
    assert labels(calendar_svg(make().calendar, TODAY)) == [
        "2026-11-17: skipped",
        "2026-11-18: completed without passing",
        "2026-11-19: no exercise",
        "2026-11-20: passed",
        "2026-11-21: passed (today)",
    ]


def test_half_a_year_of_days_fits_into_26_weeks() -> None:
    days = [Day(TODAY - timedelta(days=back), "completed", True) for back in range(400)]
    assert len(labels(calendar_svg(days, TODAY))) == 25 * 7 + TODAY.weekday() + 1


def test_every_status_looks_different_and_has_its_word_in_the_legend() -> None:
    words = ("completed", "in_progress", "pending", "skipped", None)
    days = [Day(TODAY, status, False) for status in words] + [Day(TODAY, "completed", True)]
    drawn = {calendar_svg([day], TODAY).split("</title>")[1] for day in days}
    assert len(drawn) == len(days)
    assert all(word in legend_html() for word in DAY_SIGNS)


def test_a_status_of_a_newer_server_is_drawn_and_escaped() -> None:
    assert labels(calendar_svg([Day(TODAY, '"><script>', False)], TODAY)) == ['2026-11-21: "><script> (today)']


def test_a_bar_counts_the_exercises_of_its_week(make: Make) -> None:
    found = labels(weeks_svg(make().calendar, TODAY))
    assert len(found) == 26
    assert found[-1] == "Week of 2026-11-16: 2 passed, 1 completed without passing"
    assert found[0] == "Week of 2026-05-25: 0 passed, 0 completed without passing"


def test_what_comes_from_the_server_is_escaped(double: "Double", make: Make) -> None:
    nasty = "<img src=x onerror=y>"
    texts = dict.fromkeys(("title", "kind", "difficulty", "status"), nasty)
    change = {"date": "2026-11-01", "level": nasty, "reason": nasty}
    html = make(level=nasty, level_history=[change], history=[double.DAILY | texts])
    assert "<img" not in overview_html(html) + history_html(html)
    assert "&lt;img" in history_html(html)


def test_the_history_can_be_of_one_status(make: Make) -> None:
    assert "Old one" in history_html(make())
    assert "Old one" not in history_html(make(), "passed")
    assert "There is no such exercise." in history_html(make(), "in progress")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "0 min"), (0, "0 min"), (59, "under 1 min"), (60, "1 min"), (3600, "1 h"), (43500, "12 h 5 min")],
)
def test_durations_are_in_hours_and_minutes(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_without_a_kernel_the_dashboard_is_html_and_text(found: Path) -> None:
    bundle = progress()._repr_mimebundle_()
    assert bundle.keys() == {"text/html", "text/plain"}
    assert bundle["text/plain"] == repr(progress())


def test_what_goes_wrong_is_the_text_of_the_dashboard(nowhere: None) -> None:
    shown = progress()
    assert repr(shown).startswith("No Jupyter server was found")
    assert shown._repr_mimebundle_() == {"text/plain": repr(shown)}


def test_an_error_that_nobody_foresaw_shows_its_type_alone() -> None:
    def fail() -> Progress:
        raise RuntimeError("secret")

    assert "(RuntimeError)" in repr(Dashboard(fail))
    assert "secret" not in repr(Dashboard(fail))


@pytest.fixture
def box(make: Make) -> Iterator[Any]:
    """The widgets, and what the server will say next."""
    from jupyter_tutor.kernel.widgets import ProgressBox

    answers: list[Progress | str] = []
    box: Any = ProgressBox(make(), lambda: answers.pop(0))
    box.answers = answers
    yield box
    box.box.close_all()


def test_the_filter_changes_the_history_alone(box: Any) -> None:
    before = box.overview.value
    box.filter.value = "skipped"
    assert "Old one" in box.history.value
    assert "Two sum" not in box.history.value
    assert box.overview.value == before


def test_refresh_shows_what_the_server_says_and_keeps_the_filter(box: Any, make: Make) -> None:
    box.filter.value = "skipped"
    box.answers[:] = [make(current_streak=77)]
    box.button.click()
    assert "77 days" in box.overview.value
    assert "Two sum" not in box.history.value


def test_a_refresh_that_fails_keeps_what_was_there_and_says_why(box: Any, make: Make) -> None:
    box.answers[:] = ["The server does not <answer>.", make()]
    before = box.overview.value
    box.button.click()
    assert "does not &lt;answer&gt;." in box.notice.value
    assert (box.overview.value, box.button.disabled) == (before, False)
    box.button.click()
    assert box.notice.value == ""
