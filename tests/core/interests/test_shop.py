"""What is known of the people of the sample shop, found again from what they took."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from core.data.load import SAMPLES, Source, load
from core.interests.points import INTERACTIONS, PointsOf
from core.interests.segments import Segmentation, SegmentsOf, segmentation
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.store import Store
from tests.core.interests.known_for_tests import PART


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Segmentation:
    """The segments of the shop's people by who took what."""
    folder: Path = tmp_path_factory.mktemp("store")
    asked = SegmentsOf(PointsOf("people", INTERACTIONS, PART))
    return Desk(Store(folder, 10**9), Inline()).run(segmentation, load(Source(data="shop")), settings=asked)


def test_true_segments_are_recovered(found: Segmentation) -> None:
    people = pd.read_parquet(SAMPLES / "shop" / "truth" / "people.parquet").set_index("user")
    truth = people["segment"][list(found.projection.ids)]
    assert adjusted_rand_score(truth, found.chosen.clusters.labels) > 0.5


def test_the_map_and_its_segments_are_sound(found: Segmentation) -> None:
    assert found.projection.method == "umap"
    assert found.projection.trustworthiness > 0.8
    assert np.isfinite(found.projection.places).all()
    for level in found.levels:
        many = len(level.clusters.centres)
        assert many == len(level.names) == len(level.words) == len(level.typical)
        assert len(set(level.names)) == many
        assert 0 < level.clusters.silhouette < 1
        assert 0.5 < level.clusters.stability <= 1
