"""What is told to a learner about their own code, and the misconceptions that it may come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["mistake", "error", "pattern", "call", "case"]


@dataclass(frozen=True)
class Clue:
    """One true thing about a learner's answer that points to what is wrong, and never at the solution.

    `key` names it for good, so that it is not told twice. `text` is Markdown. `line` counts from 1 in the learner's
    answer cell `cell`. `call` is a failing call as the learner could run it. `misconception` is a key of
    `MISCONCEPTIONS`, or empty.
    """

    key: str
    kind: Kind
    text: str
    cell: str = ""
    line: int | None = None
    call: str = ""
    misconception: str = ""


MISCONCEPTIONS: Mapping[str, str] = {
    "missing-return": "A function without `return` gives `None`.",
    "print-for-return": "`print` shows a value, `return` gives it to the caller.",
    "early-return": "A `return` inside a loop ends the function in the first round that reaches it.",
    "path-without-return": "A way through a function that meets no `return` gives `None`.",
    "unreachable": "What stands after a `return`, `break` or `continue` in the same block never runs.",
    "shadowed-builtin": "A variable that has the name of a builtin hides it.",
    "overwritten-parameter": "A parameter that is given a new value at once forgets what the caller handed over.",
    "unused-parameter": "What a function is asked to use has to appear in it.",
    "changed-while-iterating": "A list that changes while a loop goes through it makes the loop skip items.",
    "off-by-one": "`range(n)` and slices stop before their end, and positions begin at 0.",
    "mutable-default": "A default value is made once, and all calls share it.",
    "floor-or-true-division": "`/` gives a float, `//` rounds down.",
    "identity": "`is` asks whether two things are the same object, `==` whether they are equal.",
    "result-thrown-away": "Methods of texts, and functions such as `sorted`, give a new value and change nothing.",
    "none-from-method": "Methods that change a list, such as `sort` and `append`, give `None`.",
    "aliasing": "`b = a` gives the same object a second name; it makes no copy.",
    "repeated-list": "`[[]] * n` holds one and the same list n times.",
    "always-true": "`x == a or b` means `(x == a) or b`.",
    "never-true": "A condition that is a constant decides nothing.",
    "unused-loop-variable": "A loop that never uses its variable does the same in every round.",
    "reset-in-loop": "What is to be collected over all rounds has to begin before the loop.",
    "one-round": "A `break` that every round reaches ends the loop in its first round.",
    "bare-except": "An `except` that catches everything hides the fault that it should show.",
    "float-equality": "Floats are rounded, so `==` may fail where the numbers look equal.",
    "text-and-number": "A text of digits is no number, and the two do not go together.",
    "no-base-case": "Recursion needs a case in which the function does not call itself.",
    "recursion-not-smaller": "Each recursive call has to come nearer to the case that ends it.",
    "recursion-result-lost": "What a recursive call gives is lost unless it is used or returned.",
    "argument-changed": "A list or dictionary that is handed over is the caller's own, not a copy.",
    "missing-self": "An object's own values are reached with `self.`.",
    "missing-self-parameter": "The first parameter of a method is the object itself, `self`.",
    "shared-class-attribute": "A list in the body of a class is shared by all its objects.",
    "endless-loop": "A `while` loop ends only when something in it changes its condition.",
    "comparison-for-assignment": "`==` compares, `=` gives a value.",
    "not-called": "A function does its work only when round brackets follow its name.",
    "assigned-not-added": "`=` replaces what was there, `+=` adds to it; `=+` is `=` followed by a sign.",
    "negated-chain": "`x != a or x != b` holds for every `x`.",
    "position-for-item": "`range(len(xs))` gives positions, and `for x in xs` gives the items.",
    "key-for-value": "A loop over a dictionary gives its keys.",
    "generator-used-up": "A generator can be gone through once.",
    "first-of-many": "`index` finds the first equal item, which need not be the one at hand.",
    "swapped-without-copy": "After `a = b`, the old value of `a` is gone.",
    "misnamed-init": "Python calls `__init__` for each new object, and no other name.",
    "syntax": "Python reads the whole cell before it runs any of it.",
    "indentation": "The lines of a block stand equally far to the right.",
    "undefined-name": "A name has a value only after a line that gave it one has run.",
    "wrong-type": "Each operation works with certain types.",
    "index-out-of-range": "A list of n items has the positions 0 to n - 1.",
    "missing-key": "A dictionary gives a value only for keys that it has.",
    "boundary": "Values exactly on a limit need a decision of their own.",
    "operator": "A single operator, constant or condition can turn a result around.",
}
