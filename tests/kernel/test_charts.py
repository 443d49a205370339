"""Charts: what they contain, and that texts stay texts."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from jupyter_tutor.kernel.charts import MIME, charts, mastery_chart, radar_chart, weeks_chart
from jupyter_tutor.kernel.overview import overview_html
from jupyter_tutor.kernel.report import report

if TYPE_CHECKING:
    from tests.kernel.conftest import Double, Make

NASTY = ["<script>alert(1)</script>", "שלום \u202eevil", "🎉 party", "datum.x + 'y'", "a\x1b[31mb\nc"]


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """All data of a chart."""
    values: list[dict[str, Any]] = spec.get("data", {}).get("values", [])
    return values + [row for layer in spec.get("layer", []) for row in rows(layer)]


def fields(part: object) -> Iterator[str]:
    """The names of data that a chart draws."""
    if isinstance(part, dict):
        if isinstance(part.get("field"), str):
            yield part["field"]
        for inner in part.values():
            yield from fields(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from fields(inner)


def colors(part: object) -> Iterator[str]:
    """Texts that look like colors."""
    return (found for found in re.findall(r'"((?:#|var\()[^"]*)"', json.dumps(part)))


def test_each_chart_says_what_it_shows_and_draws_what_it_has(double: "Double", make: "Make") -> None:
    drawn = charts(make(**double.RICH))
    assert drawn.keys() == {"weeks", "radar", "mastery"}
    for bundle in drawn.values():
        spec = bundle[MIME]
        assert json.loads(json.dumps(spec)) == spec
        assert spec["$schema"].endswith("/vega-lite/v5.json")
        assert spec["description"] == bundle["text/plain"]
        assert spec["usermeta"]["embedOptions"] == {"renderer": "svg", "actions": False}
        assert spec["background"] == "transparent"
        assert set(fields(spec)) <= {name for row in rows(spec) for name in row}
        assert all(color.startswith("var(--jp-") for color in colors(spec))
        assert ET.fromstring(bundle["image/svg+xml"]).tag == "{http://www.w3.org/2000/svg}svg"


def test_weeks_count_what_was_passed_and_what_was_not(make: "Make") -> None:
    spec = weeks_chart(make())
    counts = [(row["week"], row["how"], row["count"]) for row in rows(spec)]
    assert counts == [("2026-11-16", "passed", 2), ("2026-11-16", "completed without passing", 1)]
    shown = spec["encoding"]["x"]["scale"]["domain"]
    assert (len(shown), shown[0], shown[-1]) == (26, "2026-05-25", "2026-11-16")
    assert spec["description"] == ("Exercises per week: Week of 2026-11-16: 2 passed, 1 completed without passing.")


def test_a_radar_closes_its_lines_and_lies_within_its_axes(double: "Double", make: "Make") -> None:
    spec = radar_chart(make(**double.RICH).skills)
    assert spec is not None
    assert "hashing 90 percent, linked lists 62 percent, recursion 30 percent" in spec["description"]
    mean = [row for row in rows(spec) if row.get("line") == "mean"]
    assert [row["at"] for row in mean] == [0, 1, 2, 3]
    assert (mean[0]["x"], mean[0]["y"]) == (mean[3]["x"], mean[3]["y"]) == (0, 0.9)
    assert all(row["x"] ** 2 + row["y"] ** 2 <= 1.001 for row in rows(spec) if "line" in row)


def test_a_radar_needs_three_topics_and_shows_the_eight_with_most_exercises(double: "Double", make: "Make") -> None:
    assert radar_chart(make(skills=[double.skill("a"), double.skill("b")]).skills) is None
    many = [double.skill(f"topic-{at}", evidence=at) for at in range(1, 13)]
    spec = radar_chart(make(skills=many).skills)
    assert spec is not None
    names = {row["name"] for row in rows(spec) if "name" in row}
    assert names == {f"topic {at}" for at in range(5, 13)}


def test_mastery_has_mean_band_and_the_day_of_return(double: "Double", make: "Make") -> None:
    spec = mastery_chart(make(**double.RICH).skills, make().today)
    first, second, _ = rows(spec)
    assert (first["low"], first["mean"], first["high"], first["mastered"]) == (80, 90, 100, True)
    assert first["label"] == "hashing: 90 % (80 to 100) after 9 exercises, mastered; it is due"
    assert second["label"] == "linked lists: 62 % (52 to 72) after 3 exercises; it comes back on 2026-12-01"
    assert second["label"] in spec["description"]


def test_a_topic_without_a_date_does_not_come_back(double: "Double", make: "Make") -> None:
    told = make(skills=[double.skill("a", due=None)])
    assert rows(mastery_chart(told.skills, told.today))[0]["label"] == "a: 60 % (50 to 70) after 3 exercises"
    assert '<td class="jp-tutor-fixed">-</td>' in overview_html(told)
    assert "60 % (50 to 70), 3 exercises\n" in report(told)


def test_without_skills_there_are_the_weeks_alone(make: "Make") -> None:
    assert charts(make(calendar=[], history=[])).keys() == {"weeks"}
    assert weeks_chart(make(calendar=[]))["description"] == "Exercises per week: none yet."


def frame(part: Any) -> Any:
    """A chart without its data and its description."""
    if isinstance(part, dict):
        return {name: frame(inner) for name, inner in part.items() if name not in ("values", "description")}
    return [frame(inner) for inner in part] if isinstance(part, list) else part


@pytest.mark.parametrize("nasty", NASTY)
def test_a_text_of_the_server_is_data_and_nothing_else(double: "Double", make: "Make", nasty: str) -> None:
    told, plain = (
        charts(make(skills=[double.skill(one), double.skill("b"), double.skill("c")])) for one in (nasty, "a")
    )
    for name, bundle in told.items():
        assert frame(bundle[MIME]) == frame(plain[name][MIME])
        assert not set(str(bundle)) & set("\x1b\u202e")
        ET.fromstring(bundle["image/svg+xml"])
        assert "<script" not in bundle["image/svg+xml"]


def test_values_beyond_the_scale_are_drawn_at_its_end(double: "Double", make: "Make") -> None:
    wild = [double.skill("a", 60, low=-40.0, high=400.0), double.skill("b"), double.skill("c")]
    told = make(skills=wild)
    assert (
        rows(mastery_chart(told.skills, told.today))[0]["low"],
        rows(mastery_chart(told.skills, told.today))[0]["high"],
    ) == (0, 100)
