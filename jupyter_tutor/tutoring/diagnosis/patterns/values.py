"""Patterns of values and conditions: identity, copies, numbers, and results that go nowhere."""

import ast
import itertools
from typing import TypeGuard

from jupyter_tutor.tutoring.diagnosis.patterns.code import (
    Code,
    Places,
    called,
    changed,
    is_constant,
    name_of,
    own,
    parameters,
    pattern,
    returned,
)

_OF_TEXTS = {"strip", "lstrip", "rstrip", "replace", "upper", "lower", "title", "capitalize", "split", "join", "zfill"}
_OF_TEXTS |= {"removesuffix", "removeprefix", "swapcase", "casefold", "format"}
_FUNCTIONS = {"sorted", "reversed", "abs", "round", "max", "min", "sum", "len", "int", "str", "float", "list", "set"}
_GIVES_NONE = {"sort", "append", "extend", "reverse", "insert"}


@pattern("identity")
def identity(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, ast.Compare) and any(isinstance(sign, (ast.Is, ast.IsNot)) for sign in node.ops):
            for side in (node.left, *node.comparators):
                special = is_constant(side, None, True, False, ...)
                if isinstance(side, (ast.Constant, ast.List, ast.Dict, ast.Tuple)) and not special:
                    yield node, "Is this to ask for the same object, or for an equal value?"


@pattern("result-thrown-away")
def result_thrown_away(code: Code) -> Places:
    own_methods = {method.name for method in code.methods}
    helpers = {f.name for f in code.functions if returned(f) and not list(changed(own(f)))} - own_methods
    for node in code.nodes:
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            continue
        name, by_name = called(node.value), isinstance(node.value.func, ast.Name)
        thrown = name in (_FUNCTIONS | helpers) if by_name else name in _OF_TEXTS - own_methods
        recursive = any(f.name == name and node in own(f) for f in code.functions)
        if thrown and not recursive:
            yield node, f"`{name}` gives a new value. Where does it go?"


@pattern("none-from-method")
def none_from_method(code: Code) -> Places:
    own_methods = {method.name for method in code.methods}
    for node in code.nodes:
        value = (
            node.value
            if isinstance(node, (ast.Assign, ast.Return))
            else node.iter
            if isinstance(node, ast.For)
            else None
        )
        name = called(value)
        if name in _GIVES_NONE - own_methods and value is not None and not name_of(getattr(value, "func", None)):
            yield node, f"`{name}` changes the list that it belongs to. What does the call itself give?"


@pattern("repeated-list")
def repeated_list(code: Code) -> Places:
    fresh = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp)
    for node in code.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for side in (node.left, node.right):
                inner = side.elts if isinstance(side, ast.List) else []
                if any(isinstance(item, fresh) or _is_repeated(item) for item in inner):
                    yield node, "How many inner lists are there: several, or one with several places?"
        given = node.args[1:] if isinstance(node, ast.Call) and called(node) == "fromkeys" else []
        if any(isinstance(value, fresh) or called(value) in ("list", "dict", "set") for value in given):
            yield node, "How many lists does this make: one for each key, or one for all?"


def _is_repeated(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.List)


@pattern("aliasing", sure=False)
def aliasing(code: Code) -> Places:
    for function in code.functions:
        lists = {name_of(n.targets[0]) for n in own(function) if isinstance(n, ast.Assign) and _is_container(n.value)}
        touched = {name for _, name in changed(own(function))}
        for node in own(function):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                new, old = name_of(node.targets[0]), name_of(node.value)
                if new and old and old in lists | set(parameters(function)) and touched & {new, old} and new != old:
                    yield node, f"Is `{new}` a copy after this, or another name for what `{old}` is?"


def _is_container(node: ast.expr) -> bool:
    return isinstance(node, (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp))


@pattern("always-true")
def always_true(code: Code) -> Places:
    for node in code.nodes:
        values = node.values if isinstance(node, ast.BoolOp) and isinstance(node.values[0], ast.Compare) else []
        if any(isinstance(v, ast.Constant) and not isinstance(v.value, bool) for v in values):
            yield node, "What does Python compare here, and what stands alone? Read both sides as whole conditions."


@pattern("negated-chain")
def negated_chain(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            for one, two in itertools.combinations(node.values, 2):
                if _is_unequal(one) and _is_unequal(two) and ast.dump(one.left) == ast.dump(two.left):
                    yield node, "For which value is this condition false? Try one that is equal to the first."


def _is_unequal(node: ast.expr) -> TypeGuard[ast.Compare]:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or not isinstance(node.ops[0], ast.NotEq):
        return False
    return isinstance(node.comparators[0], ast.Constant)


@pattern("never-true")
def never_true(code: Code) -> Places:
    for node in code.nodes:
        test = node.test if isinstance(node, (ast.If, ast.IfExp, ast.While)) else None
        endless = isinstance(node, ast.While) and is_constant(test, True, 1)
        if isinstance(test, (ast.Constant, ast.List, ast.Tuple)) and not endless:
            yield node, "When is this condition true, and when is it false?"


@pattern("floor-or-true-division")
def division_for_positions(code: Code) -> Places:
    for node in code.nodes:
        used = node.args if called(node) == "range" and isinstance(node, ast.Call) else []
        used = [node.slice] if isinstance(node, ast.Subscript) else used
        for part in (part for argument in used for part in ast.walk(argument)):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
                yield part, "Of which type is the result of `/`, and which type does a position have?"


@pattern("floor-or-true-division", sure=False, symptom="float")
def division(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div):
            yield node, "Is the result of this division to be a whole number or not?"


@pattern("floor-or-true-division", sure=False, symptom="rounded")
def floor_division(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.FloorDiv):
            yield node, "What does this division drop, and may it?"


@pattern("float-equality", sure=False)
def float_equality(code: Code) -> Places:
    for node in code.nodes:
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        equal = isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq))
        if equal and any(map(_is_inexact, sides)):
            yield node, "Can the two be equal to the last digit, after all that was computed?"


def _is_inexact(node: ast.expr) -> bool:
    divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    return divided or (isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value % 1 != 0)


@pattern("text-and-number")
def text_and_number(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = (node.left, node.right)
            if any(map(_is_text, sides)) and any(_is_number(side) for side in sides):
                yield node, "One side is a text and the other a number. What should come out?"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_number(node: ast.expr) -> bool:
    plain = isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
    return plain or (called(node) in ("len", "int", "float", "sum", "round") and isinstance(node, ast.Call))


@pattern("swapped-without-copy")
def swapped_without_copy(code: Code) -> Places:
    for block in code.blocks:
        for one, two in itertools.pairwise(block):
            if (
                isinstance(one, ast.Assign)
                and isinstance(two, ast.Assign)
                and len(one.targets) == len(two.targets) == 1
            ):
                targets = ast.unparse(one.targets[0]), ast.unparse(two.targets[0])
                if targets == (ast.unparse(two.value), ast.unparse(one.value)):
                    yield two, f"What is `{targets[0]}` at this moment? Where is its old value?"


@pattern("bare-except", sure=False)
def bare_except(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, ast.ExceptHandler) and name_of(node.type) in ("", "Exception", "BaseException"):
            silent = not any(isinstance(part, ast.Raise) for part in ast.walk(node))
            if silent and not isinstance(node.type, (ast.Tuple, ast.Attribute)):
                yield node, "Which exceptions end up here, and which of them did you expect? Take it away for a moment."


@pattern("comparison-for-assignment")
def comparison_for_assignment(code: Code) -> Places:
    for node in code.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare):
            yield node, "This compares two things, and nobody looks at the result. Was something to be stored?"


@pattern("assigned-not-added")
def assigned_not_added(code: Code) -> Places:
    for node in code.nodes:
        value = node.value if isinstance(node, ast.Assign) else None
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.UAdd):
            yield node, "Is something added here, or replaced by a number with a sign?"
