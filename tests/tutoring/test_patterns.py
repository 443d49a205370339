"""Each pattern finds its shape, and leaves alone what looks like it."""

import pytest

from jupyter_tutor.tutoring.clues import MISCONCEPTIONS
from jupyter_tutor.tutoring.diagnosis.patterns.code import PATTERNS
from jupyter_tutor.tutoring.diagnosis.patterns.reading import found, told
from tests.tutoring.measure import CURRICULUM, read_exercise, reference_of

WRONG_AND_RIGHT = {
    "print_for_return": ("def f(x):\n    print(x)", "def f(x):\n    print(x)\n    return x"),
    "missing_return": ("def f(x):\n    y = x + 1", "def f(x):\n    yield x"),
    "path_without_return": (
        "def f(x):\n    if x > 1:\n        return 1",
        "def f(x):\n    if x > 1:\n        return 1\n    else:\n        raise ValueError",
    ),
    "early_return": (
        "def f(xs):\n    for x in xs:\n        if x:\n            y = x\n        return y",
        "def f(xs):\n    for x in xs:\n        if x:\n            return x\n    return None",
    ),
    "unreachable": ("def f(x):\n    return x\n    x = 1", "def f(x):\n    if x:\n        return x\n    return 1"),
    "shadowed_builtin": (
        "def f(xs):\n    sum = 0\n    return sum([1])",
        "def f(xs):\n    total = 0\n    return sum(xs)",
    ),
    "overwritten_parameter": ("def f(xs):\n    xs = []\n    return xs", "def f(xs):\n    xs = list(xs)\n    return xs"),
    "loop_over_itself": ("for x in x:\n    pass", "for x in xs:\n    pass"),
    "unused_parameter": ("def f(a, b):\n    return a", "def f(a, b):\n    return a + b"),
    "mutable_default": (
        "def f(x, seen=[]):\n    seen.append(x)\n    return seen",
        "def f(x, seen=None):\n    return [x, *(seen or [])]",
    ),
    "not_called": ("name = 'A'.lower", "name = 'A'.lower()"),
    "no_base_case": ("def f(n):\n    return n * f(n - 1)", "def f(n):\n    return n * f(n - 1) if n else 1"),
    "recursion_not_smaller": (
        "def f(n):\n    return f(n) if n else 0",
        "def f(n):\n    return f(n - 1) if n else 0",
    ),
    "recursion_result_lost": (
        "def f(n):\n    if n:\n        f(n - 1)\n    return n",
        "def f(n):\n    return f(n - 1) if n else 0",
    ),
    "argument_changed": (
        "def f(xs):\n    xs.sort()\n    return xs",
        "def f(xs):\n    xs = list(xs)\n    xs.sort()\n    return xs",
    ),
    "changed_while_iterating": (
        "for x in xs:\n    if x:\n        xs.remove(x)",
        "for x in list(xs):\n    if x:\n        xs.remove(x)",
    ),
    "beyond_the_end": ("last = xs[len(xs)]", "last = xs[len(xs) - 1]"),
    "before_the_end": ("for i in range(len(xs) - 1):\n    pass", "for i in range(len(xs)):\n    pass"),
    "unused_loop_variable": ("for x in xs:\n    total += 1", "for _ in xs:\n    total += 1"),
    "reset_in_loop": (
        "def f(xs):\n    for x in xs:\n        total = 0\n        total += x\n    return total",
        "def f(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total",
    ),
    "one_round": ("for x in xs:\n    y = x\n    break", "for x in xs:\n    if x:\n        break"),
    "endless_loop": ("while n > 0:\n    total += 1", "while n > 0:\n    n -= 1"),
    "position_for_item": (
        "for i in range(len(xs)):\n    total += i",
        "for i in range(len(xs)):\n    total += xs[i]",
    ),
    "key_for_value": ("d = {'a': 1}\nfor k, v in d:\n    pass", "d = {'a': 1}\nfor k, v in d.items():\n    pass"),
    "generator_used_up": (
        "def f(xs):\n    ys = (x for x in xs)\n    return max(ys), sum(ys)",
        "def f(xs):\n    ys = [x for x in xs]\n    return max(ys), sum(ys)",
    ),
    "first_of_many": ("for x in xs:\n    print(xs.index(x))", "for i, x in enumerate(xs):\n    print(i)"),
    "identity": ("if x is 'a':\n    pass", "if x is None:\n    pass"),
    "result_thrown_away": ("name.strip()", "name = name.strip()"),
    "none_from_method": ("xs = xs.sort()", "xs.sort()"),
    "repeated_list": ("rows = [[0] * 3] * 2", "rows = [[0] * 3 for _ in range(2)]"),
    "aliasing": ("def f(a):\n    b = a\n    b.append(1)\n    return a", "def f(a):\n    b = a[:]\n    b.append(1)"),
    "always_true": ("if x == 'a' or 'b':\n    pass", "if x == 'a' or x == 'b':\n    pass"),
    "negated_chain": ("if x != 'a' or x != 'b':\n    pass", "if x != 'a' and x != 'b':\n    pass"),
    "never_true": ("if False:\n    pass", "while True:\n    break"),
    "division_for_positions": ("middle = xs[len(xs) / 2]", "middle = xs[len(xs) // 2]"),
    "division": ("half = n / 2", "half = n // 2"),
    "floor_division": ("half = n // 2", "half = n / 2"),
    "float_equality": ("if x == 0.1:\n    pass", "if x == 1.0:\n    pass"),
    "text_and_number": ("'a' + len(xs)", "'a' + str(len(xs))"),
    "swapped_without_copy": ("a = b\nb = a", "a, b = b, a"),
    "bare_except": (
        "try:\n    f()\nexcept:\n    pass",
        "try:\n    f()\nexcept ValueError:\n    pass",
    ),
    "comparison_for_assignment": ("x == 1", "x = 1"),
    "assigned_not_added": ("x =+ 1", "x += 1"),
    "missing_self": (
        "class A:\n    def __init__(self):\n        self.n = 0\n    def add(self):\n        return n + 1",
        "class A:\n    def __init__(self):\n        self.n = 0\n    def add(self, n):\n        return self.n + n",
    ),
    "missing_self_parameter": ("class A:\n    def f():\n        pass", "class A:\n    def f(self):\n        pass"),
    "shared_class_attribute": (
        "class A:\n    xs = []\n    def add(self, x):\n        self.xs.append(x)",
        "class A:\n    def __init__(self):\n        self.xs = []\n    def add(self, x):\n        self.xs.append(x)",
    ),
    "misnamed_init": (
        "class A:\n    def _init_(self):\n        pass",
        "class A:\n    def __init__(self):\n        pass",
    ),
}


def names(source: str) -> set[str]:
    return {pattern.find.__name__ for pattern, *_ in found(source)}


@pytest.mark.parametrize("name", WRONG_AND_RIGHT)
def test_a_pattern_is_found_where_it_is_and_only_there(name: str) -> None:
    wrong, right = WRONG_AND_RIGHT[name]
    assert name in names(wrong)
    assert name not in names(right)


def test_every_pattern_has_its_examples_and_its_misconception() -> None:
    assert {pattern.find.__name__ for pattern in PATTERNS} == set(WRONG_AND_RIGHT)
    assert {pattern.misconception for pattern in PATTERNS} <= set(MISCONCEPTIONS)


def test_what_the_reference_does_too_is_not_told() -> None:
    source = "def f(a, b):\n    return a is 'x'\n"
    assert {clue.misconception for _, clue in told("answer", source, "", ())} == {"identity", "unused-parameter"}
    assert [clue for _, clue in told("answer", source, source, ())] == []


def test_a_pattern_with_a_symptom_is_told_where_it_is_seen() -> None:
    source = "def f(x):\n    print(x)\n"
    assert list(told("answer", source, "", ())) == []
    sure, clue = next(told("answer", source, "", {"None"}))
    assert sure
    assert (clue.key, clue.cell, clue.line) == ("pattern:print-for-return:print(x)", "answer", 2)


def test_no_pattern_is_surely_wrong_in_a_reference() -> None:
    for path in CURRICULUM:
        sure = [p.find.__name__ for p, *_ in found(reference_of(read_exercise(path))) if p.sure and not p.symptom]
        assert sure == [], path.stem


def test_what_is_no_python_or_too_long_has_no_patterns() -> None:
    assert found("def f(:") == []
    assert found("(" * 5000) == []
    assert found("x is 'a'\n" * 20_000) == []
