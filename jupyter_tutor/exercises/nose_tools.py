"""What `nose.tools` offered, over `unittest`: nose itself does not import on current Pythons, and old courses use it.

Stands alone: its text runs as the module `nose.tools` beside the cells that ask for it.
"""

import re
import unittest
from collections.abc import Callable
from functools import wraps
from typing import Any

_case = unittest.TestCase()
_case.maxDiff = None
_OLD_NAMES = {
    "assert_equals": "assertEqual",
    "assert_not_equals": "assertNotEqual",
    "assert_almost_equals": "assertAlmostEqual",
    "assert_not_almost_equals": "assertNotAlmostEqual",
    "assert_items_equal": "assertCountEqual",
    "assert_raises_regexp": "assertRaisesRegex",
    "assert_regexp_matches": "assertRegex",
    "assert_not_regexp_matches": "assertNotRegex",
}


def _with_underscores(name: str) -> str:
    return re.sub(r"[A-Z]+", lambda found: "_" + found[0].lower(), name)


_DEPRECATED = re.compile(r"assert(\w*Equals|\w*Regexp\w*|_|DictContainsSubset)")
_current = [n for n in dir(_case) if n.startswith("assert") and not _DEPRECATED.fullmatch(n)]
_names = {_with_underscores(name): name for name in _current} | _OLD_NAMES
globals().update({name: getattr(_case, method) for name, method in _names.items()})


def ok_(value: object, msg: str | None = None) -> None:
    """Fails for what is not true."""
    if not value:
        raise AssertionError(msg)


def eq_(first: object, second: object, msg: str | None = None) -> None:
    """Fails unless both are equal."""
    if not first == second:
        raise AssertionError(msg or f"{first!r} != {second!r}")


def raises(*kinds: type[BaseException]) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Decorates a function that has to raise one of these."""

    def decorate(function: Callable[..., Any]) -> Callable[..., None]:
        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> None:
            try:
                function(*args, **kwargs)
            except kinds:
                return
            raise AssertionError(f"{function.__name__}() did not raise {' or '.join(k.__name__ for k in kinds)}")

        return call

    return decorate


def nottest(function: Callable[..., Any]) -> Callable[..., Any]:
    """A mark for nose's collector, which does not run here; so are `istest` and `timed`."""
    return function


istest = nottest


def timed(limit: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Each check has a limit of its own here."""
    return nottest


__all__ = ["eq_", "istest", "nottest", "ok_", "raises", "timed", *_names]
