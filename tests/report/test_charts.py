"""Charts are data until they are drawn, and drawing is the same every time."""

from dataclasses import replace

import pytest

from planner.errors import UnknownName
from planner.report.charts.chart import Axis, Chart
from planner.report.charts.draw import png, spec, svg, write

ROWS = tuple(
    {"period": f"2027Q{quarter}", "gradient": kind, "systems": quarter * number}
    for quarter in (1, 2, 3, 4)
    for kind, number in (("1 GPU", 2), ("3 systolic", 5))
)
CHART = Chart(
    id="fleet",
    title="Fleet in service",
    sentence="Systolic arrays are five of seven systems throughout.",
    mark="bar",
    rows=ROWS,
    x=Axis("period", "period", "order"),
    y=Axis("systems", "systems", format=",d"),
    colour=Axis("gradient", "gradient", "names"),
)


def test_the_specification_carries_the_rows_their_sentence_and_their_order():
    """Eight rows go in and eight come out; periods keep the order they were given in."""
    made = spec(CHART)
    assert made["data"]["values"] == list(ROWS)
    assert made["description"] == CHART.sentence
    assert made["encoding"]["x"]["sort"] is None
    assert made["encoding"]["y"]["axis"]["format"] == ",d"


def test_a_bar_is_drawn_for_every_row():
    """Eight marks with the rows, none without them."""
    assert svg(CHART).count('aria-roledescription="bar"') == len(ROWS)
    assert svg(replace(CHART, rows=())).count('aria-roledescription="bar"') == 0


def test_drawing_twice_gives_the_same_bytes():
    assert svg(CHART) == svg(CHART)
    assert png(CHART) == png(CHART)
    assert png(CHART).startswith(b"\x89PNG")


def test_a_band_stands_behind_its_line_only_where_it_is_asked_for():
    """With low and high there are two layers, without them one mark."""
    rows = tuple({"t": t, "v": t, "a": t - 1, "b": t + 1} for t in range(1, 4))
    line = Chart("b", "Band", "Wide", "line", rows, Axis("t", "t"), Axis("v", "v"))
    assert "layer" not in spec(line)
    banded = spec(replace(line, low="a", high="b"))
    assert banded["layer"][0]["encoding"]["y2"]["field"] == "b"


def test_a_facet_draws_one_panel_for_each_of_its_values():
    faceted = spec(replace(CHART, facet=Axis("gradient", "gradient", "names"), colour=None))
    assert faceted["facet"]["field"] == "gradient"


def test_another_ending_than_svg_or_png_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(UnknownName, match=r"\.svg"):
        write(CHART, tmp_path / "chart.gif")
    write(CHART, tmp_path / "chart.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["chart.svg"]
