"""Each rule finds what it is for and leaves good code alone, in words for a beginner."""

import asyncio

import pytest

from jupyter_tutor.grading.job import Finding, Part, Reading, Script
from jupyter_tutor.grading.quality import Reader
from jupyter_tutor.grading.rules import RULES
from jupyter_tutor.sandbox.ruff import Ruff

READER = Reader(Ruff())
NOTHING = Script((Part("answer", "pass"),))
LONG = "    total = 'a long line " + "x" * 90 + "'\n    return total"
MANY = "\n".join(f"    print_{n} = n + {n}\n    show(print_{n})" for n in range(20))
BRANCHES = "\n".join(f"    if n == {n * n}:\n        show({n})" for n in range(13))
RETURNS = "\n".join(f"    if n > {n}:\n        return {n * n}" for n in range(7))
DEEP = """def f(rows):
    for row in rows:
        if row:
            for cell in row:
                if cell:
                    while cell.busy:
                        cell.wait()"""

CASES: dict[str, tuple[str, str, str]] = {
    # rule: bad, good, words of the message
    "E101": ("def f(n):\n    if n:\n    \treturn 1", "def f(n):\n    if n:\n        return 1", "mixes tabs and spaces"),
    "E111": ("def f(n):\n  return n", "def f(n):\n    return n", "Indent by 4 spaces"),
    "E117": ("def f(n):\n        return n", "def f(n):\n    return n", "indented too far"),
    "E201": ("def f(n):\n    return ( n, 1)", "def f(n):\n    return (n, 1)", "after the opening bracket"),
    "E202": ("def f(n):\n    return (n, 1 )", "def f(n):\n    return (n, 1)", "before the closing bracket"),
    "E211": ("def f(n):\n    return len (n)", "def f(n):\n    return len(n)", "between the name and its bracket"),
    "E225": ("def f(n):\n    m=n\n    return m", "def f(n):\n    m = n\n    return m", "both sides of the operator"),
    "E231": ("def f(n):\n    return n,1", "def f(n):\n    return n, 1", "after the comma"),
    "E251": ("def f(n = 1):\n    return n", "def f(n=1):\n    return n", "around the `=` of an argument"),
    "E262": ("total = 1  #one", "total = 1  # one", "hash sign and a space"),
    "E265": ("#one\ntotal = 1", "# one\ntotal = 1", "hash sign and a space"),
    "E401": (
        "import math, random\nprint_it(math, random)",
        "import math\nimport random\nshow(math, random)",
        "on a line of its own",
    ),
    "E501": ("def f():\n" + LONG, "def f():\n    return 'short'", "longer than 100 characters"),
    "E701": ("def f(n):\n    if n: return 1", "def f(n):\n    if n:\n        return 1", "after the colon"),
    "E702": ("low = 1; high = 2", "low = 1\nhigh = 2", "one statement on a line"),
    "E711": ("def f(n):\n    return n == None", "def f(n):\n    return n is None", "by `is None`"),
    "E712": ("def f(n):\n    return 1 if n == True else 2", "def f(n):\n    return 1 if n else 2", "if value:"),
    "E713": ("def f(n, m):\n    return not n in m", "def f(n, m):\n    return n not in m", "`x not in y`"),
    "E714": ("def f(n, m):\n    return not n is m", "def f(n, m):\n    return n is not m", "`x is not y`"),
    "E721": ("def f(n):\n    return type(n) == int", "def f(n):\n    return isinstance(n, int)", "isinstance"),
    "E731": ("double = lambda n: 2 * n", "def double(n):\n    return 2 * n", "with `def`"),
    "E741": ("def f():\n    l = 1\n    return l", "def f():\n    low = 1\n    return low", "`l` looks like"),
    "F401": ("import math", "import math\nshow(math.pi)", "`math` is imported and never used: delete the import."),
    "F541": ("def f():\n    return f'one'", "def f(n):\n    return f'{n}'", "has no {} in it"),
    "N801": ("class shopping_list:\n    size = 1", "class ShoppingList:\n    size = 1", "`shopping_list` in CapWords"),
    "N802": ("def CountWords(n):\n    return n", "def count_words(n):\n    return n", "`CountWords` in small letters"),
    "N803": ("def f(FirstWord):\n    return FirstWord", "def f(first):\n    return first", "argument `FirstWord`"),
    "N804": (
        "class Box:\n    @classmethod\n    def make(self):\n        return self()",
        "class Box:\n    @classmethod\n    def make(cls):\n        return cls()",
        "`cls`",
    ),
    "N805": (
        "class Box:\n    def size(box):\n        return box.n",
        "class Box:\n    def size(self):\n        return self.n",
        "`self`",
    ),
    "N806": ("def f(n):\n    Total = n\n    return Total", "def f(n):\n    total = n\n    return total", "`Total`"),
    "SIM300": ("def f(n):\n    return 3 == n", "def f(n):\n    return n == 3", "`x == 3`"),
    "W191": ("def f(n):\n\treturn n", "def f(n):\n    return n", "instead of tabs"),
    "W291": ("total = 1  ", "total = 1", "at the end of the line"),
    "W293": (
        "def f(n):\n    n += 1\n    \n    return n",
        "def f(n):\n    n += 1\n\n    return n",
        "on this empty line",
    ),
    "W605": ("pattern = '\\d'", "pattern = r'\\d'", "`\\d` is no escape"),
    "A001": ("list = [1]", "items = [1]", "`list` is a name of Python's own"),
    "A002": ("def f(max):\n    return max", "def f(most):\n    return most", "`max` hides Python's own `max`"),
    "B006": ("def f(n=[]):\n    return n", "def f(n=None):\n    return n or []", "shared by all calls"),
    "B007": (
        "def f(n):\n    for item in n:\n        show(1)",
        "def f(n):\n    for _ in n:\n        show(1)",
        "`item` is not used",
    ),
    "B012": (
        "def f(n):\n    try:\n        return n()\n    finally:\n        return 1",
        "def f(n):\n    try:\n        return n()\n    finally:\n        show(1)",
        "`finally`",
    ),
    "B015": ("def f(n):\n    n == 1\n    return n", "def f(n):\n    n = 1\n    return n", "no effect"),
    "B018": ("def f(n):\n    n\n    return n", "def f(n):\n    return n + 1", "drops it"),
    "B023": (
        "def f(n):\n    made = []\n    for item in n:\n        made.append(lambda: item)\n    return made",
        "def f(n):\n    made = []\n    for item in n:\n        made.append(lambda item=item: item)\n    return made",
        "last value of `item`",
    ),
    "C416": ("def f(n):\n    return [item for item in n]", "def f(n):\n    return list(n)", "only copies"),
    "C901": ("def f(n):\n" + BRANCHES, "def f(n):\n    return n", "`f` has many ways"),
    "E722": (
        "def f(n):\n    try:\n        return int(n)\n    except:\n        return 0",
        "def f(n):\n    try:\n        return int(n)\n    except ValueError:\n        return 0",
        "bare `except:`",
    ),
    "F402": (
        "import math\nshow(math)\nfor math in [1]:\n    show(math)",
        "import math\nshow(math)\nfor n in [1]:\n    show(n)",
        "`math` hides",
    ),
    "F632": ("def f(n):\n    return n is 'one'", "def f(n):\n    return n == 'one'", "with `==`"),
    "F811": (
        "def f(n):\n    return n\n\n\ndef f(n):\n    return n + 1",
        "def f(n):\n    return n + 1",
        "`f` is defined twice",
    ),
    "F841": ("def f(n):\n    total = n\n    return n", "def f(n):\n    total = n\n    return total", "`total` gets"),
    "PIE790": ("def f(n):\n    show(n)\n    pass", "def f(n):\n    show(n)", "`pass` is not needed"),
    "PLR0124": ("def f(n):\n    return n == n", "def f(n, m):\n    return n == m", "with itself"),
    "PLR0911": ("def f(n):\n" + RETURNS, "def f(n):\n    return n", "returns in many places"),
    "PLR0912": ("def f(n):\n" + BRANCHES, "def f(n):\n    return n", "many branches"),
    "PLR0913": (
        "def f(one, two, three, four, five, six, seven):\n    return one",
        "def f(one, two, three):\n    return one",
        "many arguments",
    ),
    "PLR0915": ("def f(n):\n" + MANY, "def f(n):\n    return n", "is long"),
    "PLR1702": (DEEP, "def f(rows):\n    for row in rows:\n        show(row)", "nested deeply"),
    "PLR1711": ("def f(n):\n    show(n)\n    return", "def f(n):\n    show(n)", "does nothing: delete it"),
    "PLR1714": (
        "def f(n):\n    return n == 'a' or n == 'b'",
        "def f(n):\n    return n in ('a', 'b')",
        "once with `in`",
    ),
    "PLR5501": (
        "def f(n):\n    if n:\n        show(1)\n    else:\n        if n == 0:\n            show(2)",
        "def f(n):\n    if n:\n        show(1)\n    elif n == 0:\n        show(2)",
        "`elif`",
    ),
    "PLW0120": (
        "def f(n):\n    for item in n:\n        show(item)\n    else:\n        show(1)",
        "def f(n):\n    for item in n:\n        show(item)\n    show(1)",
        "without `break`",
    ),
    "PLW0127": ("def f(n):\n    n = n\n    return n", "def f(n):\n    n = n + 1\n    return n", "`n` to itself"),
    "PLW0603": (
        "count = 0\n\n\ndef f():\n    global count\n    count = 1",
        "def f(count):\n    return count + 1",
        "take `count` as an argument",
    ),
    "S110": (
        "def f(n):\n    try:\n        n()\n    except Exception:\n        pass",
        "def f(n):\n    try:\n        n()\n    except ValueError:\n        show(n)",
        "swallowed silently",
    ),
    "SIM101": (
        "def f(n):\n    return isinstance(n, int) or isinstance(n, float)",
        "def f(n):\n    return isinstance(n, (int, float))",
        "isinstance(value, (A, B))",
    ),
    "SIM102": (
        "def f(n, m):\n    if n:\n        if m:\n            show(n)",
        "def f(n, m):\n    if n and m:\n        show(n)",
        "with `and`",
    ),
    "SIM103": (
        "def f(n):\n    if n > 1:\n        return True\n    else:\n        return False",
        "def f(n):\n    return n > 1",
        "the condition itself",
    ),
    "SIM113": (
        "def f(items):\n    index = 0\n    for item in items:\n        show(index, item)\n        index += 1",
        "def f(items):\n    for index, item in enumerate(items):\n        show(index, item)",
        "count `index` for you",
    ),
    "SIM114": (
        "def f(n):\n    if n == 1:\n        show(n)\n    elif n == 5:\n        show(n)",
        "def f(n):\n    if n in (1, 5):\n        show(n)",
        "do the same",
    ),
    "SIM115": (
        "def f(n):\n    file = open(n)\n    return file.read()",
        "def f(n):\n    with open(n) as file:\n        return file.read()",
        "`with` block",
    ),
    "SIM118": ("def f(n, m):\n    return n in m.keys()", "def f(n, m):\n    return n in m", "`.keys()`"),
    "SIM201": ("def f(n, m):\n    return not n == m", "def f(n, m):\n    return n != m", "`a != b`"),
    "SIM202": ("def f(n, m):\n    return not n != m", "def f(n, m):\n    return n == m", "`a == b`"),
    "SIM208": ("def f(n):\n    if not (not n):\n        show(n)", "def f(n):\n    if n:\n        show(n)", "undo"),
    "SIM210": (
        "def f(n):\n    return True if n > 1 else False",
        "def f(n):\n    return n > 1",
        "True or False already",
    ),
    "SIM211": ("def f(n):\n    return False if n > 1 else True", "def f(n):\n    return not n > 1", "`not` before"),
    "SIM222": ("def f(n):\n    if n or True:\n        show(n)", "def f(n):\n    if n:\n        show(n)", "always true"),
    "SIM223": (
        "def f(n):\n    if n and False:\n        show(n)",
        "def f(n):\n    if n:\n        show(n)",
        "always false",
    ),
    "T201": ("def f(n):\n    print(n)\n    return n", "def f(n):\n    return n", "`print` is left over"),
    "unreachable": (
        "def f(n):\n    return n\n    show(n)",
        "def f(n):\n    show(n)\n    return n",
        "This line never runs",
    ),
    "one-letter-name": (
        "def f(n):\n    q = n + 1\n    return q",
        "def f(n):\n    for c in range(n):\n        show(c, [d for d in range(c)])",
        "`q` does not say what it holds",
    ),
    "repeated-block": (
        "def f(n):\n    n += 1\n    n *= 2\n    show(n)\n    n += 1\n    n *= 2\n    show(n)",
        "def f(n):\n    for _ in range(2):\n        n += 1\n        n *= 2\n        show(n)",
        "write them once",
    ),
}


async def findings(source: str) -> list[Finding]:
    script = Script((Part("answer", source),))
    marks = await READER.read(Reading(script, NOTHING, NOTHING))
    assert marks.quality is not None
    return list(marks.findings)


def test_every_rule_has_a_bad_and_a_good_example() -> None:
    assert CASES.keys() == RULES.keys()


@pytest.mark.parametrize("rule", CASES)
async def test_a_rule_finds_the_bad_example_says_what_to_do_and_accepts_the_good_one(rule: str) -> None:
    bad, good, words = CASES[rule]
    all_found, all_accepted = await asyncio.gather(findings(bad), findings(good))
    found = [f for f in all_found if f.rule == rule]
    assert found, [f.rule for f in all_found]
    assert words in found[0].message
    assert found[0].message[0] == found[0].message[0].upper()
    assert found[0].criterion == RULES[rule].criterion
    assert [f for f in all_accepted if f.rule == rule] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_words_of_a_rule_speak_to_a_beginner(rule: str) -> None:
    says = RULES[rule].says
    assert 15 < len(says) < 120
    assert not any(
        word in says.lower() for word in ("ruff", "linter", "pep8", "syntax tree", "anti-pattern", "mccabe")
    ), says
