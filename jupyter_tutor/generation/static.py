"""All that can be said about a draft without running it."""

from jupyter_tutor.generation.draft import Draft
from jupyter_tutor.generation.helping import help_problems
from jupyter_tutor.generation.named import name_problems
from jupyter_tutor.generation.readable import text_problems
from jupyter_tutor.generation.sources import source_problems, syntax_problems
from jupyter_tutor.generation.wanted import Wanted


def problems(draft: Draft, wanted: Wanted) -> tuple[str, ...]:
    """What is wrong, in sentences for the author; nothing when the draft can be run."""
    if unreadable := syntax_problems(draft):
        return tuple(unreadable)
    parts = (text_problems(draft, wanted), source_problems(draft, wanted), name_problems(draft, wanted))
    return tuple(dict.fromkeys(said for part in (*parts, help_problems(draft)) for said in part))
