"""Joins what the learner begins with and the reference into one answer cell with SOLUTION regions."""

import ast

from jupyter_tutor.exercises.regions import cut
from jupyter_tutor.python import parse

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_Defined = (*_Function, ast.ClassDef)


class CannotWeave(ValueError):
    """The two do not fit together; the message is for their author."""


def woven(starter: str, reference: str, debugging: bool) -> str:
    """The answer cell: released, it is the starter; run as it is, the reference. Raises CannotWeave."""
    starter, reference = starter.strip("\n"), reference.strip("\n")
    if debugging:
        return f"{starter}\n\n\n{BEGIN}\n{reference}\n{END}"
    weaver = _Weaver(starter, reference)
    source = weaver.cell()
    _compare(source, reference)
    return source


def defined(tree: ast.Module) -> dict[str, ast.stmt]:
    """The functions, classes and methods (as `Class.method`) at the top of a source."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, _Defined):
            found[node.name] = node
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}": part for part in node.body if isinstance(part, _Function)}
    return found


class _Weaver:
    """Texts are taken by line, so that comments stay."""

    def __init__(self, starter: str, reference: str) -> None:
        self.starter, self.reference = starter.splitlines(), reference.splitlines()
        self.shown, self.solved = parse(starter), parse(reference)
        self.answers = defined(self.solved)
        known = defined(self.shown)
        plain = {ast.unparse(node) for node in self.shown.body}
        self.extra = [
            node
            for node in self.solved.body
            if (isinstance(node, _Defined) and node.name not in known) or not isinstance(node, _Defined)
            if ast.unparse(node) not in plain
        ]

    def cell(self) -> str:
        out: list[str] = []
        for node in self.shown.body:
            if out and isinstance(node, _Defined):
                out += ["", ""]
            if isinstance(node, _Function):
                out += self._function(node, node.name)
            elif isinstance(node, ast.ClassDef):
                out += self._class(node)
            else:
                out += _lines(self.starter, node)
        last = max((number for number, line in enumerate(out) if line.strip() == END), default=-1)
        if last < 0:
            raise CannotWeave("the starter has to hold each function and class that is asked for, with `...` as body")
        return "\n".join(out[:last] + self._extras() + out[last:])

    def _extras(self) -> list[str]:
        """What only the reference has; it is behind the last body, where the learner sees nothing of it."""
        return [line for node in self.extra for line in ("", "", *_lines(self.reference, node))]

    def _class(self, node: ast.ClassDef) -> list[str]:
        solved = self.answers.get(node.name)
        if not isinstance(solved, ast.ClassDef):
            raise CannotWeave(f"the starter has a class {node.name} that the reference does not define")
        methods = [part for part in node.body if isinstance(part, _Function)]
        if not methods:
            return [*_header(self.starter, node), *self._region(solved)]
        out = self.starter[_first(node) - 1 : _first(methods[0]) - 1]
        for method in methods:
            out += [*self._function(method, f"{node.name}.{method.name}"), ""]
        out.pop()
        known = {method.name for method in methods}
        shown = {ast.unparse(part) for part in node.body}
        more = [
            part
            for part in solved.body
            if (isinstance(part, _Function) and part.name not in known)
            or (not isinstance(part, _Function) and not _is_text(part) and ast.unparse(part) not in shown)
        ]
        if not more:
            return out
        if out[-1].strip() != END:
            raise CannotWeave(f"{node.name} ends in a method that is given: put those that are asked for below it")
        end = out.pop()
        return [*out, *(line for part in more for line in ("", *_lines(self.reference, part))), end]

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> list[str]:
        solved = self.answers.get(name)
        if not isinstance(solved, _Function):
            raise CannotWeave(f"the starter has {name}, which the reference does not define")
        if ast.dump(ast.Module(node.body, [])) == ast.dump(ast.Module(solved.body, [])):
            return _lines(self.starter, node)  # it is given
        return [*_header(self.starter, node), *self._region(solved)]

    def _region(self, solved: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
        body = [part for part in solved.body if not _is_text(part)] or [ast.Pass()]
        if isinstance(body[0], ast.Pass):
            lines = [" " * (solved.col_offset + 4) + "pass"]
        elif _first(body[0]) == solved.lineno:
            lines = [" " * (solved.col_offset + 4) + ast.unparse(part) for part in body]
        else:
            start = _first(body[0]) - 1
            while self.reference[start - 1].lstrip().startswith("#"):
                start -= 1
            lines = self.reference[start : solved.end_lineno]
        indent = next(len(line) - len(line.lstrip()) for line in lines if line.strip())
        return [" " * indent + BEGIN, *lines, " " * indent + END]


def _compare(source: str, reference: str) -> None:
    """Whether the cell still says what the reference says."""
    try:
        cut(source, "SOLUTION", "pass", "the answer cell")
        made, meant = defined(parse(source)), defined(parse(reference))
    except (SyntaxError, ValueError):
        raise CannotWeave(_FORM) from None
    for name, node in meant.items():
        if isinstance(node, _Function) and (name not in made or _body(made[name]) != _body(node)):
            raise CannotWeave(_FORM)


_FORM = "starter and reference do not fit together: indent both by four spaces, and write one statement a line"


def _body(node: ast.stmt) -> list[str]:
    assert isinstance(node, _Defined)
    return [ast.unparse(part) for part in node.body if not _is_text(part) and not isinstance(part, ast.Pass)]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _first(node: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)])


def _header(lines: list[str], node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    body = node.body[0]
    if body.lineno == node.lineno:
        return [*lines[_first(node) - 1 : node.lineno - 1], lines[node.lineno - 1][: body.col_offset].rstrip()]
    end = body.end_lineno if _is_text(body) else body.lineno - 1
    return lines[_first(node) - 1 : end]


def _lines(lines: list[str], node: ast.stmt) -> list[str]:
    return lines[_first(node) - 1 : node.end_lineno]
