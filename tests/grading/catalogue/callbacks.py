"""Functions of the test's, given to learner code; and iterators, generators, coroutines."""

from catalogue.case import Case

CASES = [
    Case(
        "a function to call",
        "def apply(f, xs): return [f(x) for x in xs]",
        """assert apply(lambda x: x * 2, [1, 2]) == [2, 4]
assert apply(len, ['ab']) == [2]
assert apply(str.upper, ['a']) == ['A']""",
        right=("def apply(f, xs): return list(map(f, xs))",),
        wrong=("def apply(f, xs): return list(xs)", "def apply(f, xs): return [f]"),
    ),
    Case(
        "how often it was called",
        "def retry(f, n):\n    for i in range(n):\n        try: return f()\n        except ValueError: pass",
        """calls = []
def flaky():
    calls.append(1)
    if len(calls) < 3: raise ValueError
    return 'ok'
assert retry(flaky, 5) == 'ok'
assert len(calls) == 3""",
        wrong=("def retry(f, n): return 'ok'", "def retry(f, n): return f()"),
        but=(1,),
    ),
    Case(
        "a decorator",
        """import functools
def twice(f):
    @functools.wraps(f)
    def g(*a, **k): return f(*a, **k) * 2
    return g""",
        """@twice
def three(x=3):
    return x
assert three() == 6
assert three(x=4) == 8
assert three.__name__ == 'three'""",
        wrong=("def twice(f): return f",),
        but=(3,),
    ),
    Case(
        "a decorator that remembers",
        """def memo(f):
    seen = {}
    def g(n):
        if n not in seen: seen[n] = f(n)
        return seen[n]
    return g""",
        """calls = []
@memo
def slow(n):
    calls.append(n)
    return n * n
assert slow(3) == 9 and slow(3) == 9
assert calls == [3]""",
        wrong=("def memo(f): return f",),
        but=(1,),
    ),
    Case(
        "a closure",
        """def counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    return up""",
        "a, b = counter(), counter()\nassert a() == 1 and a() == 2\nassert b() == 1",
        wrong=(
            """n = 0
def counter():
    def up():
        global n
        n += 1
        return n
    return up""",
            "def counter(): return 1",
        ),
        but=(1,),
    ),
    Case(
        "sorting by a key",
        "def order(xs, key): return sorted(xs, key=key)",
        """assert order(['bb', 'a'], len) == ['a', 'bb']
assert order([3, -4], abs) == [3, -4]
assert order([1, 2], lambda x: -x) == [2, 1]""",
        wrong=("def order(xs, key): return sorted(xs)",),
        but=(1,),
    ),
    Case(
        "composed functions",
        """def compose(*fs):
    def g(x):
        for f in reversed(fs): x = f(x)
        return x
    return g
def inc(x): return x + 1""",
        """assert compose(inc, lambda x: x * 2)(3) == 7
assert compose()(5) == 5
assert compose(inc, inc)(0) == 2""",
        wrong=("def compose(*fs): return fs[0] if fs else (lambda x: x)\ndef inc(x): return x + 1",),
        but=(2,),
    ),
    Case(
        "a generator",
        "def count(n):\n    for i in range(n): yield i",
        """import types
assert list(count(3)) == [0, 1, 2]
g = count(2)
assert next(g) == 0 and next(g) == 1 and next(g, 'end') == 'end'
assert isinstance(count(1), types.GeneratorType) and iter(g) is g
assert sum(x for x in count(4)) == 6""",
        wrong=("def count(n): return range(n)", "def count(n): yield n"),
        but=(1, 3, 4),
    ),
    Case(
        "a generator without end",
        "def naturals():\n    n = 0\n    while True:\n        yield n\n        n += 1",
        """import itertools
assert list(itertools.islice(naturals(), 3)) == [0, 1, 2]
assert next(x for x in naturals() if x > 4) == 5
g = naturals()
next(g)
assert [next(g), next(g)] == [1, 2]
assert [a for a, _ in zip(g, 'ab')] == [3, 4]""",
        wrong=("def naturals(): return [0, 1, 2]", "def naturals():\n    for i in range(9): yield i % 6 * 2"),
        but=(1,),
    ),
    Case(
        "talking to a generator",
        "def echo():\n    got = None\n    while True: got = yield got",
        """e = echo()
next(e)
assert e.send(5) == 5
assert e.send('x') == 'x'
e.close()
assert list(e) == []""",
        wrong=("def echo(): yield 5",),
        but=(3,),
    ),
    Case(
        "an iterator class",
        """class Down:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n""",
        """import collections.abc as abc
d = Down(3)
assert iter(d) is d and isinstance(d, abc.Iterator)
assert next(d) == 2
assert list(d) == [1, 0]
assert list(d) == []""",
        wrong=(
            """class Down:
    def __init__(self, n): self.n = n
    def __iter__(self): return iter(range(self.n - 1, -1, -1))""",
        ),
    ),
    Case(
        "an iterator of the test's",
        "def total(xs): return sum(xs)\ndef first(xs): return next(iter(xs))",
        """assert total(i for i in range(4)) == 6
assert first(iter('ab')) == 'a'
g = (i for i in range(9))
first(g)
assert next(g) == 1
assert total(map(abs, [-1, 2])) == 3""",
        wrong=("def total(xs): return len(list(xs))\ndef first(xs): return list(xs)[0]",),
        but=(2,),
    ),
    Case(
        "a file of the test's",
        "def lines(f): return [line.strip() for line in f]\ndef write(f): f.write('done')",
        """import io
assert lines(io.StringIO('a\\nb\\n')) == ['a', 'b']
out = io.StringIO()
write(out)
assert out.getvalue() == 'done'""",
        wrong=("def lines(f): return f.read()\ndef write(f): pass",),
    ),
    Case(
        "coroutines",
        """import asyncio
async def double(x):
    await asyncio.sleep(0.001)
    return x * 2
async def both(a, b): return await asyncio.gather(double(a), double(b))""",
        """import asyncio, inspect
assert asyncio.run(double(2)) == 4
assert asyncio.run(both(1, 2)) == [2, 4]
assert inspect.iscoroutinefunction(double)
async def main(): return await double(5) + 1
assert asyncio.run(main()) == 11""",
        wrong=(
            "def double(x): return x * 2\ndef both(a, b): return [2, 4]",
            "async def double(x): return x\nasync def both(a, b): return []",
        ),
        but=(3,),
    ),
    Case(
        "asynchronous loops and managers",
        """import asyncio
async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
class Door:
    async def __aenter__(self): return 'in'
    async def __aexit__(self, *a): pass""",
        """import asyncio
async def collect(): return [x async for x in ticks(3)]
async def enter():
    async with Door() as got:
        return got
assert asyncio.run(collect()) == [0, 1, 2]
assert asyncio.run(enter()) == 'in'""",
        wrong=(
            """async def ticks(n):
    yield 0
class Door:
    async def __aenter__(self): return 'out'
    async def __aexit__(self, *a): pass""",
        ),
    ),
    Case(
        "an asynchronous error",
        "async def f(): raise ValueError('late')",
        "import asyncio, pytest\nwith pytest.raises(ValueError, match='late'):\n    asyncio.run(f())",
        wrong=("async def f(): pass",),
    ),
    Case(
        "threads of the test's",
        "def square(x): return x * x",
        """from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    out = list(pool.map(square, range(20)))
assert out == [x * x for x in range(20)]""",
        wrong=("def square(x): return x",),
    ),
    Case(
        "the name of a function of the test's",
        "def name(f): return f.__name__",
        "def mine(): pass\nassert name(mine) == 'mine'\nassert name(len) == 'len'",
        wrong=("def name(f): return 'mine'",),
        but=(1,),
    ),
    Case(
        "objects of the test's own classes",
        "def area(s): return s.w * s.h",
        "class S:\n    w, h = 2, 3\nassert area(S()) == 6",
        in_kernel=True,
    ),
]
