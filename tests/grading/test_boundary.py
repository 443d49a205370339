"""The boundary between judge and player: what crosses, what is refused, what learners read."""

import pytest

from jupyter_tutor.exercises.merge import with_answers
from jupyter_tutor.grading.job import Limits, Run
from jupyter_tutor.grading.plan import plan
from jupyter_tutor.sandbox.grader import WorkerGrader
from jupyter_tutor.testing import answer_cell, authored, checks_cell, locked_cell

QUICK = Limits(submission=25, check=4)


async def run(grader: WorkerGrader, reference: str, checks: str, *learner: str, setup: str = "") -> list[Run]:
    """The reference's run and then that of each learner's answer, with the reference's places."""
    before = [locked_cell(setup)] if setup else []
    exercise = authored(*before, answer_cell(reference), checks_cell(checks))
    first = await grader.run(plan(exercise, with_answers(exercise, exercise.reference()), None))
    runs = [first]
    for source in learner:
        merged = with_answers(exercise, {"answer": source})
        runs.append(await grader.run(plan(exercise, merged, first.places, limits=QUICK)))
    return runs


def statuses(run: Run) -> list[str]:
    return [o.status for o in run.outcomes]


VALUES = """
import datetime, decimal, fractions, collections, math
def give(): return [None, True, 1, -2**80, 1.5, 2+3j, "é\\ud800", b"\\x00\\xff", bytearray(b"ab"), (1, (2,)), {1, 2},
    frozenset({3}), {"a": [1], 2: None}, range(3), slice(1, None, 2), ..., decimal.Decimal("1.10"),
    fractions.Fraction(1, 3), datetime.date(2024, 2, 29), datetime.datetime(2024, 1, 1, 12, 30),
    datetime.timedelta(days=1, seconds=2), collections.Counter("aab"), collections.OrderedDict(a=1),
    collections.defaultdict(int, b=2), collections.deque([1], 3)]
def nan(): return float("nan")
def inf(): return -float("inf")
def same(x): return x
def shared():
    row = [0]
    return [row, row]
def cycle():
    ring = [1]
    ring.append(ring)
    return ring
"""


async def test_every_plain_type_crosses_by_value_and_comes_back_as_itself(grader: WorkerGrader) -> None:
    checks = """
import collections, datetime, decimal, fractions, math
values = give()
assert [type(v).__name__ for v in values] == [
    "NoneType", "bool", "int", "int", "float", "complex", "str", "bytes", "bytearray", "tuple", "set", "frozenset",
    "dict", "range", "slice", "ellipsis", "Decimal", "Fraction", "date", "datetime", "timedelta", "Counter",
    "OrderedDict", "defaultdict", "deque"]
assert values[3] == -2**80 and values[5] == 2+3j and values[6] == "é\\ud800" and values[9] == (1, (2,))
assert values[16] == decimal.Decimal("1.10") and values[18] == datetime.date(2024, 2, 29) and values[23]["zzz"] == 0
assert same(values) == values
assert math.isnan(nan()) and inf() == -math.inf
rows = shared()
rows[0].append(1)
assert rows[1] == [0, 1]
ring = cycle()
assert ring[1] is ring
assert same(True) is True and same(1) is not True and same(1) == True
"""
    (reference,) = await run(grader, VALUES, checks)
    assert statuses(reference) == ["passed"] * 8, reference.outcomes


async def test_numpy_and_pandas_cross_by_value(grader: WorkerGrader) -> None:
    reference = """
import numpy as np, pandas as pd
def array(): return np.arange(6, dtype="int16").reshape(2, 3)
def scalar(): return np.float32(0.1)
def words(): return np.array(["a", None], dtype=object)
def double(a):
    a *= 2
    return a
def frame(): return pd.DataFrame({"n": [1, 2], "w": ["x", None]}, index=["i", "j"])
def column(df): return df["n"] * 2
"""
    checks = """
import numpy as np, pandas as pd
np.testing.assert_array_equal(array(), [[0, 1, 2], [3, 4, 5]])
assert array().dtype == np.int16 and type(scalar()) is np.float32 and float(scalar()) != 0.1
assert words().tolist() == ["a", None]
data = np.ones(3)
assert double(data) is data
assert data.tolist() == [2, 2, 2]
pd.testing.assert_frame_equal(frame(), pd.DataFrame({"n": [1, 2], "w": ["x", None]}, index=["i", "j"]))
assert column(pd.DataFrame({"n": [1, 5]})).tolist() == [2, 10]
"""
    (result,) = await run(grader, reference, checks)
    assert set(statuses(result)) == {"passed"}, result.outcomes


async def test_arguments_changed_in_place_are_written_back_and_keep_their_identity(grader: WorkerGrader) -> None:
    reference = """
def sort(xs):
    xs.sort()
    return xs
def grow(d):
    d["new"] = d
    d["list"].append([1])
"""
    checks = """
data = [3, 1, 2]
assert sort(data) is data
assert data == [1, 2, 3]
d = {"list": []}
inner = d["list"]
grow(d)
assert d["new"] is d and d["list"] is inner and inner == [[1]]
"""
    (result,) = await run(grader, reference, checks)
    assert statuses(result) == ["passed"] * 3, result.outcomes


async def test_learner_classes_generators_and_operators_act_through_handles(grader: WorkerGrader) -> None:
    reference = """
class Money:
    def __init__(self, cents): self.cents = cents
    def __eq__(self, other): return isinstance(other, Money) and self.cents == other.cents
    def __hash__(self): return hash(self.cents)
    def __add__(self, other): return Money(self.cents + other.cents)
    def __lt__(self, other): return self.cents < other.cents
    def __repr__(self): return f"Money({self.cents})"
    def __len__(self): return self.cents
    def __getitem__(self, i): return i
    def __contains__(self, i): return i == 1
    def __enter__(self): return self
    def __exit__(self, *args): self.cents = 0
class Purse(Money):
    pass
def count(n):
    for i in range(n):
        yield i
"""
    checks = """
a, b = Money(1), Money(2)
assert (a + b == Money(3)) is True
assert (a == b) is False
assert a < b and not b < a
assert sorted([b, a])[0] is a
assert {Money(1), Money(1)} == {Money(1)}
assert repr(a) == "Money(1)" and len(b) == 2 and a[7] == 7 and (1 in a) is True
with b as inside:
    inside.cents = 9
assert b.cents == 0
assert isinstance(a, Money) and not isinstance(a, Purse) and issubclass(Purse, Money)
assert list(count(3)) == [0, 1, 2] and sum(count(4)) == 6
walk = count(2)
assert next(walk) == 0 and next(walk) == 1 and next(walk, "end") == "end"
"""
    (result,) = await run(grader, reference, checks)
    assert set(statuses(result)) == {"passed"}, result.outcomes


async def test_exceptions_cross_with_type_and_message_also_learner_made_ones(grader: WorkerGrader) -> None:
    reference = """
class Overdrawn(ValueError):
    pass
class Deep(Overdrawn):
    pass
def withdraw(n):
    raise Deep(f"short of {n}")
def key():
    return {}["x"]
def stop():
    raise SystemExit(3)
"""
    checks = """
import pytest
with pytest.raises(Overdrawn, match="short of 5"):
    withdraw(5)
with pytest.raises(ValueError):
    withdraw(1)
with pytest.raises(KeyError):
    key()
try:
    key()
except KeyError as error:
    caught = str(error)
assert caught == "'x'"
with pytest.raises(SystemExit):
    stop()
"""
    (result,) = await run(grader, reference, checks)
    assert set(statuses(result)) == {"passed"}, result.outcomes


async def test_test_functions_are_called_back_even_when_they_call_the_learner_in_turn(grader: WorkerGrader) -> None:
    reference = """
def double(x): return 2 * x
def apply(f, xs): return [f(x) for x in xs]
def catch(f):
    try:
        f()
    except ValueError as error:
        return str(error)
"""
    checks = """
def fail():
    raise ValueError("from the test")
assert apply(lambda x: double(x) + 1, [1, 2]) == [3, 5]
assert apply(len, ["a", "bc"]) == [1, 2]
assert apply(double, [4]) == [8]
assert catch(fail) == "from the test"
seen = []
assert apply(seen.append, [1, 2]) == [None, None]
assert seen == [1, 2]
"""
    (result,) = await run(grader, reference, checks)
    assert statuses(result) == ["passed"] * 6, result.outcomes


async def test_printed_output_is_replayed_in_the_judge(grader: WorkerGrader) -> None:
    checks = """
import contextlib, io
out = io.StringIO()
with contextlib.redirect_stdout(out):
    greet("Ada")
assert out.getvalue() == "Hello Ada\\n"
"""
    (result,) = await run(grader, "def greet(name): print('Hello', name)", checks)
    assert statuses(result) == ["passed"], result.outcomes


async def test_values_from_setup_cells_are_the_authors_and_answers_computed_from_them_the_learners(
    grader: WorkerGrader,
) -> None:
    checks = "assert total == sum(prices)\nassert prices == [1, 2, 3]"
    reference, cheated = await run(
        grader, "total = sum(prices)", checks, "prices = [0]\ntotal = 0", setup="import math\nprices = [1, 2, 3]"
    )
    assert statuses(reference) == ["passed", "passed"]
    assert statuses(cheated) == ["failed", "passed"]


IMPOSTOR = """
class Yes:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __bool__(self): return True
    def __sub__(self, other): return 0
    __add__ = __rsub__ = __abs__ = __round__ = lambda self, *a: 0
    def __contains__(self, item): return True
    def __getattr__(self, name): return lambda *a: True
    def __hash__(self): return 0
"""


@pytest.mark.parametrize(
    "check",
    [
        "assert f(1) == 2",
        "assert 2 == f(1)",
        "assert not f(1) != 2",
        "assert [f(1)] == [2]",
        "assert f(1) in (2, 3)",
        "assert abs(f(1) - 2) < 0.1",
        "assert 1 < f(1) < 3",
        "assert f(1).bit_length() == 2",
        "assert bool(f(1))",
        "assert {f(1): 1} == {2: 1}",
        "assert isinstance(f(1), int)",
        "assert f(1) + 1 == 3",
        "assert max(f(1), 1) == 2",
    ],
)
async def test_an_object_that_says_yes_to_everything_fails(grader: WorkerGrader, check: str) -> None:
    reference, impostor = await run(grader, "def f(x): return x + 1", check, IMPOSTOR + "def f(x): return Yes()")
    assert statuses(reference) == ["passed"], reference.outcomes
    assert statuses(impostor)[0] in ("failed", "errored"), impostor.outcomes


@pytest.mark.parametrize(
    "trick",
    [
        "import builtins\nbuiltins.AssertionError = Exception\nbuiltins.all = lambda x: True\ndef f(x): return 0",
        """
import sys
def f(x):
    for frame in sys._current_frames().values():
        while frame:
            for v in frame.f_locals.values():
                if isinstance(v, int) and v == 2: return 0
            frame = frame.f_back
    return 0
""",
        """
import sys
class Agent:
    pass
agent = sys.modules['jupyter_tutor_agent'].AGENT
agent.answer = lambda r: '{"nonce": "' + r['nonce'] + '", "value": true}'
def f(x): return 0
""",
        "import sys\nsys.modules['jupyter_tutor_agent'].answer = lambda t: t\ndef f(x): return 0",
        "import sys\nsys.modules['jupyter_tutor_agent'].answer = lambda t: None\ndef f(x): return 0",
        "import sys\nsys.modules['jupyter_tutor_agent'].answer = lambda t: '[' * 100000\ndef f(x): return 0",
        "def f(x):\n    print('{\"value\": 2}')\n    return 0",
        """
from IPython.display import display
def f(x):
    display({'application/json': '2'}, raw=True)
    return 0
""",
        "def f(x): raise SystemExit(0)",
        "def f(x): raise AssertionError",
        "def f(x): return f",
        "class f(int):\n    pass",
    ],
)
async def test_tampering_never_makes_a_wrong_answer_pass(grader: WorkerGrader, trick: str) -> None:
    _, cheated = await run(grader, "def f(x): return x + 1", "assert f(1) == 2\nassert f(5) == 6", trick)
    assert "passed" not in statuses(cheated), cheated.outcomes


async def test_leaving_the_process_fails_what_was_not_reached(grader: WorkerGrader) -> None:
    _, left = await run(
        grader, "def f(x): return x", "assert f(1) == 1\nassert f(2) == 2", "import os\ndef f(x): os._exit(0)"
    )
    assert left.ending == "killed"
    assert statuses(left) == ["errored", "not_reached"]
    assert "ended the Python process" in left.outcomes[0].message


async def test_leaving_the_process_in_the_notebook_reaches_no_check(grader: WorkerGrader) -> None:
    _, left = await run(grader, "def f(x): return x", "assert f(1) == 1", "import os\nos._exit(0)")
    assert (left.ending, statuses(left)) == ("killed", ["not_reached"])


async def test_an_endless_call_is_stopped_and_the_rest_goes_on(grader: WorkerGrader) -> None:
    looping = "def f(x):\n    while x == 1: pass\n    return x"
    checks = "assert f(1) == 1\nassert f(2) == 2\nwaited = f(1)\nassert waited == 1"
    _, stopped = await run(grader, "def f(x): return x", checks, looping)
    assert statuses(stopped) == ["timed_out", "passed", "not_reached"]
    assert "f(1) took too long and was stopped" in stopped.outcomes[0].message


async def test_a_call_that_ignores_the_stop_is_ended(grader: WorkerGrader) -> None:
    stubborn = """
def f(x):
    while True:
        try:
            while True: y = sum([x, x])
        except BaseException: y = 0
"""
    _, ended = await run(grader, "def f(x): return x", "assert f(1) == 1\nassert f(2) == 2", stubborn)
    assert (ended.ending, statuses(ended)) == ("timed_out", ["timed_out", "not_reached"])


async def test_a_cell_that_never_ends_is_a_timeout_with_a_reason(grader: WorkerGrader) -> None:
    exercise = authored(answer_cell("def f(x): return x"), checks_cell("assert f(1) == 1"))
    merged = with_answers(exercise, {"answer": "while True: pass"})
    endless = await grader.run(plan(exercise, merged, (), limits=Limits(submission=2, check=1)))
    assert (endless.ending, statuses(endless)) == ("timed_out", ["not_reached"])
    assert "loop that does not end" in endless.outcomes[0].message


async def test_a_value_too_large_or_too_deep_is_an_error_of_its_check_alone(grader: WorkerGrader) -> None:
    wild = """
def f(x):
    if x == 1: return "a" * 50_000_000
    if x == 2:
        deep = []
        for _ in range(5000): deep = [deep]
        return deep
    if x == 3: return list(range(1_000_000))
    return x
"""
    checks = "\n".join(f"assert f({n}) == {n}" for n in (1, 2, 3, 4))
    _, result = await run(grader, "def f(x): return x", checks, wild)
    assert statuses(result) == ["errored", "errored", "errored", "passed"], result.outcomes


async def test_what_learners_read_names_the_call_what_came_back_and_what_was_expected(grader: WorkerGrader) -> None:
    checks = """
assert mean([1, 2]) == 1.5, "two numbers"
assert mean([]) == 0, "no numbers"
import pytest
with pytest.raises(ValueError):
    mean("abc")
assert median([1]) == 1, "one number"
data = mean([])
assert data == 0, "stored"
"""
    reference = """
def mean(xs):
    if xs == 'abc': raise ValueError
    return sum(xs) / len(xs) if xs else 0
def median(xs): return xs[0]
"""
    learner = "def mean(xs):\n    if xs == 'abc': return 1\n    return sum(xs) // len(xs)"
    _, result = await run(grader, reference, checks, learner)
    said = result.outcomes[1].message.partition("ZeroDivisionError: ")[2].partition(",")[0]
    assert [o.message for o in result.outcomes] == [
        "two numbers\nmean([1, 2]) gave 1, expected 1.5.",
        f"no numbers\nmean([]) stopped with ZeroDivisionError: {said}, on line 3 of mean: return sum(xs) // len(xs).\n"
        "A number was divided by zero: what should happen when the divisor is 0, or a list empty?",
        "mean('abc') was expected to raise ValueError, and raised nothing.",
        "one number\nName 'median' is not defined: your notebook does not define it, "
        "or the cell that does stopped with an error.",
        result.outcomes[4].message,
    ]
    assert result.outcomes[4].status == "not_reached"
    assert result.outcomes[4].message.startswith(
        "stored\nNot reached: before it, mean([]) stopped with ZeroDivisionError"
    )


async def test_hidden_checks_tell_their_status_and_case_and_nothing_else(grader: WorkerGrader) -> None:
    checks = """
### BEGIN HIDDEN TESTS
assert f(41) == 42, "an odd number"
assert f(43) == 44
assert f(0) == 1, "zero"
### END HIDDEN TESTS
"""
    leaky = "def f(x):\n    print('I was given', x)\n    if x == 0: raise ValueError(f'secret {x}')\n    return -7"
    _, result = await run(grader, "def f(x): return x + 1", checks, leaky)
    assert [(o.visible, o.status, o.message) for o in result.outcomes] == [
        (False, "failed", "an odd number"),
        (False, "failed", "a hidden case"),
        (False, "errored", "zero"),
    ]


async def test_results_that_learners_may_choose_freely_still_pass(grader: WorkerGrader) -> None:
    """A generator for a list, a dict view for a set, a tuple subclass that is only looked into."""
    checks = "assert list(f(3)) == [0, 1, 2]\nassert f(3)[1] == 1\nassert len(f(3)) == 3"
    reference = "def f(n): return list(range(n))"
    named = "from collections import namedtuple\nRow = namedtuple('Row', 'a b c')\ndef f(n): return Row(*range(n))"
    _, result = await run(grader, reference, checks, named)
    assert statuses(result) == ["passed"] * 3, result.outcomes


SWALLOWED = """
try:
    f(-1)
    refused = False
except:
    refused = True
assert refused
"""


@pytest.mark.parametrize(
    ("checks", "trick"),
    [
        (SWALLOWED, "import os\ndef f(x): os._exit(0)"),
        (SWALLOWED, "def f(x):\n    while True: y = x"),
        (SWALLOWED, "def f(x): return 'a' * 9_000_000"),
        ("import pytest\nwith pytest.raises(Exception):\n    f(-1)", "def f(x): return 'a' * 9_000_000"),
        ("import pytest\nwith pytest.raises(TypeError):\n    f(-1) + 1", IMPOSTOR + "def f(x): return Yes()"),
    ],
)
async def test_a_fault_of_the_boundary_is_never_the_exception_that_a_test_wants(
    grader: WorkerGrader, checks: str, trick: str
) -> None:
    refusing = "def f(x):\n    if x < 0: raise TypeError('negative')\n    return x"
    reference, cheated = await run(grader, refusing, checks, trick)
    assert set(statuses(reference)) == {"passed"}, reference.outcomes
    assert "passed" not in statuses(cheated), cheated.outcomes


async def test_helpers_and_results_of_the_author_cannot_be_redefined_in_the_notebook(grader: WorkerGrader) -> None:
    exercise = authored(
        answer_cell("def f(x): return x + 1"),
        locked_cell("def check(x, want): assert f(x) == want\nshare = sum(f(x) == x + 1 for x in range(4)) / 4"),
        checks_cell("check(1, 2)\ncheck(8, 9)\nassert share > 0.9\nassert f(3) == 4"),
    )
    first = await grader.run(plan(exercise, with_answers(exercise, exercise.reference()), None))
    assert set(statuses(first)) == {"passed"}, first.outcomes
    cheat = with_answers(exercise, {"answer": "def f(x): return 4"})
    own = "def check(*a): pass\nshare = 1.0"
    merged = type(cheat)((*cheat.cells, own), cheat.answers)
    assert statuses(await grader.run(plan(exercise, merged, first.places))) == ["failed"] * 3 + ["passed"]


async def test_a_place_where_a_handle_may_be_called_is_none_where_it_may_be_compared(grader: WorkerGrader) -> None:
    setup = "def check(g, x, want): assert g(x) == want"
    checks = "check(f, 1, 2)\ncheck(f, 8, 9)\nassert f(3) == 4"
    cheat = IMPOSTOR + "def f(x): return 4 if x == 3 else Yes()"
    reference, cheated = await run(grader, "def f(x): return x + 1", checks, cheat, setup=setup)
    assert set(statuses(reference)) == {"passed"}, reference.outcomes
    assert statuses(cheated) == ["failed", "failed", "passed"]


async def test_what_a_step_could_not_bind_is_missing_in_later_cells_too(grader: WorkerGrader) -> None:
    exercise = authored(
        answer_cell("def f(x): return 2"),
        checks_cell("best = 0\nbest = f(1)\nassert best == 2", "one"),
        checks_cell("assert best >= 0", "two"),
    )
    merged = with_answers(exercise, {"answer": "def f(x): raise ValueError"})
    places = (await grader.run(plan(exercise, with_answers(exercise, exercise.reference()), None))).places
    assert statuses(await grader.run(plan(exercise, merged, places))) == ["not_reached", "not_reached"]


HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS\n"


EARLY = HIDDEN.format("assert f(4141) == 4142") + "assert f(1) == 2"
LOOP = "for x, want in [(4141, 4142)]:\n    " + HIDDEN.format("    assert f(x) == want, f'{x} {want}'").strip()
KEEPS = "seen = []\ndef f(x):\n    seen.append(x)\n"


@pytest.mark.parametrize(
    ("checks", "learner"),
    [
        (EARLY, "import os\ndef f(x): os._exit(0)"),
        (HIDDEN.format("secret = f(4141)") + "assert secret == 4142", "def f(x): raise ValueError(x)"),
        (EARLY, KEEPS + "    return seen"),
        (EARLY, KEEPS + "    raise ValueError(seen)"),
        (LOOP, "def f(x): return 0"),
    ],
)
async def test_nothing_of_a_hidden_check_shows_in_a_visible_one(
    grader: WorkerGrader, checks: str, learner: str
) -> None:
    _, result = await run(grader, "def f(x): return x + 1", checks, learner)
    assert "passed" not in statuses(result)
    assert not any("414" in o.message for o in result.outcomes), result.outcomes


IOPUB = """
socket = get_ipython().kernel.iopub_thread.socket
def f(x):
    while True:
        try: socket.send_multipart([b'x', b'y'])
        except Exception: pass
"""


@pytest.mark.parametrize(
    "flood",
    [
        IOPUB,
        "def f(x):\n    while True: print('x' * 10_000)",
        "raise ValueError('A' * 70_000_000)",
        "print('x' * 30_000_000)\ndef f(x): return 0",
        "def f(x): raise ValueError('A' * 3_000_000)",
        "x = input('name?')\ndef f(x): return 0",
    ],
)
async def test_floods_and_questions_cost_the_submission_and_nothing_else(grader: WorkerGrader, flood: str) -> None:
    reference, flooded = await run(grader, "def f(x): return x + 1", "assert f(1) == 2", flood)
    assert statuses(reference) == ["passed"]
    assert "passed" not in statuses(flooded)
    assert flooded.duration_ms < 20_000
    assert all(len(o.message) <= 2000 for o in flooded.outcomes)
