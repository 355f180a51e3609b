"""Builders of Clicks and sales on their own."""

from dataclasses import replace

import numpy as np
import pytest

from core.data.dataset import Origin
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.offpolicy.estimator import estimators
from core.evaluation.offpolicy.gate import Support, Verdict
from core.evaluation.uncertainty import Estimate
from pages.parts import (
    clicks_charts,
    clicks_diagnostics,
    clicks_figures,
    clicks_funnel,
    clicks_weights,
    clicks_words,
)
from pages.parts.core_estimator_words import parted
from pages.parts.core_words import words
from pages.parts.figures import columns_html
from pages.parts.palette import styles
from tests.core.evaluation.offpolicy.made import asked, pages, world


@pytest.fixture(scope="module")
def found() -> Clicks:
    return asked(world(pages(people=60, each=60)))


LOOKS = styles(["popularity", "random"])


def test_columns_stand_in_the_order_of_the_rate(found: Clicks) -> None:
    drawn = clicks_figures.columns(found, "ctr", "pbm", LOOKS, {})
    assert [one.title for one in drawn] == ["Clicks (CTR)", "Sales (CTCVR)", "Conversion (CVR)", "Revenue"]
    assert [line.label for line in drawn[0].lines] == ["Popularity", "Random"]
    assert all("E = " in line.mark for line in drawn[0].lines)
    assert drawn[0].under == "n = 60 people · per impression"
    assert "Popularity" in clicks_figures.columns_alt(drawn)


def refused(found: Clicks, code: str = "few", ess: float = 91.0) -> Clicks:
    support = Support(ess, 0.1, observed=9.0, people=60, mean_weight=0.4, mean_weight_sd=0.1, most_of_one=0.0)
    first = replace(found.figures[0], support=support, verdict=Verdict("refused", code, 1.6))
    return replace(found, figures=(first, *found.figures[1:]))


def test_a_refused_estimate_has_its_cause_in_place_of_the_figure(found: Clicks) -> None:
    one = refused(found)
    spec = one.who[one.figures[0].who].spec
    line = next(
        line
        for line in clicks_figures.columns(one, one.figures[0].metric, "pbm", LOOKS, {})[0].lines
        if line.words
    )
    assert line.words == "refused: 9.1 of 15 events"
    assert spec in LOOKS
    html = columns_html(clicks_figures.columns(one, "ctr", "pbm", LOOKS, {}), "")
    assert "refused: 9.1 of 15 events" in html
    frame = clicks_figures.frame(one, [one.figures[0]])
    assert np.isnan(frame["value"].astype(float)[0]) and "times as many" in frame["why"][0]


@pytest.mark.parametrize(
    ("code", "ess", "cause"),
    [
        ("few", 0.0, "never shown"),
        ("weights", 900.0, "weights average 0.40"),
        ("model", 900.0, "the log contradicts the model"),
        ("log", 900.0, "a check of the log failed"),
        ("lacks", 0.0, "the log lacks what it needs"),
        ("nothing", 900.0, "no event on these lists"),
        ("people", 900.0, "fewer than 5 people"),
        ("observed", 900.0, "9.0 of 15 events on these lists"),
        ("fitted", 200.0, "propensities were fitted"),
    ],
)
def test_every_refusal_has_its_words(found: Clicks, code: str, ess: float, cause: str) -> None:
    assert clicks_words.refusal(refused(found, code, ess).figures[0]) == f"refused: {cause}"


def test_who_is_alone_is_compared_with_nobody(found: Clicks) -> None:
    at = next(
        place for place, one in enumerate(found.figures) if one.metric == "ctr" and one.estimator == "pbm"
    )
    mine = replace(found.figures[at], verdict=Verdict("refused", "few", 2.0))
    one = replace(found, figures=(*found.figures[:at], mine, *found.figures[at + 1 :]))
    said = clicks_words.sentence(one, "ctr", "pbm", Origin("", ""))
    assert "nobody to compare it with" in said and said.endswith("Refused: Popularity.")


def test_what_a_data_set_calls_its_purchases_is_said() -> None:
    news = Origin("", "", nouns={"conversions": "full reads"})
    assert clicks_words.counted_of("cvr", news) == "full reads per click"
    assert clicks_words.stages(Origin("", "")) == {"ctr": "clicks", "ctcvr": "purchases"}


def test_a_line_for_each_over_groups_and_names_apart(found: Clicks) -> None:
    one = Estimate(0.1, 0.08, 0.12, 9)
    series = [
        clicks_charts.Series("A", LOOKS["popularity"], (one, None, one)),
        clicks_charts.Series("B", LOOKS["random"], (one, one, one)),
    ]
    figure = clicks_charts.over_groups(series, ["1", "2", "3"], "position", "ctr")
    assert [trace.name for trace in figure.data] == ["A", "B"]
    assert len(figure.data[0].x) == 2
    places = [note.y for note in figure.layout.annotations]
    assert abs(places[0] - places[1]) > 0.5
    assert clicks_charts.series_of(found, "ctr", "pbm", LOOKS)[0].label == "Popularity"


def test_looks_fall_with_the_position(found: Clicks) -> None:
    figure = clicks_weights.looks_figure(found.looks)
    assert list(figure.data[0].x) == [1, 2]
    assert list(clicks_weights.looks_table(found.looks)["position"]) == [1, 2]


def test_the_funnel_counts_of_a_thousand(found: Clicks) -> None:
    made = clicks_funnel.funnels(found, "pbm", LOOKS, "ctr", Origin("", ""))
    assert [one.label for one in made] == ["Popularity", "Random"]
    html = clicks_funnel.funnel_html(made, made[0].stages[0].estimate.mean, "off-policy")  # type: ignore[union-attr]
    assert "width:100.0%" in html and html.count("<i ") == 4


def test_support_says_what_weights_average(found: Clicks) -> None:
    html = clicks_diagnostics.support_table(found, "ctr", "pbm")
    assert "±" in html and "Popularity" in html


def test_checks_of_policies_keep_their_names(found: Clicks) -> None:
    check = Check("people by policy", "ok", "even 12, other 13; no shares are configured")
    (one,) = clicks_words.checks(replace(found, health=(check,)))
    assert one == check


def test_every_sentence_on_an_estimate_is_known_to_the_catalogue() -> None:
    known = set(words())
    for one in estimators().values():
        assert {one.label, *parted(one.assumes)} <= known


def test_names_in_a_scatter_stand_apart() -> None:
    def both(label: str, x: float, y: float) -> clicks_charts.Both:
        look = LOOKS["popularity"]
        return clicks_charts.Both(label, look, Estimate(x, x, x, 9), Estimate(y, y, y, 9))

    points = [
        both("Random", 0.0, 0.0),
        both("ItemKNN", 0.98, 0.98),
        both("EASE", 0.96, 0.95),
        both("KNN", 1, 0.96),
    ]
    found = clicks_charts.sides(points)
    assert found[0] == "top right" and len(set(found[1:])) == 3
    assert clicks_charts.spread([0.0, 0.0, 0.1], 0.5) == pytest.approx([0.0, 0.5, 1.0])
