"""Proofs of exercises: from the store when their digest fits, else by running them once for all who ask."""

import asyncio
import json
from dataclasses import replace

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.exercises.themes import variants
from jupyter_tutor.grading.proof import Proof, digest, prove
from jupyter_tutor.ports import Grader, Store

_AT_HAND = 200
"""Proofs that are kept in memory."""


class Proofs:
    """Without a store, proofs are kept as long as this object."""

    def __init__(self, grader: Grader, store: Store | None) -> None:
        self.grader, self.store = grader, store
        self._running: dict[str, asyncio.Task[Proof]] = {}
        self.at_hand: dict[str, Proof] = {}

    async def of(self, exercise: Exercise) -> Proof:
        """The proof of an exercise. Raises OperatorError and GraderError."""
        name = await asyncio.to_thread(digest, exercise)
        if name in self.at_hand:
            return self.at_hand[name]
        kept = await self.store.proof(name) if self.store is not None else None
        if kept is not None:
            return self._remember(Proof.from_json(json.loads(kept)))
        if name not in self._running:
            self._running[name] = asyncio.create_task(self.run(exercise))
        try:
            return await asyncio.shield(self._running[name])
        finally:
            if self._running.get(name) is not None and self._running[name].done():
                del self._running[name]

    async def run(self, exercise: Exercise) -> Proof:
        """Prove an exercise, whatever is kept, and keep the result."""
        return await self.keep(await prove(exercise, self.grader))

    async def run_all(self, exercise: Exercise) -> Proof:
        """Prove an exercise and each of its themes; the proof of the first, with the problems of all."""
        first, *others = await asyncio.gather(*(self.run(variant) for variant in variants(exercise)))
        names = [theme.name for theme in exercise.metadata.themes]
        found = [f"theme {name!r}: {p}" for name, proof in zip(names, others, strict=True) for p in proof.problems]
        return replace(first, problems=(*first.problems, *found))

    async def keep(self, proof: Proof) -> Proof:
        """Keep a proof that was run elsewhere."""
        if self.store is not None:
            await self.store.add_proof(proof.digest, json.dumps(proof.to_json()))
        return self._remember(proof)

    def _remember(self, proof: Proof) -> Proof:
        self.at_hand[proof.digest] = proof
        for old in list(self.at_hand)[:-_AT_HAND]:
            del self.at_hand[old]
        return proof

    async def close(self) -> None:
        """Stop proving."""
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
