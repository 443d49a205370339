"""Lists, dictionaries, sets and what is like them."""

from catalogue.case import Case

LYING_LIST = """class L(list):
    def __iter__(self): return iter([1, 2, 3])
    def __len__(self): return 3
    def __eq__(self, o): return True
    def __getitem__(self, i): return [1, 2, 3][i]
    def __contains__(self, x): return True
    def count(self, x): return 1
"""

CASES = [
    Case(
        "a list",
        "def f(n): return list(range(n))",
        "assert f(3) == [0, 1, 2]\nassert len(f(5)) == 5\nassert f(4)[-1] == 3",
        right=("class L(list): pass\ndef f(n): return L(range(n))",),
        wrong=("def f(n): return n", LYING_LIST + "def f(n): return L()", "def f(n): return list(range(n + 1))"),
    ),
    Case(
        "a sorted permutation",
        "def f(xs): return sorted(xs)",
        """xs = [3, 1, 2]
out = f(xs)
assert all(a <= b for a, b in zip(out, out[1:])) and sorted(out) == sorted(xs)
assert len(out) == len(xs) and out[0] == 1""",
        wrong=(
            LYING_LIST + "def f(xs): return L([9])",
            """class T:
    n = 0
    def __iter__(self):
        T.n += 1
        return iter([1, 2, 3] if T.n > 1 else [9, 8])
    def __getitem__(self, i): return [2, 3] if isinstance(i, slice) else 0
    def __len__(self): return 3
def f(xs): return T()""",
            """class T:
    def __init__(self): self.n = 0
    def __getitem__(self, i):
        self.n += 1
        if self.n > 9: raise IndexError
        return self.n
    def __len__(self): return 3
def f(xs): return T()""",
        ),
    ),
    Case(
        "members that change their mind",
        "def f(xs): return set(xs)",
        "out = f([1, 1, 2])\nassert 1 in out and 2 in out\nassert 3 not in out\nassert len(out) == 2",
        wrong=(
            """class S:
    def __contains__(self, x): return x < 3
    def __len__(self): return 2
    def __iter__(self): return iter([5])
def f(xs): return S()""",
            """class S(set):
    def __contains__(self, x): return x < 3
    def __len__(self): return 2
def f(xs): return S()""",
        ),
        but=(2,),
    ),
    Case(
        "a generator for a list",
        "def f(n): return [i * i for i in range(n)]",
        "assert list(f(3)) == [0, 1, 4]\nassert sum(f(4)) == 14",
        right=(
            """def f(n):
    for i in range(n): yield i * i""",
            "def f(n): return map(lambda i: i * i, range(n))",
        ),
        wrong=("def f(n):\n    i = 0\n    while True: yield i", "def f(n): return range(n)"),
    ),
    Case(
        "a generator is no list",
        "def f(n): return [0] * n",
        "assert f(2) == [0, 0]",
        wrong=("def f(n): yield from [0] * n", "def f(n): return (0,) * n"),
    ),
    Case(
        "a dictionary",
        "def count(s): return {c: s.count(c) for c in s}",
        """assert count('aab') == {'a': 2, 'b': 1}
assert count('aab')['b'] == 1
assert set(count('xy')) == {'x', 'y'}""",
        right=(
            "from collections import Counter as count",
            """import collections
def count(s):
    d = collections.defaultdict(int)
    for c in s: d[c] += 1
    return d""",
            "class D(dict): pass\ndef count(s): return D({c: s.count(c) for c in s})",
        ),
        wrong=(
            "def count(s): return len(s)",
            """class D(dict):
    def __getitem__(self, k): return 1
    def __eq__(self, o): return True
    def keys(self): return ['x', 'y']
    def __iter__(self): return iter('xy')
def count(s): return D()""",
        ),
    ),
    Case(
        "a default made by a lambda",
        "from collections import defaultdict\ndef f(): return defaultdict(lambda: [7])",
        "d = f()\nassert d['new'] == [7]\nassert list(d) == ['new']\nassert d.default_factory() == [7]",
        wrong=(
            "def f(): return {}",
            """from collections import defaultdict
def f(): return defaultdict(list)""",
        ),
        but=(2,),
    ),
    Case(
        "sets",
        "def both(a, b): return set(a) & set(b)",
        "assert both('abc', 'bcd') == {'b', 'c'}\nassert both([1], [2]) == set()",
        right=("def both(a, b): return frozenset(a).intersection(b)",),
        wrong=("def both(a, b): return [x for x in a if x in b]", "def both(a, b): return set(a)"),
    ),
    Case(
        "tuples and unpacking",
        "def span(xs): return min(xs), max(xs)",
        "low, high = span([3, 1, 2])\nassert (low, high) == (1, 3)\nassert span([5]) == (5, 5)",
        right=(
            """from collections import namedtuple
P = namedtuple('P', 'a b')
def span(xs): return P(min(xs), max(xs))""",
        ),
        wrong=("def span(xs): return [min(xs), max(xs)]", "def span(xs): return None"),
        but=(1,),
    ),
    Case(
        "named tuples",
        """from collections import namedtuple
Point = namedtuple('Point', 'x y')
def move(p): return p._replace(x=p.x + 1)""",
        """p = move(Point(1, 2))
assert p.x == 2 and p[1] == 2
assert p == Point(2, 2) == (2, 2)
x, y = p
assert x + y == 4
assert repr(p) == 'Point(x=2, y=2)'
assert isinstance(p, tuple) and len(p) == 2
assert Point._fields == ('x', 'y')""",
        wrong=("Point = lambda x, y: (x, y)\ndef move(p): return (p[0] + 1, p[1])",),
        but=(2, 3, 5),
    ),
    Case(
        "deques and ordered dictionaries",
        """from collections import deque, OrderedDict
def q(): return deque([1, 2], maxlen=2)
def o(): return OrderedDict(b=1, a=2)""",
        """d = q()
d.append(3)
assert list(d) == [2, 3]
assert list(o()) == ['b', 'a']
assert o() == {'a': 2, 'b': 1}""",
        wrong=("def q(): return [1, 2]\ndef o(): return {'a': 2, 'b': 1}",),
        but=(3,),
    ),
    Case(
        "a view of a dictionary",
        "def names(d): return d.keys()",
        "assert names({'a': 1}) == {'a'}\nassert sorted(names({'b': 1, 'a': 2})) == ['a', 'b']",
        right=("def names(d): return set(d)",),
        wrong=("def names(d): return list(d)",),
        but=(2,),
    ),
    Case(
        "deep and wide",
        "def grid(n): return [[i * j for j in range(n)] for i in range(n)]",
        """assert grid(3)[2] == [0, 2, 4]
assert [row[0] for row in grid(2)] == [0, 0]
assert len(grid(40)) == 40""",
        wrong=("def grid(n): return [[0] * n] * n", "def grid(n): return n"),
        but=(2, 3),
    ),
    Case(
        "a ring",
        "def ring():\n    r = [1]\n    r.append(r)\n    return r",
        "r = ring()\nassert r[1] is r\nassert r[1][1][0] == 1",
        wrong=("def ring(): return [1, [1, [1]]]",),
        but=(2,),
    ),
    Case(
        "ranges and slices",
        "def r(): return range(2, 8, 3)\ndef s(): return slice(1, None)",
        "assert r() == range(2, 8, 3)\nassert list(r()) == [2, 5]\nassert [1, 2, 3][s()] == [2, 3]",
        wrong=("def r(): return [2, 5]\ndef s(): return 1",),
        but=(2,),
    ),
]
