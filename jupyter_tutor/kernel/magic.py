"""`%tutor`: the words of its line, and that every failure is one message."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import no_var_expand

from jupyter_tutor.kernel.cells import ExecutedCells
from jupyter_tutor.kernel.commands import COMMANDS, OPEN, Commands, print_help
from jupyter_tutor.kernel.message import TutorMessage, own_error
from jupyter_tutor.kernel.plain import line as one_line
from jupyter_tutor.kernel.screen import complain

_log = logging.getLogger(__name__)
_QUESTION = re.compile(r"\s*%tutor\s+(ask\b.*\?\s*)$")


@dataclass
class TutorMagic:
    """The magic of one shell, with the cells that it has seen."""

    cells: ExecutedCells = field(default_factory=ExecutedCells)
    commands: Callable[[ExecutedCells], Commands] = Commands

    @no_var_expand
    def tutor(self, line: str) -> None:
        """Jupyter Tutor: `%tutor today | hint | ask | submit | feedback | progress | help` and more."""
        try:
            self.run(line.split())
        except TutorMessage as message:
            complain(str(message))
        except KeyboardInterrupt:
            complain("Stopped.")
        except Exception as error:
            _log.debug("%%tutor %s", *line.split()[:1] or [""], exc_info=True)
            complain(own_error(error))

    def run(self, words: list[str]) -> None:
        """Do what the words say. Raises TutorMessage when they say nothing known."""
        word = words[0].lower() if words else "help"
        if word not in COMMANDS:
            raise TutorMessage(_unknown(word))
        if words[1:] and word not in OPEN:
            extra = f"`%tutor {word}` takes nothing after it, but there is `{_short(words[1])}`."
            raise TutorMessage(f"{extra} `%tutor help` lists the commands.")
        command, _ = COMMANDS[word]
        if command is None:
            print_help()
        else:
            command(self.commands(self.cells), *words[1:])


def keep_questions(lines: list[str]) -> list[str]:
    """The lines of a cell, in which a question may end in `?`: IPython would look for help on its last word."""
    return [
        f"get_ipython().run_line_magic('tutor', {question[1].strip()!r})\n"
        if (question := _QUESTION.match(text))
        else text
        for text in lines
    ]


def _unknown(word: str) -> str:
    near = get_close_matches(word, COMMANDS, n=1, cutoff=0.4)
    meant = f" Did you mean `%tutor {near[0]}`?" if near else ""
    return f"There is no `%tutor {_short(word)}`.{meant} `%tutor help` lists the commands."


def _short(word: str) -> str:
    return one_line(word)[:40]


def load(shell: object) -> None:
    """Register `%tutor` in an IPython shell, once."""
    if not isinstance(shell, InteractiveShell):
        raise TypeError("%load_ext jupyter_tutor works in IPython and Jupyter kernels")
    if isinstance(getattr(shell.magics_manager.magics["line"].get("tutor"), "__self__", None), TutorMagic):
        return
    magic = TutorMagic()
    shell.magics_manager.register_function(magic.tutor, magic_kind="line", magic_name="tutor")
    shell.input_transformers_cleanup.append(keep_questions)
    shell.events.register("pre_run_cell", magic.cells.record)
    shell.set_hook("complete_command", lambda _shell, _event: [*COMMANDS], str_key="%tutor")
