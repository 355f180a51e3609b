"""A year of visits: who they are, what they did, and that one thing follows another."""

import numpy as np
import pandas as pd

from tests.sample_data.pbm import ease, item_knn, ndcg, popularity, top
from tests.sample_data.shop import Shop


def test_counts(shop: Shop) -> None:
    assert shop.shape == (1500, 400)
    assert shop.items["category"].nunique() == 8
    assert shop.items.groupby("category").size().between(45, 55).all()
    assert set(shop.interactions["kind"].unique()) == {"view", "cart", "purchase"}
    assert len(shop.searches) > 10_000
    assert len(shop.reviews) > 5_000


def test_ids_are_unique_and_known(shop: Shop) -> None:
    assert shop.users["user"].is_unique
    assert shop.items["item"].is_unique
    for table in (shop.interactions, shop.reviews, shop.impressions, shop.searches):
        assert set(table["user"].unique()) <= set(shop.users["user"])
    for table in (shop.interactions, shop.reviews, shop.impressions):
        assert set(table["item"].unique()) <= set(shop.items["item"])


def test_nothing_happens_before_registration(shop: Shop) -> None:
    registered = shop.users["registered"].to_numpy()
    for table in (shop.interactions, shop.reviews, shop.impressions, shop.searches):
        assert (table["timestamp"].to_numpy() >= registered[shop.user(table)]).all()


def test_a_year_of_history_comes_before_the_first_slate(shop: Shop) -> None:
    first_slate = shop.impressions["timestamp"].min()
    history = shop.interactions[shop.interactions["timestamp"] < first_slate]
    assert 360 <= (first_slate - history["timestamp"].min()).days <= 366
    assert set(history["timestamp"].dt.month) == set(range(1, 13))


def test_the_default_split_cuts_in_the_last_weeks_before_the_first_slate(shop: Shop) -> None:
    before = shop.impressions["timestamp"].min() - shop.cut
    assert pd.Timedelta(days=2) < before < pd.Timedelta(days=28)


def test_people_have_histories_to_learn_from(shop: Shop) -> None:
    known = shop.matrix(shop.purchases[shop.purchases["timestamp"] < shop.cut]).sum(axis=1)
    assert np.median(known) >= 8
    assert known.min() >= 1
    assert (known >= 5).mean() > 0.97


def test_no_two_people_are_nearly_the_same(shop: Shop) -> None:
    x = shop.matrix(shop.purchases)
    x = x[x.sum(axis=1) >= 10]
    norm = np.linalg.norm(x, axis=1)
    similar = (x @ x.T) / np.outer(norm, norm)
    np.fill_diagonal(similar, 0)
    assert similar.max() < 0.9
    assert (similar.max(axis=1) > 0.7).mean() < 0.05


def test_popularity_has_a_long_tail(shop: Shop) -> None:
    counts = np.sort(np.bincount(shop.item(shop.purchases), minlength=400))
    assert counts[-40:].sum() > 0.25 * counts.sum()
    assert counts[:200].sum() < 0.25 * counts.sum()
    assert counts.min() > 0


def test_a_purchase_follows_a_cart_and_a_cart_a_view(shop: Shop) -> None:
    keys = ["session", "user", "item"]
    rows = shop.interactions.assign(kind=shop.interactions["kind"].astype(str))
    first = rows.pivot_table(index=keys, columns="kind", values="timestamp", aggfunc="min", observed=True)
    carted = first.dropna(subset=["cart"])
    bought = first.dropna(subset=["purchase"])
    assert (carted["view"] < carted["cart"]).all()
    assert (bought["cart"] < bought["purchase"]).all()


def test_a_session_is_one_person_and_short(shop: Shop) -> None:
    sessions = shop.interactions.groupby("session", observed=True)
    assert (sessions["user"].nunique() == 1).all()
    assert (sessions["timestamp"].max() - sessions["timestamp"].min()).max() < pd.Timedelta(hours=3)


def test_only_what_is_paid_has_a_value(shop: Shop) -> None:
    viewed = shop.interactions["kind"] == "view"
    assert shop.interactions.loc[viewed, "value"].isna().all()
    price = shop.items.set_index("item")["price"]
    paid = shop.interactions.loc[~viewed]
    quantity = paid["value"] / paid["item"].astype(str).map(price)
    assert np.isclose(quantity, quantity.round()).all()
    assert quantity.between(0.99, 3.01).all()


def test_prices_end_as_in_a_shop(shop: Shop) -> None:
    cents = (shop.items["price"] * 100).round().astype(int) % 100
    assert set(cents) <= {0, 50, 90, 95}
    assert shop.items["price"].between(5, 600).all()


def test_people_come_in_the_evening_and_gardeners_in_spring(shop: Shop) -> None:
    views = shop.interactions[shop.interactions["kind"] == "view"]
    hours = views["timestamp"].dt.hour
    assert hours.between(18, 22).mean() > 2 * hours.between(6, 10).mean()
    category = shop.items.set_index("item")["category"]
    garden = (views["item"].astype(str).map(category) == "Garden").groupby(views["timestamp"].dt.month).mean()
    assert garden[[4, 5]].mean() > 1.3 * garden[[11, 12]].mean()


def test_reviews_follow_a_purchase(shop: Shop) -> None:
    first = shop.purchases.groupby(["user", "item"], observed=True)["timestamp"].min().rename("bought")
    joined = shop.reviews.merge(first.reset_index(), on=["user", "item"], how="left")
    assert (joined["timestamp"] > joined["bought"]).all()
    assert not shop.reviews.duplicated(["user", "item"]).any()
    assert set(shop.reviews["rating"]) == {1, 2, 3, 4, 5}


def test_recommenders_differ_as_they_should(shop: Shop) -> None:
    purchases = shop.purchases
    x = shop.matrix(purchases[purchases["timestamp"] < shop.cut])
    test = shop.matrix(purchases[purchases["timestamp"] >= shop.cut]) * (x == 0)
    noise = np.random.default_rng(0).random(x.shape)
    scores = {"random": noise, "popularity": popularity(x), "knn": item_knn(x), "ease": ease(x)}
    value = {name: ndcg(top(score, x, 10), test) for name, score in scores.items()}
    assert value["popularity"] > 2 * value["random"]
    assert value["knn"] > 1.5 * value["popularity"]
    assert value["ease"] > 1.5 * value["popularity"]
