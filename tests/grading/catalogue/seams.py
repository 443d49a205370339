"""Where the two processes show: what a test cell has to run beside the answer for, and what just works."""

from catalogue.case import Case

CASES = [
    Case(
        "the environment",
        "import os\ndef f(): return os.environ.get('ZZ')",
        "import os\nos.environ['ZZ'] = '1'\nassert f() == '1'",
        in_kernel=True,
    ),
    Case(
        "a global that the test sets",
        "limit = 3\ndef f(x): return x < limit",
        "limit = 1\nassert not f(2)",
        in_kernel=True,
    ),
    Case(
        "warnings",
        "import warnings\ndef f(): warnings.warn('old', DeprecationWarning)",
        "import pytest\nwith pytest.warns(DeprecationWarning):\n    f()",
        in_kernel=True,
    ),
    Case(
        "an abstract class by name",
        """from collections.abc import Sequence
class R(Sequence):
    def __len__(self): return 2
    def __getitem__(self, i): return i""",
        "from collections.abc import Sequence\nassert isinstance(R(), Sequence)",
        in_kernel=True,
    ),
    Case(
        "groups of a frame",
        "def f(df): return df.groupby('k')",
        """import pandas as pd
assert f(pd.DataFrame({'k': ['a', 'a'], 'v': [1, 2]}))['v'].sum()['a'] == 3""",
        wrong=("def f(df): return {'v': df['v']}",),
    ),
    Case(
        "zones",
        """import datetime as d
from zoneinfo import ZoneInfo
def f(): return d.datetime(2024, 1, 1, tzinfo=ZoneInfo('Europe/Berlin'))""",
        """import datetime as d
from zoneinfo import ZoneInfo
assert f() == d.datetime(2024, 1, 1, tzinfo=ZoneInfo('Europe/Berlin'))""",
        wrong=("import datetime as d\ndef f(): return d.datetime(2024, 1, 1)",),
    ),
    Case(
        "protocols",
        """from typing import Protocol, runtime_checkable
@runtime_checkable
class Q(Protocol):
    def quack(self): ...
class D:
    def quack(self): return 1""",
        "assert isinstance(D(), Q)\nassert not isinstance(5, Q)",
        wrong=("class Q: pass\nclass D: pass",),
        but=(2,),
    ),
]
