"""That an exercise is being checked, and how far it is."""

import json

from jupyter_tutor.kernel.learner_replies import Grading
from jupyter_tutor.kernel.page import page
from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.reading import read


def working_html(data: str) -> str:
    """The event of a server as a bar with its words. Raises TutorMessage or ValueError when it cannot be read."""
    at = read(Grading, json.loads(data))
    said = f"Checking <bdi>{escape(line(at.title))}</bdi>: {at.done} of {at.total}"
    bar = f'<progress value="{max(at.done, 0)}" max="{max(at.total, 1)}" aria-hidden="true"></progress>'
    return page(f'<p role="status" aria-live="polite">{said}</p>{bar}')
