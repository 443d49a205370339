"""Texts and bytes."""

from catalogue.case import Case

LIAR = """class S(str):
    def __eq__(self, o): return True
    def __contains__(self, o): return True
    def startswith(self, o): return True
    __hash__ = str.__hash__
"""

CASES = [
    Case(
        "a text",
        "def greet(n): return f'Hello, {n}!'",
        "assert greet('Ada') == 'Hello, Ada!'\nassert greet('') == 'Hello, !'",
        right=("class S(str): pass\ndef greet(n): return S('Hello, ' + n + '!')",),
        wrong=(
            "def greet(n): return 'Hello ' + n",
            "def greet(n): print(f'Hello, {n}!')",
            LIAR + "def greet(n): return S()",
        ),
    ),
    Case(
        "parts of a text",
        "def tag(n): return f'<b>{n}</b>'",
        "assert tag('x').startswith('<b>')\nassert 'xyz' in tag('xyz')\nassert tag('a')[3] == 'a'",
        wrong=("def tag(n): return n[1:]", LIAR + "def tag(n): return S('q')"),
    ),
    Case(
        "letters of all sorts",
        "def twice(s): return s * 2",
        """assert twice('é\\ud800') == 'é\\ud800é\\ud800'
assert twice('日本') == '日本日本'
assert twice('\\x00\\n') == '\\x00\\n\\x00\\n'""",
        wrong=("def twice(s): return s",),
    ),
    Case(
        "several lines",
        "def poem(): return 'a\\nb\\nc'",
        "assert poem().splitlines() == ['a', 'b', 'c']\nassert poem() == '''a\nb\nc'''",
        wrong=("def poem(): return 'a\\nB\\nc'", "def poem(): return ['a', 'b', 'c']"),
    ),
    Case(
        "bytes",
        "def code(s): return s.encode()",
        "assert code('é') == b'\\xc3\\xa9'\nassert code('a') != 'a' and code('a')[0] == 97",
        right=("def code(s): return bytearray(s, 'utf8')",),
        wrong=("def code(s): return s",),
    ),
    Case(
        "a list of words",
        "def words(s): return s.split()",
        """assert words('b a') == ['b', 'a']
assert sorted(words('b a')) == ['a', 'b']
assert len(words('')) == 0""",
        wrong=("def words(s): return tuple(s.split())", "def words(s): return s"),
        but=(2, 3),
    ),
    Case(
        "a regular expression",
        "import re\nword = re.compile(r'[a-z]+')",
        """assert word.match('abc1').group() == 'abc'
assert word.fullmatch('1') is None
assert word.findall('a b') == ['a', 'b']""",
        wrong=("import re\nword = re.compile('x')",),
        but=(2,),
    ),
    Case(
        "a path",
        "from pathlib import Path\ndef where(n): return Path('data') / n",
        """from pathlib import Path
assert where('a.txt') == Path('data/a.txt')
assert where('a.txt').suffix == '.txt'""",
        wrong=("def where(n): return 'data/' + n",),
    ),
]
