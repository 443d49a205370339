"""A submission on its way and its verdict, as lines of text and as HTML."""

from dataclasses import dataclass, field

from jupyter_tutor.kernel.follow import Restarted, Update
from jupyter_tutor.kernel.plain import escape, indent, line, prose
from jupyter_tutor.kernel.replies import Check, Finding, Step, Submission, Verdict
from jupyter_tutor.kernel.screen import Bundle
from jupyter_tutor.kernel.sheet import paragraph, sheet
from jupyter_tutor.kernel.words import check_sign, check_word, number

_RETRY = "Next: change your code and run `%tutor submit` again, as often as you like; `%tutor hint` costs nothing."
_COLORS = {"passed": "var(--jp-success-color1, #388e3c)", "failed": "var(--jp-error-color1, #d32f2f)"}
_OTHER = "var(--jp-warn-color1, #f57c00)"


@dataclass
class Results:
    """What is known of a submission. Implements `screen.Drawing`."""

    title: str
    step: Step | None = None
    checks: list[Check] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    passed: bool = False

    def add(self, update: Update) -> None:
        """Take in one more thing that happened."""
        if isinstance(update, Step):
            self.step = update
        elif isinstance(update, Check):
            self.checks.append(update)
        elif isinstance(update, Restarted):
            self.checks.clear()
        else:
            self._finish(update)

    def _finish(self, submission: Submission) -> None:
        if submission.verdict is not None:
            self.checks, self.passed = submission.verdict.checks, bool(submission.verdict.passed)
        self.closing = summary(submission)

    def lines(self) -> list[str]:
        """Heading, checks and, when it is finished, the summary."""
        return [self.heading(), *(text for check in self.checks for text in check_lines(check)), *self.closing]

    def bundle(self) -> Bundle:
        """Text and HTML of the same, with how far it is."""
        head, *rest = self.lines()
        at = self.progress()
        return {"text/plain": "\n".join([head, *([at] if at else []), *rest]), "text/html": self._html(at)}

    def heading(self) -> str:
        """What is being checked."""
        return f"Submitted: {line(self.title)}"

    def progress(self) -> str:
        """How far it is, empty when it is finished."""
        if self.closing:
            return ""
        step, seen = self.step or Step(0, 0), len(self.checks)
        if step.total > 0 and (seen or not step.text.strip()):
            return f"checked {max(seen, step.done)} of {max(seen, step.total)}"
        return line(step.text) or "waiting for the first check"

    def _html(self, at: str) -> str:
        rows = [f"<strong>{escape(self.heading())}</strong>", *([escape(at)] if at else [])]
        checks = f"<ul style='list-style:none;margin:.4em 0;padding:0'>{''.join(map(_check_html, self.checks))}</ul>"
        return sheet(*map(paragraph, rows), checks, *(paragraph(prose(text)) for text in self.closing))


def check_parts(check: Check) -> tuple[str, str]:
    """The title of a check and why it did not pass.

    A message begins with the author's words for the case, which only a visible check that did not pass can lack.
    """
    first, _, rest = check.message.partition("\n")
    named = not check.visible or check.status == "passed" or rest
    title, reason = (first, rest) if named else ("", first)
    return title or check.name, "" if check.status == "passed" else reason


def check_lines(check: Check) -> list[str]:
    """`✓ passed  title`, and below it why a check did not pass."""
    title, reason = check_parts(check)
    hidden = "" if check.visible else "  (hidden)"
    head = f"{check_sign(check.status)} {check_word(check.status)}  {line(title)}{hidden}"
    return [head, *indent(reason, 4)]


def _check_html(check: Check) -> str:
    sign = f"<strong style='color:{_COLORS.get(check.status, _OTHER)}'>{check_sign(check.status)}</strong>"
    title, reason = check_parts(check)
    name = f"{escape(line(title))}{'' if check.visible else ' (hidden)'}"
    message = escape("\n".join(indent(reason, 0)))
    below = f"<pre style='margin:.2em 0 .4em 1.6em;white-space:pre-wrap'>{message}</pre>" if message else ""
    return f"<li style='margin:.2em 0'>{sign} {escape(check_word(check.status))} {name}{below}</li>"


def summary(submission: Submission) -> list[str]:
    """What came out, and what to do next."""
    verdict = submission.verdict
    if verdict is None:
        reason = "\n".join(indent(submission.problem or "", 0))
        return [reason or "The check did not finish: run `%tutor submit` again."]
    message = indent(verdict.message, 0)
    manual = [f"A person grades: {', '.join(map(line, verdict.manual))}."] if verdict.manual else []
    return [_sentence(verdict), *message, *_marks(verdict), *_beyond(verdict), *manual, _next(verdict)]


def _sentence(verdict: Verdict) -> str:
    total = len(verdict.checks)
    share = f"{sum(check.status == 'passed' for check in verdict.checks)} of {total} checks passed."
    if verdict.status == "graded":
        if verdict.passed is None:
            return "Submitted. No part of it is checked automatically."
        well = "Well done! The check passed." if total == 1 else f"Well done! All {total} checks passed."
        return well if verdict.passed else f"Not there yet: {share}"
    said = {
        "timed_out": f"Time ran out: {share}",
        "killed": f"Your code was stopped: {share}",
        "invalid": "This notebook could not be checked.",
    }
    return said.get(verdict.status, share)


def _marks(verdict: Verdict) -> list[str]:
    points = f"Points: {number(verdict.points)} of {number(verdict.max_points)}." if verdict.max_points else ""
    score = "" if verdict.score is None else f"Score: {number(verdict.score)} of 100."
    both = " ".join(part for part in (points, score) if part)
    return [both] if both else []


def _beyond(verdict: Verdict) -> list[str]:
    """Scores beyond right and wrong, and what to improve."""
    scores = [(name, getattr(verdict.criteria, name)) for name in ("quality", "efficiency", "style")]
    shown = ", ".join(f"{name} {number(score)}" for name, score in scores if score is not None)
    return [f"Beyond correctness: {shown}.", *map(_finding, verdict.findings)] if shown else []


def _finding(finding: Finding) -> str:
    """`  answer, line 3 (style): what to do`."""
    where = line(finding.cell) + (f", line {finding.line}" if finding.line else "")
    return f"  {where} ({line(finding.criterion)}): {line(finding.message)}"


def _next(verdict: Verdict) -> str:
    if verdict.passed:
        return "Next: `%tutor progress` shows how you are doing."
    return _RETRY if verdict.passed is False else "Next: you can submit again as often as you like."
