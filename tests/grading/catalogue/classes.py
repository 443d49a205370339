"""Classes that learners make."""

from catalogue.case import Case

STACK = """class Stack:
    '''Last in, first out.'''
    def __init__(self, items=()): self._i = list(items)
    def push(self, x): self._i.append(x)
    def pop(self): return self._i.pop()
    def __len__(self): return len(self._i)
    def __iter__(self): return iter(self._i[::-1])
    def __contains__(self, x): return x in self._i
    def __bool__(self): return bool(self._i)
    def __repr__(self): return f'Stack({self._i})'
"""
MONEY = """import functools
@functools.total_ordering
class Money:
    def __init__(self, c): self.c = c
    def __eq__(self, o): return isinstance(o, Money) and self.c == o.c
    def __lt__(self, o): return self.c < o.c
    def __hash__(self): return hash(self.c)
    def __add__(self, o): return Money(self.c + o.c)
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __mul__(self, n): return Money(self.c * n)
    __rmul__ = __mul__
    def __neg__(self): return Money(-self.c)
    def __str__(self): return f'{self.c} ct'
    def __format__(self, s): return f'{self.c:{s}}'
"""

CASES = [
    Case(
        "a stack",
        STACK,
        """s = Stack()
s.push(1)
s.push(2)
assert s.pop() == 2
assert len(s) == 1 and 1 in s and 5 not in s
assert list(s) == [1]
assert s and not Stack()
assert repr(s) == 'Stack([1])'""",
        right=(STACK.replace("._i", "._things"),),
        wrong=(
            STACK.replace(".pop()", ".pop(0)"),
            "class Stack(list):\n    push = list.append\n    pop = lambda self: 0",
        ),
        but=(2, 3, 4, 5),
    ),
    Case(
        "operators",
        MONEY,
        """a, b = Money(1), Money(2)
assert a + b == Money(3)
assert sum([a, b]) == Money(3)
assert 3 * a == Money(3) == a * 3
assert -a == Money(-1) and a != b
assert a < b and b >= a
assert max(a, b) is b
assert sorted([b, a]) == [a, b]
assert f'{b:03d}' == '002' and str(a) == '1 ct'
assert {a: 'x'}[Money(1)] == 'x'
assert len({Money(1), Money(1), b}) == 2""",
        wrong=(MONEY.replace("self.c == o.c", "self.c != o.c").replace("self.c < o.c", "self.c > o.c"),),
        but=(8,),
    ),
    Case(
        "equality with anything",
        MONEY,
        "assert Money(1) == Money(1)\nassert not Money(1) == Money(2)\nassert Money(1) != 'x'",
        wrong=(
            "class Money:\n    def __init__(self, c): pass\n    def __eq__(self, o): return True",
            "def Money(c): return 0",
        ),
        but=(1, 3),
    ),
    Case(
        "in place operators",
        """class V:
    def __init__(self, n): self.n = n
    def __iadd__(self, o):
        self.n += o
        return self""",
        "v = w = V(1)\nv += 2\nassert v.n == 3\nassert w is v",
        wrong=(
            """class V:
    def __init__(self, n): self.n = n
    def __add__(self, o): return V(self.n + o)""",
        ),
        but=(1,),
    ),
    Case(
        "what it can do",
        STACK,
        """import collections.abc as abc
assert isinstance(Stack(), abc.Iterable) and isinstance(Stack(), abc.Sized)
assert isinstance(Stack(), abc.Container) and not isinstance(Stack(), abc.Callable)
assert not callable(Stack())
assert not isinstance(Stack(), abc.Iterator)""",
        wrong=("class Stack:\n    def __call__(self): pass",),
        but=(4,),
    ),
    Case(
        "no length, no items",
        "class A: pass",
        """import pytest
with pytest.raises(TypeError):
    len(A())
with pytest.raises(TypeError):
    A()[0]
with pytest.raises(TypeError):
    A() + A()
with pytest.raises(TypeError):
    A() < A()
assert not hasattr(A(), 'x')""",
        wrong=(
            STACK.replace("Stack", "A")
            + """    def __getitem__(self, i): return i
    def __add__(self, o): return o
    __lt__ = __add__
    x = 1""",
        ),
    ),
    Case(
        "unhashable when it equals",
        "class P:\n    def __init__(self, x): self.x = x\n    def __eq__(self, o): return self.x == o.x",
        "import pytest\nassert P(1) == P(1)\nwith pytest.raises(TypeError):\n    {P(1)}",
        wrong=("class P:\n    def __init__(self, x): pass",),
    ),
    Case(
        "heirs",
        """class Animal:
    def __init__(self, n): self.n = n
    def speak(self): return '...'
class Dog(Animal):
    def speak(self): return 'Woof'""",
        """d = Dog('Rex')
assert isinstance(d, Animal) and isinstance(d, Dog)
assert issubclass(Dog, Animal) and not issubclass(Animal, Dog)
assert not isinstance(Animal('x'), Dog)
assert Dog.__mro__[1] is Animal and Dog.__bases__ == (Animal,)
assert [a.speak() for a in (d, Animal('y'))] == ['Woof', '...']
assert Animal.speak is not Dog.speak""",
        wrong=(
            """class Animal:
    def __init__(self, n): self.n = n
    def speak(self): return '...'
Dog = Animal""",
        ),
        but=(1,),
    ),
    Case(
        "abstract classes",
        """import abc
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
class Square(Shape):
    def __init__(self, a): self.a = a
    def area(self): return self.a ** 2""",
        """import pytest
with pytest.raises(TypeError):
    Shape()
assert Square(3).area() == 9
assert isinstance(Square(1), Shape)""",
        wrong=(
            """class Shape:
    def area(self): return 0
class Square(Shape):
    def __init__(self, a): pass""",
        ),
        but=(3,),
    ),
    Case(
        "a test cell that extends a class",
        "class Base:\n    def hook(self): return 1\n    def run(self): return self.hook() + 1",
        """class Mine(Base):
    def hook(self): return 10
assert Mine().run() == 11
assert Base().run() == 2""",
        in_kernel=True,
    ),
    Case(
        "documentation and names",
        STACK + "def f(x: int, y=2) -> str:\n    '''Says.'''\n",
        """import inspect
assert Stack.__doc__ and 'Last' in Stack.__doc__
assert f.__doc__ == 'Says.' and f.__name__ == 'f'
assert list(inspect.signature(f).parameters) == ['x', 'y']
assert inspect.signature(f).parameters['y'].default == 2
assert f.__annotations__ == {'x': int, 'return': str}
assert callable(f) and callable(Stack.push)
assert Stack().__doc__ == Stack.__doc__""",
        wrong=("class Stack: pass\ndef f(): pass",),
        but=(7,),
    ),
    Case(
        "properties",
        """class T:
    def __init__(self, c): self.c = c
    @property
    def f(self): return self.c * 9 / 5 + 32
    @f.setter
    def f(self, v):
        if v < -459: raise ValueError('too cold')
        self.c = (v - 32) * 5 / 9""",
        """import pytest
t = T(100)
assert t.f == 212
t.f = 32
assert t.c == 0
with pytest.raises(ValueError, match='cold'):
    t.f = -500
with pytest.raises(AttributeError):
    t.nothing""",
        wrong=(
            """class T:
    def __init__(self, c): self.c = c
    def f(self): return self.c * 9 / 5 + 32""",
        ),
        but=(2, 4),
    ),
    Case(
        "a read only property",
        "class C:\n    @property\n    def x(self): return 1",
        "import pytest\nwith pytest.raises(AttributeError):\n    C().x = 2\nassert C().x == 1",
        wrong=("class C:\n    x = 1",),
        but=(2,),
    ),
    Case(
        "data classes",
        """from dataclasses import dataclass, field
@dataclass(order=True, frozen=True)
class P:
    x: int
    y: int = 0
@dataclass
class Cart:
    items: list = field(default_factory=list)""",
        """import dataclasses, pytest
assert P(1) == P(1, 0) and P(1) != P(2)
assert repr(P(1)) == 'P(x=1, y=0)'
assert P(1) < P(2)
assert len({P(1), P(1)}) == 1
with pytest.raises(dataclasses.FrozenInstanceError):
    P(1).x = 5
a, b = Cart(), Cart()
a.items.append(1)
assert a.items == [1] and b.items == []""",
        wrong=("class P:\n    def __init__(self, x, y=0): self.x = x\nclass Cart:\n    items = []",),
    ),
    Case(
        "enumerations",
        """from enum import Enum, IntEnum
class Color(Enum):
    RED = 1
    BLUE = 2
class Level(IntEnum):
    LOW = 1
    HIGH = 3""",
        """assert Color.RED is Color(1) is Color['RED']
assert [c.name for c in Color] == ['RED', 'BLUE'] and len(Color) == 2
assert Color.RED != Color.BLUE and Color.RED.value == 1
assert Level.HIGH > Level.LOW and Level.HIGH == 3
assert isinstance(Color.RED, Color) and Color.RED in Color
assert Level.HIGH + 1 == 4 and {3: 'x'}[Level.HIGH] == 'x'""",
        wrong=("class Color:\n    RED = 1\n    BLUE = 2\nclass Level:\n    LOW = 3\n    HIGH = 1",),
        but=(3,),
    ),
    Case(
        "a text that is a member",
        """from enum import StrEnum
class C(StrEnum):
    A = 'a'
    B = 'b'
def pick(n): return C.A if n else C.B""",
        """assert pick(1) == 'a'
assert pick(0) is C.B
assert {'a': 5}[pick(1)] == 5
assert ','.join([pick(1), pick(0)]) == 'a,b'
assert pick(1).upper() == 'A'""",
        wrong=("class C:\n    A = 1\n    B = 2\ndef pick(n): return C.A if n else C.A",),
    ),
    Case(
        "a member where plain data was",
        "def pick(n): return 'ab'[n]\ndef level(n): return n * 2",
        "assert pick(0) == 'a'\nassert level(1) == 2\nassert isinstance(level(1), int)",
        right=(
            """from enum import StrEnum, IntEnum
class C(StrEnum):
    A = 'a'
    B = 'b'
class L(IntEnum):
    X = 2
def pick(n): return list(C)[n]
def level(n): return L.X""",
        ),
        wrong=(
            """class S(str):
    def __eq__(self, o): return True
def pick(n): return S('q')
def level(n): return 1""",
        ),
        but=(3,),
    ),
    Case(
        "linked nodes",
        """class Node:
    def __init__(self, v, next=None): self.v, self.next = v, next
def reverse(n):
    last = None
    while n: n.next, last, n = last, n, n.next
    return last""",
        """a = Node(1, Node(2, Node(3)))
third = a.next.next
r = reverse(a)
assert r is third
out = []
while r:
    out.append(r.v)
    r = r.next
assert out == [3, 2, 1]
assert a.next is None""",
        wrong=(
            """class Node:
    def __init__(self, v, next=None): self.v, self.next = v, next
def reverse(n): return n""",
        ),
    ),
    Case(
        "copies of objects",
        "class A:\n    def __init__(self): self.xs = [1]",
        """import copy
a = A()
b, c = copy.copy(a), copy.deepcopy(a)
a.xs.append(2)
assert b.xs == [1, 2] and b is not a
assert c.xs == [1]
assert type(c) is A""",
        wrong=(
            """class A:
    xs = [1]
    def __deepcopy__(self, memo): return self
    __copy__ = lambda self: self""",
        ),
        but=(3,),
    ),
    Case(
        "class attributes and methods",
        """class C:
    count = 0
    def __init__(self): C.count += 1
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def two(): return 2""",
        """C()
assert C.count == 1
assert type(C.make()) is C and C.count == 2
assert C.two() == 2
C.count = 10
assert C().count == 11""",
        wrong=(
            """class C:
    count = 0
    def __init__(self): self.count += 1
    make = staticmethod(lambda: C())
    two = 2""",
        ),
        but=(4,),
    ),
    Case(
        "vars and dir",
        "class P:\n    def __init__(self): self.x, self.y = 1, [2]",
        """assert vars(P()) == {'x': 1, 'y': [2]}
assert 'x' in dir(P())
assert getattr(P(), 'z', 5) == 5 and hasattr(P(), 'y')""",
        wrong=("class P:\n    def __init__(self): self.z = 1",),
    ),
    Case(
        "sorting with keys and comparers",
        MONEY + "def cmp(a, b): return b.c - a.c\ndef key(m): return -m.c",
        """import functools
ms = [Money(2), Money(3), Money(1)]
assert [m.c for m in sorted(ms, key=functools.cmp_to_key(cmp))] == [3, 2, 1]
assert [m.c for m in sorted(ms, key=key)] == [3, 2, 1]
assert min(ms, key=key).c == 3""",
        wrong=(MONEY + "def cmp(a, b): return 0\ndef key(m): return m.c",),
    ),
    Case(
        "sets of objects",
        MONEY + "def both(): return {Money(1), Money(2)}\ndef names(): return {Money(1): 'a'}",
        """assert both() == {Money(2), Money(1)}
assert Money(1) in both() and Money(3) not in both()
assert names()[Money(1)] == 'a'""",
        wrong=(MONEY + "def both(): return [Money(1), Money(2)]\ndef names(): return {Money(2): 'a'}",),
        but=(2,),
    ),
    Case(
        "containers that learners make",
        """class D:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __len__(self): return len(self.d)""",
        """import pytest
d = D()
d['a'] = 1
d['b'] = [2]
assert d['a'] == 1 and len(d) == 2
del d['a']
assert len(d) == 1
with pytest.raises(KeyError):
    d['a']""",
        wrong=(
            """class D:
    def __init__(self): self.n = 0
    def __getitem__(self, k): return 1
    def __setitem__(self, k, v): pass
    def __delitem__(self, k): pass
    def __len__(self): return 2""",
        ),
        but=(1,),
    ),
    Case(
        "a list of one's own",
        "class L(list):\n    def first(self): return self[0]",
        """l = L([1, 2])
assert l.first() == 1 and len(l) == 2
assert isinstance(l, list)
l.append(3)
assert l == [1, 2, 3] and list(l) == [1, 2, 3]""",
        wrong=("class L(list):\n    def first(self): return self[-1]\n    def append(self, x): pass",),
        but=(2,),
    ),
    Case(
        "what a plain value may not be",
        "def size(xs): return len(xs)",
        "assert size([1, 2]) + 1 == 3\nassert size('abc') % 2 == 1\nassert bool(size('a'))",
        wrong=(
            """class A:
    def __add__(self, o): return 3
    def __mod__(self, o): return 1
    def __bool__(self): return True
def size(xs): return A()""",
        ),
    ),
    Case(
        "pictures for notebooks",
        "class H:\n    def _repr_html_(self): return '<b>x</b>'",
        "assert hasattr(H, '_repr_html_')\nassert H()._repr_html_() == '<b>x</b>'",
        wrong=("class H:\n    def _repr_html_(self): return ''",),
        but=(1,),
    ),
]
