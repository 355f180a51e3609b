"""An evidence file on Runs: its own numbers, or a message that names it."""

import pytest
from streamlit.testing.v1 import AppTest

from core.evaluation.comparison import Comparison
from core.evaluation.evidence.report import report
from tests.making import compared_on, dataset, random_log
from tests.pages.conftest import Open, html, settled


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compared_on(
        dataset(random_log(people=40)), recommenders=("popularity", "random"), k=(5,), metrics=("ndcg", "auc")
    )


def dropped(at: AppTest, content: bytes, name: str = "comparison.html") -> AppTest:
    at.file_uploader(key="evidence_file").set_value([(name, content, "text/html")])
    return settled(at)


def test_the_numbers_are_those_of_the_report(app: Open, comparison: Comparison) -> None:
    at = dropped(app("manage/runs"), report(comparison).encode())
    table = next(one.value for one in at.dataframe if "mean" in one.value.columns)
    for at_row, entry in enumerate(comparison.entries):
        own = table[table["recommender"] == entry.name]
        assert own["mean"].tolist() == [one.mean for one in comparison.estimates[at_row]]
    assert set(table["metric"]) == {"NDCG@5", "NDCG (untruncated)@5", "NDCG (graded)@5", "AUC"}
    assert "better than popularity alone" in html(at)


@pytest.mark.parametrize(
    "content",
    [
        b"<html>notes</html>",
        b'{"schema": 1, "experiment": {}, "results": []}',
        b'{"schema": 1, "experiment": {}, "results": [1]}',
        b'{"schema": 1, "experiment": {}, "results": [{"recommender": "a", "metrics": [{"name": 1}]}]}',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_evidence_is_named_and_the_page_stands(app: Open, content: bytes) -> None:
    at = dropped(app("manage/runs"), content, "notes.html")
    assert not at.exception
    assert "notes.html: it holds no evidence" in html(at)


def test_names_in_a_file_do_nothing(app: Open, comparison: Comparison) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    text = report(comparison).replace('"detail": "', f'"detail": "{hostile} ').replace("\\u003c", "<")
    at = dropped(app("manage/runs"), text.encode())
    assert not at.exception
    assert hostile not in html(at)
