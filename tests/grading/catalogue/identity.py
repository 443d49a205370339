"""Which object it is."""

from catalogue.case import Case

CASES = [
    Case(
        "an argument handed back",
        "def same(x): return x",
        "xs = [1]\nassert same(xs) is xs\nassert same((xs, xs))[1] is xs\nassert same(None) is None",
        wrong=("import copy\ndef same(x): return copy.deepcopy(x)",),
        but=(3,),
    ),
    Case(
        "a copy",
        "def clone(xs): return list(xs)",
        "xs = [1]\nassert clone(xs) == xs and clone(xs) is not xs",
        wrong=("def clone(xs): return xs", "def clone(xs): return []"),
    ),
    Case(
        "one object, met twice",
        "class A: pass\na = A()\ndef get(): return a\ndef new(): return A()",
        "assert get() is get()\nassert new() is not new()\nassert get() in [get()]",
        wrong=("class A: pass\na = A()\ndef get(): return A()\ndef new(): return a",),
    ),
    Case(
        "a singleton",
        """class One:
    it = None
    def __new__(cls):
        cls.it = cls.it or object.__new__(cls)
        return cls.it""",
        "assert One() is One()\none = One()\none.x = 1\nassert One().x == 1",
        wrong=("class One: pass",),
    ),
    Case(
        "rows that are one row",
        "def grid(n): return [[0] * n for _ in range(n)]",
        "g = grid(2)\ng[0][0] = 1\nassert g == [[1, 0], [0, 0]]",
        wrong=("def grid(n): return [[0] * n] * n",),
    ),
    Case(
        "a class and its objects",
        "class Dog:\n    pass\nclass Cat:\n    pass",
        """assert type(Dog()) is Dog
assert type(Dog()) is type(Dog()) and type(Cat()) is not Dog
assert Dog().__class__ is Dog
assert Dog.__name__ == 'Dog' == type(Dog()).__name__""",
        wrong=("class Dog: pass\nCat = Dog", "def Dog(): return {}\nCat = Dog"),
        but=(1, 2, 3, 4),
    ),
]
