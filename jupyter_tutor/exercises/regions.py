"""nbgrader's regions in a cell: solutions, hidden tests, mark schemes.

They lie between lines such as `### BEGIN SOLUTION` and `### END SOLUTION`. As for nbgrader, whatever stands before
`BEGIN` and `END` does not matter.
"""

import re

from jupyter_tutor.errors import AuthorError

_HIDDEN = re.compile(r"^([ \t]*)#*[ \t]*((?:BEGIN|END) HIDDEN TESTS)", re.M)
_SOLUTION = re.compile(r"^[^\n]*BEGIN SOLUTION[^\n]*\n(.*?)^[^\n]*END SOLUTION", re.M | re.S)
_MARK = re.compile(r"(?:BEGIN|END) SOLUTION")
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"
HIDDEN_CELL = "# Hidden checks run here when you submit."
"""What learners see of a test cell that has hidden tests alone."""


def cut(source: str, name: str, replacement: str | None, where: str) -> str:
    """A source with each region of a name taken out, or replaced at the region's own indentation.

    `where` names the cell in the AuthorError for regions that nest or do not close.
    """
    kept: list[str] = []
    inside = False
    for number, line in enumerate(source.splitlines(), 1):
        begins, ends = f"BEGIN {name}" in line, f"END {name}" in line
        if begins and inside:
            raise AuthorError(f"{where}: line {number} begins a {name} region inside another one")
        if ends and not inside:
            raise AuthorError(f"{where}: line {number} ends a {name} region that was not begun")
        if begins and replacement is not None:
            indent = re.match(r"\s*", line)
            kept += [(indent[0] if indent else "") + part for part in replacement.splitlines()]
        elif not inside and not ends and not begins:
            kept.append(line)
        inside = begins or (inside and not ends)
    if inside:
        raise AuthorError(f"{where}: the {name} region is not closed: add a line `### END {name}`")
    return "\n".join(kept)


def shown(source: str, inside: bool) -> str:
    """A source without the lines that mark solutions; `inside` keeps only what they enclose, where they are."""
    if inside and (regions := _SOLUTION.findall(source)):
        return "\n".join(region.rstrip() for region in regions)
    return "\n".join(line for line in source.splitlines() if not _MARK.search(line))


def has(source: str, name: str) -> bool:
    """Whether a source holds a region of that name."""
    return f"BEGIN {name}" in source or f"END {name}" in source


def normal(source: str) -> str:
    """A Python source whose comments around hidden tests have three hashes, as the split into checks knows them."""
    return _HIDDEN.sub(r"\1### \2", source)
