"""Arguments and containers that change in place."""

from catalogue.case import Case

BAG = """class Bag:
    def __init__(self, items=()): self.items = list(items)
    def size(self): return len(self.items)
"""
OPEN = """class Bag:
    def __init__(self, items): self.items = items
    def add(self, x): self.items.append(x)
"""

CASES = [
    Case(
        "a list sorted in place",
        "def put(xs): xs.sort()",
        "xs = [3, 1, 2]\nassert put(xs) is None\nassert xs == [1, 2, 3]",
        right=("def put(xs): xs[:] = sorted(xs)",),
        wrong=("def put(xs): xs = sorted(xs)", "def put(xs): return sorted(xs)"),
        but=(1,),
    ),
    Case(
        "a list left alone",
        "def f(xs): return sorted(xs)",
        "xs = [2, 1]\nassert f(xs) == [1, 2]\nassert xs == [2, 1], 'the argument is unchanged'",
        wrong=("def f(xs):\n    xs.sort()\n    return xs",),
        but=(1,),
    ),
    Case(
        "dictionaries and what is in them",
        "def grow(d):\n    d['new'] = 1\n    d['in'].append(2)",
        """d = {'in': []}
inner = d['in']
grow(d)
assert d['new'] == 1
assert inner == [2] and d['in'] is inner""",
        wrong=("def grow(d): d['new'], d['in'] = 1, [2]",),
        but=(1,),
    ),
    Case(
        "sets, bytes and deques",
        "def f(s, b, d):\n    s.add(1)\n    b.append(65)\n    d.rotate(1)",
        """from collections import deque
s, b, d = set(), bytearray(), deque([1, 2])
f(s, b, d)
assert s == {1}
assert b == b'A'
assert list(d) == [2, 1]""",
        wrong=("def f(s, b, d): pass",),
    ),
    Case(
        "a list that an object gives out",
        BAG,
        """b = Bag([1])
b.items.append(2)
assert b.size() == 2
assert b.items == [1, 2]
assert b.items is b.items""",
        wrong=(
            BAG.replace("self.items = list(items)", "self._i = list(items)").replace("self.items)", "self._i)")
            + "    @property\n    def items(self): return list(self._i)",
        ),
    ),
    Case(
        "a list that an object keeps to itself",
        """class Bag:
    def __init__(self): self._items = [1]
    def items(self): return list(self._items)""",
        "b = Bag()\nb.items().append(2)\nassert b.items() == [1]",
        wrong=(
            """class Bag:
    def __init__(self): self._items = [1]
    def items(self): return self._items""",
        ),
    ),
    Case(
        "a list that was given and copied",
        """class Bag:
    def __init__(self, items): self.items = list(items)
    def add(self, x): self.items.append(x)""",
        """mine = [1]
b = Bag(mine)
b.add(2)
assert mine == [1], 'yours is yours'
mine.append(5)
assert b.items == [1, 2]""",
        wrong=(OPEN,),
    ),
    Case(
        "a list that was given and kept",
        OPEN,
        """mine = [1]
b = Bag(mine)
b.add(2)
assert mine == [1, 2]
mine.append(3)
assert b.items == [1, 2, 3] and b.items is mine""",
        wrong=(
            """class Bag:
    def __init__(self, items): self.items = list(items)
    def add(self, x): self.items.append(x)""",
        ),
    ),
    Case(
        "rows of a grid",
        """class Grid:
    def __init__(self): self.rows = [[0, 0], [0, 0]]
    def sum(self): return sum(map(sum, self.rows))""",
        """g = Grid()
g.rows[1][0] = 5
assert g.sum() == 5
g.rows.append([1, 1])
assert g.sum() == 7
assert g.rows[1] is g.rows[1]""",
        wrong=(
            """class Grid:
    def __init__(self): self.rows = [[0, 0]] * 2
    def sum(self): return sum(map(sum, self.rows))""",
        ),
        but=(3,),
    ),
    Case(
        "a shared default",
        "def add(x, to=None):\n    to = [] if to is None else to\n    to.append(x)\n    return to",
        "assert add(1) == [1]\nassert add(2) == [2]\nfirst = add(3)\nadd(4)\nassert first == [3]",
        wrong=("def add(x, to=[]):\n    to.append(x)\n    return to",),
        but=(1,),
    ),
    Case(
        "a memo that grows",
        "memo = {}\ndef f(n):\n    memo[n] = n * n\n    return memo[n]",
        "assert f(3) == 9\nassert memo == {3: 9}\nf(4)\nassert memo[4] == 16",
        wrong=("memo = {}\ndef f(n): return n * n",),
        but=(1,),
    ),
    Case(
        "snapshots that are one list",
        """def steps(n, note):
    xs = []
    for i in range(n):
        xs.append(i)
        note(list(xs))""",
        "seen = []\nsteps(2, seen.append)\nassert seen == [[0], [0, 1]]",
        wrong=(
            """def steps(n, note):
    xs = []
    for i in range(n):
        xs.append(i)
        note(xs)""",
        ),
    ),
]
