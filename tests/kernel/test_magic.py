"""`%tutor` in a real shell, in front of a real server."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import jupyter_tutor
from jupyter_tutor.kernel.commands import COMMANDS
from jupyter_tutor.kernel.magic import TutorMagic, load

if TYPE_CHECKING:
    from tests.kernel.conftest import Double

Tutor = Callable[[str], tuple[str, str]]


@pytest.mark.parametrize("words", ["", "help", "HELP", "  help "])
def test_help_names_every_command(tutor: Tutor, words: str) -> None:
    printed, complaint = tutor(words)
    assert not complaint
    assert all(f"%tutor {word} " in printed for word in COMMANDS)


@pytest.mark.parametrize(
    ("typed", "meant"), [("sumbit", "submit"), ("hnit", "hint"), ("skipp", "skip"), ("Todey", "today")]
)
def test_a_misspelt_command_names_the_nearest(tutor: Tutor, typed: str, meant: str) -> None:
    printed, complaint = tutor(typed)
    assert not printed
    assert complaint.count("\n") == 1
    assert f"Did you mean `%tutor {meant}`?" in complaint
    assert "`%tutor help`" in complaint


@pytest.mark.parametrize("typed", ["zzzzzz", "--", "\x1b[31m", "%tutor", "x" * 500])
def test_an_odd_word_is_refused_in_one_short_line(tutor: Tutor, typed: str) -> None:
    _, complaint = tutor(typed)
    assert complaint.startswith("There is no `%tutor")
    assert complaint.count("\n") == 1
    assert len(complaint) < 160
    assert "\x1b" not in complaint


@pytest.mark.parametrize("words", ["hint --rung 3", "submit now", "help me"])
def test_nothing_follows_a_command(tutor: Tutor, words: str) -> None:
    command, extra = words.split()[:2]
    said = f"`%tutor {command}` takes nothing after it, but there is `{extra}`. `%tutor help` lists the commands.\n"
    assert tutor(words) == ("", said)


def test_loading_twice_registers_once(shell: InteractiveShell, magic: TutorMagic) -> None:
    load(shell)
    jupyter_tutor.load_ipython_extension(shell)
    assert shell.magics_manager.magics["line"]["tutor"].__self__ is magic
    assert shell.events.callbacks["pre_run_cell"].count(magic.cells.record) == 1


def test_the_extension_loads_by_its_name(shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.run_cell("%load_ext jupyter_tutor\n%tutor").success
    assert "%tutor today" in capsys.readouterr().out


def test_commands_are_completed(shell: InteractiveShell) -> None:
    with provisionalcompleter():
        assert [found.text for found in shell.Completer.completions("%tutor su", 9)] == ["submit"]


def test_only_a_shell_can_load_it() -> None:
    with pytest.raises(TypeError, match="IPython"):
        load(object())


@pytest.mark.parametrize("word", ["today", "hint", "submit", "skip", "complete"])
def test_without_a_server_every_command_says_so(nowhere: None, tutor: Tutor, word: str) -> None:
    printed, complaint = tutor(word)
    assert not printed
    assert complaint.startswith("No Jupyter server was found for this kernel: open the notebook in JupyterLab")


@pytest.mark.parametrize("word", ["today", "hint", "submit", "skip", "complete"])
def test_a_server_without_the_extension_is_named(found: Path, double: "Double", tutor: Tutor, word: str) -> None:
    double.answers.clear()
    assert tutor(word)[1] == "Jupyter Tutor is not enabled in this server: run `jupyter tutor doctor`.\n"


def test_an_error_that_nobody_foresaw_shows_its_type_alone(tutor: Tutor, magic: TutorMagic) -> None:
    def fail(cells: object) -> None:
        raise RuntimeError("s3cret-token and more")

    magic.commands = fail
    _, complaint = tutor("today")
    assert (
        complaint
        == "Jupyter Tutor met an error of its own (RuntimeError): try again, then run `jupyter tutor doctor`.\n"
    )


def test_an_interrupted_command_is_quiet(tutor: Tutor, magic: TutorMagic) -> None:
    def interrupt(cells: object) -> None:
        raise KeyboardInterrupt

    magic.commands = interrupt
    assert tutor("today") == ("", "Stopped.\n")


def test_today_shows_the_card_and_makes_the_notebook(found: Path, double: "Double", tutor: Tutor) -> None:
    printed, _ = tutor("today")
    assert double.calls == ["GET daily", "POST dailies/d1/open", "GET notices"]
    for part in (
        "Two sum",
        "Data structure",
        "easy",
        "15 minutes",
        "hashing",
        "look things up",
        "every check",
        "not started",
    ):
        assert part in printed
    assert "Notebook (just made): tutor/2026-11-21-two-sum.ipynb" in printed
    assert "%tutor submit" in printed


def test_today_says_with_two_reasons_why_this_exercise(found: Path, tutor: Tutor) -> None:
    printed, _ = tutor("today")
    reasons = "  - It is about hashing, which comes back today.\n  - It fits into your 20 minutes.\n"
    assert f"Why this one:\n{reasons}You will practise" in printed
    assert "A third reason" not in printed


def test_the_exercise_is_the_one_of_this_notebook(found: Path, double: "Double", tutor: Tutor) -> None:
    tutor("hint")
    assert double.calls[0] == "GET dailies/by-path?path=tutor/2026-11-21-two-sum.ipynb"
    assert double.calls[-1] == "POST dailies/d1/hints"


def test_in_another_notebook_it_is_todays(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answers["GET tutor/api/v1/dailies/by-path"] = double.problem(404, "That notebook is no exercise.")
    tutor("hint")
    assert (double.calls[1], double.calls[-1]) == ("GET daily", "POST dailies/d1/hints")


def test_skipping_says_how_many_are_left(found: Path, tutor: Tutor) -> None:
    printed, _ = tutor("skip")
    assert "Skipped: Two sum." in printed
    assert "You have 1 skip left this week" in printed


def test_a_skip_that_is_refused_shows_the_servers_sentence(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answer("POST", "skip", double.problem(409, "You have used both skips of this week."))
    assert tutor("skip") == ("", "You have used both skips of this week.\n")


def test_completing_says_what_it_means(found: Path, double: "Double", tutor: Tutor) -> None:
    assert "earns no streak" in tutor("complete")[0]
    double.answer("POST", "complete", double.reply(double.DAILY | {"status": "completed", "passed": True}))
    assert "You had passed it." in tutor("complete")[0]


def test_control_characters_of_a_title_reach_no_terminal(found: Path, double: "Double", tutor: Tutor) -> None:
    double.answers["GET tutor/api/v1/daily"] = double.reply(double.DAILY | {"title": "Two\x1b]0;x\x07\x1b[2J\nsum"})
    printed, _ = tutor("today")
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert printed.startswith("Two")


def test_progress_is_printed_where_there_are_no_widgets(found: Path, tutor: Tutor) -> None:
    printed, _ = tutor("progress")
    assert "Streak       2 days (longest 9 days)" in printed
