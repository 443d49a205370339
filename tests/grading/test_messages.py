"""What a beginner reads when a check does not hold: the call, what came back, what was expected, where they differ."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
case = importlib.import_module("catalogue.case")


@pytest.fixture(scope="module")
def player() -> Iterator[object]:
    running = case.Player()
    yield running
    running.close()


def said(player: object, reference: str, checks: str, answer: str, setup: str = "") -> list[str]:
    told = case.Case("message", reference, checks, setup=setup)
    outcomes, places = player.run(told, None, None)
    assert {o["status"] for o in outcomes} == {"passed"}, outcomes
    return [o["message"] for o in player.run(told, answer, frozenset(places))[0]]


IDENTITY = "def f(x): return x"
FRAME = "import pandas as pd\ndef f(): return pd.DataFrame({'a': [1, 2]})"


@pytest.mark.parametrize(
    ("reference", "check", "answer", "message"),
    [
        (IDENTITY, "assert f(1) == 1", "def f(x): return 2", "f(1) gave 2, expected 1."),
        (IDENTITY, "assert 1 == f(1)", "def f(x): return 2", "f(1) gave 2, expected 1."),
        (IDENTITY, "assert 1 < f(2)", "def f(x): return 0", "f(2) gave 0, expected more than 1."),
        (IDENTITY, "assert 1 < f(2) < 3", "def f(x): return 5", "f(2) gave 5, expected less than 3."),
        (IDENTITY, "assert f(1) == 1 and f(2) == 2", "def f(x): return 1", "f(2) gave 1, expected 2."),
        (IDENTITY, "assert f(True)", "def f(x): return False", "f(True) gave False, expected True."),
        (IDENTITY, "assert not f(False)", "def f(x): return True", "f(False) gave True, expected False."),
        (IDENTITY, "x = f(1)\nassert x == 1", "def f(x): return 2", "x is 2, expected 1."),
        (IDENTITY, "assert f(1) in (1, 2)", "def f(x): return 3", "f(1) gave 3, expected one of (1, 2)."),
        (IDENTITY, "assert f(1) != 2", "def f(x): return 2", "f(1) gave 2, expected anything but 2."),
        (
            IDENTITY,
            "assert f(1) == 1",
            "def f(x): print(x)",
            "f(1) gave None, expected 1: a function without `return` gives None.",
        ),
        (
            IDENTITY,
            "assert f('1') == '1'",
            "def f(x): return int(x)",
            "f('1') gave 1, expected '1': an int, not a str.",
        ),
        (
            "def f(n): return list(range(n))",
            "assert len(f(30)) == 30\nassert f(30)[:20] == list(range(20))",
            "def f(n): return [i if i != 17 else -1 for i in range(n)]",
            "item 17 is -1, expected 17.",
        ),
        (
            "def f(): return {i: i for i in range(20)}",
            "assert f() == {i: i for i in range(20)}",
            "def f(): return {i: i for i in range(19)}",
            "the key 19 is missing.",
        ),
        (
            "def f(): return 'a\\nb\\nc'",
            "assert f() == 'a\\nb\\nc'",
            "def f(): return 'a\\nB\\nc'",
            "line 2 is 'B', expected 'b'.",
        ),
        (
            "import numpy as np\ndef f(): return np.arange(3)",
            "import numpy as np\nnp.testing.assert_array_equal(f(), [0, 1, 2])",
            "import numpy as np\ndef f(): return np.array([0, 1, 5])",
            "f() is not as expected:\nArrays are not equal",
        ),
        (
            FRAME,
            "import pandas as pd\npd.testing.assert_frame_equal(f(), pd.DataFrame({'a': [1, 2]}))",
            FRAME.replace("2", "3"),
            "[left]:  [1, 3]",
        ),
        (
            "class A:\n    @property\n    def size(self): return 3",
            "assert A().size == 3",
            "class A:\n    def size(self): return 3",
            "expected 3: that is a function, which is still to be called.",
        ),
    ],
)
def test_a_message_says_what_came_back_and_where_it_differs(
    player: object, reference: str, check: str, answer: str, message: str
) -> None:
    assert message in said(player, reference, check, answer)[-1]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return [][1]", "A position was asked for that the list or text does not have"),
        ("return {}['k']", "The dictionary has no such key"),
        ("return None + x", "One of the values was None"),
        ("return None.x", "The value was None here"),
        ("y = y + 1", "A variable was used in a function before it got a value there."),
        ("return f(x)", "A function called itself again and again"),
        ("return int('a')", "A text that is no number was turned into one."),
        ("return nothing", "This name has no value"),
        ("return x / 0", "A number was divided by zero"),
        ("a, b = [x]", "The number of names on the left is not that of the values on the right."),
        ("return len(x)", "A value has another type than this line needs."),
        ("return open('no.txt')", "There is no such file"),
    ],
)
def test_an_error_comes_with_its_line_and_a_sentence(player: object, line: str, words: str) -> None:
    (message,) = said(player, IDENTITY, "assert f(1) == 1", f"def f(x):\n    {line}")
    assert message.startswith("f(1) stopped with ")
    assert f", on line 2 of f: {line}" in message
    assert words in message.splitlines()[1]


def test_asserts_in_loops_helpers_and_blocks_explain_themselves(player: object) -> None:
    checks = """
for x in (1, 2, 3):
    assert f(x) == x * x
with open('/dev/null'):
    if True:
        assert f(4) == 16, 'four'
check(5, 25)
"""
    setup = "def check(x, want):\n    assert f(x) == want, f'about {x}'"
    assert said(player, "def f(x): return x * x", checks, "def f(x): return x + x", setup) == [
        "f(1) gave 2, expected 1.",
        "four\nf(4) gave 8, expected 16.",
        "about 5: f(5) gave 10, expected 25.",
    ]


def test_after_a_hidden_check_nothing_shows_that_learner_code_hands_out(player: object) -> None:
    checks = (
        "### BEGIN HIDDEN TESTS\nassert f(4141) == 4141\n### END HIDDEN TESTS\nassert 1 == f(1)\nassert f([1]) == [1]"
    )
    keeps = "seen = []\ndef f(x):\n    seen.append(x)\n    if x == [1]: x.append(seen[0])\n    return seen[0]"
    messages = said(player, IDENTITY, checks, keeps)
    assert messages == [
        "a hidden case",
        "f(1) gave something else, expected 1.",
        "f([1]) gave something else, expected [1].",
    ]
