"""What a grader is asked to run, and what it found: plain data that crosses process borders."""

from dataclasses import dataclass, field, replace
from typing import Literal

Status = Literal["passed", "failed", "errored", "timed_out", "not_reached"]
Ending = Literal["graded", "timed_out", "killed"]


@dataclass(frozen=True)
class Limits:
    """What a submission may use; its clock starts when its kernel is ready.

    `submission` and `check` are seconds of wall time, `cpu` seconds of CPU time. `cpu`, `memory_mb` and `processes`
    hold for all its processes together, `file_mb` for each file. Output is in characters, and what is more is not kept.
    """

    submission: float = 30.0
    check: float = 5.0
    cpu: int = 60
    memory_mb: int = 512
    processes: int = 64
    file_mb: int = 16
    cell_output: int = 1_000_000
    output: int = 5_000_000

    def of_the_system(self) -> tuple[int, ...]:
        """Those that cannot be raised once the process runs."""
        return self.cpu, self.memory_mb, self.processes, self.file_mb

    def at_least(self, submission: float, check: float) -> "Limits":
        """These limits, with the time that an exercise needs."""
        submission, check = max(self.submission, submission), max(self.check, check)
        return replace(self, submission=submission, check=check, cpu=max(self.cpu, round(2 * submission)))


@dataclass(frozen=True)
class ChecksCell:
    """One cell of the author's checks."""

    grade_id: str
    source: str


@dataclass(frozen=True)
class Part:
    """One code cell of an answer; an answer has several when the learner split its cell."""

    grade_id: str
    source: str


@dataclass(frozen=True)
class Script:
    """The answers of a notebook in order, and the sources of its other cells."""

    answers: tuple[Part, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What is read for quality and style: the learner's answers, beside what the author wrote."""

    learner: Script
    starter: Script
    reference: Script


@dataclass(frozen=True)
class GrowthRun:
    """What is timed for efficiency: calls of `call` with the arguments that the function `input` gives for each size.
    `reference` are the cells of a player that has the author's answers, `seconds` are for all calls together.
    """

    call: str
    input: str
    sizes: tuple[int, ...]
    reference: tuple[str, ...]
    seconds: float = 2.0


@dataclass(frozen=True)
class Job:
    """One run of a learner's notebook against the author's test cells.

    `cells` run in the player, `setup` and `tests` in the judge, where `names` are stand-ins. `places` are those where a
    handle may act; None records them. `files` are copied into the working folder: its name there, and where it is.
    `in_kernel` cells run as they are in a player of their own. `reading` and `growth` are for the criteria beyond
    correctness. Beside a job that has to be `alone`, its grader runs no other.
    """

    cells: tuple[str, ...]
    tests: tuple[ChecksCell, ...]
    names: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    places: tuple[str, ...] | None = ()
    in_kernel: tuple[ChecksCell, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    language: str = "python"
    hash_seed: int = 0
    reading: Reading | None = None
    growth: GrowthRun | None = None
    alone: bool = False


@dataclass(frozen=True)
class Outcome:
    """How one check ended. `ms` is the time it took, in milliseconds; `asked`, how often it reached learner code."""

    name: str
    visible: bool
    status: Status
    message: str
    ms: int = 0
    asked: int = 0


@dataclass(frozen=True)
class CellError:
    """An exception that a cell of the notebook raised; `cell` counts the job's cells from 0, `line` is the last of the
    cell's own lines that ran, from 1.
    """

    cell: int
    kind: str
    message: str
    line: int | None = None


@dataclass(frozen=True)
class Finding:
    """Something to improve: where the learner sees it, and what to do. `line` counts from 1 in the cell `cell`."""

    criterion: str
    cell: str
    line: int | None
    message: str
    rule: str


@dataclass(frozen=True)
class Marks:
    """Scores from 0 to 100 beyond correctness, None where there is nothing to measure. `unmeasured` tells the author
    why growing inputs could not be timed.
    """

    quality: float | None = None
    style: float | None = None
    efficiency: float | None = None
    findings: tuple[Finding, ...] = ()
    unmeasured: str = ""


@dataclass(frozen=True)
class Run:
    """All outcomes of one job, in the order of its checks. `duration_ms` leaves the hidden ones out: it would tell."""

    ending: Ending
    outcomes: tuple[Outcome, ...]
    places: tuple[str, ...] = ()
    errors: tuple[CellError, ...] = ()
    duration_ms: int = 0
    message: str = ""
    marks: Marks = field(default_factory=Marks)
