"""`jupyter tutor`: the commands and their arguments."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from jupyter_tutor.errors import AuthorError, LearnerError, TutorError
from jupyter_tutor.version import __version__

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
EXIT_CODES: dict[type[TutorError], int] = {AuthorError: 1, LearnerError: 1, TutorError: 1}


def parser() -> argparse.ArgumentParser:
    """All commands. Each sets `run`, where its function of the parsed arguments is, which gives the exit code."""
    top = argparse.ArgumentParser(
        prog="jupyter tutor", description="One good coding exercise a day, with hidden tests and honest verdicts."
    )
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument("--debug", action="store_true", help="show the whole trace of an unexpected error")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_day(commands)
    _add_proving(commands)
    _add_helping(commands)
    _add_exchange(commands)
    _add_writing(commands)
    _add_guarding(commands)
    _add_report(commands)
    _add_data(commands)
    health = _command(commands, "doctor", "doctor.doctor", "say what is wrong here and how to mend it", "")
    health.add_argument("--json", action="store_true", help="print JSON")
    return top


def _command(commands: _Commands, name: str, run: str, does: str, more: str) -> argparse.ArgumentParser:
    """A command; `does` is its line in the list of commands, `more` what its own help adds."""
    description = f"{does[0].upper()}{does[1:]}. {more}".strip()
    command = commands.add_parser(name, help=does, description=description)
    command.set_defaults(run=run)
    return command


def _add_day(commands: _Commands) -> None:
    more = "Further arguments go to `jupyter lab`."
    lab = _command(commands, "lab", "day.lab", "open JupyterLab on today's exercise", more)
    lab.add_argument("--root", type=Path, default=Path("."), help="folder that JupyterLab shows (default: this one)")
    today = _command(commands, "today", "day.today", "write today's exercise and print its path", "")
    today.add_argument("--root", type=Path, default=Path("."), help="where `tutor/` is (default: this folder)")


def _add_proving(commands: _Commands) -> None:
    more = (
        "The reference has to pass every check; the starter, the listed mistakes and answers that know nothing of the "
        "task have to fail. Says in sentences what keeps a notebook from being proven; exit code 1 when one is not."
    )
    check = _command(commands, "check", "author.check", "prove authored notebooks by running them", more)
    check.add_argument("authored", nargs="+", type=Path, metavar="AUTHORED", help="the author's notebook")
    check.add_argument("--json", action="store_true", help="print one JSON object a line")

    more = "Solutions, hidden tests, mark schemes, hints and mistakes stay behind; the files in `tutor.files` go along."
    release = _command(commands, "release", "author.release", "write the learner's copy of an authored notebook", more)
    release.add_argument("authored", type=Path, metavar="AUTHORED", help="the author's notebook")
    where = "a file, or a folder that is there"
    release.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=where)

    more = "Tests come from the author's notebook, never from a submission. Exit code 1 when one could not be graded."
    grade = _command(commands, "grade", "author.grade", "grade submissions of an exercise", more)
    grade.add_argument("submissions", nargs="+", type=Path, metavar="SUBMISSION", help="a learner's notebook")
    grade.add_argument("--exercise", type=Path, required=True, metavar="AUTHORED", help="the author's notebook")
    grade.add_argument("--json", action="store_true", help="print one JSON object a line")
    grade.add_argument("--jobs", type=_count, default=0, help="how many to grade at a time (default: one per core)")
    limit = "wall time of a submission (default: 30)"
    grade.add_argument("--time-limit", type=_seconds, default=None, metavar="SECONDS", help=limit)


def _add_helping(commands: _Commands) -> None:
    more = (
        "The submission is run, and what that shows is told first: a known mistake, a line, or a call that goes wrong; "
        "then the author's hint of a rung. No language model is needed."
    )
    hint = _command(commands, "hint", "helping.hint", "a hint for a submission, without a server", more)
    hint.add_argument("submission", type=Path, metavar="SUBMISSION", help="a learner's notebook")
    hint.add_argument("--exercise", type=Path, required=True, metavar="AUTHORED", help="the author's notebook")
    hint.add_argument("--rung", type=_count, default=1, metavar="N", help="the author's Nth hint (default: 1)")
    hint.add_argument("--json", action="store_true", help="print one JSON object, with all clues")


def _add_exchange(commands: _Commands) -> None:
    more = (
        "A folder is searched for notebooks that nbgrader knows, below `source/` when it is a course. What lies "
        "beside a notebook is copied and listed in `tutor.files`, other notebooks never are; metadata is brought "
        "up to date."
    )
    taken = _command(commands, "import", "exchange.import_course", "make exercises of nbgrader source notebooks", more)
    taken.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a notebook, an assignment or a course")
    taken.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="where the exercises go")

    more = (
        "Each becomes COURSE/source/SLUG/SLUG.ipynb with its files. Hints, mistakes and all else that students must "
        "not see is kept in COURSE/tutor/SLUG.json, where `import` finds it again and nbgrader does not look."
    )
    given = _command(commands, "export", "exchange.export_course", "write exercises as an nbgrader course", more)
    given.add_argument("authored", nargs="+", type=Path, metavar="AUTHORED", help="the author's notebook")
    given.add_argument("-o", "--output", type=Path, required=True, metavar="COURSE", help="the course's folder")
    for command in (taken, given):
        command.add_argument("--force", action="store_true", help="replace files that are there already")


def _add_writing(commands: _Commands) -> None:
    more = (
        "The reference has to pass every check, mutants of it and typical mistakes have to fail, and a second "
        "solution, written from the text alone, has to pass. What was tried and what it took is told; exit code 1 when "
        "nothing was proven. Needs a model endpoint: OPENAI_BASE_URL and OPENAI_API_KEY, or c.Tutor.base_url."
    )
    made = _command(commands, "generate", "writing.generate", "have a model write an exercise, and prove it", more)
    made.add_argument("--topic", default="lists", help="what it is about, in a few words (default: lists)")
    made.add_argument("--kind", default="algorithm", help="algorithm, data-structure, debugging or practical")
    made.add_argument("--difficulty", default="easy", help="easy, medium or hard")
    made.add_argument("--language", default="python", help="the language of the code (default: python)")
    made.add_argument("--interests", nargs="*", default=(), metavar="WORD", help="what its story may be about")
    made.add_argument("--minutes", type=_count, default=15, help="how long a learner may need (default: 15)")
    where = "a file that ends in .ipynb, or a folder"
    made.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=where)
    made.add_argument("--json", action="store_true", help="print JSON: the file, and what was tried")


def _add_guarding(commands: _Commands) -> None:
    more = (
        "The code in it is put into the submission and into the starter, and run: it leaks when a hidden check passes "
        "that did not before. Several replies are those of one conversation, in order; the last one is judged."
    )
    guard = _command(commands, "guard", "guarding.guard", "say whether a reply gives the answer away", more)
    guard.add_argument("submission", type=Path, metavar="SUBMISSION", help="the learner's notebook")
    guard.add_argument("--exercise", type=Path, required=True, metavar="AUTHORED", help="the author's notebook")
    texts = "a text for the learner, Markdown; may be given more than once"
    guard.add_argument("--reply", type=Path, required=True, action="append", metavar="FILE", help=texts)
    guard.add_argument("--json", action="store_true", help="print JSON")


def _add_report(commands: _Commands) -> None:
    more = (
        "For each exercise that learners began: how many try, pass and skip it, hints, time, how hard they find it, "
        "and whether strong learners do better; then, in sentences, what its author should look at."
    )
    report = _command(commands, "report", "report.report", "say what learners did with exercises", more)
    which = "a slug, or the author's notebook (default: all)"
    report.add_argument("exercises", nargs="*", metavar="EXERCISE", help=which)
    report.add_argument("--json", action="store_true", help="print one JSON object a line")


def _add_data(commands: _Commands) -> None:
    more = "Notebooks are files of yours: none is exported, imported or deleted."
    data = _command(commands, "data", "data.data", "export, import or delete all that is kept of you", more)
    actions = data.add_subparsers(dest="action", metavar="ACTION", required=True, help="what to do")
    does = "write everything into a new file, as JSON"
    given = actions.add_parser("export", help=does, description="Write all that is kept of you into a new file.")
    does = "keep what was exported, where nothing is kept yet"
    more = "Keep what was exported, on this or another machine. Nothing may be kept of you here: delete that first."
    taken = actions.add_parser("import", help=does, description=more)
    for action, file in ((given, "the file to write"), (taken, "a file that was exported")):
        action.add_argument("file", type=Path, metavar="FILE", help=file)
    more = "Delete all that is kept of you. It cannot be undone; notebooks stay."
    gone = actions.add_parser("delete", help="delete everything; notebooks stay", description=more)
    gone.add_argument("--yes", action="store_true", help="do not ask")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit."""
    top = parser()
    parsed, further = top.parse_known_args(arguments)
    if further and parsed.command != "lab":
        top.error(f"unrecognized arguments: {' '.join(further)}")
    parsed.further = further
    try:
        room, _, command = parsed.run.partition(".")
        run = getattr(import_module(f"jupyter_tutor.cli.{room}"), command)  # heavy, so not for `--help`
        sys.exit(asyncio.run(run(parsed)))
    except TutorError as error:
        print(f"jupyter tutor: {error}", file=sys.stderr)
        sys.exit(next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if parsed.debug:
            raise
        said = f"something went wrong that should not ({type(error).__name__}: {error})"
        print(f"jupyter tutor: {said}; `jupyter tutor --debug {parsed.command} ...` tells more", file=sys.stderr)
        sys.exit(1)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("has to be a whole number, 1 or more")
    return int(text)


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 3600:
        raise argparse.ArgumentTypeError("has to be a number, more than 0 and at most 3600")
    return number
