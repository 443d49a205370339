"""The kernel reads what the server's schemas write."""

from dataclasses import fields
from types import NoneType
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from jupyter_tutor.kernel import learner_replies, replies
from jupyter_tutor.server import learner_schemas, schemas

KINDS = [replies.Check, replies.Verdict, replies.Submission, replies.Daily, replies.DailyDetail, replies.Opened]
KINDS += [replies.Criteria, replies.Finding, replies.Speech, replies.Memory, replies.Memories, replies.DailyPage]
LEARNER = learner_replies
KINDS += [LEARNER.Day, LEARNER.LevelChange, LEARNER.Skill, LEARNER.Badge, LEARNER.Progress, LEARNER.Notice]
KINDS += [LEARNER.Option, LEARNER.InterviewQuestion, LEARNER.Profile, LEARNER.ProfileState]


def shape(kind: object) -> object:
    """A type as its name, so that the kernel's and the server's can be compared; a Literal is a text."""
    if get_origin(kind) is Literal:
        return "str"
    if args := get_args(kind):
        return get_origin(kind) is list, frozenset(shape(one) for one in args)
    return "None" if kind is NoneType else getattr(kind, "__name__", kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_field_is_one_of_the_schema_with_the_same_type(kind: type) -> None:
    home = learner_schemas if kind.__module__ == LEARNER.__name__ else schemas
    served = get_type_hints(getattr(home, kind.__name__))
    read = get_type_hints(kind)
    for one in fields(kind):
        assert shape(read[one.name]) == shape(served[one.name]), one.name
