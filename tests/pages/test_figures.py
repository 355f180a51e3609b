"""Figure builders on their own: what a page would draw, without a page."""

import re

import pytest

from core.evaluation.uncertainty import Estimate
from pages.parts import charts, numbers
from pages.parts.figures import Column, Line, columns_html, interval_html
from pages.parts.palette import styles
from pages.parts.text import escaped, markdown, plain

LOOKS = styles(["ease", "popularity"])
BETTER, WORSE = Estimate(0.2143, 0.2061, 0.222, 942), Estimate(0.131, 0.12, 0.14, 942)


def column(**changes: object) -> Column:
    lines = (Line("EASE", LOOKS["ease"], BETTER, strong=True), Line("Popularity", LOOKS["popularity"], WORSE))
    given = {"title": "NDCG@10", "lines": lines, "under": "n = 942 people", "badge": "held-out"}
    return Column(**{**given, **changes})  # type: ignore[arg-type]


def test_a_column_shows_figure_interval_and_n() -> None:
    html = columns_html([column()], "EASE is best")
    for part in ("0.214", "0.206–0.222", "n = 942 people", "held-out", 'aria-label="EASE is best"'):
        assert part in html


def test_dots_lie_on_one_axis_in_the_order_of_their_values() -> None:
    html = columns_html([column()], "")
    places = [float(found) for found in re.findall(r'class="ts-dot"[^>]*left:([\d.]+)%', html)]
    assert len(places) == 2
    assert 100 > places[0] > places[1] > 0


def test_two_columns_that_hold_each_others_values_have_one_axis() -> None:
    alone = Line("EASE", LOOKS["ease"], BETTER)
    both = [column(lines=(alone,), holds=(0.12, 0.14)), column(holds=(0.12, 0.222))]
    places = re.findall(r'class="ts-dot"[^>]*left:([\d.]+)%', columns_html(both, ""))
    assert places[0] == places[1]


def test_an_interval_is_said_for_those_who_cannot_see_it() -> None:
    assert "0.214, 95 % interval 0.206–0.222" in columns_html([column()], "")


def test_what_is_not_measurable_is_said_once_and_has_no_figure() -> None:
    html = columns_html([column(lines=(Line("EASE"), Line("Popularity")), note="Not measurable yet.")], "")
    assert html.count("Not measurable yet.") == 1
    assert "ts-dot" not in html


def test_differences_carry_a_sign_and_the_axis_holds_zero() -> None:
    lines = (Line("EASE", LOOKS["ease"], Estimate(0.061, 0.02, 0.103, 9)),)
    html = columns_html([column(lines=lines, zero=True)], "")
    assert "+6.1 %" in html
    assert ">0 %<" in html


def test_a_value_that_is_not_defined_draws_no_dot() -> None:
    nothing = Estimate(float("nan"), float("nan"), float("nan"), 0)
    assert "ts-dot" not in interval_html(nothing, None, 0, 1, [], "")
    assert "–" in columns_html([column(lines=(Line("EASE", LOOKS["ease"], nothing),))], "")


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=y>',
    "$latex$",
    ":material/x:",
    "**b** [a](b)",
    "a" * 10_000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_from_data_are_text_in_figures(name: str) -> None:
    html = columns_html([column(lines=(Line(name, LOOKS["ease"], BETTER),))], name)
    assert "<script" not in html
    assert "<img src=x" not in html
    assert len(html) < 6_000


def test_text_helpers_show_what_is_there() -> None:
    assert escaped("<b>&") == "&lt;b&gt;&amp;"
    assert markdown("*a*_b_") == r"\*a\*\_b\_"
    assert plain("a\u202eb\x00c\n d") == "abc d"
    assert len(plain("x" * 999)) == 300


def test_the_cost_figure_has_a_mark_an_interval_and_a_name_for_each() -> None:
    points = [
        charts.Point("EASE", LOOKS["ease"], 1.2, BETTER),
        charts.Point("Popularity", LOOKS["popularity"], 0.01, WORSE),
    ]
    figure = charts.cost_figure(points, "NDCG@10")
    assert [trace.name for trace in figure.data] == ["EASE", "Popularity"]
    assert [trace.marker.color for trace in figure.data] == [LOOKS["ease"].colour, LOOKS["popularity"].colour]
    assert all(trace.error_y.array[0] > 0 for trace in figure.data)
    assert figure.layout.xaxis.type == "log"


def test_names_do_not_run_into_the_next_mark() -> None:
    near = [
        charts.Point("A", LOOKS["ease"], 1.0, BETTER),
        charts.Point("B", LOOKS["popularity"], 1.1, BETTER),
    ]
    assert [trace.textposition for trace in charts.cost_figure(near, "x").data] == [
        "middle left",
        "middle right",
    ]


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.11, 0.12), (-0.2, 3.7), (1e-6, 2e-6), (5.0, 5.0)])
def test_ticks_lie_inside_and_are_few(low: float, high: float) -> None:
    found = numbers.ticks(low, high)
    assert 1 <= len(found) <= 3
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in found)
