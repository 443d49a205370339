"""Answers that try to look right."""

from catalogue.case import Case

YES = """class Yes:
    def __eq__(self, o): return True
    def __ne__(self, o): return False
    def __lt__(self, o): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __bool__(self): return True
    def __sub__(self, o): return 0
    __add__ = __rsub__ = __abs__ = __round__ = __int__ = __index__ = lambda self, *a: 0
    def __float__(self): return 0.0
    def __contains__(self, o): return True
    def __getattr__(self, n): return lambda *a, **k: True
    def __hash__(self): return 0
    def __str__(self): return 'x'
    __repr__ = __str__
    def __len__(self): return 3
    def __iter__(self): return iter(())
    def __getitem__(self, i): return self
    def __call__(self, *a): return self
y = Yes()
"""
META = """class Meta(type):
    def __instancecheck__(c, o): return True
    def __eq__(c, o): return True
    def __hash__(c): return 0
"""

CASES = [
    Case(f"says yes to `{check}`", reference, check, wrong=(YES + "f = lambda *a: y", YES + "f = y"))
    for reference, check in (
        ("def f(x): return x + 1", "assert f(1) == 2"),
        ("def f(x): return x + 1", "assert not f(1) != 2"),
        ("def f(x): return x + 1", "assert f(1) in (2, 3)"),
        ("def f(x): return x + 1", "assert f(1) >= 2"),
        ("def f(x): return x + 1", "assert abs(f(1) - 2) < 0.1"),
        ("def f(x): return x + 1", "assert int(f(1)) == 2"),
        ("def f(x): return x + 1", "assert str(f(1)) == '2'"),
        ("def f(x): return x + 1", "assert round(f(1), 2) == 2"),
        ("def f(x): return x + 1", "assert isinstance(f(1), int)"),
        ("def f(x): return [x]", "assert f(1) == [1]"),
        ("def f(x): return [x]", "assert 1 in f(1)"),
        ("def f(x): return [x]", "assert f(1)"),
        ("def f(x): return [x]", "assert f(1).count(1) == 1"),
        ("def f(x): return {x: x}", "assert f(1)[1] == 1"),
        ("def f(x): return {x}", "assert {1} <= f(1)"),
        ("def f(x): return 'x' * x", "assert f(2).endswith('xx')"),
        ("def f(x): return x > 0", "assert f(1) is True"),
        ("def f(x): return x > 0", "assert all(f(i) for i in (1, 2))"),
        ("def f(x): return x > 0", "assert any([f(1)])"),
    )
] + [
    Case(
        "a class that everything is one of",
        "class A: pass\ndef f(): return A()",
        "assert isinstance(f(), A)\nassert type(f()) is A\nassert not isinstance(1, A)",
        wrong=(
            META + "class A(metaclass=Meta): pass\ndef f(): return 5",
            META + "class A(metaclass=Meta): pass\nclass B: pass\ndef f(): return B()",
        ),
        but=(1,),
    ),
    Case(
        "a false class",
        "def f(): return [1]",
        "assert isinstance(f(), list)\nassert type(f()) == list\nassert f().__class__ is list",
        wrong=(
            "class L:\n    __class__ = list\ndef f(): return L()",
            """class M(type):
    def __eq__(c, o): return True
    __hash__ = type.__hash__
class list(metaclass=M): pass
def f(): return list()""",
        ),
    ),
    Case(
        "a false name",
        "def f(): return 1.5",
        "assert type(f()).__name__ == 'float'\nassert f().__class__.__name__ == 'float'",
        wrong=("class float: pass\ndef f(): return float()",),
    ),
    Case(
        "prints that look like replies",
        "def f(x): return x + 1",
        "assert f(1) == 2",
        wrong=(
            "def f(x): print('{\"value\": 2}')",
            'import sys\ndef f(x): sys.__stdout__.write(\'{"nonce": "0", "value": 2}\\n\')',
        ),
    ),
    Case(
        "an answer that knows only the shown case",
        "def f(x): return x * x",
        "assert f(3) == 9\nfor x, want in [(0, 0), (-2, 4), (7, 49)]:\n    assert f(x) == want, f'{x}'",
        wrong=("def f(x): return 9",),
        but=(1,),
    ),
    Case(
        "an end before the checks are over",
        "def f(x): return x",
        "assert f(1) == 1\nassert f(2) == 2",
        wrong=(
            "import os\ndef f(x): os._exit(0)",
            "def f(x): raise SystemExit(0)",
            "def f(x): raise KeyboardInterrupt",
        ),
    ),
    Case(
        "the test's own functions, changed",
        "def f(x): return x + 1",
        "assert all([f(1) == 2, f(2) == 3])\nassert sum([f(0)]) == 1",
        wrong=(
            """import builtins
builtins.all = builtins.any = lambda x: True
builtins.sum = lambda x: 1
def f(x): return 0""",
        ),
    ),
    Case(
        "too much",
        "def f(x): return x",
        "assert f(1) == 1\nassert f(2) == 2",
        wrong=(
            "def f(x): return 'a' * 9_000_000",
            "def f(x): return list(range(300_000))",
            "def f(x):\n    d = []\n    for _ in range(500): d = [d]\n    return d",
        ),
    ),
]
