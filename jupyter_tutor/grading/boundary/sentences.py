"""What an exception means, in a sentence for a beginner, from its type and message alone."""

import re

_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "ZeroDivisionError",
        "",
        "A number was divided by zero: what should happen when the divisor is 0, or a list empty?",
    ),
    ("IndexError", "pop from empty", "Something was taken out of a list that was empty."),
    (
        "IndexError",
        "",
        "A position was asked for that the list or text does not have: the last one is its length minus 1.",
    ),
    ("KeyError", "", "The dictionary has no such key: look with `in` first, or use `.get`."),
    ("TypeError", "'NoneType' object is not iterable", "A loop ran over None: a function without `return` gives None."),
    ("TypeError", "'NoneType' object is not subscriptable", "None has no parts: did a function forget to `return`?"),
    ("TypeError", "NoneType", "One of the values was None: a function without `return` gives None."),
    ("TypeError", "not subscriptable", "Square brackets followed something that has no parts."),
    ("TypeError", "not callable", "Round brackets followed something that is no function."),
    ("TypeError", "not iterable", "A loop, or `in`, was given something that cannot be gone through."),
    ("TypeError", "missing .* argument", "A function was called with too few arguments."),
    ("TypeError", "takes .* argument", "A function was called with other arguments than it has."),
    ("TypeError", "unexpected keyword", "A function was called with a name that none of its parameters has."),
    (
        "TypeError",
        "unsupported operand|can only concatenate|not supported between",
        "These two types do not go together.",
    ),
    ("TypeError", "unhashable", "Lists, dictionaries and sets cannot be keys or members of a set: use a tuple."),
    ("TypeError", "does not support item assignment", "Texts and tuples cannot be changed: build a new one."),
    ("TypeError", "", "A value has another type than this line needs."),
    ("AttributeError", "'NoneType' object", "The value was None here: a function without `return` gives None."),
    ("AttributeError", "", "This kind of object has nothing of that name: check the spelling and the type."),
    ("UnboundLocalError", "", "A variable was used in a function before it got a value there."),
    ("NameError", "", "This name has no value: check its spelling, and whether it was set before this line."),
    ("RecursionError", "", "A function called itself again and again: is there a case in which it stops?"),
    ("ValueError", "invalid literal|could not convert", "A text that is no number was turned into one."),
    (
        "ValueError",
        "not enough values|too many values",
        "The number of names on the left is not that of the values on the right.",
    ),
    ("ValueError", "is not in list|substring not found", "What was looked for is not there."),
    ("ValueError", "ambiguous", "An array has no single truth value: use `.any()` or `.all()`."),
    ("ValueError", "could not be broadcast|shapes", "The shapes of two arrays do not fit."),
    ("StopIteration", "", "`next` was asked for more than there is."),
    ("FileNotFoundError", "", "There is no such file: check its name and folder."),
    ("EOFError", "", "`input()` was called, and there was nothing to read."),
    ("OverflowError", "", "A number became too large."),
    ("MemoryError", "", "This needed more memory than there is."),
    ("UnicodeDecodeError", "", "These bytes are no text in this encoding."),
    ("ModuleNotFoundError", "", "This package is not installed, or its name is spelled differently."),
    ("ImportError", "", "The module has nothing of that name."),
    ("AssertionError", "", "An `assert` in your own code did not hold."),
    ("SystemExit", "", "Your code asked Python to end: use `return` to leave a function."),
)


def sentence_for(kinds: list[str], message: str) -> str:
    """The sentence for an exception of these type names, its own first; empty when there is none."""
    for kind in kinds:
        for name, pattern, words in _SENTENCES:
            if name == kind and re.search(pattern, message):
                return words
    return ""
