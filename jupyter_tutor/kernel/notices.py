"""What the learner is told once: badges and changes of the level."""

from contextlib import suppress

from jupyter_tutor.kernel.api import Api
from jupyter_tutor.kernel.learner_replies import Notice
from jupyter_tutor.kernel.message import TutorMessage
from jupyter_tutor.kernel.plain import escape, line
from jupyter_tutor.kernel.screen import show
from jupyter_tutor.kernel.sheet import paragraph, sheet

_HEADS = {"badge": "★ You earned a badge", "level": "↕ Your level"}


def tell_notices(api: Api) -> None:
    """Show what was not shown before. A server that does not say costs nothing."""
    with suppress(TutorMessage):
        notices = api.notices()
        if notices:
            show(
                {
                    "text/plain": "\n".join(": ".join(_words(one)) for one in notices),
                    "text/html": sheet(*(paragraph(_html(one)) for one in notices)),
                }
            )
            api.notices_seen([one.key for one in notices])


def _words(notice: Notice) -> tuple[str, str]:
    """What it is, and what it says."""
    head, text = _HEADS.get(notice.kind, "News"), line(notice.text)
    return head, text if notice.kind == "level" else f"{line(notice.title)}. {text}"


def _html(notice: Notice) -> str:
    head, text = map(escape, _words(notice))
    return f"<strong>{head}:</strong> {text}"
