"""How test cells are written."""

from catalogue.case import Case

CASES = [
    Case(
        "a loop of asserts",
        "def f(x): return x % 3 == 0",
        "for x, want in [(3, True), (4, False)]:\n    assert f(x) == want\nassert f(0)",
        wrong=("def f(x): return True", "def f(x): return x % 3"),
        but=(2,),
    ),
    Case(
        "a helper of the setup",
        "def f(x): return x + 1",
        "check(1, 2)\ncheck(5, 6)",
        setup="def check(x, want):\n    assert f(x) == want, f'f({x})'",
        wrong=("def f(x): return 2", "def f(x): return x"),
        but=(1,),
    ),
    Case(
        "a helper of a helper",
        "def f(x): return x + 1",
        "def each(*pairs):\n    for pair in pairs: check(*pair)\neach((1, 2), (2, 3))\nassert f(9) == 10",
        setup="def check(x, want): assert f(x) == want",
        wrong=("def f(x): return 10",),
        but=(2,),
    ),
    Case(
        "asserts under with and if",
        "def f(x): return x + 1",
        """import contextlib
with contextlib.nullcontext(4) as n:
    assert f(n) == 5
if True:
    assert f(1) == 2 and f(2) == 3""",
        wrong=("def f(x): return 5", "def f(x): return 2"),
        but=(1,),
    ),
    Case(
        "values from the setup",
        "total = sum(prices)",
        "assert total == sum(prices)\nassert prices == [1, 2, 3]",
        setup="prices = [1, 2, 3]",
        wrong=("prices = [0]\ntotal = 0",),
        but=(2,),
    ),
    Case(
        "variables",
        "name = 'Ada'\nage = 36\nlangs = ['py']",
        "assert name == 'Ada'\nassert isinstance(age, int) and age > 30\nassert 'py' in langs",
        wrong=("name = 'ada'\nage = '36'\nlangs = []",),
    ),
    Case(
        "a name that is missing",
        "def f(x): return x\ndef g(x): return x",
        "assert f(1) == 1\nassert g(2) == 2",
        wrong=("def f(x): return x",),
        but=(1,),
    ),
    Case(
        "the source of the answer",
        "def f(x): return sum(x)",
        "import inspect\nassert 'sum' in inspect.getsource(f)\nassert f([1]) == 1",
        in_kernel=True,
    ),
    Case(
        "a cell without checks",
        "def f(x): return x * 2",
        "out = f(2)\nif out != 4:\n    raise ValueError('wrong')",
        wrong=("def f(x): return x",),
    ),
    Case(
        "code of a function",
        "def f(a, b): return a + b",
        "assert f.__code__.co_argcount == 2\nassert f(1, 2) == 3",
        wrong=("def f(*a): return 0",),
    ),
]
