"""Skills as SVG, for pages and frontends in which no chart is rendered. Shapes differ: color is never needed."""

from collections.abc import Sequence
from datetime import date

from jupyter_tutor.kernel.learner_replies import Skill
from jupyter_tutor.kernel.plain import escape
from jupyter_tutor.kernel.skills import Spoke, percent, said, spokes, topic_word

_BLUE = "var(--jp-info-color1, #0277bd)"
_GREEN = "var(--jp-success-color1, #388e3c)"
_GREY = "var(--jp-border-color1, #9e9e9e)"
_WIDTH, _HEIGHT, _RADIUS = 460, 280, 100
_NAMES, _ROW, _SCALE = 170, 22, 280
_LONGEST = 24


def radar_svg(skills: Sequence[Skill]) -> str:
    """The mean of each topic as an area and its band as dashed lines; empty when there are too few topics."""
    shown = spokes(skills)
    if not shown:
        return ""
    rings = "".join(_shape(shown, [at] * len(shown), f'fill="none" stroke="{_GREY}"') for at in (25, 50, 75, 100))
    dashed = f'fill="none" stroke="{_BLUE}" stroke-dasharray="3 3"'
    area = f'fill="{_BLUE}" fill-opacity=".2" stroke="{_BLUE}" stroke-width="2"'
    body = [
        rings,
        "".join(map(_axis, shown)),
        _shape(shown, [one.skill.low for one in shown], dashed),
        _shape(shown, [one.skill.high for one in shown], dashed),
        _shape(shown, [one.skill.mean for one in shown], area),
    ]
    facts = "; ".join(f"{topic_word(one.skill.topic)} {percent(one.skill.mean):.0f} %" for one in shown)
    return _svg(f"Skill radar: {facts}", _HEIGHT, "".join(body))


def mastery_svg(skills: Sequence[Skill], today: date) -> str:
    """A row per topic: its band as a line, its mean as a dot, filled when it is mastered."""
    rows = "".join(_row(at, skill, today) for at, skill in enumerate(skills))
    bottom = 14 + _ROW * len(skills)
    ticks = "".join(_tick(at, bottom) for at in (0, 25, 50, 75, 100))
    return _svg("Mastery of each topic, in percent", bottom + 18, ticks + rows)


def _svg(label: str, height: int, body: str) -> str:
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    return f'<svg role="group" aria-label="{escape(label)}" {size}>{body}</svg>'


def _place(spoke: Spoke, value: float) -> tuple[float, float]:
    """Where a value in percent lies on an axis; 112 is beyond its end."""
    reach = _RADIUS * value / 100
    return _WIDTH / 2 + spoke.x * reach, _HEIGHT / 2 - spoke.y * reach


def _shape(shown: Sequence[Spoke], values: Sequence[float], look: str) -> str:
    """A closed line through one value on each axis."""
    places = (_place(one, percent(value)) for one, value in zip(shown, values, strict=True))
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" {look}/>'


def _axis(spoke: Spoke) -> str:
    x, y = _place(spoke, 100)
    label_x, label_y = _place(spoke, 112)
    anchor = "middle" if abs(spoke.x) < 0.2 else "start" if spoke.x > 0 else "end"
    line = f'<line x1="{_WIDTH / 2}" y1="{_HEIGHT / 2}" x2="{x:.1f}" y2="{y:.1f}" stroke="{_GREY}"/>'
    place = f'x="{label_x:.1f}" y="{label_y + 4:.1f}" text-anchor="{anchor}"'
    return f"{line}<text {place}>{_short(spoke.skill.topic)}</text>"


def _row(at: int, skill: Skill, today: date) -> str:
    y = 14 + _ROW * at + _ROW / 2
    low, mean, high = (_NAMES + _SCALE * percent(value) / 100 for value in (skill.low, skill.mean, skill.high))
    label = escape(said(skill, today))
    fill = _GREEN if skill.mastered else "var(--jp-layout-color1, #fff)"
    parts = [
        f'<rect x="0" y="{y - _ROW / 2}" width="{_WIDTH}" height="{_ROW}" fill="transparent"/>',
        f'<text x="{_NAMES - 10}" y="{y + 4}" text-anchor="end">{_short(skill.topic)}</text>',
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="{_BLUE}" stroke-width="3"/>',
        f'<circle cx="{mean:.1f}" cy="{y}" r="5" fill="{fill}" stroke="{_GREEN}" stroke-width="2"/>',
    ]
    return f'<g role="img" aria-label="{label}"><title>{label}</title>{"".join(parts)}</g>'


def _tick(at: int, bottom: int) -> str:
    x = _NAMES + _SCALE * at / 100
    line = f'<line x1="{x}" x2="{x}" y1="10" y2="{bottom}" stroke="{_GREY}" opacity=".5"/>'
    return f'{line}<text x="{x}" y="{bottom + 13}" text-anchor="middle" aria-hidden="true">{at}</text>'


def _short(topic: str) -> str:
    word = topic_word(topic)
    return escape(word if len(word) <= _LONGEST else word[: _LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}")
