"""Badges: those that were earned, and those that are nearest."""

from collections.abc import Sequence

from jupyter_tutor.kernel.learner_replies import Badge
from jupyter_tutor.kernel.page import paragraph
from jupyter_tutor.kernel.plain import escape, line

_NEXT = 3
_GOLD = "var(--jp-warn-color1, #f57c00)"
_SHAPES = {
    "flame": "M10 1c1 4 6 6 6 11a6 6 0 0 1-12 0c0-3 2-4 3-7 1 1 1.5 2 1.5 3C10 6.5 10.5 4 10 1z",
    "star": "M10 1.5l2.6 5.6 6 .7-4.5 4.2 1.2 6L10 15l-5.3 3 1.2-6L1.4 7.8l6-.7z",
    "tree": "M10 1l5 6h-2.5l4 5h-5v6h-3v-6h-5l4-5H5z",
    "medal": "M6 1h8l-2.2 5.5a6 6 0 1 1-3.6 0z",
}


def shown(badges: Sequence[Badge]) -> tuple[list[Badge], list[Badge]]:
    """All that were earned, and the next ones."""
    earned = [badge for badge in badges if badge.earned]
    return earned, [badge for badge in badges if not badge.earned][:_NEXT]


def badges_html(badges: Sequence[Badge]) -> str:
    """Each with its sign; what is not earned is dashed, with how far it is."""
    earned, ahead = shown(badges)
    none = "" if earned else paragraph("You have no badge yet.")
    items = "".join([*map(_earned, earned), *map(_ahead, ahead)])
    return f'{none}<ul class="jp-tutor-badges">{items}</ul>' if items else none


def badge_lines(badges: Sequence[Badge]) -> list[str]:
    """The same as text."""
    earned, ahead = shown(badges)
    won = [f"  ★ {line(badge.title)} ({badge.earned}): {line(badge.text)}" for badge in earned]
    return [*won, *(f"  ☆ {line(badge.title)}, {_far(badge)}: {line(badge.text)}" for badge in ahead)]


def _far(badge: Badge) -> str:
    return f"{badge.have} of {badge.need}"


def _sign(badge: Badge) -> str:
    look = f'fill="{_GOLD}"' if badge.earned else 'fill="none"'
    path = _SHAPES.get(badge.icon, _SHAPES["medal"])
    drawn = f'<path d="{path}" {look} stroke="{_GOLD}" stroke-width="1.2"/>'
    return f'<svg width="24" height="24" viewBox="0 0 20 20" aria-hidden="true">{drawn}</svg>'


def _words(badge: Badge) -> str:
    return f"<strong>{escape(line(badge.title))}</strong><br>{escape(line(badge.text))}"


def _earned(badge: Badge) -> str:
    return f"<li>{_sign(badge)}<span>{_words(badge)}<br>Earned on {badge.earned}</span></li>"


def _ahead(badge: Badge) -> str:
    bar = f'<progress value="{badge.have}" max="{max(badge.need, 1)}" aria-hidden="true"></progress>'
    return f'<li class="jp-mod-next">{_sign(badge)}<span>{_words(badge)}<br>{bar} {_far(badge)}</span></li>'
