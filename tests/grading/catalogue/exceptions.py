"""What learner code raises."""

from catalogue.case import Case

PYTEST = "import pytest\n"
OWN = """class Overdrawn(ValueError):
    def __init__(self, need, have):
        super().__init__(f'need {need}, have {have}')
        self.need, self.have = need, have
    @property
    def short(self): return self.need - self.have
def take(n, have=1):
    if n > have: raise Overdrawn(n, have)
    return have - n"""

CASES = [
    Case(
        "an error that is wanted",
        "def root(x):\n    if x < 0: raise ValueError('x is negative')\n    return x ** 0.5",
        PYTEST + "with pytest.raises(ValueError, match='negative'):\n    root(-1)\nassert root(4) == 2",
        wrong=(
            "def root(x): return abs(x) ** 0.5",
            "def root(x): raise TypeError('negative')",
            "def root(x): raise ValueError('no')",
        ),
        but=(2,),
    ),
    Case(
        "caught by hand",
        "def f(x):\n    if not x: raise KeyError('k')\n    return x",
        """try:
    f(0)
    got = None
except KeyError as error:
    got = error
assert got is not None and got.args == ('k',)
assert str(got) == "'k'"
assert type(got) is KeyError""",
        wrong=("def f(x): return x", "def f(x): raise KeyError('z')", "def f(x): raise IndexError('k')"),
        but=(1, 3),
    ),
    Case(
        "a class of one's own",
        OWN,
        PYTEST
        + """with pytest.raises(Overdrawn) as caught:
    take(5)
assert caught.value.short == 4 and caught.value.need == 5
assert str(caught.value) == 'need 5, have 1'
assert isinstance(caught.value, ValueError)
assert issubclass(Overdrawn, ValueError)
assert Overdrawn(3, 1).short == 2""",
        wrong=(
            "class Overdrawn(Exception): pass\ndef take(n): raise Overdrawn(n)",
            "Overdrawn = ValueError\ndef take(n): raise ValueError",
        ),
        but=(1, 4, 5),
    ),
    Case(
        "raised again by the test",
        OWN
        + """
def guard(f):
    try: f()
    except Overdrawn as e: return e.need
    except ValueError: return 'v'""",
        """def own(): raise Overdrawn(7, 0)
def plain(): raise ValueError
assert guard(own) == 7
assert guard(plain) == 'v'""",
        wrong=(OWN + "\ndef guard(f):\n    try: f()\n    except Exception: return 0",),
    ),
    Case(
        "codes and values",
        "import sys\ndef stop(): sys.exit(3)\ndef gen():\n    yield 1\n    return 9",
        PYTEST
        + """with pytest.raises(SystemExit) as e:
    stop()
assert e.value.code == 3
g = gen()
next(g)
try:
    next(g)
except StopIteration as end:
    got = end.value
assert got == 9""",
        wrong=("import sys\ndef stop(): sys.exit(1)\ndef gen(): yield 1",),
        but=(1,),
    ),
    Case(
        "exceptions of the library",
        """import json
def load(s): return json.loads(s)
def dec(s):
    from decimal import Decimal
    return Decimal(s)""",
        """import json, decimal, pytest
with pytest.raises(json.JSONDecodeError) as e:
    load('{x')
assert e.value.pos == 1 and e.type is json.JSONDecodeError
with pytest.raises(decimal.InvalidOperation):
    dec('x')""",
        wrong=("def load(s): raise ValueError(s)\ndef dec(s): raise ValueError(s)",),
    ),
    Case(
        "numpy's own",
        "import numpy as np\ndef inv(m): return np.linalg.inv(m)",
        """import numpy as np, pytest
with pytest.raises(np.linalg.LinAlgError):
    inv(np.zeros((2, 2)))
assert inv(np.eye(2)).sum() == 2""",
        wrong=("import numpy as np\ndef inv(m): return np.linalg.pinv(m)",),
        but=(2,),
    ),
    Case(
        "a missing file",
        "def read(p): return open(p).read()",
        PYTEST
        + """with pytest.raises(FileNotFoundError) as e:
    read('nowhere.txt')
assert e.value.errno == 2 and e.value.filename == 'nowhere.txt'""",
        wrong=("def read(p): raise OSError('no')",),
    ),
    Case(
        "a cause",
        "def f():\n    try: int('x')\n    except ValueError as e: raise RuntimeError('bad') from e",
        PYTEST
        + """with pytest.raises(RuntimeError) as e:
    f()
assert isinstance(e.value.__cause__, ValueError)
assert str(e.value) == 'bad'""",
        wrong=("def f(): raise RuntimeError('bad')",),
        but=(1, 3),
    ),
    Case(
        "an error as a value",
        "def f(): return ValueError('x')",
        "e = f()\nassert isinstance(e, ValueError) and str(e) == 'x'\nassert repr(e) == \"ValueError('x')\"",
        wrong=("def f(): raise ValueError('x')", "def f(): return 'x'"),
    ),
    Case(
        "unittest's way",
        "def f(x): return 1 / x",
        """import unittest
t = unittest.TestCase()
t.assertEqual(f(2), 0.5)
with t.assertRaises(ZeroDivisionError):
    f(0)
t.assertAlmostEqual(f(3), 0.3333333, places=5)""",
        wrong=("def f(x): return 0",),
    ),
    Case(
        "an assertion in the answer",
        "def f(x):\n    assert x > 0, 'positive'\n    return x",
        PYTEST + "with pytest.raises(AssertionError, match='positive'):\n    f(0)\nassert f(2) == 2",
        wrong=("def f(x): return 0", "def f(x): raise AssertionError('other')"),
    ),
    Case(
        "context managers",
        """class Calm:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace):
        self.kind = kind
        return kind is not None and issubclass(kind, ZeroDivisionError)""",
        PYTEST
        + """with Calm() as c:
    1 / 0
assert c.kind is ZeroDivisionError
with pytest.raises(KeyError):
    with Calm():
        {}['x']
with Calm() as d:
    pass
assert d.kind is None""",
        wrong=(
            """class Calm:
    kind = 0
    def __enter__(self): return self
    def __exit__(self, *a): return True""",
        ),
    ),
    Case(
        "a context manager from a generator",
        """import contextlib
log = []
@contextlib.contextmanager
def note(n):
    log.append(n)
    try: yield n * 2
    finally: log.append(-n)""",
        """with note(2) as got:
    inside = list(log)
assert got == 4 and inside == [2]
assert log == [2, -2]""",
        wrong=("import contextlib\nlog = []\n@contextlib.contextmanager\ndef note(n): yield n * 2",),
    ),
    Case(
        "recursion without an end",
        "def f(n): return 0 if n == 0 else 1 + f(n - 1)",
        "assert f(5) == 5",
        wrong=("def f(n): return 1 + f(n - 1)",),
    ),
]
