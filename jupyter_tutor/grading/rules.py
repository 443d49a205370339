"""What is looked for in answers beyond right and wrong, and what a beginner is told about it.

Left out is what notebooks break by nature (names of other cells, imports below code, a last line without effect) and
what is a matter of taste. `{0}` and `{1}` in the words are the names that the linter quotes.
"""

from dataclasses import dataclass

OPTIONS = {
    "line-length": 100,
    "lint.mccabe.max-complexity": 10,
    "lint.pylint.max-args": 6,
    "lint.pylint.max-branches": 12,
    "lint.pylint.max-nested-blocks": 4,
    "lint.pylint.max-returns": 6,
    "lint.pylint.max-statements": 30,
}


@dataclass(frozen=True)
class Rule:
    """`weight` is 1 for what only looks untidy, 2 for what makes code harder to follow, 3 for a likely mistake."""

    criterion: str
    weight: int
    says: str


_STYLE = {
    "E101": (1, "this line mixes tabs and spaces: indent with 4 spaces a step"),
    "E111": (1, "indent by 4 spaces for each step, so that blocks line up"),
    "E117": (1, "this line is indented too far: one step is 4 spaces"),
    "E201": (1, "leave out the space after the opening bracket"),
    "E202": (1, "leave out the space before the closing bracket"),
    "E211": (1, "leave out the space between the name and its bracket"),
    "E225": (1, "put a space on both sides of the operator"),
    "E231": (1, "put a space after the comma or colon"),
    "E251": (1, "leave out the spaces around the `=` of an argument"),
    "E262": (1, "begin the comment with `# `, a hash sign and a space"),
    "E265": (1, "begin the comment with `# `, a hash sign and a space"),
    "E401": (1, "import each module on a line of its own"),
    "E501": (1, "this line is longer than 100 characters: break it, or name a part of it first"),
    "E701": (1, "start a new line after the colon, so that the block can be seen"),
    "E702": (1, "write one statement on a line instead of joining two with a semicolon"),
    "E711": (2, "compare with None by `is None` or `is not None`: there is one None, and `==` can be redefined"),
    "E712": (2, "do not compare with True or False: write `if value:` or `if not value:`"),
    "E713": (1, "write `x not in y` instead of `not x in y`: it reads like a sentence"),
    "E714": (1, "write `x is not y` instead of `not x is y`"),
    "E721": (2, "ask for a type with `isinstance(value, kind)` instead of comparing types"),
    "E731": (1, "give a function a name with `def` instead of assigning a lambda: errors will show that name"),
    "E741": (1, "{0} looks like the digit 1 or 0 in many fonts: choose a name that says what it holds"),
    "F401": (2, "{0} is imported and never used: delete the import"),
    "F541": (1, "this f-string has no {{}} in it: leave out the f"),
    "N801": (1, "name the class {0} in CapWords, like `ShoppingList`"),
    "N802": (1, "name the function {0} in small letters with underscores, like `count_words`"),
    "N803": (1, "name the argument {0} in small letters with underscores, like `first_word`"),
    "N804": (2, "call the first argument of a class method `cls`"),
    "N805": (2, "call the first argument of a method `self`"),
    "N806": (1, "name the variable {0} in small letters with underscores, like `word_count`"),
    "SIM300": (1, "write the value that changes first, then what it is compared with: `x == 3`, not `3 == x`"),
    "W191": (1, "indent with 4 spaces instead of tabs"),
    "W291": (1, "delete the spaces at the end of the line"),
    "W293": (1, "delete the spaces on this empty line"),
    "W605": (2, "{0} is no escape: write the backslash twice, or put an r before the string"),
}
_QUALITY = {
    "A001": (2, "{0} is a name of Python's own, and this hides it: choose another name"),
    "A002": (2, "the argument {0} hides Python's own {0}: choose another name"),
    "B006": (3, "this default is made once and shared by all calls: use None, and make a new one inside the function"),
    "B007": (1, "{0} is not used in the loop: call it `_`, which says that it does not matter"),
    "B012": (3, "leaving a `finally` block this way swallows errors: move it out of the block"),
    "B015": (3, "this comparison has no effect: did you mean `=`, `return` or `if`?"),
    "B018": (3, "this line gives a value and drops it: assign it, return it, or delete it"),
    "B023": (3, "the function made here sees only the last value of {0}: hand it over as an argument"),
    "C416": (1, "this comprehension only copies: use `list(...)`, `set(...)` or `dict(...)`"),
    "C901": (2, "{0} has many ways through it: move a part of it into a function with a name of its own"),
    "E722": (3, "a bare `except:` hides every error, typing mistakes too: name the exception that you expect"),
    "F402": (3, "the loop variable {0} hides an import: choose another name"),
    "F632": (3, "`is` asks whether two things are the same object: compare values with `==`"),
    "F811": (3, "{0} is defined twice, and the first definition is lost: delete one, or rename it"),
    "F841": (2, "{0} gets a value that is never used: use it or delete it"),
    "PIE790": (1, "`pass` is not needed where there is other code: delete it"),
    "PLR0124": (3, "this compares a value with itself: one of the two was meant to be another"),
    "PLR0911": (1, "this function returns in many places: see whether some of the cases are the same"),
    "PLR0912": (2, "this function has many branches: put the cases into a dictionary or into smaller functions"),
    "PLR0913": (1, "this function takes many arguments: pass those that belong together as one"),
    "PLR0915": (2, "this function is long: give its parts names by making them functions"),
    "PLR1702": (
        2,
        "these blocks are nested deeply: return or `continue` early, or move the inner part into a function",
    ),
    "PLR1711": (1, "a `return` at the end of a function does nothing: delete it"),
    "PLR1714": (1, "ask once with `in`: `x in (a, b)` instead of `x == a or x == b`"),
    "PLR5501": (1, "write `elif` instead of `else:` with an `if` below it"),
    "PLW0120": (2, "`else` of a loop without `break` always runs: write it below the loop without `else`"),
    "PLW0127": (3, "this assigns {0} to itself, which does nothing"),
    "PLW0603": (
        2,
        "`global` changes things from afar: take {0} as an argument and return its new value",
    ),
    "S110": (2, "this error is swallowed silently: handle it, or let it be seen"),
    "SIM101": (1, "ask once: `isinstance(value, (A, B))`"),
    "SIM102": (1, "join the two conditions with `and` instead of nesting the `if`"),
    "SIM103": (1, "return the condition itself instead of True or False from an `if`"),
    "SIM113": (1, "let `enumerate` count {1} for you: `for index, item in enumerate(items)`"),
    "SIM114": (1, "these branches do the same: join their conditions with `or`"),
    "SIM115": (2, "open files in a `with` block: it closes them, whatever happens"),
    "SIM118": (1, "leave out `.keys()`: `key in d` asks the dictionary itself"),
    "SIM201": (1, "write `a != b` instead of `not a == b`"),
    "SIM202": (1, "write `a == b` instead of `not a != b`"),
    "SIM208": (1, "two `not` undo each other: leave both out"),
    "SIM210": (1, "the condition is True or False already: leave out `True if ... else False`"),
    "SIM211": (1, "write `not` before the condition instead of `False if ... else True`"),
    "SIM222": (3, "`or True` makes this always true: take it out, or mend the condition"),
    "SIM223": (3, "`and False` makes this always false: take it out, or mend the condition"),
    "T201": (1, "a `print` is left over: the answer is what the function returns, so delete it when you are done"),
}
_MEASURED = {
    "unreachable": (3, "this line never runs, because the one above it always leaves the block: delete it or move it"),
    "one-letter-name": (1, "{0} does not say what it holds: give it a name that does"),
    "repeated-block": (2, "these lines were there before: write them once, in a function or a loop"),
}

LINTED = {
    **{code: Rule("style", *rest) for code, rest in _STYLE.items()},
    **{code: Rule("quality", *rest) for code, rest in _QUALITY.items()},
}
"""Rules of ruff."""
RULES = LINTED | {code: Rule("quality", *rest) for code, rest in _MEASURED.items()}
OF_THE_BODY = frozenset({"C901", "PLR0911", "PLR0912", "PLR0915", "PLR1702"})
"""What is found at a function's or block's first line and is about all that is below it."""
INSIDE_FUNCTIONS = frozenset({"B015", "B018"})
"""What is natural in a cell, where a line without effect shows its value."""
