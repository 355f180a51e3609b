"""Words of segments by head, levels, and segments of very little."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.content.keywords import class_weights
from core.data.dataset import Dataset
from core.interests.clusters import ClusterSettings, Method
from core.interests.documents import Documents
from core.interests.points import INTERACTIONS, PointsOf
from core.interests.segments import Segmentation, SegmentsOf, group_words, segmentation
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.steps import Step
from core.work.store import Store
from tests.core.interests.known_for_tests import PART, documents_of, ids
from tests.making import dataset, log

COLUMNS = ("user", "item", "part")
#                 hat, jam, tea, wool
SAID = documents_of("tea tea jam", "tea jam", "wool hat jam", "wool jam", "hat hat jam")


def test_words_of_a_cluster_by_head() -> None:
    """Class-based TF-IDF times log lift. Of 5 words cluster 0 says tea 3 times and jam twice; of 8 cluster 1
    says hat 3 times, jam 3 and wool 2. Jam is 5 of all 13: 2/5 is a little more, so it is the last of 0."""
    labels = np.array([0, 0, 1, 1, 1], dtype=np.int32)
    found = group_words(labels, SAID.counts, SAID, {})
    assert found == (("tea", "jam"), ("hat", "wool"))
    weights = class_weights(np.array([[0, 2, 3, 0], [3, 3, 0, 2]]))
    hat, wool = weights[1, 0] * np.log(3 / 8 / (3 / 13)), weights[1, 3] * np.log(2 / 8 / (2 / 13))
    assert hat > wool > 0
    assert weights[0, 2] * np.log(3 / 5 / (3 / 13)) > weights[0, 1] * np.log(2 / 5 / (5 / 13)) > 0


def test_who_is_in_no_cluster_counts_among_everybody() -> None:
    """Of the clusters only 0 says wool, once in four words; who is in none says much of it: 7 of 12."""
    more = documents_of("wool tea tea tea", "tea jam", "wool wool wool wool wool wool")
    labels = np.array([0, 1, -1], dtype=np.int32)
    assert group_words(labels, more.counts, more, {}) == (("tea",), ("jam", "tea"))


def test_words_that_are_items_are_shown_by_title() -> None:
    labels = np.array([0, 0, 1, 1, 1], dtype=np.int32)
    assert group_words(labels, SAID.counts, SAID, {"tea": "Green tea"}, most=1) == (("Green tea",), ("hat",))


def test_one_cluster_of_everybody_has_no_words_and_no_cluster_none() -> None:
    assert group_words(np.zeros(5, dtype=np.int32), SAID.counts, SAID, {}) == ((),)
    assert group_words(np.full(5, -1, dtype=np.int32), SAID.counts, SAID, {}) == ()
    nothing = Documents(
        "text", ids("d", 2), np.array([], dtype=object), csr_array(np.zeros((2, 0), dtype=np.float32))
    )
    assert group_words(np.array([0, 1], dtype=np.int32), nothing.counts, nothing, {}) == ((), ())


TITLES = {"tea": "green tea", "cup": "tea cup", "pot": "tea pot", "hat": "wool hat", "sock": "wool sock"}
TITLES |= {"cap": "wool cap", **{f"x{at}": "" for at in range(6)}}


def two_tastes(many: int = 12, said: bool = True, alike: bool = False) -> Dataset:
    """So many people take tea things and as many woollen ones; two of their items are held out."""
    tastes = [("tea", "cup", "pot"), ("hat", "sock", "cap")]
    rows = [
        f"u{person:03}{taste} {item} train"
        for taste, items in enumerate(tastes)
        for person in range(many)
        for item in (tastes[0] if alike else items)
    ]
    held = [f"u{person:03}{taste} x0 test" for person in range(many) for taste in (0, 1)]
    items = {"item": [*TITLES], **({"title": [*TITLES.values()]} if said else {})}
    return dataset(log(*rows, *held, columns=COLUMNS), items=pd.DataFrame(items))


@pytest.fixture
def desk(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that draws maps in this process."""
    monkeypatch.setattr("core.work.isolated.call", Step.__call__)
    return Desk(Store(tmp_path / "store", 10**9), Inline())  # type: ignore[operator]


def made(
    desk: Desk, data: Dataset, method: Method = "hdbscan", of: str = "people", **chosen: int
) -> Segmentation:
    asked = SegmentsOf(
        PointsOf(of, INTERACTIONS, PART),  # type: ignore[arg-type]
        clusters=ClusterSettings(method, **chosen),
    )
    return desk.run(segmentation, data, settings=asked)


def test_two_tastes_are_two_segments_with_their_words(desk: Desk) -> None:
    found = made(desk, two_tastes(), "kmeans", k=2)
    level = found.chosen
    taste = np.array([user[-1] for user in found.projection.ids])
    assert (found.projection.method, len(taste)) == ("pca", 24)  # two different points
    assert level.clusters.sizes.tolist() == [12, 12]
    for cluster, (words, typical) in enumerate(zip(level.words, level.typical, strict=True)):
        (name,) = set(taste[level.clusters.labels == cluster])
        assert words[0] == ("tea" if name == "0" else "wool")
        assert level.names[cluster] == ", ".join(words[:3])
        assert {user[-1] for user in typical} == {name}
        assert len(typical) == 5


def test_levels_go_from_coarse_to_fine(desk: Desk) -> None:
    data = two_tastes()
    assert [one.clusters.centres.shape[0] <= 2 for one in made(desk, data, "kmeans", k=8).levels] == [
        True
    ] * 3
    sizes = [len(one.clusters.centres) for one in made(desk, data, size=6).levels]
    assert sizes == sorted(sizes)


def test_titles_where_items_say_nothing(desk: Desk) -> None:
    found = made(desk, two_tastes(said=False), "kmeans", k=2)
    words = {word for some in found.chosen.words for word in some}
    assert words == {"tea", "cup", "pot", "hat", "sock", "cap"}  # no titles: ids


def test_items_are_segments_too(desk: Desk) -> None:
    for said in (True, False):
        found = made(desk, two_tastes(said=said), "kmeans", of="items", k=2)
        assert set(found.projection.ids) == {"tea", "cup", "pot", "hat", "sock", "cap"}
        assert found.projection.left_out == 6
        groups = [set(found.projection.ids[found.chosen.clusters.labels == at]) for at in (0, 1)]
        assert {"tea", "cup", "pot"} in groups


def test_people_who_are_all_alike_are_one_segment_without_a_name(desk: Desk) -> None:
    found = made(desk, two_tastes(alike=True))
    assert found.chosen.clusters.sizes.tolist() == [24]
    assert (found.chosen.names, found.chosen.words) == (("",), ((),))
    assert np.isnan([found.chosen.clusters.silhouette, found.chosen.clusters.stability]).all()


def test_more_segments_than_people_are_refused_not_made_fewer(desk: Desk) -> None:
    data = two_tastes(many=2)
    with pytest.raises(BadInput, match="8 clusters can't be made of 4 points"):
        made(desk, data, "kmeans", k=8)
    found = made(desk, data, "kmeans", k=3)
    assert len(found.chosen.clusters.labels) == 4


def test_few_people_are_in_no_segment(desk: Desk) -> None:
    found = made(desk, two_tastes(many=2))
    assert found.chosen.clusters.labels.tolist() == [-1] * 4
    assert found.chosen.names == ()


def test_one_person_is_refused(desk: Desk) -> None:
    alone = dataset(log("ann tea train", "ann jam train", "ann x test", "bo x test", columns=COLUMNS))
    with pytest.raises(BadInput, match="Too few people"):
        made(desk, alone)


def test_a_kept_segmentation_is_read_again_as_it_was(tmp_path: object, desk: Desk) -> None:
    data = two_tastes()
    one = made(desk, data, "kmeans", k=2)
    other = made(Desk(desk.store, Inline()), data, "kmeans", k=2)
    assert one.fingerprint == other.fingerprint
    assert one.chosen.words == other.chosen.words
    np.testing.assert_array_equal(one.projection.places, other.projection.places)
