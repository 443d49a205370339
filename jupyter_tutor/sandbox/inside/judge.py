"""The judge's process: test cells in, outcomes out, one JSON object a line."""

import json
import os
import sys
from typing import Any, TextIO

from jupyter_tutor.grading.boundary.growth import grow
from jupyter_tutor.grading.boundary.judge import Judge
from jupyter_tutor.grading.boundary.standins import Gone, Interrupted, Link


def serve(channel: int, connection: str = "") -> None:
    """Judge one submission. What test cells or libraries print goes nowhere."""
    reader, writer = os.fdopen(channel, encoding="ascii"), os.fdopen(os.dup(channel), "w", encoding="ascii")
    writer.write(f"ready {os.getpid()}\n")
    writer.flush()
    line = reader.readline()
    if line:
        judge(json.loads(line), reader, writer)


def judge(job: dict[str, Any], reader: TextIO, writer: TextIO) -> None:
    """Run all test cells of a job, then send the places where handles acted, and time growing inputs when asked."""

    def send(**message: Any) -> None:
        writer.write(json.dumps(message) + "\n")
        writer.flush()

    def exchange(text: str) -> str:
        send(ask=text)
        answer = json.loads(reader.readline())
        if "interrupted" in answer:
            raise Interrupted
        if "gone" in answer:
            raise Gone(answer["gone"], answer["late"])
        return str(answer["said"])

    link = Link(exchange, None if job["places"] is None else frozenset(job["places"]))
    running = Judge(link, set(job["names"]), lambda name: send(begin=name), lambda outcome: send(outcome=outcome))
    for number, source in enumerate(job["setup"]):
        running.prepare(number, source)
    for grade_id, source in job["tests"]:
        running.run(grade_id, source)
    send(done=sorted(link.seen))
    if line := reader.readline():
        send(grown=grow(json.loads(line)["growth"], running.namespace, send, lambda: json.loads(reader.readline())))


def main() -> None:
    """A judge without a fork server: its channel is named by the environment."""
    channel = int(os.environ.pop("TUTOR_CHANNEL"))
    os.set_inheritable(channel, False)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    serve(channel)


if __name__ == "__main__":
    sys.path[:] = [p for p in sys.path if p]
    main()
