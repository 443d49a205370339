"""The judge's process: test cells in, outcomes out, one JSON object a line.

It keeps the two ends of its conversation for itself; what test cells or libraries print goes nowhere.
"""

import json
import os
import sys
from typing import Any, TextIO

from jupyter_tutor.grading.boundary.judge import Judge
from jupyter_tutor.grading.boundary.standins import Gone, Interrupted, Link


def main() -> None:
    """Judge one submission."""
    reader, writer = os.fdopen(os.dup(0), encoding="ascii"), os.fdopen(os.dup(1), "w", encoding="ascii")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    line = reader.readline()
    if line:
        judge(json.loads(line), reader, writer)


def judge(job: dict[str, Any], reader: TextIO, writer: TextIO) -> None:
    """Run all test cells of a job, then send the places where handles acted."""

    def send(**message: Any) -> None:
        writer.write(json.dumps(message) + "\n")
        writer.flush()

    def exchange(text: str) -> str:
        send(ask=text)
        answer = json.loads(reader.readline())
        if "interrupted" in answer:
            raise Interrupted
        if "gone" in answer:
            raise Gone(late=answer["late"])
        return str(answer["said"])

    link = Link(exchange, None if job["places"] is None else frozenset(job["places"]))
    running = Judge(link, set(job["names"]), lambda name: send(begin=name), lambda outcome: send(outcome=outcome))
    for number, source in enumerate(job["setup"]):
        running.prepare(number, source)
    for grade_id, source in job["tests"]:
        running.run(grade_id, source)
    send(done=sorted(link.seen))


if __name__ == "__main__":
    sys.path[:] = [p for p in sys.path if p]
    main()
