"""A learner's whole day in a real browser, in JupyterLab and in Notebook 7."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.sampling import LONG

from .conftest import TOKEN, Site

READY = """async () => {
    const widget = window.jupyterapp?.shell.currentWidget;
    const context = widget?.context?.sessionContext ?? widget?.sessionContext;
    if (!context) { return false; }
    await context.ready;
    await context.session?.kernel?.info;
    return context.session?.kernel?.status === 'idle';
}"""
WRONG = "def {name}(*args):\n    return None\n"


def visit(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.url}{path}?token={TOKEN}")
    expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible()
    page.wait_for_function(READY)


def today(site: Site) -> Path:
    """The notebook that was written last."""
    return max((site.root / "tutor").glob("*.ipynb"), key=lambda path: path.stat().st_ctime)


def authored(curriculum: Path, notebook: Path) -> dict[str, str]:
    """The name of the answer cell of a learner's notebook, and the author's answer."""
    slug = re.sub(r"^\d+-\d+-\d+-", "", notebook.stem)
    cells = json.loads(next(curriculum.glob(f"*/{slug}.ipynb")).read_text())["cells"]
    cell = next(c for c in cells if c["metadata"].get("nbgrader", {}).get("solution"))
    return {"name": cell["metadata"]["nbgrader"]["grade_id"], "answer": "".join(cell["source"])}


def write(page: Page, cell: Locator, source: str) -> None:
    """Type into a cell, in place of what is there."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)


def run(page: Page, cell: Locator) -> Locator:
    """Run a cell by keyboard; its output."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea-output").first


def test_the_whole_day_in_jupyterlab(
    serve: Callable[..., Site], page: Page, shoot: Callable[[str], None], curriculum: Path
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    site = serve("-m", "jupyter_tutor.cli", "lab", "--root", ".")
    notebook = today(site)
    exercise = authored(curriculum, notebook)
    visit(page, site, f"/lab/tree/tutor/{notebook.name}")
    panel = page.locator("#jupyter-tutor-panel")
    expect(panel.get_by_role("heading", name="Today\N{RIGHT SINGLE QUOTATION MARK}s exercise")).to_be_visible()
    expect(panel.get_by_role("button", name="Submit")).to_be_visible()
    shoot("lab-1-open")

    cells = page.locator(".jp-Notebook .jp-CodeCell")
    write(page, cells.nth(0), WRONG.format(name=exercise["name"]))
    page.locator(".jp-NotebookPanel-toolbar").get_by_role("button", name="Submit").click()
    expect(panel.get_by_text(re.compile(r"^Not there yet"))).to_be_visible()
    expect(panel.locator(".jp-Tutor-check.jp-mod-failed").first).to_be_visible()
    expect(panel.locator(".jp-Tutor-feedback")).to_contain_text("What to change.")
    shoot("lab-2-failed")

    panel.get_by_role("button", name="Hint").click()
    expect(panel.locator(".jp-Tutor-hint")).to_have_count(1)
    last = cells.last
    write(page, last, "%load_ext jupyter_tutor\n%tutor hint")
    expect(run(page, last)).to_contain_text("Hint 2 of 4")
    expect(panel.locator(".jp-Tutor-hint")).to_have_count(2)
    shoot("lab-3-hints")

    question = panel.get_by_role("textbox", name="Your question")
    question.fill("What is wrong?")
    question.press("Enter")
    expect(panel.locator(".jp-Tutor-said.jp-mod-learner")).to_have_text("YouWhat is wrong?")
    expect(panel.locator(".jp-Tutor-said.jp-mod-tutor")).to_contain_text("This is what running your code shows:")
    expect(question).to_have_value("")
    shoot("lab-3-question")

    write(page, cells.nth(0), exercise["answer"])
    run(page, cells.nth(0))
    write(page, last, "%tutor submit")
    expect(run(page, last)).to_contain_text("passed")
    expect(panel.get_by_text(re.compile(r"^Well done!"))).to_be_visible()
    shoot("lab-4-passed-by-magic")
    panel.get_by_role("button", name=re.compile("Submit")).first.click()
    expect(panel.locator(".jp-Tutor-check.jp-mod-passed").first).to_be_visible()

    write(page, last, "from jupyter_tutor import progress\nprogress()")
    run(page, last)
    expect(last.locator(".jp-OutputArea-output").get_by_text("Longest streak").first).to_be_visible()
    last.locator(".jp-OutputArea").first.evaluate("output => output.scrollIntoView()")
    shoot("lab-5-progress")
    page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    expect(page.locator("#jupyterlab-splash")).to_have_count(0)
    shoot("lab-6-dark")
    assert [e for e in errors if "tutor" in e.lower()] == []
    assert TOKEN not in notebook.read_text()
    site.stop()

    with sqlite3.connect(site.database) as database:
        table = next(
            name
            for (name,) in database.execute("select name from sqlite_master where type = 'table'")
            if name in ("daily", "dailies")
        )
        database.execute(f"update {table} set date = date(date, '-1 day')")
    tomorrow = serve("-m", "jupyter_tutor.cli", "lab", "--root", ".")
    assert authored(curriculum, today(tomorrow))["name"] != exercise["name"]
    visit(page, tomorrow, f"/lab/tree/tutor/{today(tomorrow).name}")
    expect(panel.get_by_role("heading", name="Today\N{RIGHT SINGLE QUOTATION MARK}s exercise")).to_be_visible()
    expect(panel.get_by_role("button", name="Submit")).to_be_visible()
    shoot("lab-7-tomorrow")


def test_the_day_in_notebook_7(
    serve: Callable[..., Site], page: Page, shoot: Callable[[str], None], curriculum: Path
) -> None:
    site = serve("-m", "notebook", "--allow-root", app="JupyterNotebookApp")
    page.goto(f"{site.url}/tree?token={TOKEN}")
    path = page.evaluate(
        """async (token) => {
            const headers = { Authorization: `token ${token}` };
            const daily = await (await fetch('/tutor/api/v1/daily', { headers })).json();
            await fetch(`/tutor/api/v1/dailies/${daily.id}/open`, { method: 'POST', headers, body: '{}' });
            return daily.path;
        }""",
        TOKEN,
    )
    visit(page, site, f"/notebooks/{path}")
    exercise = authored(curriculum, today(site))
    write(page, page.locator(".jp-Notebook .jp-CodeCell").nth(0), exercise["answer"])
    page.locator(".jp-NotebookPanel-toolbar").get_by_role("button", name="Submit").click()
    panel = page.locator("#jupyter-tutor-panel")
    expect(panel.locator(".jp-Tutor-check.jp-mod-passed").first).to_be_visible()
    expect(panel.get_by_text(re.compile(r"^Well done!"))).to_be_visible()
    shoot("notebook-1-passed")


@LONG
def test_an_ordinary_notebook_has_no_tutor_buttons(serve: Callable[..., Site], page: Page) -> None:
    site = serve("-m", "jupyterlab", "--allow-root")
    cells = [{"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (site.root / "plain.ipynb").write_text(
        json.dumps({"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5})
    )
    visit(page, site, "/lab/tree/plain.ipynb")
    expect(page.locator(".jp-NotebookPanel-toolbar").first).to_be_visible()
    expect(page.locator(".jp-NotebookPanel-toolbar").get_by_role("button", name="Hint")).to_have_count(0)
