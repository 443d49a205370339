"""Patterns of functions: what they give back, what they are given, and recursion."""

import ast
import builtins
import itertools

from jupyter_tutor.tutoring.diagnosis.patterns.code import (
    CHANGING,
    LOOPS,
    Code,
    Function,
    Places,
    bound,
    called,
    changed,
    falls_through,
    is_constant,
    name_of,
    own,
    parameters,
    pattern,
    read,
    returned,
    yields,
)

_NOT_NEEDED = {"__init__", "__setitem__", "__delitem__", "__enter__", "__exit__", "__post_init__"}


def _gives_nothing(function: Function) -> bool:
    empty = all(isinstance(node, (ast.Pass, ast.Raise)) or _is_text(node) for node in function.body)
    return not (returned(function) or yields(function) or empty or function.name in _NOT_NEEDED)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@pattern("print-for-return", symptom="None")
def print_for_return(code: Code) -> Places:
    for function in filter(_gives_nothing, code.functions):
        for node in own(function):
            if called(node) == "print":
                yield node, f"This shows a value on the screen. What does whoever calls `{function.name}` get?"


@pattern("missing-return", symptom="None")
def missing_return(code: Code) -> Places:
    for function in filter(_gives_nothing, code.functions):
        given = [n for n in own(function) if isinstance(n, ast.Return)]
        place = given[0] if len(given) == 1 else function
        yield place, f"What does `{function.name}` give to whoever calls it, once its work is done?"


@pattern("path-without-return", symptom="None")
def path_without_return(code: Code) -> Places:
    for function in code.functions:
        if returned(function) and not yields(function) and falls_through(function.body):
            yield function.body[-1], f"Which way through `{function.name}` meets no `return`? What does it give then?"
        elif returned(function) and not yields(function):
            for node in own(function):
                if isinstance(node, ast.Return) and (node.value is None or is_constant(node.value, None)):
                    yield node, "This line gives `None`. In which cases is it reached, and is that meant?"


@pattern("early-return")
def early_return(code: Code) -> Places:
    asked = "In which round of the loop is this reached for the first time? Which items are never looked at?"
    for loop in code.loops:
        last = loop.body[-1]
        if isinstance(last, ast.Return) and not isinstance(loop, ast.While):
            skips = any(isinstance(node, ast.Continue) for node in own(loop))
            if not skips:
                yield last, asked
        elif isinstance(last, ast.If) and not isinstance(loop, ast.While) and _returns_both(last):
            yield last.orelse[-1], asked


def _returns_both(node: ast.If) -> bool:
    return isinstance(node.body[-1], ast.Return) and bool(node.orelse) and isinstance(node.orelse[-1], ast.Return)


@pattern("unreachable")
def unreachable(code: Code) -> Places:
    for block in code.blocks:
        for before, after in itertools.pairwise(block):
            if isinstance(before, (ast.Return, ast.Break, ast.Continue, ast.Raise)):
                yield after, "Is this line ever reached? Look at the one before it."


@pattern("shadowed-builtin")
def shadowed_builtin(code: Code) -> Places:
    for scope in code.functions:
        calls = {name_of(node.func) for node in own(scope) if isinstance(node, ast.Call)}
        for node in (*own(scope), *ast.walk(scope.args)):
            name = node.arg if isinstance(node, ast.arg) else name_of(node)
            given = isinstance(node, ast.arg) or not isinstance(getattr(node, "ctx", None), ast.Load)
            if given and name in calls and hasattr(builtins, name):
                yield node, f"From here on `{name}` is this value. What does `{name}(...)` call then?"


@pattern("overwritten-parameter", sure=False)
def overwritten_parameter(code: Code) -> Places:
    for function in code.functions:
        seen: set[str] = set()
        for node in function.body:
            if isinstance(node, ast.Assign):
                for name in map(name_of, node.targets):
                    if name in parameters(function) and name not in seen | read(node.value):
                        yield node, f"What did the caller hand over as `{name}`, and what is left of it after this?"
            seen |= read(node)


@pattern("overwritten-parameter")
def loop_over_itself(code: Code) -> Places:
    for loop in code.loops:
        if isinstance(loop, ast.For) and name_of(loop.target) and name_of(loop.target) == name_of(loop.iter):
            yield loop, "The loop gives its items the name of what it goes through. What is left of that afterwards?"


@pattern("unused-parameter", sure=False)
def unused_parameter(code: Code) -> Places:
    for function in code.functions:
        if all(_is_text(node) or isinstance(node, (ast.Pass, ast.Raise)) for node in function.body):
            continue
        for name in parameters(function):
            if name not in read(*function.body) and not name.startswith("_"):
                yield function, f"`{name}` is handed over, and nothing looks at it. Where should it make a difference?"


@pattern("mutable-default")
def mutable_default(code: Code) -> Places:
    for function in code.functions:
        names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        pairs = list(zip(reversed(names), reversed(function.args.defaults), strict=False))
        pairs += [(a.arg, d) for a, d in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if d]
        touched = {name for _, name in changed(own(function))} | bound(*function.body)
        for name, default in pairs:
            if _is_fresh(default) and (name in touched or any(name == name_of(r.value) for r in returned(function))):
                yield default, f"When is this value for `{name}` made: at each call, or once?"


def _is_fresh(node: ast.expr) -> bool:
    return isinstance(node, (ast.List, ast.Dict, ast.Set)) or called(node) in ("list", "dict", "set")


@pattern("not-called")
def not_called(code: Code) -> Places:
    own_names = {function.name for function in code.functions}
    for node in code.nodes:
        value = node.value if isinstance(node, (ast.Expr, ast.Return, ast.Assign)) else None
        if isinstance(value, ast.Attribute) and value.attr in CHANGING | {"strip", "lower", "upper", "items", "split"}:
            yield value, f"What is `{ast.unparse(value)}` without round brackets: the method, or its result?"
        elif isinstance(node, ast.Expr) and name_of(value) in own_names:
            yield node, "A name alone does nothing. What is missing for it to be called?"


@pattern("no-base-case")
def no_base_case(code: Code) -> Places:
    choosing = (ast.If, ast.IfExp, ast.BoolOp, ast.Try, ast.Match, ast.comprehension, *LOOPS)
    for function in code.functions:
        for node in own(function):
            if name_of(getattr(node, "func", None)) == function.name:
                if not any(isinstance(part, choosing) for part in own(function)):
                    yield node, f"When does `{function.name}` not call itself? Which input is so small that you know?"
                break


@pattern("recursion-not-smaller")
def recursion_not_smaller(code: Code) -> Places:
    for function in code.functions:
        for node in own(function):
            if isinstance(node, ast.Call) and name_of(node.func) == function.name and not node.keywords:
                given = [name_of(argument) for argument in node.args]
                if given and given == parameters(function) and not set(given) & bound(*function.body):
                    yield node, "This call hands over just what came in. What has to be smaller in it?"


@pattern("recursion-result-lost", sure=False)
def recursion_result_lost(code: Code) -> Places:
    for function in filter(returned, code.functions):
        for node in own(function):
            if isinstance(node, ast.Expr) and name_of(getattr(node.value, "func", None)) == function.name:
                yield node, f"Where does the result of this call of `{function.name}` go?"


@pattern("argument-changed", sure=False, symptom="kept")
def argument_changed(code: Code) -> Places:
    for function in code.functions:
        again = {name for n in function.body if isinstance(n, ast.Assign) for name in map(name_of, n.targets)}
        for node, name in changed(own(function)):
            if name in parameters(function) and name not in again:
                yield node, f"This changes `{name}`, which belongs to the caller. May it look different afterwards?"
