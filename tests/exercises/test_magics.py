"""IPython's own lines are taken out of a cell; all else keeps its line and its text."""

import ast

import pytest

from jupyter_tutor.exercises.magics import without_magics


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install numpy\nx = 1", "pass\nx = 1"),
        ("!!ls", "pass"),
        ("?len\nlen?\nlen??\nstr.join?", "pass\npass\npass\npass"),
        ("if True:\n    !ls\n    %time f()\nx = 1", "if True:\n    pass\n    pass\nx = 1"),
        ("files = !ls *.csv\nx = 1", "files = None\nx = 1"),
        ("a, b = %sx true\nx = 1", "a, b = None\nx = 1"),
        ("def f():\n    t = %timeit -o g()\n    return t", "def f():\n    t = None\n    return t"),
        ("!echo a \\\n  b\nx = 1", "pass\n\nx = 1"),
        ("%%bash\necho 1\nassert", "\n\n"),
        ("\n%%time\nassert f(1) == 2", "\n\nassert f(1) == 2"),
        ("%%capture out\n%matplotlib inline\nx = 1", "\npass\nx = 1"),
    ],
)
def test_magics_and_commands_become_python(source: str, plain: str) -> None:
    assert without_magics(source) == plain
    ast.parse(plain)


@pytest.mark.parametrize(
    "source",
    [
        'text = """\n%matplotlib inline\n!ls\nwhat?\n"""',
        "rest = (7\n% 4)",
        "rest = 7 \\\n% 4",
        "same = x != y",
        "# %time\n# !ls",
        "x = 'a = !ls'",
    ],
)
def test_what_only_looks_like_a_magic_stays(source: str) -> None:
    assert without_magics(source) == source
    magic = f"%matplotlib inline\n{source}\n!ls"
    assert without_magics(magic) == f"pass\n{source}\npass"


def test_a_source_that_is_no_python_at_all_stays_wrong_in_its_own_line() -> None:
    for source in ("%time f()\nx = (\n!ls", "%time f()\n  x = 1\n!ls", "%time f()\nx = 1 +\n", "x = '\x00'"):
        with pytest.raises((SyntaxError, ValueError)):
            ast.parse(without_magics(source))


def test_lines_are_counted_as_python_counts_them() -> None:
    source = "%time f()\r\nx = 'a\x0cb'\ry = 2\nassert x"
    assert ast.parse(without_magics(source)).body[-1].lineno == 4
