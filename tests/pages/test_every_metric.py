"""Every metric can be chosen on every page that speaks of one, also where it is defined for nobody."""

import pytest

from core.evaluation.metric import metrics
from tests.pages.conftest import Open, html, lead

NAMES = list(dict.fromkeys(name for name, _variant in metrics()))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", ["compare/overview", "explore/people"])
def test_a_page_stands_by_every_metric(app: Open, page: str, name: str) -> None:
    at = app(page, metric=name, recommenders="popularity,item_knn")
    assert not at.exception
    assert "nan" not in html(at)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ndcg", " serves these people best: NDCG@10 "),
        ("coverage", " has the highest: Coverage@10 "),
        ("gini", " has the lowest: Gini@10 "),
        ("diversity", "Diversity is not defined here: see what it needs on Methods."),
    ],
)
def test_the_verdict_claims_no_more_than_the_metric_tells(app: Open, name: str, said: str) -> None:
    """The films have no categories."""
    assert said in lead(app(metric=name, recommenders="popularity,ease"))
