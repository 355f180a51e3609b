"""Relative differences: the ratio of means, with a paired interval."""

import numpy as np
import pytest

from core.evaluation.relative import relative
from tests.making import compared_on, dataset, random_log


def test_it_is_the_ratio_of_the_means_less_one() -> None:
    found = compared_on(dataset(random_log(people=40)), recommenders=("popularity", "item_knn"), k=(5,))
    one = relative(found, 1, 0, 0)
    means = [row[0].mean for row in found.estimates]
    assert one.mean == pytest.approx(means[1] / means[0] - 1)
    assert one.low <= one.mean <= one.high
    assert one.n == found.estimates[0][0].n


def test_against_itself_it_is_zero_without_doubt() -> None:
    found = compared_on(dataset(random_log(people=40)), recommenders=("popularity",), k=(5,))
    one = relative(found, 0, 0, 0)
    assert (one.mean, one.low, one.high) == (0, 0, 0)


def test_a_baseline_of_zero_has_no_ratio() -> None:
    found = compared_on(dataset(random_log(people=40)), recommenders=("popularity", "item_knn"), k=(5,))
    nothing = found.values.copy()
    nothing[0] = 0
    object.__setattr__(found, "values", nothing)
    one = relative(found, 1, 0, 0)
    assert np.isnan([one.mean, one.low, one.high]).all()


def test_a_metric_of_all_lists_has_a_ratio_of_its_values() -> None:
    found = compared_on(
        dataset(random_log(people=40)),
        recommenders=("popularity", "random"),
        metrics=("coverage",),
        k=(5,),
    )
    one = relative(found, 1, 0, 0)
    assert one.mean == pytest.approx(found.whole[1, 0] / found.whole[0, 0] - 1)
    assert one.low <= one.mean <= one.high
    assert one.n == len(found.user_ids)
