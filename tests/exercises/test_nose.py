"""nose does not import any more; the courses that use it are graded all the same."""

import subprocess
import sys

import pytest

from jupyter_tutor.exercises import nose_tools
from jupyter_tutor.exercises.nose import nose_for


@pytest.mark.parametrize(
    ("source", "there"),
    [
        ("from nose.tools import assert_equal", True),
        ("x = 1\n    import nose.tools as nt", True),
        ("import nose", True),
        ("import noses", False),
        ("# import nose", False),
        ("nose = 1", False),
    ],
)
def test_it_is_brought_only_where_it_is_imported(source: str, there: bool) -> None:
    assert len(nose_for(["a = 1", source])) == there


def test_every_way_to_import_it_works_and_leaves_no_name_behind() -> None:
    (before,) = nose_for(["import nose"])
    after = (
        "import nose, nose.tools as nt\nfrom nose import tools\nfrom nose.tools import *\n"
        "assert nt is tools is nose.tools\nassert_equal(1, 1)\nassert '_tutor_nose' not in globals()"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", before + after], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("assert_equal", (1, 1), (1, 2)),
        ("assert_equals", ("a", "a"), ("a", "b")),
        ("assert_not_equal", (1, 2), (1, 1)),
        ("assert_almost_equal", (0.1 + 0.2, 0.3), (0.1, 0.2)),
        ("assert_almost_equals", (0.1 + 0.2, 0.3), (0.1, 0.2)),
        ("assert_true", (1,), (0,)),
        ("assert_false", (0,), (1,)),
        ("assert_in", (1, [1]), (2, [1])),
        ("assert_is_none", (None,), (0,)),
        ("assert_is_instance", (1, int), ("1", int)),
        ("assert_items_equal", ([1, 2], [2, 1]), ([1, 1], [1])),
        ("assert_greater", (2, 1), (1, 1)),
        ("assert_list_equal", ([1], [1]), ([1], [2])),
        ("assert_regexp_matches", ("abc", "b"), ("abc", "d")),
        ("assert_raises", (ValueError, int, "x"), (ValueError, int, "1")),
        ("assert_raises_regexp", (ValueError, "invalid", int, "x"), (ValueError, "other", int, "x")),
        ("ok_", (1,), (0,)),
        ("eq_", (1, 1), (1, 2)),
    ],
)
def test_its_functions_hold_and_fail_as_they_did(name: str, right: tuple, wrong: tuple) -> None:
    function = getattr(nose_tools, name)
    function(*right)
    with pytest.raises(AssertionError):
        function(*wrong)


def test_its_decorators_work() -> None:
    nose_tools.raises(KeyError, ValueError)(int)("x")
    with pytest.raises(AssertionError, match=r"fine\(\) did not raise KeyError"):
        nose_tools.raises(KeyError)(fine)()
    assert nose_tools.timed(1)(fine) is fine
    assert nose_tools.istest(fine) is nose_tools.nottest(fine) is fine


def fine() -> None:
    """Raises nothing."""
