"""Faults put into a reference, one at a time."""

import ast

import pytest

from jupyter_tutor.generation.prompts.example import DRAFT
from jupyter_tutor.grading.mutants import mutants

REFERENCE = DRAFT.reference


def test_every_mutant_is_a_program_with_another_meaning_and_names_its_line() -> None:
    made = mutants(REFERENCE, 100)
    assert len({mutant.source for mutant in made}) == len(made) > 15
    for mutant in made:
        assert ast.unparse(ast.parse(mutant.source)) != ast.unparse(ast.parse(REFERENCE))
        assert 3 <= mutant.line <= 11


def test_the_same_few_are_chosen_each_time_from_all_over_the_source() -> None:
    few = mutants(REFERENCE, 6)
    assert few == mutants(REFERENCE, 6)
    assert len(few) == 6
    assert few[0].line < 5
    assert few[-1].line > 8


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = a + b", "`a + b` made `a - b`"),
        ("x = a < b", "`a < b` made `a <= b`"),
        ("x = a and b", "`a and b` made `a or b`"),
        ("x = not a", "`not a` made `a`"),
        ("x = 3", "`3` made `4`"),
        ("x = 'a'", "`'a'` made `'a?'`"),
        ("x = True", "`True` made `False`"),
        ("x -= 1", "`x -= 1` left out"),
        ("if a:\n    b()", "`if a:` made `if False:`"),
        ("def f(): return 1", "`return 1` made `return None`"),
        ("f(a, b)", "`f(a, b)` made `f(b, a)`"),
        ("x = a if b else c", "`a if b else c` made `c if b else a`"),
        ("while a:\n    break", "`break` made `continue`"),
    ],
)
def test_each_operator_says_what_it_changed(source: str, said: str) -> None:
    assert said in [mutant.what for mutant in mutants(source, 100)]


def test_what_says_nothing_about_behaviour_stays() -> None:
    source = 'def f(x: "int") -> "int":\n    """One."""\n    raise ValueError("no " + "one")\n'
    assert [mutant.what for mutant in mutants(source, 100)] == ["`raise ValueError('no ' + 'one')` left out"]
    assert mutants("x = max(a, b)", 100)[0].what == "`x = max(a, b)` left out"
    assert len(mutants("x = max(a, b)", 100)) == 1
