"""pandas series and frames."""

from catalogue.case import Case

PD = "import pandas as pd\n"
FRAME = "df = pd.DataFrame({'n': [1, 2], 'w': ['x', None]})\n"

CASES = [
    Case(
        "a frame",
        PD + "def f(): return pd.DataFrame({'n': [1, 2], 'w': ['x', 'y']}, index=['i', 'j'])",
        PD
        + """pd.testing.assert_frame_equal(f(), pd.DataFrame({'n': [1, 2], 'w': ['x', 'y']}, index=['i', 'j']))
assert list(f().columns) == ['n', 'w']
assert f().loc['j', 'n'] == 2""",
        wrong=(
            PD + "def f(): return pd.DataFrame({'n': [1, 3], 'w': ['x', 'y']}, index=['i', 'j'])",
            "def f(): return {}",
        ),
        but=(2,),
    ),
    Case(
        "a column",
        "def double(df): return df['n'] * 2",
        PD
        + FRAME
        + """assert double(df).tolist() == [2, 4]
pd.testing.assert_series_equal(double(df), df['n'] * 2)""",
        wrong=("def double(df): return df['n']", "def double(df): return [2, 4]"),
        but=(),
    ),
    Case(
        "a frame changed in place",
        "def add(df): df['s'] = df['n'] + 1",
        PD + FRAME + "add(df)\nassert list(df.columns) == ['n', 'w', 's']\nassert df['s'].tolist() == [2, 3]",
        wrong=("def add(df): return df.assign(s=df['n'] + 1)",),
    ),
    Case(
        "a frame left alone",
        "def add(df): return df.assign(s=1)",
        PD
        + FRAME
        + """out = add(df)
assert 's' not in df.columns
assert out is not df and out['s'].sum() == 2""",
        wrong=("def add(df):\n    df['s'] = 1\n    return df",),
    ),
    Case(
        "rows dropped in place",
        "def clean(df): df.dropna(inplace=True)",
        PD + FRAME + "clean(df)\nassert len(df) == 1\nassert df['w'].tolist() == ['x']",
        wrong=("def clean(df): return df.dropna()",),
    ),
    Case(
        "a series changed in place",
        "def first(s): s.iloc[0] = 9",
        PD + "s = pd.Series([1, 2], name='n')\nfirst(s)\nassert s.tolist() == [9, 2]\nassert s.name == 'n'",
        wrong=("def first(s): return 9",),
        but=(2,),
    ),
    Case(
        "groups",
        "def total(df): return df.groupby('k')['v'].sum()",
        PD
        + """df = pd.DataFrame({'k': ['a', 'b', 'a'], 'v': [1, 2, 3]})
assert total(df)['a'] == 4
assert total(df).to_dict() == {'a': 4, 'b': 2}""",
        wrong=("def total(df): return df['v']",),
    ),
    Case(
        "dates in frames",
        PD + "def days(): return pd.Series(pd.date_range('2024-01-01', periods=2))",
        PD
        + """assert days()[1] == pd.Timestamp('2024-01-02')
assert str(days().dtype).startswith('datetime64')""",
        wrong=("def days(): return ['2024-01-01', '2024-01-02']",),
    ),
]
