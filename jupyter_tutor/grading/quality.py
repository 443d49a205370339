"""Quality and style of a learner's answers: what a linter and the syntax tree say, apart from what the author wrote."""

import ast
import asyncio
from collections import Counter
from dataclasses import dataclass

from jupyter_tutor.errors import sentence
from jupyter_tutor.grading.job import Finding, Marks, Reading
from jupyter_tutor.grading.measures import measure
from jupyter_tutor.grading.page import UNPARSABLE, Page, authors, lay_out
from jupyter_tutor.grading.rules import INSIDE_FUNCTIONS, LINTED, OF_THE_BODY, OPTIONS, RULES
from jupyter_tutor.ports import Linter

_SHOWN = 3
"""Findings of one rule that are shown, and that cost something."""
_SMALL = 20
"""Lines of code below which an answer is taken to have that many: one slip in a short answer is no disaster."""
_KEPT = 100
"""Pages of authors whose findings are kept."""


@dataclass(frozen=True)
class _Hit:
    rule: str
    line: int
    message: str


class Reader:
    """Reads answers with a linter. What it found in authors' pages is kept, so a submission costs one look."""

    def __init__(self, linter: Linter) -> None:
        self.linter = linter
        self.known: dict[str, list[_Hit]] = {}

    async def read(self, reading: Reading) -> Marks:
        """Scores and findings; none for an answer that is empty, still the starter, or not valid Python."""
        page, starter = lay_out(reading.learner), lay_out(reading.starter)
        if page is None or not page.tree.body or (starter is not None and _same(page.tree, starter.tree)):
            return Marks()
        found, given, guilty = await asyncio.gather(
            self._look(page), self._known(starter), self._known(lay_out(reading.reference))
        )
        if found is None or given is None or guilty is None:
            return Marks()
        reference = lay_out(reading.reference)
        excused = {hit.rule for hit in _own(guilty, reference, given, starter)}
        return _marks([hit for hit in _own(found, page, given, starter) if hit.rule not in excused], page)

    async def _known(self, page: Page | None) -> list[_Hit] | None:
        if page is None:
            return []
        if page.text not in self.known:
            found = await self._look(page)
            if found is None:
                return None
            self.known[page.text] = found
            for old in list(self.known)[:-_KEPT]:
                del self.known[old]
        return self.known[page.text]

    async def _look(self, page: Page) -> list[_Hit] | None:
        """All that is found in the answers of a page, by line."""
        lints = await self.linter.lint(page.text, LINTED, OPTIONS)
        if lints is None:
            return None
        inside = _function_lines(page.tree)
        hits = [
            _Hit(lint.rule, lint.line, _words(lint.rule, lint.message.split("`")[1::2]))
            for lint in lints
            if lint.rule in LINTED and (lint.rule not in INSIDE_FUNCTIONS or lint.line in inside)
        ]
        try:
            hits += [_Hit(rule, line, _words(rule, [quoted])) for rule, line, quoted in measure(page.tree)]
        except UNPARSABLE:
            return None
        return sorted((hit for hit in hits if 0 < hit.line <= len(page.places)), key=lambda hit: hit.line)


def _own(found: list[_Hit], page: Page | None, given: list[_Hit], starter: Page | None) -> list[_Hit]:
    """What is found in lines that were not in the starter, or about the body below a line that was."""
    if page is None:
        return []
    kept = authors(page, starter)
    before = {(hit.rule, starter.lines[hit.line - 1]) for hit in given} if starter is not None else set()
    return [
        hit
        for hit in found
        if hit.line not in kept or (hit.rule in OF_THE_BODY and (hit.rule, page.lines[hit.line - 1]) not in before)
    ]


def _marks(hits: list[_Hit], page: Page) -> Marks:
    counts = Counter(hit.rule for hit in hits)
    told: Counter[str] = Counter()
    findings = []
    for hit in hits:
        told[hit.rule] += 1
        if told[hit.rule] > _SHOWN:
            continue
        more = counts[hit.rule] - _SHOWN if told[hit.rule] == _SHOWN else 0
        message = hit.message + (f" There are {more} more like this." if more > 0 else "")
        cell, line = page.places[hit.line - 1]
        findings.append(Finding(RULES[hit.rule].criterion, cell, line, message, hit.rule))
    size = max(page.size, _SMALL)
    cost = {
        criterion: sum(RULES[f.rule].weight for f in findings if f.criterion == criterion)
        for criterion in ("quality", "style")
    }
    scores = {criterion: round(max(0.0, 100 - 100 * sum_ / size), 1) for criterion, sum_ in cost.items()}
    return Marks(scores["quality"], scores["style"], findings=tuple(findings))


def _words(rule: str, quoted: list[str]) -> str:
    """What to tell about a rule, with the names it is about."""
    names = [f"`{name[:80]}`" for name in quoted] + ["it", "it"]
    return sentence(RULES[rule].says.format(*names))


def _same(one: ast.Module, other: ast.Module) -> bool:
    try:
        return ast.dump(one) == ast.dump(other)
    except UNPARSABLE:
        return False


def _function_lines(tree: ast.Module) -> set[int]:
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return {line for node in functions for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
