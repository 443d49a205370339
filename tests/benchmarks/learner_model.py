"""How well the learner model foresees answers: the AUC over all answers, each from the student's earlier ones."""

import argparse
import gzip
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from learner_fit import fit, gather

from jupyter_tutor.learning.mastery import SHIPPED, Evidence, Knowledge, Parameters

Student = list[Evidence]


def read(path: Path) -> list[Student]:
    """Three lines per student: the number of answers, the skill of each, whether each was right."""
    text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()
    lines = [line.strip(", ") for line in text.splitlines() if line.strip()]
    pairs = zip(lines[1::3], lines[2::3], strict=True)
    return [
        [Evidence((skill,), float(right)) for skill, right in zip(skills.split(","), rights.split(","), strict=True)]
        for skills, rights in pairs
    ]


def foresee(students: Sequence[Student], parameters: Parameters) -> tuple[list[float], list[float]]:
    """The chance that the product's model gives each answer before it sees it, and the answers."""
    chances: list[float] = []
    for student in students:
        known = Knowledge(parameters)
        for one in student:
            chances.append(known.predict(one.topics))
            known.learn(one)
    return chances, [one.right for student in students for one in student]


def auc(chances: Sequence[float], rights: Sequence[float]) -> float:
    """How often a right answer was given the higher chance than a wrong one; ties count half."""
    _, which, counts = np.unique(np.asarray(chances), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    right = np.asarray(rights) > 0.5
    above = ranks[right].sum() - right.sum() * (right.sum() + 1) / 2
    return float(above / (right.sum() * (~right).sum()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--fit", action="store_true", help="print weights for jupyter_tutor/learning/weights.py")
    parser.add_argument("--validate", action="store_true", help="hold back one student in five of --train as the test")
    args = parser.parse_args()
    missing = [str(path) for path in (args.train, args.test) if path and not path.exists()]
    if missing:
        sys.exit(f"skipped: there is no {' and no '.join(missing)}")
    train = read(args.train)
    test = read(args.test) if args.test else []
    if args.validate:
        train, test = [s for n, s in enumerate(train) if n % 5], train[::5]
    if args.fit:
        print(fit(gather(train, SHIPPED), SHIPPED))
    if test:
        start = time.perf_counter()
        chances, rights = foresee(test, SHIPPED)
        each = 1e6 * (time.perf_counter() - start) / len(rights)
        print(
            f"without parameters of single skills (shipped): AUC {100 * auc(chances, rights):.2f} %, "
            f"{each:.0f} us an answer"
        )


if __name__ == "__main__":
    main()
