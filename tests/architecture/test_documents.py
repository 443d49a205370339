"""The documentation fails here when it drifts from the code."""

import argparse
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jupyter_tutor.archive import Archive, Tables
from jupyter_tutor.cli.main import parser
from jupyter_tutor.config import Tutor

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    settings = Tutor.class_traits(config=True)
    for name, trait in settings.items():
        assert f"`c.Tutor.{name}`" in README, name
        assert trait.help, name
    for name in re.findall(r"`c\.Tutor\.(\w+)`", README):
        assert name in settings, name
    for name in (
        "passes_up",
        "struggles_down",
        "struggle_hints",
        "pause_days",
        "skips_a_week",
        "recent_days",
        "jobs",
        "hide_key",
        "model_on",
        "model_tries",
        "daily_tokens",
        "write_ahead",
        "keep_days",
    ):
        assert f"| `c.Tutor.{name}` | {settings[name].default_value} |" in README, name


def parsers(of: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command below a parser, with the parser of its arguments; `data export` is one."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield f"{name}{word}", below
                yield from parsers(below, f"{name}{word} ")


def commands() -> dict[str, list[str]]:
    """Every command with its options."""
    return {name: [o for a in sub._actions for o in a.option_strings] for name, sub in parsers(parser())}


def test_every_command_and_option_is_in_the_readme() -> None:
    for name, options in commands().items():
        assert f"`jupyter tutor {name}" in README, name
        for option in options:
            if option.startswith("--") and option not in ("--help", "--exercise", "--output"):
                assert f"`{option}`" in README, (name, option)


def test_every_command_says_in_its_own_help_what_it_does() -> None:
    for name, command in parsers(parser()):
        assert len(command.description or "") > 20, name
        assert all(action.help for action in command._actions), name


def test_every_field_of_an_archive_is_in_the_readme_once() -> None:
    fields = [f"{table}.{field}" for table, kept in Tables.model_fields.items() for field in fields_of(kept.annotation)]
    assert len(fields) > 60
    assert re.findall(r"^\| `(\w+\.\w+)` \| .+ \|$", README.partition("## Your data")[2], re.M) == fields
    for name in Archive.model_fields:
        assert f"`{name}`" in README, name


def fields_of(rows: Any) -> Iterable[str]:
    """The names of the fields of a table's rows."""
    row, _ = rows.__args__
    return row.model_fields


def test_every_guide_is_in_the_readme() -> None:
    for path in (ROOT / "notebooks" / "guides").glob("*.ipynb"):
        assert f"(notebooks/guides/{path.name})" in README, path.name


def test_every_magic_is_in_the_readme() -> None:
    from jupyter_tutor.kernel.magic import COMMANDS

    for name in COMMANDS:
        assert re.search(rf"`%tutor {name}[ `]", README), name
    assert "`%tutor help`" in README


def test_the_two_commands_of_the_readme_are_marked() -> None:
    for mark in ("run", "test"):
        assert re.search(rf"<!-- {mark} -->\n```bash\n.+?```", README, re.S), mark


def test_contributing_names_entry_points_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    for cell in re.findall(r"\| (`[^|]+`) \|$", text, re.M):
        folder = ""
        for name in re.findall(r"`([^`]+)`", cell):
            folder = name.rpartition("/")[0] or folder
            assert (ROOT / (name if "/" in name else f"{folder}/{name}")).exists(), name


def test_versions_agree() -> None:
    from jupyter_tutor import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert f'"version": "{__version__}"' in (ROOT / "labextension" / "package.json").read_text()
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
