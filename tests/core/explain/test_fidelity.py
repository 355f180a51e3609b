"""Fidelity: without what a reason names an item falls; without what does not matter it stays."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.data.dataset import Dataset
from core.evaluation.experiment import experiment_of
from core.explain.fidelity import Fidelity, Sample, _rank, fidelity
from core.recommenders.linear import LinearScorer
from core.types import FloatArray
from core.work.desk import Desk
from tests.making import dataset, random_log


def made() -> Dataset:
    return dataset(random_log(people=40, items=30, each=10))


def measured(desk: Desk, data: Dataset, spec: str, people: int = 40) -> Fidelity:
    experiment = experiment_of({"data": "made", "recommenders": [spec], "split": "leave_last(n=1)"})
    return desk.run(fidelity, data, settings=Sample(experiment.on(data), spec, people))


def test_items_that_a_linear_model_names_matter_more_than_others(desk: Desk) -> None:
    found = measured(desk, made(), "ease(l2=10)")
    assert found.exact
    assert found.named is not None and found.others is not None and found.further is not None
    assert found.further.mean == pytest.approx(found.named.mean - found.others.mean)
    assert found.further.low > 0
    assert found.named.n == found.asked == 40


def test_a_sample_is_the_same_at_every_visit_and_of_the_size_that_is_asked(desk: Desk) -> None:
    data = made()
    one, other = measured(desk, data, "item_knn", 15), measured(desk, data, "item_knn", 15)
    assert one == other
    assert one.asked == 15


def test_reasons_that_name_nothing_that_matters_do_not_pass(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model whose reasons name the items that add least: others matter more."""

    def least(self: LinearScorer, history: csr_array, item: int) -> FloatArray:
        column = self.weights[:, [item]]
        dense = column.toarray()[:, 0] if isinstance(column, csr_array) else column[:, 0]
        own = history.toarray()[0]
        return np.asarray(own * (dense.max() + 1 - dense))

    monkeypatch.setattr(LinearScorer, "contributions", least)
    found = measured(desk, made(), "ease(l2=10)")
    assert found.further is not None
    assert found.further.high < 0


def test_estimated_reasons_are_said_to_be_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LinearScorer, "contributions", lambda *_given: None)
    found = measured(desk, made(), "ease(l2=10)")
    assert not found.exact
    assert found.further is not None
    assert found.further.low > 0


@pytest.mark.parametrize("spec", ["popularity", "random"])
def test_where_reasons_name_no_items_there_is_nothing_to_measure(desk: Desk, spec: str) -> None:
    found = measured(desk, made(), spec)
    assert (found.named, found.others, found.further) == (None, None, None)


def test_rank_among_what_may_be_shown() -> None:
    """0.9 is barred; 0.7 stands above; of the two at 0.5 each has the middle of ranks 2 and 3."""
    scores = np.array([[0.9, 0.7, 0.5, 0.5, 0.1]], dtype=np.float32)
    barred = np.array([True, False, False, False, False])
    assert [float(_rank(scores, item, barred)[0]) for item in (1, 2, 3, 4)] == [1, 2.5, 2.5, 4]
