"""The truth beside the data: its shapes, its formulas, and a page that says what each file is."""

import json

import numpy as np
import pandas as pd

from tests.sample_data.sampled import Sampled


def test_every_file_is_explained(sample: Sampled) -> None:
    folder = sample.folder / "truth"
    page = (folder / "README.md").read_text("utf-8")
    for path in folder.iterdir():
        assert f"`{path.name}`" in page or path.name == "README.md"


def test_shapes_and_ranges(sample: Sampled) -> None:
    people, items = sample.shape
    interests = len(sample.about["interests"])
    for name, shape in (
        ("relevance", (people, items)),
        ("purchase_given_click", (people, items)),
        ("preferences", (people, interests)),
        ("topics", (items, interests)),
        ("needs", (people, len(sample.about["categories"]))),
    ):
        array = np.load(sample.folder / "truth" / f"{name}.npy")
        assert array.shape == shape
        assert array.dtype == np.float32
        assert ((array >= 0) & (array <= 1)).all()
    assert sample.production.shape == (people, 50)
    assert all(len(set(row)) == 50 for row in sample.production.tolist())


def test_relevance_is_its_formula(sample: Sampled) -> None:
    preferences, topics = (
        np.load(sample.folder / "truth" / "preferences.npy"),
        np.load(sample.folder / "truth" / "topics.npy"),
    )
    traits = pd.read_parquet(sample.folder / "truth" / "items.parquet")
    logit = -3.6 + 2.8 * preferences @ topics.T + traits["quality"].to_numpy()
    if sample.world.rules.appears:
        first = pd.Timestamp(sample.about["periods"]["log"], tz="UTC")
        age = (first - sample.items["published"]).dt.total_seconds() / 86_400
        logit -= np.minimum(2.0, np.log(2) * age / traits["half_life"]).to_numpy()
    expected = np.where(sample.barred, 0, 1 / (1 + np.exp(-logit)))
    np.testing.assert_allclose(sample.relevance, expected, atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(preferences, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(topics, axis=1), 1, atol=1e-5)


def test_examination_is_its_formula(sample: Sampled) -> None:
    examination = json.loads((sample.folder / "truth" / "examination.json").read_text())
    assert examination == {str(k): k**-0.7 for k in range(1, 6)}


def test_conversions_need_need_means_and_quality(sample: Sampled) -> None:
    folder = sample.folder / "truth"
    people, items = pd.read_parquet(folder / "people.parquet"), pd.read_parquet(folder / "items.parquet")
    needs = np.load(sample.folder / "truth" / "needs.npy")
    categories = list(sample.about["categories"])
    department = sample.items["category"].map(categories.index).to_numpy()
    given_need = sample.purchase_given_click / np.maximum(needs[:, department], 1e-3)
    rich = np.argsort(people["budget"].to_numpy())
    assert given_need[rich[-100:]].mean() > 1.2 * given_need[rich[:100]].mean()
    dear = np.argsort(sample.items[sample.world.rules.effort].to_numpy())
    assert given_need[:, dear[:60]].mean() > 1.5 * given_need[:, dear[-60:]].mean()
    good = np.argsort(items["quality"].to_numpy())
    assert given_need[:, good[-100:]].mean() > given_need[:, good[:100]].mean()


def test_rows_are_in_the_order_of_sorted_ids(sample: Sampled) -> None:
    assert pd.read_parquet(sample.folder / "truth" / "people.parquet")["user"].tolist() == sorted(
        sample.users["user"]
    )
    assert pd.read_parquet(sample.folder / "truth" / "items.parquet")["item"].tolist() == sorted(
        sample.items["item"]
    )


def test_production_is_not_the_oracle(sample: Sampled) -> None:
    best = -np.sort(-sample.relevance, axis=1)[:, :5].mean()
    shown = np.take_along_axis(sample.relevance, sample.production[:, :5].astype(int), 1).mean()
    assert sample.relevance.mean() * 2 < shown < 0.85 * best


def test_segments_are_large_enough_to_be_found(sample: Sampled) -> None:
    segments = pd.read_parquet(sample.folder / "truth" / "people.parquet")["segment"]
    assert set(segments) == set(sample.about["segments"])
    assert segments.value_counts().min() >= 60
