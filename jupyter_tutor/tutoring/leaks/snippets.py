"""The code in a text for learners, in whatever form it is written there."""

import ast
import itertools
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from jupyter_tutor.tutoring.leaks.decoding import readings
from jupyter_tutor.tutoring.leaks.repair import parsed

FENCE = re.compile(
    r"^(?P<before>[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$"
)
_INLINE = re.compile(r"(?<!`)(`{1,4})(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
_STARTS = re.compile(
    r"(?:async|def|class|for|while|if|elif|else|try|except|finally|with|return|yield|raise|import|from|break|continue|"
    r"pass|assert|del|global|nonlocal|lambda|match|case|print)\b"
)
_DECORATIONS = (
    re.compile(r"^[ \t]*(?:>(?!>>)[ \t]?)+(.*)$"),
    re.compile(r"^[ \t]*(?:>>>|\.\.\.:?|In \[\d*\]:)(?:[ ](.*)|$)$"),
    re.compile(r"^[ \t]*(?:[Ll]ine[ ]*)?\d{1,4}[ \t]?[:.|)\]][ \t]?(.*)$"),
    re.compile(r"^[ \t]*\d{1,4}(?:[ ]{1,2}|\t)(.*)$"),
    re.compile(r"^([ \t]*)(?:[-*+•‣]|\d+[.)])[ \t](.*)$"),
    re.compile(r"^[ \t]*(?:#|//|--|;|%)[ ]?(.*)$"),
)
_DIFF = re.compile(r"^[ \t]*(?:[+-](?![+-]{2})|@@)", re.M)
_LONGEST_STATEMENT = 15
Change: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""Old lines, and the new ones in their place."""


@dataclass(frozen=True)
class Snippet:
    """A piece of code. `primary`: as it is written in the text, each part of that once; others are read out of it. Of a
    diff, `code` is the new side, and `changes` are pairs of old and new lines.
    """

    code: str
    primary: bool = False
    changes: tuple[Change, ...] = ()


def code_blocks(text: str) -> list[str]:
    """The fenced code blocks of a Markdown text."""
    return [code for code, _ in _fenced(text.split("\n"))]


def snippets(text: str) -> list[Snippet]:
    """All code in a text, each piece once, in the order of the text; what is encoded comes last."""
    first, *decoded = readings(text)
    found = [*_of_reading(first), *(replace(s, primary=False) for said in decoded for s in _of_reading(said))]
    unique: dict[tuple[str, object], Snippet] = {}
    for snippet in found:
        key = (snippet.code, snippet.changes)
        unique[key] = snippet if snippet.primary else unique.get(key, snippet)
    return list(unique.values())


def is_code(line: str) -> bool:
    """Whether a line by itself is a statement of Python, or the head of one, rather than words."""
    bare = line.strip()
    if not bare or bare.startswith("#") or len(bare) > 1000:
        return False
    tree = parsed(bare) or parsed(f"{bare} pass" if bare.endswith(":") else bare)
    if tree is None and _STARTS.match(bare):
        tree = next((t for before in ("if 1: pass\n", "try: pass\n") if (t := parsed(f"{before}{bare} pass"))), None)
        tree = tree or parsed(f"match 1:\n {bare} pass") or parsed(f"{bare}\n def _(): pass")
    return tree is not None and any(map(_says_something, tree.body))


def bare_lines(line: str) -> list[str]:
    """What a line is without list marks, prompts, numbers or signs before it, once for each that it has."""
    matches = [decoration.match(line) for decoration in _DECORATIONS]
    return ["".join(part or "" for part in match.groups()) for match in matches if match]


def _says_something(node: ast.stmt) -> bool:
    if isinstance(node, ast.AnnAssign):
        return node.value is not None
    if not isinstance(node, ast.Expr):
        return True
    words = (
        ast.Name,
        ast.Constant,
        ast.Attribute,
        ast.Tuple,
        ast.Load,
        ast.UnaryOp,
        ast.USub,
        ast.Not,
        ast.expr_context,
    )
    return not all(isinstance(part, words) for part in ast.walk(node.value))


def _of_reading(text: str) -> Iterator[Snippet]:
    lines = text.split("\n")
    outside = lines[:]
    placed: list[tuple[int, Snippet]] = []
    for code, (first, last) in _fenced(lines):
        placed.append((first, Snippet(code, primary=True)))
        yield from _of_block(code)
        outside[first:last] = [""] * (last - first)
    for code in _indented(outside):
        yield from _of_block(code)
    yield from _of_lines(outside)
    placed += [(first, Snippet(run, primary=True)) for first, run in _runs(outside)]
    words = "\n".join(outside)
    spans = [(match.start(), match[2].strip("\n")) for match in _INLINE.finditer(words)]
    yield from (Snippet(span) for _, span in spans)
    pieces = [(start, span.strip()) for start, span in spans if is_code(span)]
    if len(pieces) > 1:
        yield Snippet("\n".join(span for _, span in pieces))
    placed += [(words.count("\n", 0, start), Snippet(span, primary=True)) for start, span in pieces]
    yield from (snippet for _, snippet in sorted(placed, key=lambda pair: pair[0]))


def _fenced(lines: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each fenced block, also one that is never closed, with the lines that it takes."""
    number = 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        first, number = number, number + 1
        if opening is None:
            continue
        quote, fence = opening["before"].count(">"), opening["fence"]
        inside = [opening["info"].strip()] if is_code(opening["info"]) else []
        while number < len(lines):
            line = re.sub(rf"^(?:[ \t]*>[ \t]?){{0,{quote}}}", "", lines[number]) if quote else lines[number]
            number += 1
            if re.match(rf"^[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", line):
                break
            inside.append(line)
        margin = len(opening["before"].expandtabs(4)) if not quote else 0
        yield "\n".join([re.sub(rf"^ {{0,{margin}}}", "", line) for line in inside] + [""]), (first, number)


def _indented(lines: list[str]) -> Iterator[str]:
    """Runs of indented lines."""
    run: list[str] = []
    for line in [*lines, "end"]:
        if line.startswith(("    ", "\t")) or (run and not line.strip()):
            run.append(line)
        elif run:
            code, run = textwrap.dedent("\n".join(run)).strip("\n"), []
            if code:
                yield code


def _of_block(code: str) -> Iterator[Snippet]:
    """A block as it is, and without what stands before its lines."""
    lines = code.split("\n")
    if len(_DIFF.findall(code)) * 4 >= len([line for line in lines if line.strip()]):
        yield from _of_diff(lines)
    yield Snippet(code)
    for view in _views(lines, least=0.4):
        yield Snippet("\n".join(view))


def _of_diff(lines: list[str]) -> Iterator[Snippet]:
    """The new side of a diff and what it adds, with its hunks and its single changes."""
    signed = [line for line in lines if not line.lstrip().startswith(("+++", "---", "diff ", "index "))]
    margin = min((len(line) - len(line.lstrip()) for line in signed if line.strip()[:1] in ("+", "-")), default=0)
    rows = [(line[margin : margin + 1], line[margin + 1 :]) for line in signed]
    hunks: list[Change] = []
    changes: list[Change] = []
    for marker, group in itertools.groupby(rows, key=lambda row: row[0] == "@"):
        if not marker:
            hunk = list(group)
            hunks.append(_change(hunk))
            parts = itertools.groupby(hunk, key=lambda row: row[0] in ("+", "-"))
            changes += [_change(list(part)) for changed, part in parts if changed]
    rows = [row for row in rows if row[0] != "@"]
    yield Snippet("\n".join(text for sign, text in rows if sign != "-"), changes=tuple(hunks))
    yield Snippet("\n".join(text for sign, text in rows if sign == "+"), changes=tuple(changes))


def _change(rows: list[tuple[str, str]]) -> Change:
    old = tuple(text for sign, text in rows if sign != "+")
    return old, tuple(text for sign, text in rows if sign != "-")


def _of_lines(lines: list[str]) -> Iterator[Snippet]:
    """Runs of plain lines that are code, and all of them together; also below marks, prompts, numbers, in tables."""
    for view in (lines, *_views(lines, least=0.0)):
        runs = [run for _, run in _runs(view)]
        yield from map(Snippet, runs)
        if len(runs) > 1:
            yield Snippet("\n".join(runs))
    signed = [line for line in lines if _DIFF.match(line)]
    if any(line.lstrip().startswith("+") and is_code(line.lstrip()[1:]) for line in signed):
        yield from _of_diff(signed)


def _views(lines: list[str], least: float) -> Iterator[list[str]]:
    """The lines without one kind of decoration, where more than this share of them has it."""
    filled = [line for line in lines if line.strip()]
    for decoration in _DECORATIONS:
        found = [decoration.match(line) for line in filled]
        bare = ["".join(part or "" for part in match.groups()) for match in found if match]
        if len(bare) > max(least * len(filled), 0.5):
            yield bare
    rows = [line.strip().strip("|").split("|") for line in filled if line.count("|") >= 2 or line.startswith("|")]
    if rows and len(rows) > least * len(filled):
        for column in range(min(6, max(map(len, rows)))):
            cells = [row[column].removeprefix(" ").rstrip() for row in rows if column < len(row)]
            yield [re.sub(r"^(\s*)`(.*)`$", r"\1\2", cell) for cell in cells if not re.fullmatch(r"\s*:?-+:?", cell)]


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Runs of lines that are code, with the blank lines and comments between, and the number of their first line."""
    run: list[str] = []
    start = number = 0
    while number < len(lines):
        size = _statement(lines[number : number + _LONGEST_STATEMENT])
        if size:
            start = start if run else number
            run += lines[number : number + size]
        elif run and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
            run.append(lines[number])
        elif run:
            yield start, "\n".join(run).rstrip()
            run = []
        number += size or 1
    if run:
        yield start, "\n".join(run).rstrip()


def _statement(lines: Sequence[str]) -> int:
    """How many lines the statement takes that begins here; 0 for what is none."""
    line = re.sub(r"^([ \t]*)`(.*)`$", r"\1\2", lines[0])
    if is_code(line) or (line.strip()[:1] == "@" and parsed(f"{line.strip()}\ndef _(): pass")):
        return 1
    opened = line.count('"""') % 2 or line.count("'''") % 2 or sum(map(line.count, "([{")) > sum(map(line.count, ")]}"))
    if opened:
        for size in range(2, min(_LONGEST_STATEMENT, len(lines)) + 1):
            if parsed(textwrap.dedent("\n".join(lines[:size])).strip()):
                return size
    return int(line.strip().startswith(('"""', "'''")) and parsed(line.strip()) is not None)
