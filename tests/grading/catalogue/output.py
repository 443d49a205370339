"""What is printed, read, drawn by lot, and timed."""

from catalogue.case import Case

CAPTURE = """import contextlib, io
def printed(f, *a):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        f(*a)
    return out.getvalue()
"""

CASES = [
    Case(
        "printed output",
        "def greet(n): print('Hello', n)",
        CAPTURE + "assert printed(greet, 'Ada') == 'Hello Ada\\n'\nassert printed(greet, '') == 'Hello \\n'",
        wrong=("def greet(n): return 'Hello ' + n", "def greet(n): print('hello', n)"),
    ),
    Case(
        "output of objects and loops",
        "class Bell:\n    def ring(self, n):\n        for i in range(n): print('ding', end=' ')",
        CAPTURE + "b = Bell()\nassert printed(b.ring, 2) == 'ding ding '\nassert printed(b.ring, 0) == ''",
        wrong=("class Bell:\n    def ring(self, n): print('ding')",),
    ),
    Case(
        "standard error",
        "import sys\ndef warn(): print('careful', file=sys.stderr)",
        """import contextlib, io
err = io.StringIO()
with contextlib.redirect_stderr(err):
    warn()
assert err.getvalue() == 'careful\\n'""",
        wrong=("def warn(): print('careful')",),
    ),
    Case(
        "output between callbacks",
        "def steps(f):\n    print('a')\n    f()\n    print('b')",
        """import contextlib, io
out = io.StringIO()
with contextlib.redirect_stdout(out):
    steps(lambda: print('mid'))
assert out.getvalue() == 'a\\nmid\\nb\\n'""",
        wrong=("def steps(f):\n    f()\n    print('a\\nmid\\nb')",),
    ),
    Case(
        "an answer that is typed in",
        "def ask():\n    name = input('Name? ')\n    return f'Hi {name}'",
        """from unittest import mock
with mock.patch('builtins.input', return_value='Ada') as asked:
    got = ask()
assert got == 'Hi Ada'
assert asked.call_count == 1""",
        wrong=("def ask(): return 'Hi Ada'", "def ask(): return 'Hi ' + input() + input()"),
        but=(1,),
    ),
    Case(
        "answers from a list",
        "def add(): return int(input()) + int(input())",
        """answers = iter(['2', '3', '10', '1'])
input = lambda prompt='': next(answers)
assert add() == 5
assert add() == 11""",
        wrong=("def add(): return 5",),
        but=(1,),
    ),
    Case(
        "standard input",
        "import sys\ndef lines(): return [l.strip() for l in sys.stdin]\ndef one(): return input()",
        """import io, sys
kept = sys.stdin
sys.stdin = io.StringIO('a\\nb\\n')
got = lines()
sys.stdin = io.StringIO('x\\n')
alone = one()
sys.stdin = kept
assert got == ['a', 'b']
assert alone == 'x'""",
        wrong=("def lines(): return []\ndef one(): return ''",),
    ),
    Case(
        "chance with a seed",
        "import random\ndef roll(): return random.randint(1, 6)",
        """import random
random.seed(7)
first = [roll() for _ in range(5)]
random.seed(7)
assert [roll() for _ in range(5)] == first
random.seed(3)
want = [random.randint(1, 6) for _ in range(5)]
random.seed(3)
assert [roll() for _ in range(5)] == want
assert all(1 <= roll() <= 6 for _ in range(20))""",
        wrong=("import itertools\nc = itertools.count()\ndef roll(): return next(c)", "def roll(): return 0"),
        but=(1,),
    ),
    Case(
        "numpy's chance with a seed",
        "import numpy as np\ndef draw(): return np.random.rand(3)",
        """import numpy as np
np.random.seed(1)
want = np.random.rand(3)
np.random.seed(1)
assert (draw() == want).all()""",
        wrong=("import numpy as np\ndef draw(): return np.zeros(3)",),
    ),
    Case(
        "a generator of chance handed over",
        "def pick(rng, xs): return rng.choice(xs)",
        "import random\nassert pick(random.Random(1), [1, 2, 3]) == random.Random(1).choice([1, 2, 3])",
        in_kernel=True,
    ),
    Case(
        "times and dates",
        "import datetime, time\ndef today(): return datetime.date.today()\ndef now(): return time.time()",
        """import datetime, time
assert today() == datetime.date.today()
assert abs(now() - time.time()) < 60""",
        wrong=("import datetime\ndef today(): return datetime.date(2020, 1, 1)\ndef now(): return 0",),
    ),
    Case(
        "a clock that the test sets",
        "import time\ndef now(): return time.time()",
        "from unittest import mock\nwith mock.patch('time.time', return_value=5.0):\n    assert now() == 5.0",
        in_kernel=True,
    ),
    Case(
        "time that it takes",
        "import time\ndef wait(s): time.sleep(s)",
        "import time\nstart = time.perf_counter()\nwait(0.3)\nassert time.perf_counter() - start >= 0.3",
        wrong=("def wait(s): pass",),
    ),
    Case(
        "dates and zones",
        """import datetime as d
def leap(): return d.date(2024, 2, 28) + d.timedelta(days=1)
def utc(): return d.datetime(2024, 1, 1, tzinfo=d.timezone.utc)
def at(): return d.time(9, 30)""",
        """import datetime as d
assert leap() == d.date(2024, 2, 29)
assert utc().utcoffset() == d.timedelta(0)
assert at().hour == 9""",
        wrong=(
            """def leap(): return '2024-02-29'
import datetime as d
def utc(): return d.datetime(2024, 1, 1)
def at(): return 9""",
        ),
    ),
]
