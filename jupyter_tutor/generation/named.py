"""Whether the text and the starter of a draft define what its checks need."""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator

from jupyter_tutor.generation.draft import Draft
from jupyter_tutor.generation.wanted import Wanted
from jupyter_tutor.generation.weave import defined
from jupyter_tutor.python import parse

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.S)
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_problems(draft: Draft, wanted: Wanted) -> list[str]:
    """Names that checks need and that answer, text or starter do not define, in sentences for the author."""
    return list(dict.fromkeys([*_names(draft), *_signatures(draft), *_starter(draft, wanted)]))


def _names(draft: Draft) -> Iterator[str]:
    solved = parse(draft.reference)
    top, fields = {*_top(solved)}, _fields(solved)
    given = _imported(parse(draft.starter))
    told = f"{draft.story}\n{draft.task}"
    spans = _CODE.findall(f"{told}\n{draft.starter}")
    shown = "\n".join([*spans, *(example.code for example in draft.examples), *_identifiers(draft.starter)])
    for code in draft.checked:
        tree = parse(code)
        free = _free(tree, top)
        for name in sorted(free - top - given):
            yield f"A check or an example uses {name}, which the reference does not define."
        if not free & top:
            yield f"The check `{code.strip()[:60]}` calls nothing of the answer: each check stands alone."
        for name in sorted((free & top) | (_attributes(tree) & fields) | {*_keywords(tree, top)}):
            if not _says(shown, name):
                yield f"The checks need {name}, and the text does not name it in `code`: say in the task what it is."
        for error in _errors(tree):
            if not _says(told, error):
                yield f"A check expects {error}, and the text does not name it: say when it is raised."


def _signatures(draft: Draft) -> Iterator[str]:
    shown, solved = defined(parse(draft.starter)), defined(parse(draft.reference))
    if not shown:
        yield "The starter has to hold each function and class that is asked for, with its docstring."
    for name, node in shown.items():
        other = solved.get(name)
        if type(other) is not type(node):
            yield f"The starter defines {name}, and the reference does not."
        elif isinstance(node, _Function) and isinstance(other, _Function):
            if _parameters(node.args) != _parameters(other.args):
                yield f"{name} has other parameters in the starter than in the reference."
            if [*map(ast.unparse, node.decorator_list)] != [*map(ast.unparse, other.decorator_list)]:
                yield f"{name} has other decorators in the starter than in the reference."


def _starter(draft: Draft, wanted: Wanted) -> Iterator[str]:
    blank = any(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...
        for node in ast.walk(parse(draft.starter))
    )
    if wanted.kind == "debugging" and blank:
        yield "The starter of a debugging exercise is the whole broken program: leave no body as `...`."
    if wanted.kind != "debugging" and not blank:
        yield "The starter holds no body that is left to write: give what is asked for `...` as its body."


def _identifiers(source: str) -> Iterator[str]:
    """The names in a source, without those in its docstrings and comments."""
    for node in ast.walk(parse(source)):
        yield from (str(getattr(node, field)) for field in ("id", "attr", "arg", "name") if hasattr(node, field))


def _top(tree: ast.Module) -> Iterator[str]:
    """The names that an answer defines for its checks."""
    for node in tree.body:
        if isinstance(node, (*_Function, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            yield from (part.id for part in ast.walk(node) if isinstance(part, ast.Name) and _binds(part))


def _fields(tree: ast.Module) -> set[str]:
    """The attributes and methods that the answer's classes define."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            found |= {part.name for part in node.body if isinstance(part, _Function)}
            annotated = [part.target for part in node.body if isinstance(part, ast.AnnAssign)]
            found |= {target.id for target in annotated if isinstance(target, ast.Name)}
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
    return found


def _free(tree: ast.Module, top: set[str]) -> set[str]:
    """The names that a check reads and does not bind, without Python's own."""
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not _binds(node)} - _bound(tree)
    return {name for name in read if name in top or not (hasattr(builtins, name) or name == "pytest")}


def _bound(tree: ast.Module) -> set[str]:
    bound: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and _binds(node):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, (*_Function, ast.ClassDef)):
            bound.add(node.name)
    return bound | _imported(tree)


def _imported(tree: ast.Module) -> set[str]:
    """The names that imports bind."""
    imports = (node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)))
    return {(alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names}


def _binds(name: ast.Name) -> bool:
    return not isinstance(name.ctx, ast.Load)


def _attributes(tree: ast.Module) -> set[str]:
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _keywords(tree: ast.Module, top: Iterable[str]) -> Iterator[str]:
    """Parameters that a check names when it calls the answer."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in top:
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def _errors(tree: ast.Module) -> Iterator[str]:
    """The exceptions that a check expects."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("raises") and node.args:
            yield from (part.id for part in ast.walk(node.args[0]) if isinstance(part, ast.Name))


def _parameters(arguments: ast.arguments) -> list[str]:
    """Names and defaults, without annotations."""
    plain = parse(f"def f({ast.unparse(arguments)}): ...").body[0]
    assert isinstance(plain, ast.FunctionDef)
    for part in ast.walk(plain.args):
        if isinstance(part, ast.arg):
            part.annotation = None
    return [ast.unparse(plain.args)]


def _says(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None
