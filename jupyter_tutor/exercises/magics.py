"""IPython's own lines in a Python cell, taken out so that `ast` can read the rest. Every line keeps its number."""

import io
import re
import tokenize

from jupyter_tutor.python import parse

_PYTHON_CELL_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun", "%%memit")
"""Cell magics whose body is Python of this kernel; the body of any other is not."""

_LINE = re.compile(r"^(?P<indent>[ \t]*)(?:[%!?]|[\w.]+\?{1,2}[ \t]*$)")
_ASSIGNED = re.compile(r"^(?P<indent>[ \t]*)(?P<target>[^\s=!<>%#][^=!<>%#]*?)[ \t]*=[ \t]*[!%][^=]")
_BREAK = re.compile(r"\r\n|\r|\n")
_OPEN = ("multi-line", "triple-quoted")
"""What tokenize says about a text that ends inside a string or a bracket."""


def without_magics(source: str) -> str:
    """A Python source with IPython's magics, shell commands and help lines made `pass` or `None`.

    What looks like one inside a string or an expression stays.
    """
    if source.lstrip().startswith("%%"):
        return _body(source)
    return source if _is_python(source) else _replaced(source)


def _body(source: str) -> str:
    """A cell magic's cell without the magic; blank lines where its body is no Python."""
    lines = _BREAK.split(source)
    first = next(number for number, line in enumerate(lines) if line.strip())
    if lines[first].split()[0] not in _PYTHON_CELL_MAGICS:
        return "\n" * (len(lines) - 1)
    return without_magics("\n".join([""] * (first + 1) + lines[first + 1 :]))


def _is_python(source: str) -> bool:
    try:
        parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _replaced(source: str) -> str:
    out: list[str] = []
    in_command = False
    for line in _BREAK.split(source):
        if in_command:  # a command's line that ended with a backslash goes on here
            in_command = line.endswith("\\")
            out.append("")
            continue
        plain = _plain(line)
        if plain is not None and not _is_open("\n".join(out)):
            in_command = line.endswith("\\")
            out.append(plain)
        else:
            out.append(line)
    return "\n".join(out)


def _plain(line: str) -> str | None:
    """What stands for a line that may be IPython's; None for any other."""
    if assigned := _ASSIGNED.match(line):
        return f"{assigned['indent']}{assigned['target']} = None"
    if found := _LINE.match(line):
        return f"{found['indent']}pass"
    return None


def _is_open(text: str) -> bool:
    """Whether a text ends inside a string, a bracket or a continued line."""
    if text.endswith("\\"):
        return True
    try:
        for _ in tokenize.generate_tokens(io.StringIO(text).readline):
            pass
    except tokenize.TokenError as error:
        return any(words in str(error) for words in _OPEN)
    except SyntaxError:  # an indentation that does not fit: `ast` says so
        return False
    return False
