"""numpy arrays and scalars."""

from catalogue.case import Case

NP = "import numpy as np\n"
LIAR = """class A(np.ndarray):
    def __eq__(self, o): return np.ones(self.shape, bool)
    @property
    def shape(self): return (3,)
"""

CASES = [
    Case(
        "an array",
        NP + "def f(n): return np.arange(n) * 2",
        """import numpy as np
np.testing.assert_array_equal(f(3), [0, 2, 4])
assert f(3).shape == (3,)
assert (f(2) == [0, 2]).all()""",
        right=(NP + "def f(n): return np.array([2 * i for i in range(n)])",),
        wrong=("def f(n): return [2 * i for i in range(n)]", NP + "def f(n): return np.zeros(n)"),
        but=(1, 2),
    ),
    Case(
        "a lying array",
        NP + "def f(n): return np.arange(n)",
        "import numpy as np\nassert np.array_equal(f(3), [0, 1, 2])\nassert f(3).sum() == 3",
        wrong=(
            NP
            + """class A(np.ndarray):
    def __array__(self, *a): return np.arange(3)
    def sum(self): return 3
def f(n): return np.zeros(1).view(A)""",
            NP + "class A:\n    __array_interface__ = np.arange(3).__array_interface__\ndef f(n): return A()",
        ),
    ),
    Case(
        "types of arrays",
        NP + "def f(): return np.array([1, 2], dtype='int16')\ndef g(): return np.float32(0.1)",
        """import numpy as np
assert f().dtype == np.int16
assert type(g()) is np.float32 and float(g()) != 0.1
assert f().dtype == 'int16'""",
        wrong=(NP + "def f(): return np.array([1, 2])\ndef g(): return 0.1",),
    ),
    Case(
        "NaN in arrays",
        NP + "def f(): return np.array([1.0, np.nan])",
        "import numpy as np\nassert np.isnan(f()[1]) and not np.isnan(f()[0])\nassert np.nanmax(f()) == 1",
        wrong=(NP + "def f(): return np.array([1.0, 0.0])", NP + "def f(): return [1, None]"),
        but=(2,),
    ),
    Case(
        "an array changed in place",
        NP + "def double(a):\n    a *= 2",
        "import numpy as np\na = np.ones(3)\nassert double(a) is None\nassert a.tolist() == [2, 2, 2]",
        wrong=("def double(a): a = a * 2", "def double(a): return a * 2"),
        but=(1,),
    ),
    Case(
        "the same array",
        "def same(a):\n    a[0] = 9\n    return a\ndef other(a): return a.copy()",
        "import numpy as np\na = np.zeros(2)\nassert same(a) is a and a[0] == 9\nassert other(a) is not a",
        wrong=("def same(a): return a.copy()\ndef other(a): return a",),
    ),
    Case(
        "words in arrays",
        NP + "def f(): return np.array(['a', None], dtype=object)\ndef g(): return np.array(['ab', 'c'])",
        "assert f().tolist() == ['a', None]\nassert g().dtype.kind == 'U' and list(g()) == ['ab', 'c']",
        wrong=("def f(): return ['a', None]\ndef g(): return ['ab', 'c']",),
    ),
    Case(
        "matrices",
        NP + "def mul(a, b): return a @ b",
        """import numpy as np
m = np.array([[1, 2], [3, 4]])
assert (mul(m, np.eye(2)) == m).all()
assert mul(m, m)[1, 0] == 15""",
        wrong=("def mul(a, b): return a * b",),
    ),
    Case(
        "an array that an object keeps",
        NP
        + """class Box:
    def __init__(self): self.data = np.zeros(2)
    def total(self): return self.data.sum()""",
        "b = Box()\nb.data[0] = 5\nassert b.total() == 5\nassert b.data is b.data",
        wrong=(
            NP
            + """class Box:
    @property
    def data(self): return np.zeros(2)
    def total(self): return 0""",
        ),
    ),
]
