"""Patterns of loops: what changes in each round, and when they end."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from jupyter_tutor.tutoring.diagnosis.patterns.code import (
    LOOPS,
    Code,
    Function,
    Places,
    bound,
    called,
    changed,
    is_constant,
    name_of,
    own,
    pattern,
    read,
    rounds,
)

_LAZY = {"map", "filter", "zip", "iter", "reversed", "enumerate"}
_CONSUMING = {"list", "sum", "max", "min", "sorted", "tuple", "set", "any", "all", "dict", "len"}


@pattern("changed-while-iterating")
def changed_while_iterating(code: Code) -> Places:
    for loop in code.loops:
        if not isinstance(loop, ast.For) or not name_of(loop.iter):
            continue
        leaves = any(isinstance(node, (ast.Return, ast.Break)) for node in own(loop))
        for node, name in changed(part for row in loop.body for part in ast.walk(row)):
            by_call = called(node) not in ("", "update", "setdefault", "sort", "reverse")
            if name == name_of(loop.iter) and by_call and not leaves:
                yield node, f"The loop goes through `{name}` while this changes it. Which item comes next then?"


@pattern("off-by-one", symptom="IndexError")
def beyond_the_end(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Call) and called(node.slice) == "len":
            yield node, "What is the position of the last item, when there are three?"
        elif called(node) == "range" and _length_and(node, ast.Add):
            yield node, "Which numbers does this `range` give for a list of three items? Which of them are positions?"


@pattern("off-by-one", sure=False)
def before_the_end(code: Code) -> Places:
    for node in code.nodes:
        if called(node) == "range" and isinstance(node, ast.Call):
            if _length_and(node, ast.Sub) or _length_and(node, ast.Add) or _minus_one(node):
                yield node, "Which is the first number that this `range` gives, and which the last?"
            elif len(node.args) > 1 and is_constant(node.args[0], 1) and called(node.args[1]) == "len":
                yield node, "Which item does this `range` leave out, and is that meant?"
        elif isinstance(node, ast.Slice) and _is_one_less(node.upper):
            yield node, "A slice stops before its end. Which is the last item in this one?"


def _length_and(call: ast.AST, sign: type[ast.operator]) -> bool:
    arguments = call.args if isinstance(call, ast.Call) else []
    sums = (a for a in arguments if isinstance(a, ast.BinOp) and isinstance(a.op, sign))
    return any(called(a.left) == "len" and is_constant(a.right, 1) for a in sums)


def _minus_one(call: ast.Call) -> bool:
    return _is_one_less(call.args[min(len(call.args), 2) - 1] if call.args else None)


def _is_one_less(node: ast.expr | None) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and is_constant(node.right, 1)


@pattern("unused-loop-variable", sure=False)
def unused_loop_variable(code: Code) -> Places:
    for loop in code.loops:
        if isinstance(loop, ast.For) and called(loop.iter) != "range":
            for name in sorted(bound(loop.target) - read(*loop.body)):
                if not name.startswith("_") and not isinstance(loop.target, ast.Tuple):
                    yield loop, f"Each round has another `{name}`, and none looks at it. What does this loop do then?"


@pattern("reset-in-loop")
def reset_in_loop(code: Code) -> Places:
    for function in code.functions:
        for loop in (node for node in own(function) if isinstance(node, LOOPS)):
            after = {name for node in own(function) if isinstance(node, ast.Return) for name in read(node)}
            again = {node for node in own(loop) if isinstance(node, ast.AugAssign)}
            touched = {name_of(node.target) for node in again} | {name for _, name in changed(own(loop))}
            for node in loop.body[:1] if isinstance(loop, ast.For) else []:
                name = name_of(node.targets[0]) if isinstance(node, ast.Assign) else ""
                if name in touched & after and isinstance(node, ast.Assign) and _is_empty(node.value):
                    yield node, f"How often does this run? What is left of `{name}` from the round before?"


def _is_empty(node: ast.expr) -> bool:
    return is_constant(node, 0, "", 0.0) or ast.unparse(node) in ("[]", "{}", "list()", "dict()", "set()")


@pattern("one-round")
def one_round(code: Code) -> Places:
    for loop in code.loops:
        last = loop.body[-1]
        if isinstance(last, ast.Break) and not any(isinstance(node, ast.Continue) for node in rounds(loop)):
            yield last, "How many rounds does this loop have?"


@pattern("endless-loop", sure=False, symptom="late")
def endless_loop(code: Code) -> Places:
    for loop in code.loops:
        if not isinstance(loop, ast.While):
            continue
        leaves = any(isinstance(node, (ast.Return, ast.Raise)) for row in loop.body for node in ast.walk(row))
        leaves = leaves or any(isinstance(node, ast.Break) for node in rounds(loop))
        moved = bound(*loop.body) | {name for _, name in changed(own(loop))}
        if not leaves and not moved & read(loop.test) and not any(map(called, ast.walk(loop.test))):
            yield loop, "What in this loop changes its condition?"


@pattern("position-for-item", sure=False)
def position_for_item(code: Code) -> Places:
    for loop in code.loops:
        if isinstance(loop, ast.For) and called(loop.iter) == "range" and isinstance(loop.iter, ast.Call):
            name = name_of(loop.target)
            by_length = len(loop.iter.args) == 1 and called(loop.iter.args[0]) == "len"
            indexed = any(
                name in read(n.slice) for row in loop.body for n in ast.walk(row) if isinstance(n, ast.Subscript)
            )
            if by_length and name in read(*loop.body) and not indexed:
                yield loop, f"Is `{name}` a position here, or an item? Which of the two does the body need?"


@pattern("key-for-value")
def key_for_value(code: Code) -> Places:
    for scope in (code.tree, *code.functions):
        nodes = list(own(scope))
        made = [n for n in nodes if isinstance(n, ast.Assign) and isinstance(n.value, (ast.Dict, ast.DictComp))]
        names = {name_of(node.targets[0]) for node in made} - {""}
        for node in nodes:
            goes = isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Tuple)
            through = getattr(node, "iter", None) if goes else None
            if through is not None and name_of(through) in names:
                yield through, "What does a loop over a dictionary give in each round?"


@pattern("generator-used-up")
def generator_used_up(code: Code) -> Places:
    for function in code.functions:
        lazy = {name_of(node.targets[0]): node for node in own(function) if _is_lazy(node)}
        for name, made in lazy.items():
            uses = [node for node in _consumers(function) if name in map(name_of, node)]
            if name and len(uses) > 1:
                yield made, f"`{name}` can be gone through once. What does the second one who asks for it get?"


def _is_lazy(node: ast.AST) -> TypeGuard[ast.Assign]:
    value = node.value if isinstance(node, ast.Assign) else None
    return isinstance(value, ast.GeneratorExp) or (
        called(value) in _LAZY and isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
    )


def _consumers(function: Function) -> Iterator[list[ast.expr]]:
    """What is gone through to its end, at each place."""
    for node in own(function):
        if isinstance(node, (ast.For, ast.comprehension)):
            yield [node.iter]
        elif isinstance(node, ast.Call) and called(node) in _CONSUMING:
            yield node.args


@pattern("first-of-many", sure=False)
def first_of_many(code: Code) -> Places:
    for loop in code.loops:
        for node in (part for row in loop.body for part in ast.walk(row)):
            if isinstance(loop, ast.For) and isinstance(node, ast.Call) and called(node) == "index":
                owner = node.func.value if isinstance(node.func, ast.Attribute) else None
                if name_of(owner) and name_of(owner) == name_of(loop.iter):
                    yield node, "Which position does `index` give when an item is there twice?"
