"""Two maps at once: UMAP in one process aborts it, so each is fitted in a child of its own."""

from pathlib import Path

import numpy as np

from core.content.embedding import unit
from core.interests.points import Points
from core.interests.projection import MapSettings, project
from core.work.desk import Desk
from core.work.engines import Threads
from core.work.store import Store


def points(seed: int) -> Points:
    """60 people in three bundles."""
    rng = np.random.default_rng(seed)
    vectors = np.repeat(np.eye(3, 8), 20, axis=0) + 0.1 * rng.normal(size=(60, 8))
    ids = np.array([f"u{at:02}" for at in range(60)], dtype=object)
    return Points("people", "interactions", ids, unit(vectors))


def test_two_maps_at_once_both_finish_and_a_cancelled_one_is_gone(tmp_path: Path) -> None:
    desk = Desk(Store(tmp_path / "store", 10**9), Threads(3, "work"))
    one = desk.start(project, points(0), settings=MapSettings(seed=1))
    other = desk.start(project, points(1), settings=MapSettings(seed=2))
    third = desk.start(project, points(2), settings=MapSettings(seed=3))
    third.cancel()
    found = [job.result(240) for job in (one, other)]
    assert [map_.method for map_ in found] == ["umap", "umap"]
    assert all(np.isfinite(map_.places).all() and map_.places.shape == (60, 2) for map_ in found)
    assert third.status().state == "cancelled"
    desk.close()
