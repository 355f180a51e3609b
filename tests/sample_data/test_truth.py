"""The truth beside the data: its shapes, its formulas, and a page that says what each file is."""

import json

import numpy as np
import pandas as pd

from tests.sample_data.shop import SHOP, Shop

TRUTH = SHOP / "truth"


def test_every_file_is_explained() -> None:
    page = (TRUTH / "README.md").read_text("utf-8")
    for path in TRUTH.iterdir():
        assert f"`{path.name}`" in page or path.name == "README.md"


def test_shapes_and_ranges(shop: Shop) -> None:
    interests = len(shop.about["interests"])
    for name, shape in (
        ("relevance", (1500, 400)),
        ("purchase_given_click", (1500, 400)),
        ("preferences", (1500, interests)),
        ("topics", (400, interests)),
        ("needs", (1500, 8)),
    ):
        array = np.load(TRUTH / f"{name}.npy")
        assert array.shape == shape
        assert array.dtype == np.float32
        assert ((array >= 0) & (array <= 1)).all()
    assert shop.production.shape == (1500, 50)
    assert all(len(set(row)) == 50 for row in shop.production.tolist())


def test_relevance_is_its_formula(shop: Shop) -> None:
    preferences, topics = np.load(TRUTH / "preferences.npy"), np.load(TRUTH / "topics.npy")
    quality = pd.read_parquet(TRUTH / "items.parquet")["quality"].to_numpy()
    logit = -3.6 + 2.8 * preferences @ topics.T + quality
    np.testing.assert_allclose(shop.relevance, 1 / (1 + np.exp(-logit)), atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(preferences, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(topics, axis=1), 1, atol=1e-5)


def test_examination_is_its_formula() -> None:
    examination = json.loads((TRUTH / "examination.json").read_text())
    assert examination == {str(k): k**-0.7 for k in range(1, 6)}


def test_purchases_need_need_money_and_quality(shop: Shop) -> None:
    people, items = pd.read_parquet(TRUTH / "people.parquet"), pd.read_parquet(TRUTH / "items.parquet")
    needs = np.load(TRUTH / "needs.npy")
    categories = list(shop.about["categories"])
    department = shop.items["category"].map(categories.index).to_numpy()
    given_need = shop.purchase_given_click / np.maximum(needs[:, department], 1e-3)
    rich = np.argsort(people["budget"].to_numpy())
    assert given_need[rich[-300:]].mean() > 1.2 * given_need[rich[:300]].mean()
    dear = np.argsort(shop.items["price"].to_numpy())
    assert given_need[:, dear[:100]].mean() > 1.5 * given_need[:, dear[-100:]].mean()
    good = np.argsort(items["quality"].to_numpy())
    assert given_need[:, good[-100:]].mean() > given_need[:, good[:100]].mean()


def test_rows_are_in_the_order_of_sorted_ids(shop: Shop) -> None:
    assert pd.read_parquet(TRUTH / "people.parquet")["user"].tolist() == sorted(shop.users["user"])
    assert pd.read_parquet(TRUTH / "items.parquet")["item"].tolist() == sorted(shop.items["item"])


def test_production_is_not_the_oracle(shop: Shop) -> None:
    best = -np.sort(-shop.relevance, axis=1)[:, :5].mean()
    shown = np.take_along_axis(shop.relevance, shop.production[:, :5].astype(int), 1).mean()
    assert shop.relevance.mean() * 2 < shown < 0.85 * best


def test_segments_are_large_enough_to_be_found(shop: Shop) -> None:
    segments = pd.read_parquet(TRUTH / "people.parquet")["segment"]
    assert set(segments) == set(shop.about["segments"])
    assert segments.value_counts().min() >= 60
