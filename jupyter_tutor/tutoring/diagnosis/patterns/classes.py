"""Patterns of classes: `self`, and what objects share."""

import ast
from typing import TypeGuard

from jupyter_tutor.tutoring.diagnosis.patterns.code import (
    CHANGING,
    Code,
    Places,
    bound,
    name_of,
    own,
    parameters,
    pattern,
    read,
)

_NEARLY_INIT = {"init", "_init_", "__int__", "_init", "__init", "init__", "__Init__"}


@pattern("missing-self")
def missing_self(code: Code) -> Places:
    for of in code.classes:
        kept = {node.attr for node in ast.walk(of) if _is_own(node)}
        methods = {method.name for method in of.body if isinstance(method, ast.FunctionDef)}
        outside = bound(*code.tree.body) | {f.name for f in code.functions if f.name not in methods}
        for method in (node for node in of.body if isinstance(node, ast.FunctionDef)):
            local = set(parameters(method)) | bound(*method.body) | outside
            for node in own(method):
                name = name_of(node)
                if name in (kept | methods) - local and isinstance(getattr(node, "ctx", None), ast.Load):
                    yield node, f"Whose `{name}` is this? Which name does the object itself have here?"
            unread = (bound(*method.body) & kept) - read(*method.body) - set(parameters(method))
            for node in own(method):
                if isinstance(node, ast.Assign) and name_of(node.targets[0]) in unread:
                    yield node, "How long does this value live: as long as the object, or as long as the call?"


def _is_own(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and name_of(node.value) == "self"


@pattern("missing-self-parameter")
def missing_self_parameter(code: Code) -> Places:
    for method in code.methods:
        names = [a.arg for a in (*method.args.posonlyargs, *method.args.args)]
        first = names[0] if names else ""
        if method.decorator_list or method.args.vararg or first in ("self", "cls", "this", "_"):
            continue
        if first not in read(*method.body) or "self" in read(*method.body):
            yield method, f"What does Python hand to `{method.name}` first, before all arguments?"


@pattern("shared-class-attribute")
def shared_class_attribute(code: Code) -> Places:
    for of in code.classes:
        made = {
            node.attr
            for part in of.body
            for node in ast.walk(part)
            if _is_own(node) and isinstance(node.ctx, ast.Store)
        }
        touched = {
            node.func.value.attr
            for node in ast.walk(of)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CHANGING
            and _is_own(node.func.value)
        } | {n.value.attr for n in ast.walk(of) if isinstance(n, ast.Subscript) and _is_own(n.value)}
        for node in of.body:
            name = name_of(node.targets[0]) if isinstance(node, ast.Assign) else ""
            if name in touched - made and isinstance(node, ast.Assign) and isinstance(node.value, (ast.List, ast.Dict)):
                yield node, f"How many `{name}` are there when two objects of the class are made?"


@pattern("misnamed-init")
def misnamed_init(code: Code) -> Places:
    for method in code.methods:
        if method.name in _NEARLY_INIT:
            yield method, "Which name does the method have that Python calls for a new object? Count the underscores."
