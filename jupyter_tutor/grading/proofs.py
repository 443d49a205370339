"""Proofs of exercises: from the store when their digest fits, else by running them once for all who ask."""

import asyncio
import json

from jupyter_tutor.exercises.exercise import Exercise
from jupyter_tutor.grading.proof import Proof, digest, prove
from jupyter_tutor.ports import Grader, Store


class Proofs:
    """Without a store, proofs are kept as long as this object."""

    def __init__(self, grader: Grader, store: Store | None) -> None:
        self.grader, self.store = grader, store
        self._running: dict[str, asyncio.Task[Proof]] = {}

    async def of(self, exercise: Exercise) -> Proof:
        """The proof of an exercise. Raises OperatorError and GraderError."""
        name = await asyncio.to_thread(digest, exercise)
        kept = await self.store.proof(name) if self.store is not None else None
        if kept is not None:
            return Proof.from_json(json.loads(kept))
        if name not in self._running:
            self._running[name] = asyncio.create_task(self.run(exercise))
        try:
            return await asyncio.shield(self._running[name])
        finally:
            if self._running.get(name) is not None and self._running[name].done():
                del self._running[name]

    async def run(self, exercise: Exercise) -> Proof:
        """Prove an exercise, whatever is kept, and keep the result."""
        proof = await prove(exercise, self.grader)
        if self.store is not None:
            await self.store.add_proof(proof.digest, json.dumps(proof.to_json()))
        return proof

    async def close(self) -> None:
        """Stop proving."""
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
