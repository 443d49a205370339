"""How well the learner model foresees answers: the AUC over all answers, each from the student's earlier ones."""

import argparse
import gzip
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from learner_fit import with_skills, without_skills

from jupyter_tutor.learning.mastery import Evidence, Knowledge
from jupyter_tutor.learning.weights import SHIPPED, Parameters

Student = list[Evidence]
NO_REPEATS = replace(SHIPPED, repeats=(-30.0, *(0.0 for _ in SHIPPED.repeats[1:])))


def read(path: Path) -> list[Student]:
    """Three lines per student: the number of answers, the skill of each, whether each was right. An answer of
    several skills is several rows.
    """
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    lines = [line.strip(", ") for line in text.splitlines() if line.strip()]
    return [
        [
            Evidence((skill,), float(right), may_repeat=True)
            for skill, right in zip(skills.split(","), rights.split(","), strict=True)
        ]
        for skills, rights in zip(lines[1::3], lines[2::3], strict=True)
    ]


def foresee(students: Sequence[Student], parameters: Parameters) -> tuple[list[float], list[float]]:
    """The chance that the product's model gives each answer before it sees it, and the answers."""
    chances: list[float] = []
    for student in students:
        known = Knowledge(parameters)
        for one in student:
            chances.append(known.predict(one.topics, one.difficulty, one.day, may_repeat=one.may_repeat))
            known.learn(one)
    return chances, [one.right for student in students for one in student]


def auc(chances: Sequence[float], rights: Sequence[float]) -> float:
    """How often a right answer was given the higher chance than a wrong one; ties count half."""
    _, which, counts = np.unique(np.asarray(chances), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    right = np.asarray(rights) > 0.5
    above = ranks[right].sum() - right.sum() * (right.sum() + 1) / 2
    return float(above / (right.sum() * (~right).sum()))


def tell(name: str, students: Sequence[Student], parameters: Parameters) -> None:
    start = time.perf_counter()
    chances, rights = foresee(students, parameters)
    each = 1e6 * (time.perf_counter() - start) / len(rights)
    print(f"AUC {100 * auc(chances, rights):.2f} %, {each:.0f} us to foresee and learn an answer: {name}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--test", type=Path, help="without it, one student in five of --train is held back")
    parser.add_argument("--fit", action="store_true", help="print weights for jupyter_tutor/learning/weights.py")
    args = parser.parse_args()
    missing = [str(path) for path in (args.train, args.test) if path and not path.exists()]
    if missing:
        print(f"skipped: there is no {' and no '.join(missing)}")
        return
    train = read(args.train)
    if args.fit:
        print(without_skills(train))
        return
    held_back = [student for n, student in enumerate(train) if n % 5 == 0]
    rest = [student for n, student in enumerate(train) if n % 5]
    test, train = (read(args.test), train) if args.test else (held_back, rest)
    shipped = SHIPPED if args.test else without_skills(train)
    tell("no parameter belongs to a single skill; with --test, this is what ships", test, shipped)
    tell(
        "the same, blind to answers that are listed under several skills",
        test,
        replace(NO_REPEATS, signs=shipped.signs),
    )
    tell("with effects of single skills and pairs of skills, fitted on --train", test, with_skills(train))


if __name__ == "__main__":
    main()
