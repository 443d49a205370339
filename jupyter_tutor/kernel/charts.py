"""Charts as Vega-Lite, which JupyterLab and Notebook 7 render without anything installed.

Colors are the theme's variables, which SVG takes as colors: a chart follows a change from light to dark.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from jupyter_tutor.kernel.drawings import mastery_svg, radar_svg
from jupyter_tutor.kernel.learner_replies import Progress, Skill
from jupyter_tutor.kernel.skills import Spoke, chance, percent, said, spokes, topic_word
from jupyter_tutor.kernel.weeks import FEWEST, Week, weeks, weeks_svg

MIME = "application/vnd.vegalite.v5+json"
Spec = dict[str, Any]

_INK = "var(--jp-ui-font-color1, #212121)"
_GREY = "var(--jp-border-color1, #9e9e9e)"
_GREEN = "var(--jp-success-color1, #388e3c)"
_BLUE = "var(--jp-info-color1, #0277bd)"
_PAPER = "var(--jp-layout-color1, #fff)"
_FONT = "var(--jp-ui-font-family, sans-serif)"
_TEXT = {"labelColor": _INK, "titleColor": _INK, "labelFont": _FONT, "titleFont": _FONT, "titleFontWeight": "normal"}
_AXIS = _TEXT | {"domainColor": _GREY, "tickColor": _GREY, "gridColor": _GREY, "gridOpacity": 0.4}
_WIDTH = 460
_HEIGHT = 280
_EDGE = 1.3
"""Up to where a radar reaches, when its axes have length 1."""

# JupyterLab adds a picture of each chart, without the theme's colors, where there is none: so there is an empty one.
# Frontends that know no Vega-Lite prefer the drawing beside it.
_EMPTY_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII="


def weeks_chart(progress: Progress) -> Spec:
    """Exercises over time: a bar per week, those completed without passing as a frame."""
    counted = weeks(progress.calendar, progress.today)
    mondays = [str(week.monday) for week in counted]
    months = [str(week.monday) for before, week in pairwise(counted) if before.monday.month != week.monday.month]
    axis = {"title": None, "values": months, "labelAngle": 0, "labelExpr": "utcFormat(toDate(datum.value), '%b')"}
    tallest = max(FEWEST, *(week.passed + week.other for week in counted))
    height = {"scale": {"domain": [0, tallest]}, "axis": {"tickMinStep": 1}, "title": "exercises"}
    looks = {"domain": ["passed", "completed without passing"], "range": [_GREEN, "transparent"]}
    legend = {"title": None, "orient": "top", "symbolStrokeColor": _GREEN, "symbolType": "square"}
    encoding = {
        "x": {"field": "week", "type": "ordinal", "axis": axis, "scale": {"domain": mondays, "paddingInner": 0.2}},
        "y": {"field": "count", "type": "quantitative"} | height,
        "fill": {"field": "how", "type": "nominal", "scale": looks, "legend": legend},
        "order": {"field": "order", "type": "quantitative"},
        "tooltip": {"field": "label", "type": "nominal"},
        "description": {"field": "label", "type": "nominal"},
    }
    mark = {"type": "bar", "stroke": _GREEN, "strokeWidth": 1.5}
    facts = "; ".join(str(week) for week in counted if week.passed + week.other) or "none yet"
    rows = [row for week in counted for row in _bars(week)]
    return _spec(f"Exercises per week: {facts}.", rows, height=140, mark=mark, encoding=encoding)


def radar_chart(skills: Sequence[Skill]) -> Spec | None:
    """The mean of topics as an area, their band as dashed lines; None when there are too few topics."""
    shown = spokes(skills)
    if not shown:
        return None
    net = [point for at in (25, 50, 75, 100) for point in _loop(shown, [at] * len(shown), f"ring {at}")]
    net += [_point(one, end, f"axis {at}", end) for at, one in enumerate(shown) for end in (0, 100)]
    dashed = {"stroke": _BLUE, "strokeDash": [3, 3]}
    layers = [
        _outline(net, stroke=_GREY, strokeWidth=1),
        _outline(_loop(shown, [one.skill.low for one in shown], "low"), **dashed),
        _outline(_loop(shown, [one.skill.high for one in shown], "high"), **dashed),
        _outline(_loop(shown, [one.skill.mean for one in shown], "mean"), stroke=_BLUE, fill=_BLUE, fillOpacity=0.2),
        *(_names([one for one in shown if _side(one) == side], side) for side in ("left", "center", "right")),
    ]
    facts = ", ".join(f"{topic_word(one.skill.topic)} {percent(one.skill.mean):.0f} percent" for one in shown)
    wide = _EDGE * _WIDTH / _HEIGHT
    encoding = {"x": _hidden("x", wide), "y": _hidden("y", _EDGE)}
    return _spec(f"Skill radar: {facts}.", [], height=_HEIGHT, encoding=encoding, layer=layers)


def mastery_chart(skills: Sequence[Skill], today: date) -> Spec:
    """A row per topic: the band as a line, the mean as a dot that is filled when the topic is mastered."""
    title = "chance to solve an exercise at once, in percent"
    across: Spec = {"type": "quantitative", "scale": {"domain": [0, 100]}, "title": title}
    fill = {"condition": {"test": "datum.mastered", "value": _GREEN}, "value": _PAPER}
    band = {"type": "rule", "stroke": _BLUE, "strokeWidth": 3, "aria": False}
    dot = {"type": "circle", "stroke": _GREEN, "size": 90, "strokeWidth": 2, "opacity": 1}
    layers = [
        {"mark": band, "encoding": {"x": across | {"field": "low"}, "x2": {"field": "high"}}},
        {"mark": dot, "encoding": {"x": across | {"field": "mean"}, "fill": fill}},
    ]
    encoding = {
        "y": {"field": "topic", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 160}},
        "tooltip": {"field": "label", "type": "nominal"},
        "description": {"field": "label", "type": "nominal"},
    }
    words = "; ".join(said(skill, today) for skill in skills)
    rows = [_mastery(skill, today) for skill in skills]
    return _spec(f"Mastery of each topic: {words}.", rows, height={"step": 24}, encoding=encoding, layer=layers)


def _spec(description: str, rows: list[Spec], **parts: Any) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": description,
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
        "background": "transparent",
        "width": _WIDTH,
        "data": {"values": rows},
        "config": {"view": {"stroke": None}, "axis": _AXIS, "legend": _TEXT, "text": {"font": _FONT}},
        **parts,
    }


def _bars(week: Week) -> list[Spec]:
    """The parts of a bar; one of no height would still have a frame."""
    shared = {"week": str(week.monday), "label": str(week)}
    kinds = (("passed", week.passed), ("completed without passing", week.other))
    return [shared | {"how": how, "count": count, "order": at} for at, (how, count) in enumerate(kinds) if count]


def _mastery(skill: Skill, today: date) -> Spec:
    values = {name: percent(getattr(skill, name)) for name in ("low", "mean", "high")}
    return values | {"topic": topic_word(skill.topic), "mastered": skill.mastered, "label": said(skill, today)}


def _point(spoke: Spoke, value: float, line: str, at: int) -> Spec:
    """A place on an axis, as number `at` of a line."""
    reach = percent(value) / 100
    return {"x": round(spoke.x * reach, 4), "y": round(spoke.y * reach, 4), "line": line, "at": at}


def _loop(shown: Sequence[Spoke], values: Sequence[float], line: str) -> list[Spec]:
    """A closed line through one value on each axis."""
    points = [_point(one, value, line, at) for at, (one, value) in enumerate(zip(shown, values, strict=True))]
    return [*points, points[0] | {"at": len(points)}]


def _outline(points: list[Spec], **look: Any) -> Spec:
    encoding = {"detail": {"field": "line", "type": "nominal"}, "order": {"field": "at", "type": "quantitative"}}
    return {"data": {"values": points}, "mark": {"type": "line", "aria": False} | look, "encoding": encoding}


def _hidden(name: str, reach: float) -> Spec:
    return {"field": name, "type": "quantitative", "scale": {"domain": [-reach, reach]}, "axis": None}


def _side(spoke: Spoke) -> str:
    return "center" if abs(spoke.x) < 0.2 else "left" if spoke.x > 0 else "right"


def _names(shown: Sequence[Spoke], side: str) -> Spec:
    """The names at the ends of the axes, which begin, are centered or end there."""
    rows = [
        {"x": one.x * 1.1, "y": one.y * 1.1, "name": topic_word(one.skill.topic), "label": chance(one.skill)}
        for one in shown
    ]
    mark = {"type": "text", "align": side, "baseline": "middle", "fill": _INK, "limit": 130}
    encoding = {name: {"field": field, "type": "nominal"} for name, field in (("text", "name"), ("tooltip", "label"))}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def charts(progress: Progress) -> dict[str, dict[str, Any]]:
    """What is shown of a learner's progress, by name; each in every form that a frontend may know."""
    skills, today = progress.skills, progress.today
    found = {"weeks": _bundle(weeks_chart(progress), weeks_svg(progress.calendar, today))}
    if (radar := radar_chart(skills)) is not None:
        found["radar"] = _bundle(radar, radar_svg(skills))
    if skills:
        found["mastery"] = _bundle(mastery_chart(skills, today), mastery_svg(skills, today))
    return found


def _bundle(spec: Spec, svg: str) -> dict[str, Any]:
    """A drawing that stands alone says itself what a page says elsewhere."""
    alone = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="10" ', 1)
    return {MIME: spec, "image/svg+xml": alone, "image/png": _EMPTY_PNG, "text/plain": spec["description"]}
