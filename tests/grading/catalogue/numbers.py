"""Numbers of every kind."""

from catalogue.case import Case

LIAR = "class N(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n"

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
        "assert f(1) == 2\nassert 6 == f(5)",
        wrong=(LIAR + "def f(x): return N(9)",),
    ),
    Case(
        "big integers",
        "def f(n): return 2 ** n",
        "assert f(200) == 1 << 200\nassert f(64) - 1 == 0xFFFFFFFFFFFFFFFF",
        wrong=("def f(n): return 2.0 ** n if n == 64 else 0", "def f(n): return -2 ** n"),
        but=(2,),
    ),
    Case(
        "minus zero",
        "import math\ndef f(x): return -0.0 if x else 0.0",
        "import math\nassert math.copysign(1, f(1)) == -1\nassert f(1) == 0",
        wrong=("def f(x): return 0.0",),
        but=(2,),
    ),
    Case(
        "not a number",
        "def f(): return float('nan')",
        "x = f()\nassert x != x\nassert f() is not None and str(x) == 'nan'",
        wrong=("def f(): return 0.0", "class N:\n    def __ne__(self, o): return True\ndef f(): return N()"),
    ),
    Case(
        "infinities",
        "def f(): return float('inf'), -float('inf')",
        "a, b = f()\nassert a > 10 ** 305 > b\nassert -a == b",
        wrong=("def f(): return 1e300, -1e300", "def f(): return 'inf', '-inf'"),
        but=(2,),
    ),
    Case(
        "a truth is the number one",
        "def even(x): return x % 2 == 0",
        "assert even(2) == True\nassert even(3) is False\nassert not even(1)",
        right=("def even(x): return not x % 2",),
        wrong=("def even(x): return 1 - x % 2",),
        but=(1, 3),
    ),
    Case(
        "close enough",
        "import math\ndef area(r): return math.pi * r * r",
        """import math, pytest
assert area(1) == pytest.approx(3.14159, abs=1e-4)
assert math.isclose(area(2), 12.566370614)""",
        right=("def area(r): return 3.141592653589793 * r ** 2",),
        wrong=(
            "def area(r): return 3 * r * r",
            """class Y:
    def __eq__(s, o): return True
def area(r): return Y()""",
        ),
    ),
    Case(
        "decimals and fractions",
        """from decimal import Decimal
from fractions import Fraction
def price(): return Decimal('1.10')
def half(): return Fraction(1, 2)""",
        """from decimal import Decimal
assert price() * 3 == Decimal('3.30')
assert half() == 0.5 and half().denominator == 2""",
        wrong=("def price(): return 1.1\ndef half(): return 0.5",),
    ),
    Case(
        "complex numbers",
        "def root(x): return x ** 0.5",
        "assert abs(root(-4) - 2j) < 1e-9\nassert root(-1).imag == 1",
        wrong=("def root(x): return abs(x) ** 0.5",),
    ),
    Case(
        "an unwanted type",
        "def f(x): return x // 2",
        "assert f(5) == 2 and isinstance(f(5), int)\nassert type(f(4)) is int",
        wrong=("def f(x): return x / 2", "def f(x): return str(x // 2)"),
    ),
    Case(
        "a chain of comparisons",
        "def f(x): return x * 3",
        "assert 5 < f(2) < 7\nassert 2 <= f(1) != 4",
        wrong=(
            "def f(x): return x * 5",
            LIAR
            + """N.__lt__ = N.__gt__ = lambda a, b: True
def f(x): return N(90)""",
        ),
        but=(2,),
    ),
    Case(
        "a custom number",
        """class M:
    def __init__(self, n): self.n = n
    def __float__(self): return self.n / 2
    def __index__(self): return self.n
    def __abs__(self): return M(-self.n)
    def __round__(self, d=0): return self.n
    def __divmod__(self, o): return (self.n // o, 7)""",
        """m = M(-3)
assert float(m) == -1.5
assert [10, 20][M(1)] == 20 and hex(M(255)) == '0xff'
assert abs(m).n == 3
assert round(m) == -3
assert divmod(M(9), 2) == (4, 7)""",
        wrong=("class M:\n    def __init__(self, n): self.n = n\n    def __float__(self): return 0.0",),
    ),
]
