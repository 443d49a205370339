"""What the dashboard tells, as text and as HTML."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jupyter_tutor.kernel.history import Filter, exercises_html, history_html
from jupyter_tutor.kernel.learner_replies import Day, Progress
from jupyter_tutor.kernel.overview import overview_html
from jupyter_tutor.kernel.progress import Dashboard, progress
from jupyter_tutor.kernel.reading import read
from jupyter_tutor.kernel.replies import Daily
from jupyter_tutor.kernel.report import report
from jupyter_tutor.kernel.streak_calendar import calendar_svg, legend_html
from jupyter_tutor.kernel.weeks import weeks_svg
from jupyter_tutor.kernel.words import DAY_SIGNS, duration

if TYPE_CHECKING:
    from tests.kernel.conftest import Double, Make

TODAY = date(2026, 11, 21)


def labels(svg: str) -> list[str]:
    """The labels within a drawing, which is well-formed."""
    return [element.attrib["aria-label"] for element in ET.fromstring(svg).iter("g")]


def test_the_report_has_figures_weeks_and_exercises(make: "Make") -> None:
    assert report(make()).splitlines() == [
        "Your progress",
        "  Streak       2 days (longest 9 days)",
        "  Exercises    2 passed, 3 completed",
        "  Active time  1 h 5 min",
        "  Level        medium",
        "",
        "Last 4 weeks    Mo Tu We Th Fr Sa Su",
        "  2026-10-26",
        "  2026-11-02",
        "  2026-11-09",
        "  2026-11-16       »  ●  ·  ✓  ✓",
        "  ✓ passed   ● completed without passing   ◐ in progress   ○ not started   » skipped   "
        "+ passed later   ~ missed and forgiven   - free day   · no exercise",
        "  A day without a passed exercise ends your streak.",
        "",
        "Levels",
        "  2026-11-20  medium: You passed 3 in a row.",
        "",
        "Last exercises",
        "  2026-11-21  ✓ Two sum (data structure, easy): passed, score 92.5",
        "  2026-11-21  » Old one (data structure, hard): skipped",
    ]


def test_the_report_tells_skills_with_their_band_and_badges_with_what_is_missing(
    double: "Double", make: "Make"
) -> None:
    text = report(make(**double.RICH))
    assert "  hashing       ···············══●══  90 % (80 to 100), 9 exercises, mastered, comes back: due\n" in text
    assert "  linked lists  ··········══●══·····  62 % (52 to 72), 3 exercises, comes back: 2026-12-01\n" in text
    assert "  ★ A week (2026-11-10): A week, and more.\n  ☆ Ten solved, 2 of 10: Ten solved, and more.\n" in text


def test_a_beginner_has_a_report_and_a_dashboard_too(make: "Make") -> None:
    fresh = make(calendar=[], history=[], level_history=[], current_streak=0, active_seconds=0)
    assert "There is no exercise yet" in report(fresh)
    html = overview_html(fresh)
    for words in (
        "since the start",
        "You have no badge yet.",
        "Your first submission",
        "No exercise is completed yet.",
    ):
        assert words in html
    assert "There is no exercise yet." in history_html(fresh.history)


def test_of_two_changes_of_the_level_on_one_day_the_later_comes_first(make: "Make") -> None:
    changes = [{"date": "2026-11-20", "level": level, "reason": "So it is."} for level in ("medium", "hard")]
    told = make(level_history=changes)
    assert "Levels\n  2026-11-20  hard: So it is.\n  2026-11-20  medium: So it is.\n" in report(told)
    html = overview_html(told)
    assert html.index("<td>hard</td>") < html.index("<td>medium</td>")


def test_each_day_of_the_calendar_has_its_label(make: "Make") -> None:
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


def test_what_a_day_was_looks_different_and_has_its_word_in_the_legend() -> None:
    words = ("completed", "in_progress", "pending", "skipped", None)
    days = [Day(TODAY, status, False) for status in words] + [Day(TODAY, "completed", True)]
    days += [Day(TODAY, None, False, free=True), Day(TODAY, None, False, forgiven=True)]
    days += [Day(TODAY, "completed", True, late=True)]
    drawn = {calendar_svg([day], TODAY).split("</title>")[1] for day in days}
    assert len(drawn) == len(days) == len(DAY_SIGNS)
    assert all(word in legend_html() for word in DAY_SIGNS)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (Day(TODAY, None, False, free=True), "free day"),
        (Day(TODAY, "completed", True, free=True), "passed"),
        (Day(TODAY, "skipped", False, free=True), "skipped"),
        (Day(TODAY, "pending", False, forgiven=True), "missed and forgiven"),
        (Day(TODAY, "completed", True, late=True), "passed later"),
        (Day(TODAY, "completed", True, forgiven=True, late=True), "missed and forgiven"),
    ],
)
def test_a_day_that_was_free_or_forgiven_says_so(day: Day, label: str) -> None:
    assert labels(calendar_svg([day], TODAY)) == [f"2026-11-21: {label} (today)"]


def test_a_status_of_a_newer_server_is_drawn_and_escaped() -> None:
    assert labels(calendar_svg([Day(TODAY, '"><script>', False)], TODAY)) == ['2026-11-21: "><script> (today)']


def test_a_bar_counts_the_exercises_of_its_week(make: "Make") -> None:
    found = labels(weeks_svg(make().calendar, TODAY))
    assert len(found) == 26
    assert found[-1] == "Week of 2026-11-16: 2 passed, 1 completed without passing"
    assert found[0] == "Week of 2026-05-25: 0 passed, 0 completed without passing"


def test_the_page_tells_skills_badges_levels_and_the_rule_of_the_streak(double: "Double", make: "Make") -> None:
    html = overview_html(make(**double.RICH))
    for words in (
        "<td>linked lists</td>",
        "52 to 72 %",
        "✓ yes",
        "Earned on 2026-11-10",
        "2 of 10",
        "passed 3 in a row",
    ):
        assert words in html
    assert "A day without a passed exercise ends your streak." in html
    assert html.count("<svg") > 3


def test_what_comes_from_the_server_is_escaped(double: "Double", make: "Make") -> None:
    nasty = "<img src=x onerror=y>"
    texts = dict.fromkeys(("title", "kind", "difficulty", "status", "path"), nasty) | {"topics": [nasty]}
    change = {"date": "2026-11-01", "level": nasty, "reason": nasty}
    told = make(
        level=nasty,
        streak_rule=nasty,
        level_history=[change],
        history=[double.DAILY | texts],
        skills=[double.skill(nasty), double.skill("b"), double.skill("c")],
        badges=[double.badge(nasty, nasty, icon=nasty)],
    )
    html = overview_html(told) + history_html(told.history, link=lambda path: path)
    assert "<img" not in html
    assert html.count("&lt;img") > 10


def test_each_filter_leaves_its_exercises_and_all_of_them_have_to_agree(make: "Make") -> None:
    history = make().history
    for wanted in (
        Filter(status="skipped"),
        Filter(topic="linked-lists"),
        Filter(difficulty="hard"),
        Filter(text="oLd"),
    ):
        shown = exercises_html(history, wanted)
        assert "Old one" in shown
        assert "Two sum" not in shown
    assert "Two sum" in exercises_html(history, Filter(text="structure two"))
    assert exercises_html(history, Filter("skipped", "hashing")) == "<p>There is no such exercise.</p>"


def test_exercises_link_to_their_notebooks_and_the_rest_is_counted(double: "Double") -> None:
    many = read(list[Daily], [double.DAILY | {"title": f"Number {n}"} for n in range(500)])
    html = exercises_html(many, link=lambda path: f"../{path}", most=20)
    assert html.count('<a href="../tutor/2026-11-21-two-sum.ipynb"><bdi>Number ') == 20
    assert "20 of 500 shown" in html


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
    assert '<a href="2026-11-21-two-sum.ipynb"><bdi>Two sum</bdi></a>' in str(bundle["text/html"])


def test_what_goes_wrong_is_the_text_of_the_dashboard(nowhere: None) -> None:
    shown = progress()
    assert repr(shown).startswith("No Jupyter server was found")
    assert shown._repr_mimebundle_() == {"text/plain": repr(shown)}
    assert shown.link("tutor/a.ipynb") is None


def test_an_error_that_nobody_foresaw_shows_its_type_alone() -> None:
    def fail() -> Progress:
        raise RuntimeError("secret")

    assert "(RuntimeError)" in repr(Dashboard(fail))
    assert "secret" not in repr(Dashboard(fail))
