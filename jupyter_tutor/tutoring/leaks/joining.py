"""Code put after other code, so that nothing but its definitions matters."""

import ast
from collections.abc import Iterable

from jupyter_tutor.python import parse
from jupyter_tutor.tutoring.leaks.asked import Asked, bindings

DYNAMIC = {"exec", "eval", "compile", "setattr", "globals", "vars", "locals", "__import__", "type"}
"""Functions that may define anything."""
DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def unparsed(statements: list[ast.stmt]) -> str:
    return ast.unparse(ast.fix_missing_locations(ast.Module(statements, [])))


def called(module: ast.Module) -> set[str]:
    return {n.func.id for n in ast.walk(module) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}


def from_the_start(body: Iterable[ast.stmt]) -> list[ast.stmt]:
    return [n for n in body if not (isinstance(n, ast.ImportFrom) and n.module == "__future__")]


def guarded(body: Iterable[ast.stmt]) -> list[ast.stmt]:
    """Statements of which none keeps the next from running; calls that only show something are left out."""
    out: list[ast.stmt] = []
    for node in body:
        if isinstance(node, (*DEFINES, ast.Assign)) or (isinstance(node, ast.AnnAssign) and node.value):
            quiet = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            out.append(node if quiet else _tried(node))
        elif isinstance(node, ast.Expr):
            if called(ast.Module([node], [])) & DYNAMIC or isinstance(getattr(node.value, "func", None), ast.Attribute):
                out.append(_tried(node))
        elif not isinstance(node, (ast.Assert, ast.Return, ast.Break, ast.Continue)):
            out.append(_tried(node))
    return out


def _tried(node: ast.stmt) -> ast.stmt:
    whole = parse("try:\n    pass\nexcept (Exception, SystemExit):\n    pass").body[0]
    assert isinstance(whole, ast.Try)
    whole.body = [node]
    return whole


def kept(base: list[ast.stmt], shaped: list[ast.stmt], asked: Asked) -> list[ast.stmt]:
    """Remembers the classes that the code defines in part, so that their other methods can be kept."""
    there = {n.name: n for n in base if isinstance(n, ast.ClassDef)}
    partial = [n for n in shaped if isinstance(n, ast.ClassDef) and n.name in asked.cells and n.name in there]
    lacking = [node.name for node in partial if _method_names(there[node.name]) - _method_names(node)]
    return [assign(f"_given_{name}", name) for name in lacking]


def filled(kept: list[ast.stmt]) -> list[ast.stmt]:
    out: list[ast.stmt] = []
    for node in kept:
        assert isinstance(node, ast.Assign)
        name = ast.unparse(node.value)
        out += parse(
            f"for _name, _value in vars(_given_{name}).items():\n"
            f"    if _name not in vars({name}):\n"
            f"        setattr({name}, _name, _value)"
        ).body
    return out


def _method_names(node: ast.ClassDef) -> set[str]:
    return {name for part in node.body for name in bindings(part)}


def needed(base: list[ast.stmt], names: set[str]) -> list[str]:
    return [ast.dump(n) for n in base if bindings(n) & names]


def assign(target: str, value: str) -> ast.stmt:
    return parse(f"{target} = {value}").body[0]
