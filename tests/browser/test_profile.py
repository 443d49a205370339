"""A learner tells who they are, sees why an exercise was chosen and what was reached, and keeps their data."""

import asyncio
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from jupyter_tutor.learning.model import Daily
from jupyter_tutor.settings import LEARNER
from jupyter_tutor.storage.database import open_store
from jupyter_tutor.testing import answer_cell, checks_cell, notebook
from tests.sampling import LONG

from .conftest import Site
from .test_another import theme
from .test_day import today, visit, write

pytestmark = LONG
PASSED = 9
"""Days in a row before today, each with a passed exercise: one more is a badge."""
ANSWER = "def successor(n): return n + 1"
TOPICS = (("loops", "lists"), ("two-pointers", "sorting"), ("dictionaries", "strings"), ("dynamic-programming",))
Shoot = Callable[[str], None]


@pytest.fixture
def panel(page: Page) -> Locator:
    return page.locator("#jupyter-tutor-panel")


async def add_history(database: Path) -> None:
    """A learner who passed an exercise on each of the latest days."""
    store = await open_store(f"sqlite:///{database}")
    date = datetime.now(UTC).date()
    for ago in range(PASSED, 0, -1):
        day = date - timedelta(days=ago)
        await store.add_daily(
            Daily(
                id=f"past-{ago}",
                learner=LEARNER,
                date=day,
                slug=f"past-{ago}",
                title=f"Exercise of {day}",
                kind="algorithm",
                difficulty="easy",
                language="python",
                topics=TOPICS[ago % len(TOPICS)],
                minutes=15,
                path=f"tutor/{day}-past-{ago}.ipynb",
                status="completed",
                passed=True,
                submissions=1 + ago % 3,
            )
        )
    await store.close()


def one_exercise(folder: Path) -> dict[str, Any]:
    """Settings of a curriculum of one exercise, whose first code cell is answered by ANSWER."""
    cells = (answer_cell(ANSWER), checks_cell("assert successor(1) == 2\nassert successor(5) == 6"))
    folder.mkdir()
    (folder / "one.ipynb").write_text(
        notebook(*cells, slug="one", title="The next number", difficulty="hard", topics=["numbers", "functions"])
    )
    return {"curriculum": [str(folder)], "prove_dailies": False}


def keep_history(folder: Path) -> None:
    """Let the learner at home in a folder have such days behind."""
    database = folder / "home" / "data" / "tutor" / "tutor.sqlite"
    with ThreadPoolExecutor() as beside:  # the browser's loop runs in this thread
        beside.submit(lambda: asyncio.run(add_history(database))).result()


@pytest.fixture
def site(serve: Callable[..., Site], tmp_path: Path) -> Site:
    """A server for such a learner, with today's exercise written."""
    keep_history(tmp_path)
    return serve("-m", "jupyter_tutor.cli", "lab", "--root", ".")


def section(panel: Locator, name: str) -> Locator:
    """A folded part of the panel, unfolded and scrolled to."""
    found = panel.get_by_role("region", name=name)
    found.locator("summary").first.click()
    found.evaluate("section => section.scrollIntoView()")
    return found


def test_a_learner_answers_the_interview_and_changes_the_answers(
    site: Site, page: Page, panel: Locator, shoot: Shoot
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    visit(page, site, f"/lab/tree/tutor/{today(site).name}")
    expect(panel.get_by_role("heading", name="Tell me about you")).to_be_visible()
    expect(panel.get_by_role("button", name="Submit")).to_be_visible()
    shoot("profile-1-invitation")

    panel.get_by_role("button", name="Begin").press("Enter")
    expect(panel.get_by_text("1 of 8")).to_be_visible()
    expect(panel.get_by_role("radio", name=re.compile("^I can write"))).to_be_focused()
    shoot("profile-2-question")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("2 of 8")).to_be_visible()
    panel.get_by_role("button", name="Skip this one").click()
    expect(panel.get_by_role("textbox", name="What do you want")).to_be_focused()
    page.keyboard.insert_text("analyse data, pass a course")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("4 of 8")).to_be_visible()

    page.reload()
    expect(panel.get_by_text("6 questions are left.")).to_be_visible()
    panel.get_by_role("button", name="Go on").click()
    expect(panel.get_by_text("2 of 8")).to_be_visible()  # the one that was skipped
    panel.get_by_role("radio", name="Yes").check()
    for number in (3, 4, 5, 6, 7):
        panel.get_by_role("button", name="Next").click()
        expect(panel.get_by_text(f"{number} of 8")).to_be_visible()
        if number == 3:
            expect(panel.get_by_role("textbox", name="What do you want")).to_have_value("analyse data, pass a course")
        if number == 6:
            minutes = panel.get_by_role("textbox", name="How many minutes")
            minutes.fill("900")
            minutes.press("Enter")
            expect(panel.get_by_role("alert")).to_contain_text("from 5 to 180")
            shoot("profile-3-refused")
            minutes.fill("45")
    theme(page, "JupyterLab Dark")
    shoot("profile-4-question-dark")
    panel.get_by_role("button", name="Next").click()
    zone = panel.get_by_role("combobox", name="In which time zone")
    expect(zone).to_have_value(page.evaluate("() => Intl.DateTimeFormat().resolvedOptions().timeZone"))
    panel.get_by_role("button", name="Finish").click()
    expect(panel.get_by_role("heading", name="How a day goes")).to_be_visible()
    shoot("profile-5-tour-dark")
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("heading", name="How a day goes")).to_have_count(0)

    about = section(panel, "About you")
    expect(about.get_by_role("textbox", name="Minutes a day")).to_have_value("45")
    shoot("profile-6-about-dark")
    theme(page, "JupyterLab Light")
    about.get_by_role("textbox", name="Minutes a day").fill("30")
    about.get_by_role("textbox", name="Minutes a day").press("Tab")
    about.get_by_role("combobox", name="Time zone").fill("Europe/Wien")
    about.get_by_role("combobox", name="Time zone").press("Tab")
    expect(about.get_by_role("alert")).to_contain_text("Europe/Vienna")
    about.evaluate("section => section.scrollIntoView()")
    shoot("profile-7-about")
    about.get_by_role("checkbox", name="The level follows").uncheck()
    about.get_by_text("Preferred topics").first.click()
    about.get_by_role("checkbox", name="two pointers").check()
    expect(about.get_by_text("Preferred topics (1)")).to_be_visible()
    shoot("profile-8-topics")
    page.reload()
    about = section(panel, "About you")
    expect(about.get_by_role("textbox", name="Minutes a day")).to_have_value("30")
    expect(about.get_by_role("checkbox", name="The level follows")).not_to_be_checked()
    expect(about.get_by_text("Preferred topics (1)")).to_be_visible()
    assert [error for error in errors if "tutor" in error.lower()] == []


def test_a_learner_sees_why_and_what_was_reached(
    serve: Callable[..., Site], tmp_path: Path, page: Page, panel: Locator, shoot: Shoot
) -> None:
    keep_history(tmp_path)
    site = serve("-m", "jupyter_tutor.cli", "lab", "--root", ".", **one_exercise(tmp_path / "curriculum"))
    visit(page, site, f"/lab/tree/tutor/{today(site).name}")
    panel.get_by_role("button", name="Not now").click()
    expect(panel.get_by_role("heading", name="Tell me about you")).to_have_count(0)
    expect(panel.get_by_role("heading", name="Why this one")).to_be_visible()
    news = panel.get_by_role("list", name="News")
    expect(news).to_contain_text("A week")
    shoot("profile-a-news")
    panel.get_by_role("button", name="Got it").press("Enter")
    expect(news).to_have_count(0)
    expect(panel.get_by_role("heading", name="Today\N{RIGHT SINGLE QUOTATION MARK}s exercise")).to_be_focused()

    write(page, page.locator(".jp-Notebook .jp-CodeCell").nth(0), ANSWER)
    panel.get_by_role("button", name="Submit").click()
    expect(panel.get_by_text(re.compile(r"^Well done!"))).to_be_visible()
    expect(news).to_contain_text("Ten solved")
    panel.evaluate("panel => panel.scrollTo(0, 0)")
    theme(page, "JupyterLab Dark")
    shoot("profile-b-badge-dark")
    panel.get_by_role("button", name="Got it").click()
    page.reload()
    expect(panel.get_by_role("heading", name="Badges", exact=True)).to_be_visible()
    expect(news).to_have_count(0)

    progress = panel.get_by_role("region", name="Progress")
    expect(progress.get_by_role("img", name="What you know")).to_be_visible()
    expect(progress.get_by_text(re.compile(r"between \d+ and \d+; ")).first).to_be_visible()
    progress.get_by_text("How the streak counts").click()
    progress.evaluate("section => section.scrollIntoView()")
    shoot("profile-c-progress-dark")
    theme(page, "JupyterLab Light")
    shoot("profile-d-progress")
    progress.get_by_role("heading", name="What you know").evaluate("heading => heading.scrollIntoView()")
    shoot("profile-e-skills")


def test_a_learner_takes_their_data_along(site: Site, page: Page, panel: Locator, shoot: Shoot, tmp_path: Path) -> None:
    notebook = today(site)
    visit(page, site, f"/lab/tree/tutor/{notebook.name}")
    panel.get_by_role("button", name="Not now").click()
    data = section(panel, "Your data")
    with page.expect_download() as download:
        data.get_by_role("button", name="Download everything").click()
    assert download.value.suggested_filename == "jupyter-tutor-data.json"
    file = tmp_path / "mine.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["learner"]

    data.get_by_label("Take in a file").set_input_files(file)
    expect(data.get_by_role("alert")).to_be_visible()  # something is kept already
    data.evaluate("section => section.scrollIntoView(false)")
    shoot("profile-f-data")
    theme(page, "JupyterLab Dark")
    shoot("profile-g-data-dark")
    data.get_by_role("button", name="Delete everything").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The notebooks in your folder stay.")
    shoot("profile-h-delete-dark")
    page.keyboard.press("Enter")  # what is chosen at first changes nothing
    expect(dialog).to_have_count(0)
    data.get_by_role("button", name="Delete everything").click()
    dialog.get_by_role("button", name="Delete everything").click()
    expect(panel.get_by_role("heading", name="Tell me about you")).to_be_visible()
    expect(panel.get_by_text("Nothing is kept of this notebook")).to_be_visible()
    shoot("profile-i-deleted-dark")
    assert notebook.exists()

    data.get_by_label("Take in a file").set_input_files(file)
    streak = panel.get_by_role("region", name="Progress").locator("dd").first
    expect(streak).to_have_text(f"{PASSED} days")
    expect(panel.get_by_role("heading", name="Tell me about you")).to_have_count(0)
    expect(data.get_by_role("alert")).to_have_count(0)
    expect(panel.get_by_text("Nothing is kept of this notebook")).to_have_count(0)
