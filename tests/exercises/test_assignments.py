"""Assignments in the style of real nbgrader courses: checked, released and graded, with right and wrong work."""
# ruff: noqa: E501 - a cell stays in one piece

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jupyter_tutor.exercises.exercise import Exercise, parse_exercise, read_exercise
from jupyter_tutor.exercises.merge import read_submission
from jupyter_tutor.exercises.release import release
from jupyter_tutor.grading.grade import grade
from jupyter_tutor.grading.proof import Proof, prove
from jupyter_tutor.grading.verdict import Verdict
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import (
    answer_cell,
    checks_cell,
    code_cell,
    locked_cell,
    manual_cell,
    notebook,
    task_cell,
    text_cell,
)

HIDDEN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


@dataclass(frozen=True)
class Assignment:
    """`wrong` are answers that lose the test cells in `lost`, and only these; the other answers are right."""

    cells: tuple[dict, ...]
    right: dict[str, str]
    wrong: dict[str, str]
    lost: tuple[str, ...]
    files: dict[str, str] = field(default_factory=dict)
    in_kernel: tuple[str, ...] = ()
    """Test cells that cannot work apart from the learner's code."""
    manual: tuple[str, ...] = ()


TEMPERATURES = Assignment(
    cells=(
        text_cell("# Problem set 1: temperatures\nFill in every place that says `YOUR CODE HERE`."),
        code_cell("NAME = ''\nCOLLABORATORS = ''", "name"),
        locked_cell("import math\nABSOLUTE_ZERO = -273.15\n%precision 3"),
        answer_cell(
            'def to_fahrenheit(celsius):\n    """Celsius to Fahrenheit."""\n    ### BEGIN SOLUTION\n'
            "    if celsius < ABSOLUTE_ZERO:\n        raise ValueError('too cold')\n"
            "    return celsius * 9 / 5 + 32\n    ### END SOLUTION",
            "to_fahrenheit",
        ),
        code_cell("to_fahrenheit(100)", "try"),
        checks_cell(
            '"""Check some well known temperatures"""\n'
            "assert math.isclose(\n    to_fahrenheit(100),\n    212,\n)\n"
            "for celsius, fahrenheit in [(0, 32), (-40, -40),\n                            (37, 98.6)]:\n"
            "    assert abs(to_fahrenheit(celsius) - fahrenheit) < 1e-6, (\n"
            "        'wrong for %s' % celsius)",
            "test_to_fahrenheit",
            2,
        ),
        checks_cell(
            "try:\n    to_fahrenheit(-300)\nexcept ValueError:\n    pass\nelse:\n"
            "    raise AssertionError('did not raise')",
            "test_too_cold",
            0.5,
        ),
        answer_cell(
            "def warmest(days):\n    ### BEGIN SOLUTION\n    return max(days, key=lambda day: day[1])[0]\n"
            "    ### END SOLUTION",
            "warmest",
        ),
        checks_cell(
            f"week = [('Mon', 11), ('Tue', 17.5), ('Wed', 9)]\nassert warmest(week) == 'Tue'\n{HIDDEN}\n"
            f"assert warmest([('Sun', -4)]) == 'Sun'\nassert warmest([('A', -9), ('B', -1)]) == 'B'\n{END}",
            "test_warmest",
        ),
    ),
    right={
        "to_fahrenheit": "def to_fahrenheit(c):\n    if c < ABSOLUTE_ZERO: raise ValueError\n    return 32 + 1.8 * c",
        "warmest": "def warmest(days):\n    best = days[0]\n    for d in days:\n"
        "        if d[1] > best[1]: best = d\n    return best[0]",
    },
    wrong={
        "to_fahrenheit": "def to_fahrenheit(c): return c * 9 / 5 + 32",
        "warmest": "def warmest(days):\n    top, name = 0, ''\n    for n, t in days:\n"
        "        if t > top: top, name = t, n\n    return name",
    },
    lost=("test_too_cold", "test_warmest"),
)

NOSE = Assignment(
    cells=(
        text_cell("# Homework: words"),
        locked_cell("from nose.tools import assert_equal, assert_raises, assert_almost_equal, eq_, ok_"),
        answer_cell("def initials(name):\n    return ''.join(part[0].upper() for part in name.split())", "initials"),
        checks_cell(
            "assert_equal(initials('ada lovelace'), 'AL')\neq_(initials('grace brewster hopper'), 'GBH')", "t1"
        ),
        answer_cell(
            "def mean_length(words):\n    if not words:\n        raise ValueError('no words')\n"
            "    return sum(map(len, words)) / len(words)",
            "mean_length",
        ),
        checks_cell(
            "import nose.tools as nt\nassert_almost_equal(mean_length(['a', 'bcd', 'efghi']), 3.0)\n"
            "nt.assert_equals(mean_length(['ab', 'cdef']), 3.0)\nok_(mean_length(['abc']) > 2)",
            "t2",
        ),
        checks_cell(
            "assert_raises(ValueError, mean_length, [])\nwith assert_raises(ValueError):\n    mean_length(())", "t3"
        ),
    ),
    right={
        "initials": "def initials(n):\n    out = ''\n    for p in n.split(): out += p[:1].upper()\n    return out",
        "mean_length": "def mean_length(w):\n    if len(w) == 0: raise ValueError()\n    return len(''.join(w)) / len(w)",
    },
    wrong={"initials": "def initials(n): return n[0].upper()", "mean_length": "def mean_length(w): return 3.0"},
    lost=("t1", "t3"),
)

NUMPY = Assignment(
    cells=(
        text_cell("# Lab 2: arrays"),
        locked_cell("import numpy as np\nfrom numpy.testing import assert_array_equal, assert_allclose"),
        answer_cell("def standardise(a):\n    return (a - a.mean()) / a.std()", "standardise"),
        checks_cell(
            "sample = np.array([1.0, 2.0, 3.0, 4.0])\nz = standardise(sample)\n"
            "assert_allclose(z.mean(), 0, atol=1e-12)\nnp.testing.assert_allclose(z.std(), 1)\n"
            "assert z.shape == sample.shape\nassert_array_equal(sample, np.array([1.0, 2.0, 3.0, 4.0]))",
            "t_standardise",
        ),
        answer_cell("def checkerboard(n):\n    return np.indices((n, n)).sum(axis=0) % 2", "checkerboard"),
        checks_cell(
            "expected = np.zeros((4, 4), dtype=int)\nexpected[1::2, ::2] = 1\nexpected[::2, 1::2] = 1\n"
            "np.testing.assert_array_equal(checkerboard(4), expected)\nassert checkerboard(3).sum() == 4",
            "t_checkerboard",
        ),
    ),
    right={
        "standardise": "def standardise(a):\n    d = a - np.mean(a)\n    return d / np.sqrt(np.mean(d ** 2))",
        "checkerboard": "def checkerboard(n):\n    return np.array([[(i + j) % 2 for j in range(n)] for i in range(n)])",
    },
    wrong={
        "standardise": "def standardise(a):\n    a -= a.mean()\n    a /= a.std()\n    return a",
        "checkerboard": "def checkerboard(n):\n    return np.array([[(i + j + 1) % 2 for j in range(n)] for i in range(n)])",
    },
    lost=("t_standardise", "t_checkerboard"),
)

UNITTEST = Assignment(
    cells=(
        text_cell("# Assignment: shopping"),
        locked_cell("import unittest\ntc = unittest.TestCase()"),
        answer_cell(
            "def total(basket, prices):\n    return round(sum(prices[item] * n for item, n in basket.items()), 2)",
            "total",
        ),
        checks_cell(
            "prices = {'milk': 1.29, 'bread': 2.5}\ntc.assertEqual(total({'milk': 2}, prices), 2.58)\n"
            "tc.assertAlmostEqual(total({'milk': 1, 'bread': 2}, prices), 6.29, places=2)\n"
            "tc.assertIsInstance(total({'bread': 1}, prices), float)\n"
            "with tc.assertRaises(KeyError):\n    total({'wine': 1}, prices)",
            "t_total",
            3,
        ),
        answer_cell("def split_list(items):\n    return items[::2], items[1::2]", "split_list"),
        checks_cell(
            "test = unittest.TestCase()\nodd, even = split_list([1, 2, 3, 4, 5])\n"
            "test.assertListEqual(odd, [1, 3, 5])\ntest.assertListEqual(even, [2, 4])\n"
            "test.assertTupleEqual(split_list([]), ([], []))",
            "t_split",
        ),
    ),
    right={
        "total": "def total(b, p):\n    s = 0.0\n    for i in b: s += b[i] * p[i]\n    return round(s, 2)",
        "split_list": "def split_list(x):\n    a, b = [], []\n    for i, v in enumerate(x): (b if i % 2 else a).append(v)\n"
        "    return a, b",
    },
    wrong={"total": "def total(b, p):\n    return round(sum(n * p.get(i, 0) for i, n in b.items()), 2)"},
    lost=("t_total",),
)

PYTEST = Assignment(
    cells=(
        text_cell("## Exercise 3: a bank account"),
        answer_cell(
            "class Account:\n    def __init__(self, owner, balance=0):\n        self.owner = owner\n"
            "        self.balance = balance\n    def deposit(self, amount):\n        if amount <= 0:\n"
            "            raise ValueError('amount must be positive')\n        self.balance += amount\n"
            "    def withdraw(self, amount):\n        if amount > self.balance:\n"
            "            raise RuntimeError('insufficient funds')\n        self.balance -= amount\n"
            "        return amount\n    def __repr__(self):\n"
            "        return f'Account({self.owner!r}, {self.balance})'",
            "account",
        ),
        checks_cell(
            "import pytest\na = Account('Eve')\nassert a.balance == 0\na.deposit(50)\nassert a.balance == 50\n"
            "assert a.withdraw(20) == 20\nassert a.balance == 30\nassert repr(a) == \"Account('Eve', 30)\"",
            "t_account",
            2,
        ),
        checks_cell(
            f"{HIDDEN}\nimport pytest\nb = Account('Bob', 10)\nwith pytest.raises(RuntimeError, match='insufficient'):\n"
            "    b.withdraw(11)\nassert b.balance == 10\nwith pytest.raises(ValueError):\n    b.deposit(-5)\n"
            f"assert b.balance == 10\n{END}",
            "t_account_errors",
            2,
        ),
    ),
    right={
        "account": "class Account:\n    def __init__(self, owner, balance=0):\n        self.owner, self.balance = owner, balance\n"
        "    def deposit(self, n):\n        if not n > 0: raise ValueError(n)\n        self.balance = self.balance + n\n"
        "    def withdraw(self, n):\n        if self.balance < n: raise RuntimeError('insufficient funds, sorry')\n"
        "        self.balance -= n\n        return n\n"
        "    def __repr__(self): return 'Account({!r}, {})'.format(self.owner, self.balance)"
    },
    wrong={
        "account": "class Account:\n    def __init__(self, owner, balance=0):\n        self.owner, self.balance = owner, balance\n"
        "    def deposit(self, n): self.balance += n\n"
        "    def withdraw(self, n):\n        self.balance -= n\n        return n\n"
        "    def __repr__(self): return 'Account({!r}, {})'.format(self.owner, self.balance)"
    },
    lost=("t_account_errors",),
)

HELPERS = Assignment(
    cells=(
        text_cell("# Week 4: dictionaries"),
        code_cell("from collections import Counter\nimport string", "imports"),
        locked_cell(
            "def check_all(function, cases):\n    for arguments, expected in cases:\n"
            "        got = function(*arguments)\n        assert got == expected, f'{arguments}: {got!r}'\n",
            "helpers",
        ),
        answer_cell(
            "def letter_counts(text):\n    return dict(Counter(c for c in text.lower() if c in string.ascii_lowercase))",
            "letter_counts",
        ),
        answer_cell(
            "def most_common(text):\n    counts = letter_counts(text)\n    return max(counts, key=counts.get)", "most"
        ),
        checks_cell(
            "# Tests for both parts\ncases = [(('Abba',), {'a': 2, 'b': 2}), (('x y!',), {'x': 1, 'y': 1})]\n"
            "def check_one(case):\n    (text,), expected = case\n    assert letter_counts(text) == expected, 'counts'\n"
            "for case in cases:\n    check_one(case)\ncheck_one((('',), {}))\nprint('All tests passed')",
            "t_counts",
        ),
        checks_cell(
            "assert most_common('hello') == 'l'\n# BEGIN HIDDEN TESTS\nwords = ['Mississippi', 'banana']\n"
            "assert [most_common(w) in 'is' for w in words] == [True, False]\n# END HIDDEN TESTS",
            "t_most",
        ),
    ),
    right={
        "letter_counts": "def letter_counts(text):\n    out = {}\n    for c in text.lower():\n"
        "        if c.isalpha(): out[c] = out.get(c, 0) + 1\n    return out",
        "most": "def most_common(t): return Counter(letter_counts(t)).most_common(1)[0][0]",
    },
    wrong={"letter_counts": "def letter_counts(text): return dict(Counter(text))"},
    lost=("t_counts",),
)

BY_HAND = Assignment(
    cells=(
        text_cell("# Essay and plot"),
        answer_cell("def compound(p, rate, years):\n    return p * (1 + rate) ** years", "compound"),
        checks_cell(
            "assert round(compound(100, 0.05, 2), 2) == 110.25\nassert compound(100, 0.0, 9) == 100", "t_compound"
        ),
        manual_cell("It grows because interest earns interest. ### BEGIN SOLUTION\nKEY\n### END SOLUTION", "why", 3),
        manual_cell("rates = [0.01, 0.05]\n[compound(1, r, 10) for r in rates]", "compare", 2, "code"),
        task_cell(
            "Draw a diagram of your savings.\n\n=== BEGIN MARK SCHEME ===\nKEY\n=== END MARK SCHEME ===", "diagram"
        ),
    ),
    right={"compound": "def compound(p, r, n):\n    for _ in range(n): p += p * r\n    return p"},
    wrong={"compound": "def compound(p, r, n): return p * (1 + r * n)"},
    lost=("t_compound",),
    manual=("why", "compare", "diagram"),
)

DATA = Assignment(
    cells=(
        text_cell("# Rainfall"),
        locked_cell("import csv\nwith open('data/rain.csv') as file:\n    rows = list(csv.DictReader(file))", "load"),
        answer_cell("def wet_days(rows, limit=1.0):\n    return sum(float(r['mm']) > limit for r in rows)", "wet_days"),
        checks_cell("assert wet_days(rows) == 2\nassert wet_days(rows, 0) == 3\nassert wet_days([]) == 0", "t_wet"),
        answer_cell(
            "def by_town(path):\n    totals = {}\n    for r in csv.DictReader(open(path)):\n"
            "        totals[r['town']] = totals.get(r['town'], 0) + float(r['mm'])\n    return totals",
            "by_town",
        ),
        checks_cell(
            "assert by_town('data/rain.csv') == {'Brest': 12.5, 'Nice': 0.5}\n"
            f"{HIDDEN}\nassert sorted(by_town('data/rain.csv')) == ['Brest', 'Nice']\n{END}",
            "t_town",
        ),
    ),
    right={
        "wet_days": "def wet_days(rows, limit=1.0):\n    n = 0\n    for r in rows:\n        if float(r['mm']) > limit: n += 1\n"
        "    return n",
        "by_town": "from collections import defaultdict\ndef by_town(path):\n    out = defaultdict(float)\n"
        "    with open(path) as f:\n        next(f)\n        for line in f:\n            t, mm = line.strip().split(',')\n"
        "            out[t] += float(mm)\n    return dict(out)",
    },
    wrong={"by_town": "def by_town(path): return {'Brest': 12.5}"},
    lost=("t_town",),
    files={"data/rain.csv": "town,mm\nBrest,4.5\nNice,0.5\nBrest,8.0\n"},
)

MODULES = Assignment(
    cells=(
        text_cell("# A module beside the notebook"),
        locked_cell("from helpers import SCALE, same"),
        answer_cell("def scaled(xs):\n    return [x * SCALE for x in xs]", "scaled"),
        checks_cell("same(scaled([1, 2]), [3, 6])\nassert scaled([SCALE]) == [9]\nassert scaled([]) == []", "t_scaled"),
    ),
    right={"scaled": "import helpers\ndef scaled(xs): return [helpers.SCALE * x for x in xs]"},
    wrong={"scaled": "def scaled(xs): return [x * 2 for x in xs]"},
    lost=("t_scaled",),
    files={"helpers.py": "SCALE = 3\ndef same(a, b):\n    assert a == b, f'{a} is not {b}'\n"},
)

VARIABLES = Assignment(
    cells=(
        text_cell("# Warm up: values"),
        locked_cell("heights = [1.62, 1.75, 1.80, 1.83]"),
        text_cell("Store the mean of `heights` in `mean_height`."),
        answer_cell("mean_height = sum(heights) / len(heights)", "mean"),
        checks_cell("assert isinstance(mean_height, float)\nassert abs(mean_height - 1.75) < 0.001", "t_mean"),
        answer_cell("tall = [h for h in heights if h > 1.7]\ncount = len(tall)", "tall"),
        checks_cell("assert tall == [1.75, 1.8, 1.83]\nassert count == len(tall) and count == 3", "t_tall"),
    ),
    right={
        "mean": "import statistics\nmean_height = statistics.mean(heights)",
        "tall": "tall = heights[1:]\ncount = 3",
    },
    wrong={"mean": "mean_height = 2", "tall": "tall = sorted(heights)[1:]\ncount = 4"},
    lost=("t_mean", "t_tall"),
)

PRINTED = Assignment(
    cells=(
        text_cell("# Printing"),
        answer_cell(
            "def countdown(n):\n    for i in range(n, 0, -1):\n        print(i)\n    print('Lift off!')", "countdown"
        ),
        checks_cell(
            "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\nwith redirect_stdout(out):\n"
            "    countdown(3)\nassert out.getvalue().split('\\n')[:3] == ['3', '2', '1'], 'numbers'\n"
            "assert 'Lift off!' in out.getvalue(), 'last words'",
            "t_countdown",
        ),
    ),
    right={"countdown": "def countdown(n):\n    while n:\n        print(n)\n        n -= 1\n    print('Lift off!')"},
    wrong={"countdown": "def countdown(n):\n    print('\\n'.join(map(str, range(n))))\n    print('Lift off!')"},
    lost=("t_countdown",),
)

USES = Assignment(
    cells=(
        text_cell("# Reuse"),
        answer_cell("def is_leap(y):\n    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)", "is_leap"),
        checks_cell(
            "assert is_leap(2024) and is_leap(2000)\nassert not is_leap(1900)\nassert not is_leap(2023)", "t_leap"
        ),
        answer_cell("def days_in(year):\n    return 366 if is_leap(year) else 365", "days_in"),
        checks_cell("assert days_in(2024) == 366\nassert days_in(1900) == 365", "t_days"),
        checks_cell(
            '"""days_in has to call is_leap"""\nkept = is_leap\ndel is_leap\ntry:\n    days_in(2000)\n'
            "except NameError:\n    pass\nelse:\n    raise AssertionError('days_in does not use is_leap')\n"
            "finally:\n    is_leap = kept",
            "t_uses",
        ),
    ),
    right={"days_in": "def days_in(y):\n    return 365 + is_leap(y)"},
    wrong={"days_in": "def days_in(y):\n    return 366 if y % 4 == 0 and (y % 100 or y % 400 == 0) else 365"},
    lost=("t_uses",),
    in_kernel=("t_uses",),
)

FRAMES = Assignment(
    cells=(
        text_cell("# Data frames"),
        locked_cell(
            "import pandas as pd\nfrom pandas.testing import assert_frame_equal\n"
            "sales = pd.DataFrame({'shop': ['A', 'B', 'A'], 'sold': [3, 5, 4]})"
        ),
        answer_cell("def per_shop(df):\n    return df.groupby('shop', as_index=False)['sold'].sum()", "per_shop"),
        checks_cell(
            "expected = pd.DataFrame({'shop': ['A', 'B'], 'sold': [7, 5]})\nassert_frame_equal(per_shop(sales), expected)\n"
            "assert per_shop(sales.iloc[:1]).loc[0, 'sold'] == 3",
            "t_shops",
        ),
    ),
    right={"per_shop": "def per_shop(df):\n    return df.groupby('shop').agg({'sold': 'sum'}).reset_index()"},
    wrong={"per_shop": "def per_shop(df):\n    return df.groupby('shop')['sold'].sum()"},
    lost=("t_shops",),
)

ALL = {name.lower(): value for name, value in list(globals().items()) if isinstance(value, Assignment)}


def written(folder: Path, assignment: Assignment) -> Exercise:
    """The assignment as a file with its data; only the data is declared, where there is any."""
    for name, text in assignment.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    path = folder / "assignment.ipynb"
    tutor = {"files": list(assignment.files)} if assignment.files else {}
    path.write_text(notebook(*assignment.cells, **tutor))
    return read_exercise(path)


async def graded(exercise: Exercise, proof: Proof, grader: WorkerGrader, answers: dict[str, str]) -> Verdict:
    """The learner's copy, filled in and handed in as a file would be."""
    copy = json.loads(json.dumps(release(exercise)))
    for cell in copy["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    return await grade(exercise, proof, read_submission(json.dumps(copy)), grader)


@pytest.mark.parametrize("name", ALL)
async def test_an_assignment_is_checked_released_and_graded(name: str, grader: WorkerGrader, tmp_path: Path) -> None:
    assignment = ALL[name]
    exercise = written(tmp_path, assignment)
    proof = await prove(exercise, grader)
    assert proof.problems == ()
    assert proof.in_kernel == set(assignment.in_kernel)

    text = json.dumps(release(exercise))
    for secret in ("BEGIN SOLUTION", "BEGIN HIDDEN", "MARK SCHEME", "KEY"):
        assert secret not in text

    right = await graded(exercise, proof, grader, exercise.reference() | assignment.right)
    assert (right.passed, right.points, right.manual) == (True, right.max_points, assignment.manual), right.checks
    wrong = await graded(exercise, proof, grader, exercise.reference() | assignment.right | assignment.wrong)
    lost = {check.name.rpartition("/")[0] for check in wrong.checks if check.points < check.max_points}
    assert (wrong.passed, lost) == (False, set(assignment.lost)), wrong.checks


async def test_an_old_notebook_without_points_is_graded_all_the_same(grader: WorkerGrader) -> None:
    """Format 3 and nbgrader's first schema, as courses of 2015 have them."""

    def cell(source: str, **nbgrader: object) -> dict:
        data = {"nbgrader": nbgrader} if nbgrader else {}
        return {"cell_type": "code", "language": "python", "input": source.splitlines(True), "metadata": data}

    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Squares"], "metadata": {}},
        cell("def square(n):\n    return n * n", grade=False, solution=True, grade_id="square", points=""),
        cell("square(3)"),
        cell("assert square(3) == 9\nassert square(-2) == 4", grade=True, solution=False, grade_id="test"),
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    exercise = parse_exercise(json.dumps(old), Path("old.ipynb"))
    assert exercise.metadata.title == "Squares"
    proof = await prove(exercise, grader)
    assert proof.problems == ()
    right = await graded(exercise, proof, grader, {"square": "def square(n): return n ** 2"})
    wrong = await graded(exercise, proof, grader, {"square": "def square(n): return 2 * n"})
    assert (right.passed, right.max_points, right.score) == (True, 0, 100)
    assert (wrong.passed, wrong.criteria["correctness"]) == (False, 0)


async def test_a_cell_that_stops_is_named_as_people_count_and_with_what_to_do(grader: WorkerGrader) -> None:
    cells = (
        text_cell("# Data"),
        locked_cell("from nose.tools import ok_\nimport no_such_module"),
        locked_cell("rows = open('rows.csv').read()", "load"),
        answer_cell("def f(x): return x + 1", "f"),
        checks_cell("ok_(f(1) == 2)", "t"),
    )
    proof = await prove(parse_exercise(notebook(*cells), Path("data.ipynb")), grader)
    assert proof.problems == (
        "cell 2 (setup) of the reference stops with ModuleNotFoundError: No module named 'no_such_module' "
        "(install it where the grader runs, or name the module's file in `tutor.files`)",
        "cell 3 (load) of the reference stops with FileNotFoundError: [Errno 2] No such file or directory: 'rows.csv' "
        "(a data file has to be named in `tutor.files`; `jupyter tutor import` does that)",
    )
