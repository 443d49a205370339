"""The worked example that the prompt for drafts shows. It is held to the same rules as any draft."""

from jupyter_tutor.generation.draft import Draft, DraftCheck, DraftMistake, Example, Hints
from jupyter_tutor.generation.wanted import Wanted

WANTED = Wanted("loops", "algorithm", "easy", interests=("hiking",), minutes=12)

_STARTER = '''\
def longest_climb(heights):
    """Give the number of steps in the longest climb."""
    ...
'''
_REFERENCE = '''\
def longest_climb(heights):
    """Give the number of steps in the longest climb."""
    longest = 0
    current = 0
    for before, after in zip(heights, heights[1:]):
        if after > before:
            current += 1
            longest = max(longest, current)
        else:
            current = 0
    return longest
'''
_LAST_ONE = """\
def longest_climb(heights):
    current = 0
    for before, after in zip(heights, heights[1:]):
        if after > before:
            current += 1
        else:
            current = 0
    return current
"""
_ALL_TOGETHER = """\
def longest_climb(heights):
    steps = 0
    for before, after in zip(heights, heights[1:]):
        if after > before:
            steps += 1
    return steps
"""
_PARTIAL = """\
This counts how many equal letters stand side by side at the end of a word:

```python
run = 1
word = "brrr"
for left, right in zip(word, word[1:]):
    if left == right:
        run += 1
    else:
        run = 1
print(run)  # 3
```

The count starts again when the row is broken. Your function also has to keep the best count that it has seen.\
"""

DRAFT = Draft(
    title="The longest climb",
    topics=["loops", "lists"],
    story="A hiking watch stores the height every ten minutes. At home you want to know the longest stretch of the "
    "tour that went up without a break.",
    task="Write the function `longest_climb(heights)`.\n\n"
    "- `heights` is a list of whole numbers, in the order in which they were measured.\n"
    "- A **step** goes from one height to the next one. It goes up if the next height is **greater**. "
    "An equal height does not go up.\n"
    "- A **climb** is a row of steps that all go up, one after the other.\n"
    "- Return the number of steps in the longest climb. Return `0` if no step goes up, and also for a list with "
    "one height or none.\n"
    "- Leave the list as it is.",
    examples=[
        Example(code="longest_climb([100, 140, 180, 90, 95])", gives="2"),
        Example(code="longest_climb([300, 200, 100])", gives="0"),
    ],
    starter=_STARTER,
    reference=_REFERENCE,
    visible=[DraftCheck(code="assert longest_climb([10, 20]) == 1", case="a single step up")],
    hidden=[
        DraftCheck(code="assert longest_climb([]) == 0", case="no heights at all"),
        DraftCheck(code="assert longest_climb([250]) == 0", case="one height only"),
        DraftCheck(code="assert longest_climb([5, 5, 5]) == 0", case="a flat tour"),
        DraftCheck(code="assert longest_climb([1, 2, 2, 3, 4, 5]) == 3", case="a flat step inside a long way up"),
        DraftCheck(code="assert longest_climb([9, 1, 2, 3, 4]) == 3", case="the longest climb at the end"),
        DraftCheck(code="assert longest_climb([1, 2, 3, 1, 2]) == 2", case="the longest climb at the start"),
        DraftCheck(code="assert longest_climb(list(range(200))) == 199", case="a long tour that only goes up"),
        DraftCheck(
            code="tour = [3, 1, 2]\nlongest_climb(tour)\nassert tour == [3, 1, 2]", case="the list after the call"
        ),
    ],
    objectives=["Keep a running count in a loop", "Remember the best value seen so far"],
    success_criteria=["The longest climb is found wherever it lies", "Flat and empty tours give 0"],
    hints=Hints(
        nudge="Walk through the first example with a finger. What do you count, and when do you start again?",
        concept="Two numbers are needed: the length of the climb that you are in, and the length of the best climb "
        "so far. The first one changes at each step, the second one only sometimes.",
        plan="1. Start both numbers at zero.\n2. Look at each height together with the next one.\n"
        "3. If the step goes up, the present climb gets longer; see whether it is the best.\n"
        "4. If not, the present climb is over.\n5. Give the best one.",
        partial_example=_PARTIAL,
    ),
    mistakes=[
        DraftMistake(
            name="only the last climb counts",
            source=_LAST_ONE,
            says="You return the climb at the end of the tour. The longest one may have been earlier.",
        ),
        DraftMistake(
            name="all steps up are counted together",
            source=_ALL_TOGETHER,
            says="Your count never starts again. A step that does not go up ends the climb.",
        ),
    ],
    minutes=12,
)
