"""Diagnostics of weights on a small even log, and the lesson of bare rates."""

import tempfile
from pathlib import Path

import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.load import Source, load
from core.evaluation.offpolicy.asked import asked_of
from core.evaluation.offpolicy.diagnostics import Diagnosis, diagnoses
from core.evaluation.offpolicy.lesson import lesson, truth_of
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.store import Store
from tests.core.evaluation.offpolicy.made import experiment, pages, world


def _asked(data: Dataset) -> tuple[Diagnosis, ...]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 10**9), Inline())
        return desk.run(diagnoses, data, settings=asked_of(experiment(data), 2, ("ips",), 100))


def test_weights_of_an_even_log_are_all_the_number_of_items() -> None:
    popular, _random = _asked(world(pages(people=20, each=20)))
    assert popular.spec == "popularity"
    at = np.flatnonzero(popular.counts)
    assert len(at) == 1
    assert popular.edges[at[0]] <= 8 < popular.edges[at[0] + 1]
    assert popular.counts.sum() == popular.matched
    # each of two items is shown at each of two places on one page in eight
    assert popular.matched == pytest.approx(800 * 2 / 16, rel=0.3)
    assert popular.elsewhere == pytest.approx(800 * 2 / 16, rel=0.3)


def test_clipping_takes_weight_away() -> None:
    popular, _random = _asked(world(pages(people=20, each=20)))
    assert popular.kept[-1] == 1
    assert popular.kept[popular.limits == 1.0] == pytest.approx(1 / 8)
    assert (np.diff(popular.clipped) >= 0).all()


def test_what_the_log_never_showed_is_counted() -> None:
    frame = pages(people=20, each=20)
    hidden = frame.loc[frame["item"] == "i000", "slate"]
    popular, _random = _asked(world(frame[~frame["slate"].isin(hidden)]))
    assert popular.places == 40
    assert popular.unseen >= 20


def test_without_a_log_there_is_nothing_to_look_at() -> None:
    assert _asked(world(pages(people=5, each=2).head(0))) == ()


def test_the_truth_is_known_of_samples_only() -> None:
    with pytest.raises(BadInput, match="true is not known"):
        truth_of(world(pages(people=5, each=2)), 2)


def test_on_the_sample_news_bare_rates_are_far_off_and_turn_the_order() -> None:
    sample = load(Source(data="news"))
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 10**9), Inline())
        asked = experiment(
            sample,
            data="news",
            recommenders=["user_knn", "popularity", "tfidf", "random"],
            split="by_time(test=0.2)",
            exclude_seen="positive",
        )
        taught = desk.run(lesson, sample, settings=asked_of(asked, 5, ("pbm",), 200))
    assert all(abs(one.bare / one.truth - 1) > 0.3 for one in taught)
    assert [one.spec for one in taught] == ["user_knn", "popularity", "tfidf", "random"]
    by_bare = [one.spec for one in sorted(taught, key=lambda one: -one.bare)]
    assert by_bare == ["tfidf", "user_knn", "random", "popularity"]
    for one in taught:
        assert one.estimate.mean == pytest.approx(one.truth, rel=0.3)
