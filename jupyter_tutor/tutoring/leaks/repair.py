"""Python read leniently: what a learner would mend while typing it in does not keep code from being judged."""

import ast
import re
import textwrap
from collections.abc import Callable, Iterator

from jupyter_tutor.exercises.magics import without_magics
from jupyter_tutor.python import parse

_LONGEST = 20_000
_HEADER = re.compile(
    r"(?:async\s+)?(?:def|class|for|while|if|elif|else|try|except|finally|with|match|case)\b(?!\s*=[^=])"
)
_FOLLOWS = re.compile(r"(?:elif|else|except|finally)\b")
_WORDS = (
    (r"^(\s*)(?:\}\s*)?else\s+if\b", r"\1elif"),
    (r"^(\s*)\}\s*(else|catch|finally)\b", r"\1\2"),
    (r"^(\s*)(?:export\s+|public\s+|private\s+|static\s+)*(?:function|func|fn|fun|sub)\s+(\w+)\s*\(", r"\1def \2("),
    (r"^(\s*)(?:let|const|var|val|my)\s+(?:mut\s+)?", r"\1"),
    (r"^(\s*)for\s*\(\s*(?:let|const|var)?\s*(\[?[\w, ]+\]?)\s+(?:of|in)\s+(.+)\)\s*\{?\s*:?$", r"\1for \2 in \3:"),
    (r"^(\s*)(?:for\s+each|foreach)\s+", r"\1for "),
    (r"^(\s*)(if|elif|while)\s*\((.+)\)\s*\{\s*$", r"\1\2 \3:"),
    (r"^(\s*)(if|elif|while|for)\b(.+?)\s+(?:then|do)\s*:?\s*$", r"\1\2\3:"),
    (r"^(\s*)throw\s+(?:new\s+)?", r"\1raise "),
    (r"^(\s*)//", r"\1#"),
    (r"===", "=="),
    (r"!==", "!="),
    (r"&&", " and "),
    (r"\|\|", " or "),
    (r"!(?=[\w(])", " not "),
    (r"\btrue\b", "True"),
    (r"\bfalse\b", "False"),
    (r"\b(?:null|nil|undefined)\b", "None"),
    (r"\b([\w.]+)\.length\b", r"len(\1)"),
    (r"\.push\(", ".append("),
    (r"\b([\w.]+)\s*(\+|-)\2\s*$", r"\1 \2= 1"),
    (r":=(?!.*\))", "="),
    (r"^(\s*)print\s+([^(=\s].*)$", r"\1print(\2)"),
    (r";\s*$", ""),
    (r"\{\s*$", ":"),
)
_BARE = re.compile(r"^\s*(?:\}|end(?:\s*(?:if|for|while|def|function|class))?|fi|done)\s*;?\s*$", re.I)


class TooDeep(Exception):
    """Code that is nested too deeply to be read."""


def parsed(code: str) -> ast.Module | None:
    """The module, or None when it is no Python. Raises TooDeep."""
    try:
        return parse(code)
    except (SyntaxError, ValueError):
        return None
    except (RecursionError, MemoryError):
        raise TooDeep from None


def modules(code: str) -> list[ast.Module]:
    """Code as Python, once for each way to repair it that works: as it is where that is possible. Raises TooDeep."""
    code = textwrap.dedent(code.expandtabs(4)).strip("\n")[:_LONGEST]
    if not code.strip():
        return []
    if tree := parsed(code) or parsed(without_magics(code)):
        return [tree]
    mended = _spoken(code)
    for tried in (_outdented(code), mended, _cut(code), _cut(mended)):
        if tried != code and (tree := parsed(tried)):
            return [tree]
    found = [tree for indent in (_nested, _level) if (tree := parsed(_reindented(mended, indent)))]
    return found or [tree for part in (_largest(code), _largest(mended)) if part and (tree := parsed(part))][:1]


def _outdented(code: str) -> str:
    """Code whose first line lost its indentation, or whose later lines have some of their own."""
    first, _, rest = code.partition("\n")
    body = textwrap.dedent(rest)
    return f"{first}\n{textwrap.indent(body, '    ')}" if first.rstrip().endswith(":") else f"{first.strip()}\n{body}"


def _spoken(code: str) -> str:
    """Other languages' words and signs as Python's, and headers with their colon."""
    lines = []
    for line in code.split("\n"):
        if _BARE.match(line):
            continue
        for pattern, plain in _WORDS:
            line = re.sub(pattern, plain, line)
        line = line.rstrip()
        if _HEADER.match(line.strip()) and not line.endswith((":", ",", "(", "[", "{", "\\")) and not _complete(line):
            line += ":"
        lines.append(line)
    return "\n".join(lines)


def _complete(line: str) -> bool:
    bare = line.strip()
    return any(parsed(f"{before}{bare}") for before in ("", "if 1: pass\n", "try: pass\n"))


def _cut(code: str) -> str:
    """Code without a last line or two that were left unfinished."""
    lines = code.rstrip().split("\n")
    for kept in (f"{code.rstrip()}\n{' ' * (_indent(lines[-1]) + 4)}pass", *("\n".join(lines[:-n]) for n in (1, 2, 3))):
        if kept.strip() and parsed(kept):
            return kept
    return code


def _largest(code: str) -> str:
    """The longest run of whole lines that is Python, from a definition on where there is one."""
    lines = code.split("\n")[:400]
    starts = [n for n, line in enumerate(lines) if re.match(r"\s*(?:async\s+)?(?:def|class)\s|\s*@", line)] or [0]
    for start in starts[:10]:
        for end in range(len(lines), max(start, len(lines) - 40), -1):
            part = textwrap.dedent("\n".join(lines[start:end]))
            if parsed(part):
                return part
    return ""


def _reindented(code: str, depth: "Callable[[str, str, list[str]], int]") -> str:
    """Code whose indentation is lost, indented by what its lines are."""
    out: list[str] = []
    open_headers: list[str] = []
    before = ""
    for line in (bare for raw in code.split("\n") if (bare := raw.strip())):
        level = max(0, depth(line, before, open_headers))
        del open_headers[level:]
        out.append("    " * level + line)
        if line.endswith(":"):
            open_headers.append(line)
        before = line
    if before.endswith(":"):
        out.append("    " * len(open_headers) + "pass")
    return "\n".join(out)


def _nested(line: str, before: str, headers: list[str]) -> int:
    """Lines stay inside the innermost header; a branch goes back to its `if`, a last return to the function."""
    if _FOLLOWS.match(line):
        return _opener(line, headers)
    if re.match(r"(?:def|class)\b", line) and before:
        return int(bool(headers) and headers[0].startswith("class") and line.startswith("def"))
    return len(headers)


def _level(line: str, before: str, headers: list[str]) -> int:
    """As nested, but a branch is over after one line, and a return after a loop belongs to the function."""
    if _FOLLOWS.match(line):
        return _opener(line, headers)
    outer = sum(header.startswith(("def", "class", "async def")) for header in headers)
    if re.match(r"(?:def|class)\b", line) and before:
        return min(outer, int(bool(headers) and headers[0].startswith("class")))
    if before.endswith(":"):
        return len(headers)
    if line.startswith(("return", "yield")) or not headers:
        return outer
    return max(outer, len(headers) - int(headers[-1].startswith(("if", "elif", "else"))))


def _opener(line: str, headers: list[str]) -> int:
    wanted = ("try", "except", "else") if line.startswith(("except", "finally")) else ("if", "elif", "for", "while")
    places: Iterator[int] = (n for n in range(len(headers) - 1, -1, -1) if headers[n].startswith(wanted))
    return next(places, max(0, len(headers) - 1))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
