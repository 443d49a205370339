"""Numbers of every kind."""

from catalogue.case import Case

CASES = [
    Case(
        "an integer",
        "def f(x): return x + 1",
        "assert f(1) == 2\nassert f(5) == 6",
        right=(
            "f = lambda x: x - -1",
            "def f(x): return float(x + 1)",
            "class N(int): pass\ndef f(x): return N(x + 1)",
        ),
        wrong=("def f(x): return x", "def f(x): return str(x + 1)", "def f(x): print(x + 1)"),
    ),
    Case(
        "a lying integer",
        "def f(x): return x + 1",
        "assert f(1) == 2\nassert f(5) == 6",
        wrong=(
            "class N(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\ndef f(x): return N(9)",
        ),
    ),
]
