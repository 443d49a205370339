"""A learner talks with the tutor in a real browser, mostly by keyboard; a model plays a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from jupyter_tutor.testing.model import ModelServer, Say
from tests.sampling import LONG

from .conftest import Site
from .test_day import today, visit

pytestmark = LONG


@pytest.fixture
def endpoint() -> Iterator[ModelServer]:
    """The first answer takes a while."""
    with ModelServer([Say("First things first.", delay=8), Say("Indeed.")]) as server:
        yield server


def test_an_answer_outlives_a_reload_and_the_focus_is_never_lost(
    serve: Callable[..., Site], page: Page, shoot: Callable[[str], None], endpoint: ModelServer
) -> None:
    site = serve(
        *("-m", "jupyter_tutor.cli", "lab", "--root", "."),
        **{"base_url": endpoint.url, "api_key": "sk-none", "write_ahead": False},
    )
    visit(page, site, f"/lab/tree/tutor/{today(site).name}")
    panel = page.locator("#jupyter-tutor-panel")
    question, said = panel.get_by_role("textbox", name="Your question"), panel.locator(".jp-Tutor-said")

    question.fill("Where do I begin?")
    question.press("Enter")
    while not endpoint.requests:
        page.wait_for_timeout(50)
    page.reload()
    expect(panel.get_by_text("Thinking\N{HORIZONTAL ELLIPSIS}")).to_be_visible()
    expect(said).to_have_text(["YouWhere do I begin?"])
    shoot("talk-1-reloaded")
    expect(said.last).to_contain_text("First things first.")
    expect(said).to_have_count(2)

    for words in ("I love chess.", "Why?", "And then?"):
        question.fill(words)
        question.press("Enter")
        expect(said.nth(-2)).to_have_text(f"You{words}")
        expect(said.last).to_contain_text("Indeed.")
        expect(panel.get_by_text("Thinking\N{HORIZONTAL ELLIPSIS}")).to_have_count(0)
    page.reload()
    panel.get_by_role("button", name="Show 2 earlier messages").press("Enter")
    expect(said).to_have_count(8)
    expect(said.first.get_by_role("heading")).to_be_focused()
    shoot("talk-2-earlier")

    forget_everything(page, panel)
    expect(panel.get_by_text("Nothing is remembered.")).to_be_visible()
    expect(panel.locator("summary:focus")).to_have_text("What the tutor remembers")
    shoot("talk-3-forgotten")


def forget_everything(page: Page, panel: Locator) -> None:
    """Unfold what is remembered, and have all of it forgotten."""
    panel.get_by_text("What the tutor remembers").click()
    expect(panel.get_by_role("checkbox", name="Use it: \N{LEFT DOUBLE QUOTATION MARK}chess")).to_be_checked()
    panel.get_by_role("button", name="Forget everything").press("Enter")
    page.locator(".jp-Dialog").get_by_role("button", name="Forget everything").click()
