"""Mutants that run together are judged as each alone would be."""

import pytest

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.generation.draft import Draft, DraftCheck
from jupyter_tutor.generation.notebook import exercise_of, notebook_text
from jupyter_tutor.generation.running import failed_checks
from jupyter_tutor.grading.mutants import mutants
from jupyter_tutor.grading.mutation import Mutation, mutate
from jupyter_tutor.grading.proof import Proof, prove
from jupyter_tutor.sandbox.grader import WorkerGrader
from tests.generation.drafts import DRAFT, GOOD, spoiled, with_hidden


async def proven(draft: Draft, grader: WorkerGrader, kind: str = "algorithm") -> tuple[Exercise, Proof]:
    exercise = exercise_of(notebook_text(draft, GOOD[kind][1]), draft)
    return exercise, await prove(exercise, grader)


@pytest.mark.parametrize("kind", GOOD)
async def test_a_mutant_among_others_is_noticed_when_it_is_noticed_alone(kind: str, grader: WorkerGrader) -> None:
    draft = GOOD[kind][0]
    exercise, proof = await proven(draft, grader, kind)
    together = await mutate(exercise, proof, draft.reference, grader, 8)
    alone = [m for m in mutants(draft.reference, 8) if not await failed_checks(exercise, proof, m.source, grader)]
    assert together.survivors == tuple(alone)
    assert together.measured == len(mutants(draft.reference, 8))


async def test_a_mutant_that_loops_for_ever_counts_neither_way_and_hurts_no_other(grader: WorkerGrader) -> None:
    loop = "    while index < len(heights):\n        index += 1\n"
    counted = f"def longest_climb(heights):\n    index = 0\n{loop}    return index\n"
    draft = spoiled(
        with_hidden(DRAFT, DraftCheck(code="assert longest_climb([4, 4]) == 2", case="two")),
        reference=counted,
        visible=[],
        mistakes=[],
        examples=[{"code": "longest_climb([7])", "gives": "1"}],
    )
    exercise, proof = await proven(draft, grader)
    found = await mutate(exercise, proof, counted, grader, 100)
    endless = {"`index += 1` left out", "`index += 1` made `index -= 1`"}
    made = mutants(counted, 100)
    assert endless < {mutant.what for mutant in made}
    assert 0 < found.measured < len(made)
    assert not endless & {mutant.what for mutant in found.survivors}


def test_one_survivor_is_allowed_and_of_many_mutants_a_share() -> None:
    survivors = mutants(DRAFT.reference, 4)
    assert Mutation(0, ()).holds(0.9)
    assert Mutation(1, survivors[:1]).holds(0.9)
    assert Mutation(36, survivors).holds(0.9)
    assert not Mutation(10, survivors).holds(0.9)
