"""Evidence: the report holds every number, runs nothing from outside, and gives its numbers back."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pytest

from core.evaluation.comparison import Comparison
from core.evaluation.evidence.block import unwrapped, wrapped
from core.evaluation.evidence.figure import figure, svg
from core.evaluation.evidence.kept import evidence_in
from core.evaluation.evidence.report import drawn, report
from core.evaluation.experiment import read_experiment
from core.evaluation.record import comparison_json
from core.evaluation.uncertainty import Estimate
from core.work.errors import BadInput
from tests.making import compared_on, dataset, random_log


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compared_on(
        dataset(random_log(people=40)),
        recommenders=("popularity", "random"),
        k=(5,),
        metrics=("recall", "ndcg"),
    )


def test_the_numbers_come_back_as_they_were(found: Comparison, tmp_path: Path) -> None:
    file = tmp_path / "comparison.html"
    file.write_text(report(found), "utf-8")
    assert evidence_in(file.read_text("utf-8"), file.name) == json.loads(json.dumps(comparison_json(found)))
    assert read_experiment(file) == found.experiment


def test_the_json_of_compare_is_evidence_too(found: Comparison) -> None:
    text = json.dumps(comparison_json(found))
    assert evidence_in(text, "a.json")["results"] == json.loads(text)["results"]


def test_every_number_is_shown_with_its_interval(found: Comparison) -> None:
    text = report(found)
    for row in found.estimates:
        for one in row:
            for value in (one.mean, one.low, one.high):
                assert f"{value:.6f}" in text
    assert "pairwise intervals of NDCG@5 include zero" in text


def test_it_is_well_formed_and_asks_nobody(found: Comparison) -> None:
    """No address of another place, no source, and only the one script that its policy names."""
    text = report(found)

    class Tags(HTMLParser):
        open: ClassVar[list[str]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href"} & {name for name, _ in attrs}
            if tag not in ("meta", "line", "circle", "rect"):
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in ("meta", "line", "circle", "rect"):
                assert self.open.pop() == tag

    tags = Tags()
    tags.feed(text)
    assert not tags.open
    assert "default-src 'none'" in text
    assert set(re.findall(r"https?://[^'\"\s<]*", text)) <= {"http://www.w3.org/2000/svg"}


def test_names_from_data_do_nothing(found: Comparison) -> None:
    """A data set and a recommender that are called like markup stay text, also inside the numbers."""
    hostile = "</script><script>alert(1)</script>"
    object.__setattr__(found.facts, "name", hostile)
    object.__setattr__(found.entries[0], "label", hostile)
    try:
        text = report(found)
        assert text.count("<script") == 2
        assert evidence_in(text, "x")["dataset"]["name"] == hostile
        assert "<script" not in drawn(found, 0)
    finally:
        object.__setattr__(found.facts, "name", "made")
        object.__setattr__(found.entries[0], "label", "Popularity")


@pytest.mark.parametrize(
    "text", ["", "[]", "<html></html>", "{}", '{"experiment": {}}', "[" * 100_000, "\x00"]
)
def test_a_file_without_evidence_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput, match=r"notes\.html: it holds no evidence"):
        evidence_in(text, "notes.html")


def test_a_newer_version_is_refused() -> None:
    text = wrapped('{"schema": 99, "experiment": {}, "results": []}')
    with pytest.raises(BadInput, match="newer version"):
        evidence_in(text, "a.html")
    assert json.loads(unwrapped(text))["schema"] == 99


def test_a_figure_places_values_on_its_axis() -> None:
    """0 and 1 stand at both ends with a little room; what is not defined has a dash and no mark."""
    rows = [("A", Estimate(0.0, 0.0, 0.0, 9), ""), ("B", Estimate(1.0, 1.0, 1.0, 9), "tied")]
    text = svg("NDCG@5", [*rows, ("C", Estimate(float("nan"), float("nan"), float("nan"), 0), "")], "n = 9")
    at = [float(found) for found in re.findall(r"circle cx='([\d.]+)'", text)]
    assert len(at) == 2
    assert at[0] < at[1]
    assert "1.00 (1.00–1.00) tied" in text
    assert ">–<" in text


def test_figures_with_negative_ends_are_read_rightly() -> None:
    assert figure(Estimate(-0.0123, -0.02, 0.001, 9)) == "−0.0123 (−0.0200 to 0.0010)"
