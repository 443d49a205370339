"""A learner has another exercise written, in a real browser, by a model that plays a script."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from jupyter_tutor.testing import answer_cell, checks_cell, notebook
from jupyter_tutor.testing.model import ModelServer, Say
from tests.generation.drafts import DATA_STRUCTURE
from tests.sampling import LONG

from .conftest import Site
from .test_day import READY, today, visit

DRAFT = DATA_STRUCTURE.model_dump_json()
SOLUTION = json.dumps({"code": DATA_STRUCTURE.reference})


@pytest.fixture
def endpoint() -> Iterator[ModelServer]:
    """The first draft takes for ever, the second a while; then there is the second solution."""
    with ModelServer([Say(DRAFT, delay=120), Say(DRAFT, delay=3), Say(SOLUTION)]) as server:
        yield server


@pytest.fixture
def settings(endpoint: ModelServer, tmp_path: Path) -> dict[str, Any]:
    """A curriculum of one exercise, and the model."""
    cells = (
        answer_cell("def successor(n): return n + 1"),
        checks_cell("assert successor(1) == 2\nassert successor(5) == 6"),
    )
    folder = tmp_path / "curriculum"
    folder.mkdir()
    (folder / "one.ipynb").write_text(
        notebook(*cells, slug="one", kind="data-structure", difficulty="easy", topics=["queues"])
    )
    model = {"base_url": endpoint.url, "api_key": "sk-none", "write_ahead": False}
    return {"curriculum": [str(folder)], "prove_dailies": False} | model


def theme(page: Page, name: str) -> None:
    """Change JupyterLab's theme and wait until it is there."""
    page.evaluate("name => window.jupyterapp.commands.execute('apputils:change-theme', { theme: name })", name)
    page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=str("Light" in name).lower())
    expect(page.locator("#jupyterlab-splash")).to_have_count(0)


@LONG
def test_another_exercise_is_written_cancelled_and_written_again(
    serve: Callable[..., Site],
    page: Page,
    shoot: Callable[[str], None],
    endpoint: ModelServer,
    settings: dict[str, Any],
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    site = serve("-m", "jupyter_tutor.cli", "lab", "--root", ".", **settings)
    before = today(site)
    visit(page, site, f"/lab/tree/tutor/{before.name}")
    panel = page.locator("#jupyter-tutor-panel")
    status = panel.get_by_role("region", name="Another exercise").get_by_role("status")

    panel.get_by_text("Another exercise").click()
    topic = panel.get_by_role("textbox", name="Topic")
    expect(topic).to_be_visible()
    shoot("another-1-asked-for")
    topic.fill("queues")
    topic.press("Enter")
    expect(status).to_have_text("Writing a draft\N{HORIZONTAL ELLIPSIS}")
    shoot("another-2-writing")
    theme(page, "JupyterLab Dark")
    shoot("another-3-writing-dark")
    while not endpoint.requests:
        page.wait_for_timeout(50)
    page.reload()
    expect(status).to_have_text("Writing a draft\N{HORIZONTAL ELLIPSIS}")  # it is followed again
    shoot("another-3-writing-reloaded")
    panel.get_by_role("button", name="Cancel").press("Enter")
    expect(status).to_contain_text("Cancelled")
    expect(panel.get_by_role("button", name="Write one")).to_be_focused()

    panel.get_by_role("button", name="Write one").press("Enter")
    expect(status).to_have_text("Written and proven: it is today\N{RIGHT SINGLE QUOTATION MARK}s exercise.")
    expect(panel.get_by_role("heading", name=DATA_STRUCTURE.title)).to_be_visible()
    shoot("another-4-written-dark")
    theme(page, "JupyterLab Light")
    shoot("another-5-written")

    toolbar = page.locator(".jp-NotebookPanel:visible .jp-Toolbar")
    toolbar.get_by_role("button", name="Submit").click()
    expect(panel.get_by_role("alert")).to_contain_text("The exercise of this notebook was replaced by another one")
    shoot("another-6-replaced")
    panel.get_by_role("button", name="Open").click()
    expect(panel.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".jp-Notebook:visible").get_by_role("heading", name=DATA_STRUCTURE.title)).to_be_visible()
    page.wait_for_function(READY)
    assert today(site) != before
    expect(panel.get_by_role("button", name="Open")).to_have_count(0)
    page.get_by_role("tab", name=before.name).click()
    page.locator(".jp-Notebook:visible .jp-CodeCell").first.click()
    page.keyboard.press("Control+Alt+Enter")
    expect(panel.get_by_role("alert")).to_contain_text("was replaced")
    expect(panel.get_by_text("Checking")).to_have_count(0)
    assert len(list((site.root / "tutor").glob("*.ipynb"))) == 2

    site.configure(**settings, model_on=False)
    page.evaluate("() => window.jupyterapp.commands.execute('jupyter-tutor:refresh')")
    expect(panel.get_by_text(re.compile("^The language model is switched off"))).to_be_visible()
    expect(topic).to_have_count(0)
    shoot("another-7-off")
    assert [error for error in errors if "tutor" in error.lower()] == []
    assert "sk-none" not in page.content() + site.log()
