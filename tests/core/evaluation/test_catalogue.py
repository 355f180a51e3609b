"""Catalogue metrics: one value for all lists, whose interval resamples people as every other does."""

import numpy as np
import pytest

from core.evaluation import protocol
from core.evaluation.metric import Metric, catalogue_metric, metrics_named
from core.evaluation.record import comparison_json
from core.evaluation.uncertainty import resampled, resampled_lists
from core.types import FloatArray
from tests.making import compared_on, dataset, random_log

LISTS = np.array([[0, 1], [1, 2], [1, -1], [0, -2]], dtype=np.int32)


@catalogue_metric("Coverage", better="higher", formula=r"|\cup L| / |I|", source="a test")
def coverage(shown: FloatArray, k: int) -> FloatArray:
    """The share of the catalogue that anybody is shown."""
    return (shown > 0).mean(axis=1)


@catalogue_metric("First item", better="higher", formula=r"n_0", source="a test")
def first_item(shown: FloatArray, k: int) -> FloatArray:
    """How often item 0 is shown, over four people."""
    return shown[:, 0] / 4


def test_coverage_by_head() -> None:
    """Items 0, 1 and 2 of 5 are shown; places that are empty or outside the catalogue show nothing."""
    (whole,), (draws,) = resampled_lists([(coverage, 2)], LISTS, items=5, seed=0)
    assert whole == 3 / 5
    assert np.median(draws) == pytest.approx(whole)
    assert 1 / 5 <= np.ptp(draws) <= 2 / 5  # from one item to three


def test_the_draws_are_those_of_all_metrics() -> None:
    """Whether a person is shown item 0 is a per-person value too: 1, 0, 0, 1."""
    _, (draws,) = resampled_lists([(first_item, 2)], LISTS, items=5, seed=7)
    expected = resampled(np.array([[1.0], [0], [0], [1]]), seed=7)[0]
    assert draws == pytest.approx(expected - np.median(expected) + 1 / 2)


def test_a_wide_catalogue_is_drawn_in_smaller_blocks_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    _, whole = resampled_lists([(coverage, 2)], LISTS, items=5, seed=3)
    monkeypatch.setattr("core.evaluation.uncertainty._BLOCK_BYTES", 400)
    _, parts = resampled_lists([(coverage, 2)], LISTS, items=5, seed=3)
    assert parts == pytest.approx(whole)


def test_several_cuts_are_those_of_each_alone() -> None:
    asked = [(coverage, 2), (first_item, 1), (coverage, 1)]
    whole, draws = resampled_lists(asked, LISTS, items=5, seed=1)
    assert whole == pytest.approx([3 / 5, 2 / 4, 2 / 5])
    for at, one in enumerate(asked):
        assert draws[at] == pytest.approx(resampled_lists([one], LISTS, items=5, seed=1)[1][0])


def test_it_stands_beside_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    declared: Metric = coverage.metric  # type: ignore[attr-defined]
    monkeypatch.setattr(protocol, "metrics_named", lambda names: [declared, *metrics_named(names)])
    found = compared_on(dataset(random_log()), recommenders=("popularity", "random"), k=(5,))
    people = len(found.user_ids)
    popular, chance = (row[0] for row in found.estimates)
    assert popular.n == chance.n == people
    assert np.isnan(found.values[:, 0]).all()
    assert 5 / 20 <= popular.mean < chance.mean <= 1
    (gap,) = found.differences(0)
    assert gap.estimate.mean == pytest.approx(popular.mean - chance.mean)
    assert comparison_json(found)["results"][0]["metrics"][0]["name"] == "coverage"
