"""`jupyter tutor`: the commands and their arguments."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from jupyter_tutor.errors import AuthorError, LearnerError, TutorError
from jupyter_tutor.version import __version__

EXIT_CODES: dict[type[TutorError], int] = {AuthorError: 1, LearnerError: 1, TutorError: 1}


def parser() -> argparse.ArgumentParser:
    """All commands. Each sets `run`, where its function of the parsed arguments is, which gives the exit code."""
    top = argparse.ArgumentParser(
        prog="jupyter tutor", description="One good coding exercise a day, with hidden tests and honest verdicts."
    )
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument("--debug", action="store_true", help="show the whole trace of an unexpected error")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    lab = commands.add_parser("lab", help="open JupyterLab on today's exercise; further arguments go to `jupyter lab`")
    lab.add_argument(
        "--root", type=Path, default=Path("."), help="the folder that JupyterLab shows (default: this one)"
    )
    lab.set_defaults(run="day.lab")

    today = commands.add_parser("today", help="write today's exercise and print its path")
    today.add_argument("--root", type=Path, default=Path("."), help="where `tutor/` is (default: this folder)")
    today.set_defaults(run="day.today")

    check = commands.add_parser("check", help="prove authored notebooks by running them")
    check.add_argument("authored", nargs="+", type=Path, metavar="AUTHORED")
    check.add_argument("--json", action="store_true", help="print one JSON object a line")
    check.set_defaults(run="author.check")

    release = commands.add_parser("release", help="write the learner's copy of an authored notebook")
    release.add_argument("authored", type=Path, metavar="AUTHORED")
    release.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="a file, or a folder that is there"
    )
    release.set_defaults(run="author.release")

    grade = commands.add_parser("grade", help="grade submissions of an exercise")
    grade.add_argument("submissions", nargs="+", type=Path, metavar="SUBMISSION")
    grade.add_argument("--exercise", type=Path, required=True, metavar="AUTHORED", help="the author's notebook")
    grade.add_argument("--json", action="store_true", help="print one JSON object a line")
    grade.add_argument("--jobs", type=_count, default=0, help="how many to grade at a time (default: one per core)")
    grade.add_argument(
        "--time-limit", type=_seconds, default=None, metavar="SECONDS", help="wall time of a submission (default: 30)"
    )
    grade.set_defaults(run="author.grade")

    health = commands.add_parser("doctor", help="say what is wrong here and how to mend it")
    health.add_argument("--json", action="store_true", help="print JSON")
    health.set_defaults(run="doctor.doctor")
    return top


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
