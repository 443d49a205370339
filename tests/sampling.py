"""What takes long: of catalogues one case in three on anybody's machine, everything where all tests are required."""

import os
from collections.abc import Iterable
from typing import Any

import pytest

LONG = pytest.mark.skipif(not os.environ.get("TUTOR_REQUIRE_ALL"), reason="takes long: TUTOR_REQUIRE_ALL=1 runs all")


def sampled(cases: Iterable[Any]) -> list[Any]:
    """Parameters for a test; `pytest.param` keeps its id."""
    return [case if number % 3 == 0 else _other(case) for number, case in enumerate(cases)]


def _other(case: Any) -> Any:
    values, name = (case.values, case.id) if hasattr(case, "values") and hasattr(case, "marks") else ((case,), None)
    return pytest.param(*values, id=name, marks=LONG)
