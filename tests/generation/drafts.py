"""Drafts written by hand: a good one of each kind, and what it takes to spoil them."""

from typing import Any

from jupyter_tutor.generation.draft import Draft, DraftCheck, DraftMistake, Example, Hints
from jupyter_tutor.generation.prompts.example import DRAFT, WANTED
from jupyter_tutor.generation.wanted import Wanted

_QUEUE = '''\
from collections import deque


class TicketDesk:
    """A desk that serves the people who wait, first come, first served."""

    def __init__(self, places):
        """Make an empty desk with room for `places` people."""
        {init}

    def join(self, name):
        """Let a person join, and give the number of people who wait before that person."""
        {join}

    def serve(self):
        """Give the name of the next person, who leaves; None if nobody waits."""
        {serve}
'''
_DOTS = {"init": "...", "join": "...", "serve": "..."}
_SOLVED = {
    "init": "if places < 1:\n            raise ValueError('no room')\n        self._places = places\n"
    "        self._waiting = deque()",
    "join": "if len(self._waiting) == self._places:\n            raise OverflowError('the queue is full')\n"
    "        self._waiting.append(name)\n        return len(self._waiting) - 1",
    "serve": "return self._waiting.popleft() if self._waiting else None",
}

DATA_STRUCTURE = Draft(
    title="The ticket desk",
    topics=["queues", "classes"],
    story="The small theatre in town sells tickets at one desk. People wait in a row, and there is room for a few "
    "of them only.",
    task="Write the class `TicketDesk`.\n\n"
    "- `TicketDesk(places)` makes a desk where at most `places` people can wait. If `places` is below 1, it raises a "
    "`ValueError`.\n"
    "- `join(name)` lets a person join at the end of the row. It returns how many people wait before that person. If "
    "the row is full, it raises an `OverflowError` and the row stays as it is.\n"
    "- `serve()` returns the name of the person who has waited longest. That person leaves the row. If nobody waits, "
    "it returns `None`.",
    examples=[
        Example(code="desk = TicketDesk(3)\ndesk.join('Ada')", gives="0"),
        Example(code="desk = TicketDesk(3)\ndesk.join('Ada')\ndesk.join('Ben')\ndesk.serve()", gives="'Ada'"),
    ],
    starter=_QUEUE.format(**_DOTS),
    reference=_QUEUE.format(**_SOLVED),
    visible=[],
    hidden=[
        DraftCheck(code="desk = TicketDesk(1)\nassert desk.serve() is None", case="a desk where nobody waits"),
        DraftCheck(
            code="desk = TicketDesk(2)\ndesk.join('Eve')\ndesk.serve()\nassert desk.serve() is None",
            case="a row that was served to its end",
        ),
        DraftCheck(
            code="desk = TicketDesk(5)\nassert [desk.join(n) for n in 'abc'] == [0, 1, 2]", case="several people join"
        ),
        DraftCheck(
            code="desk = TicketDesk(5)\nfor n in 'abcde':\n    desk.join(n)\n"
            "assert [desk.serve() for _ in range(5)] == list('abcde')",
            case="a full row that is served in order",
        ),
        DraftCheck(
            code="desk = TicketDesk(2)\ndesk.join('a')\ndesk.join('b')\n"
            "with pytest.raises(OverflowError):\n    desk.join('c')",
            case="one person too many",
        ),
        DraftCheck(
            code="desk = TicketDesk(1)\ndesk.join('a')\ntry:\n    desk.join('b')\nexcept OverflowError:\n    pass\n"
            "assert [desk.serve(), desk.serve()] == ['a', None]",
            case="the row after a person was sent away",
        ),
        DraftCheck(code="with pytest.raises(ValueError):\n    TicketDesk(0)", case="a desk without places"),
        DraftCheck(
            code="desk = TicketDesk(1)\ndesk.join('a')\ndesk.serve()\nassert desk.join('b') == 0",
            case="a place that is free again",
        ),
    ],
    objectives=["Keep things in the order in which they came"],
    success_criteria=["People are served in the order in which they joined"],
    hints=Hints(
        nudge="Who is served first in the second example, and where in the row does that person stand?",
        concept="In a queue, things enter at one end and leave at the other one.",
        plan="1. Store the number of places and an empty queue.\n2. To join, look whether there is room, then add at "
        "the back.\n3. To serve, take from the front, if there is anybody.",
        partial_example="This tray keeps cups; the oldest one is taken first:\n\n```python\n"
        "from collections import deque\n\ntray = deque(['red', 'blue'])\ntray.append('green')\n"
        "first = tray.popleft()  # 'red'\n```",
    ),
    mistakes=[
        DraftMistake(
            name="the last one is served first",
            source=_QUEUE.format(**_SOLVED | {"serve": "return self._waiting.pop() if self._waiting else None"}),
            says="You serve the person who joined last.",
        ),
        DraftMistake(
            name="an empty row stops the program",
            source=_QUEUE.format(**_SOLVED | {"serve": "return self._waiting.popleft()"}),
            says="When nobody waits, there is nothing to take from the row.",
        ),
    ],
    minutes=20,
)

_MEDIAN = '''\
def middle_price(prices):
    """Give the price in the middle, or None if there are none."""
    if not prices:
        return None
    ordered = {ordered}
    half = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
'''

DEBUGGING = Draft(
    title="The price in the middle",
    topics=["sorting", "lists"],
    story="A flea market shows the price in the middle for each kind of thing. A seller complains: for bikes at 30, 10 "
    "and 20 it shows 10, although 20 is in the middle. When the prices are typed in from low to high, all is well.",
    task="Repair `middle_price(prices)`.\n\n"
    "- `prices` is a list of numbers in any order. The function must not change it.\n"
    "- It returns the price in the middle when the prices are put in order.\n"
    "- If the number of prices is even, it returns the sum of the two in the middle, divided by 2.\n"
    "- It returns `None` if there are no prices.",
    examples=[
        Example(code="middle_price([10, 20, 30])", gives="20"),
        Example(code="middle_price([30, 10, 20])", gives="20"),
    ],
    starter=_MEDIAN.format(ordered="list(prices)"),
    reference=_MEDIAN.format(ordered="sorted(prices)"),
    visible=[DraftCheck(code="assert middle_price([]) is None", case="no prices")],
    hidden=[
        DraftCheck(code="assert middle_price([7]) == 7", case="one price"),
        DraftCheck(code="assert middle_price([4, 2]) == 3", case="two prices"),
        DraftCheck(code="assert middle_price([9, 1, 5, 3]) == 4", case="an even number of prices, mixed"),
        DraftCheck(code="assert middle_price([5, 4, 3, 2, 1]) == 3", case="prices from high to low"),
        DraftCheck(code="assert middle_price([2, 9, 9, 1, 9]) == 9", case="equal prices"),
        DraftCheck(
            code="prices = [3, 1, 2]\nmiddle_price(prices)\nassert prices == [3, 1, 2]", case="the list after the call"
        ),
    ],
    objectives=["See what a function takes for granted"],
    success_criteria=["The order of the prices does not matter"],
    hints=Hints(
        nudge="Follow the second example by hand. Which price stands in the middle of the list?",
        concept="The middle of a list is the middle of the values only if they are in order.",
        plan="1. See which line prepares the prices.\n2. Ask what that line does to the order.\n3. Mend it.",
        partial_example="Two ways to put words in order:\n\n```python\nwords = ['pear', 'fig']\nfresh = sorted(words)\n"
        "words.sort()\n```\n\nThe first one leaves the old list alone.",
    ),
    mistakes=[
        DraftMistake(
            name="the list of the caller is changed",
            source=_MEDIAN.format(ordered="prices\n    ordered.sort()"),
            says="You put the list of the seller in order, and the seller finds it changed.",
        ),
        DraftMistake(
            name="from high to low by text",
            source=_MEDIAN.format(ordered="sorted(prices, key=str)[:-1] or [0]"),
            says="You lose a price on the way.",
        ),
    ],
    minutes=12,
)

_LOG = '''\
def late_minutes(lines):
    """Give a dictionary from each bus line to the sum of its minutes of delay."""
    late = {{}}
    for entry in lines:
        bus, _, minutes = entry.partition(":")
        {body}
    return late
'''

PRACTICAL = Draft(
    title="Late buses",
    topics=["dictionaries", "strings"],
    story="The bus company writes down each delay. At the end of the day the manager wants one number for each bus.",
    task="Write the function `late_minutes(lines)`.\n\n"
    "- `lines` is a list of texts such as `'12:5'`: the name of a bus, a colon, and whole minutes of delay.\n"
    "- Around both parts there may be spaces, which do not count.\n"
    "- Return a dictionary. Its keys are the names of the buses, as texts. Its values are the sums of their minutes.\n"
    "- A bus that was early has a negative number. Leave such entries out, and also those with 0 minutes.",
    examples=[
        Example(code="late_minutes(['12:5', '7:1', '12:4'])", gives="{'12': 9, '7': 1}"),
        Example(code="late_minutes(['12:-3'])", gives="{}"),
    ],
    starter='def late_minutes(lines):\n    """Give a dictionary from each bus to its sum of delays."""\n    ...\n',
    reference=_LOG.format(
        body="if int(minutes) > 0:\n            late[bus.strip()] = late.get(bus.strip(), 0) + int(minutes)"
    ),
    visible=[],
    hidden=[
        DraftCheck(code="assert late_minutes([]) == {}", case="no entries"),
        DraftCheck(code="assert late_minutes([' A 1 : 20 ']) == {'A 1': 20}", case="spaces around both parts"),
        DraftCheck(code="assert late_minutes(['5:0']) == {}", case="a bus on time"),
        DraftCheck(code="assert late_minutes(['5:1']) == {'5': 1}", case="the smallest delay"),
        DraftCheck(code="assert late_minutes(['5:6', '5:-6', '5:2']) == {'5': 8}", case="late, early and late again"),
        DraftCheck(code="assert late_minutes(['8 :2', '8: 3']) == {'8': 5}", case="one bus written in two ways"),
    ],
    objectives=["Sum up by key"],
    success_criteria=["Each bus appears once, with all its delays"],
    hints=Hints(
        nudge="In the first example one bus comes twice. What happens to its two numbers?",
        concept="A dictionary can keep a running sum for each key. The first time, the key is not there yet.",
        plan="1. Cut each entry into its two parts.\n2. Skip those that were not late.\n3. Add to the sum of that bus.",
        partial_example="Counting letters:\n\n```python\nseen = {}\nfor letter in 'noon':\n"
        "    seen[letter] = seen.get(letter, 0) + 1\n```",
    ),
    mistakes=[
        DraftMistake(
            name="only the last delay",
            source=_LOG.format(body="if int(minutes) > 0:\n            late[bus.strip()] = int(minutes)"),
            says="A second delay of the same bus replaces the first one.",
        ),
        DraftMistake(
            name="early buses count",
            source=_LOG.format(body="late[bus.strip()] = late.get(bus.strip(), 0) + int(minutes)"),
            says="Minutes of buses that were early have to be left out.",
        ),
    ],
    minutes=15,
)

GOOD: dict[str, tuple[Draft, Wanted]] = {
    "algorithm": (DRAFT, WANTED),
    "data-structure": (DATA_STRUCTURE, Wanted("queues", "data-structure", "medium", minutes=20)),
    "debugging": (DEBUGGING, Wanted("sorting", "debugging", "easy", minutes=12)),
    "practical": (PRACTICAL, Wanted("dictionaries", "practical", "easy", minutes=15)),
}


def spoiled(draft: Draft = DRAFT, **fields: Any) -> Draft:
    """A draft with other fields."""
    return Draft.model_validate(draft.model_dump() | fields)


def with_hint(draft: Draft = DRAFT, **rungs: str) -> Draft:
    """A draft with other hints."""
    return spoiled(draft, hints=draft.hints.model_dump() | rungs)


def with_hidden(draft: Draft, *checks: DraftCheck) -> Draft:
    """A draft with other hidden checks."""
    return spoiled(draft, hidden=[check.model_dump() for check in checks])
