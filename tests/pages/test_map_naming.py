"""Names of clusters by the model: which clusters get one, and where it stands."""

import numpy as np
import pytest

from core.interests.clusters import Clusters
from core.interests.segments import Level, Segmentation
from core.language.naming import Name
from pages.parts import map_naming, map_view
from tests.core.interests.known_for_tests import map_of

TEA, ROPE = ("tea", "kettle", "cup", "leaf"), ("rope", "tent")


@pytest.fixture
def drawn() -> Segmentation:
    """Six people of a cluster, four of another: too few to be named."""
    projection = map_of(np.zeros((10, 2)))
    labels = np.array([0] * 6 + [1] * 4, dtype=np.int32)
    nan = float("nan")
    found = Clusters(projection.ids, labels, np.zeros((2, 2), dtype=np.float32), nan, nan)
    level = Level(found, ("tea, kettle, cup", "rope, tent"), (TEA, ROPE), ((), ()))
    return Segmentation(projection, (level, level, level))


def test_a_name_stands_at_every_level_in_place_of_the_words(drawn: Segmentation) -> None:
    made = map_naming.called(drawn, {TEA: Name(TEA, ("tea", "cup"), by="m"), ROPE: Name(ROPE)})
    assert [level.names for level in made.levels] == [("tea and cup", "rope, tent")] * 3
    assert [map_naming.is_generated(made.chosen, at) for at in (0, 1)] == [True, False]
    assert map_naming.called(drawn, {}) is drawn


def test_clusters_of_few_people_are_not_asked_about(drawn: Segmentation) -> None:
    assert map_naming._words(drawn) == [TEA]


def test_a_table_says_which_names_are_generated(drawn: Segmentation, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.arange(10)
    assert "generated" not in map_view.table(drawn, rows)
    monkeypatch.setattr("pages.parts.generated.wanted", lambda: True)
    made = map_naming.called(drawn, {TEA: Name(TEA, ("tea", "cup"), by="m")})
    table = map_view.table(made, rows)
    assert table["generated"].tolist() == [True] * 6 + [False] * 4
    assert table["cluster"].tolist() == ["tea and cup"] * 6 + ["cluster 2"] * 4
