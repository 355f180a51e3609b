"""A year of visits: who they are, what they did, and that one thing follows another."""

import numpy as np
import pandas as pd
import pytest

from tests.sample_data.pbm import ease, item_knn, ndcg, popularity, top
from tests.sample_data.sampled import Sampled, moments


def test_counts(sample: Sampled) -> None:
    people, items = sample.shape
    categories = len(sample.world.departments)
    assert (people, items) == (sample.world.n_users, sample.world.n_items)
    assert 600 <= people <= 1500
    assert 250 <= items <= 400
    assert sample.items["category"].nunique() == categories
    sizes = sample.items.groupby("category").size()
    assert (abs(sizes - items / categories) <= 0.1 * items / categories).all()
    assert set(sample.interactions["kind"].unique()) == set(sample.world.rules.kinds)
    assert len(sample.searches) > 4 * people
    assert len(sample.reviews) > 4 * people


def test_ids_are_unique_and_known(sample: Sampled) -> None:
    assert sample.users["user"].is_unique
    assert sample.items["item"].is_unique
    for table in (sample.interactions, sample.reviews, sample.impressions, sample.searches):
        assert set(table["user"].unique()) <= set(sample.users["user"])
    for table in (sample.interactions, sample.reviews, sample.impressions):
        assert set(table["item"].unique()) <= set(sample.items["item"])


def test_nothing_happens_before_registration(sample: Sampled) -> None:
    registered = moments(sample.users["registered"])
    for table in (sample.interactions, sample.reviews, sample.impressions, sample.searches):
        assert (moments(table["timestamp"]) >= registered[sample.user(table)]).all()


def test_a_year_of_history_comes_before_the_first_slate(sample: Sampled) -> None:
    first_slate = sample.impressions["timestamp"].min()
    history = sample.interactions[sample.interactions["timestamp"] < first_slate]
    assert 360 <= (first_slate - history["timestamp"].min()).days <= 366
    assert set(history["timestamp"].dt.month) == set(range(1, 13))


def test_the_default_split_cuts_in_the_last_weeks_before_the_first_slate(sample: Sampled) -> None:
    before = sample.impressions["timestamp"].min() - sample.cut
    assert pd.Timedelta(days=2) < before < pd.Timedelta(days=28)


def test_people_have_histories_to_learn_from(sample: Sampled) -> None:
    known = sample.train.sum(axis=1)
    assert np.median(known) >= 8
    assert known.min() >= 1
    assert (known >= 5).mean() > 0.97


def test_no_two_people_are_nearly_the_same(sample: Sampled) -> None:
    x = sample.matrix(sample.purchases)
    x = x[x.sum(axis=1) >= 10]
    norm = np.linalg.norm(x, axis=1)
    similar = (x @ x.T) / np.outer(norm, norm)
    np.fill_diagonal(similar, 0)
    assert similar.max() < 0.9
    assert (similar.max(axis=1) > 0.7).mean() < 0.1


def test_popularity_has_a_long_tail(sample: Sampled) -> None:
    items = len(sample.items)
    counts = np.sort(np.bincount(sample.item(sample.purchases), minlength=items))
    assert counts[-(items // 10) :].sum() > 0.25 * counts.sum()
    assert counts[: items // 2].sum() < 0.25 * counts.sum()
    assert (counts == 0).mean() < 0.01


def test_a_conversion_follows_a_step_further_and_that_a_view(sample: Sampled) -> None:
    view, further, conversion = sample.world.rules.kinds
    keys = ["session", "user", "item"]
    rows = sample.interactions.assign(kind=sample.interactions["kind"].astype(str))
    first = rows.pivot_table(index=keys, columns="kind", values="timestamp", aggfunc="min", observed=True)
    went_on = first.dropna(subset=[further])
    converted = first.dropna(subset=[conversion])
    assert (went_on[view] < went_on[further]).all()
    assert (converted[further] < converted[conversion]).all()


def test_a_session_is_one_person_and_short(sample: Sampled) -> None:
    sessions = sample.interactions.groupby("session", observed=True)
    assert (sessions["user"].nunique() == 1).all()
    assert (sessions["timestamp"].max() - sessions["timestamp"].min()).max() < pd.Timedelta(hours=3)


def test_only_what_is_paid_has_a_value(shop: Sampled) -> None:
    viewed = shop.interactions["kind"] == "view"
    assert shop.interactions.loc[viewed, "value"].isna().all()
    price = shop.items.set_index("item")["price"]
    paid = shop.interactions.loc[~viewed]
    quantity = paid["value"] / paid["item"].astype(str).map(price)
    assert np.isclose(quantity, quantity.round()).all()
    assert quantity.between(0.99, 3.01).all()


@pytest.mark.parametrize("sample", ["news", "videos"], indirect=True)
def test_where_people_spend_minutes_a_value_is_the_seconds_spent(sample: Sampled) -> None:
    rows = sample.interactions
    length = 60 * sample.items["minutes"].to_numpy()[sample.item(rows)]
    share = rows["value"] / length
    view, halfway, through = sample.world.rules.kinds
    assert share.between(0.01, 1).all()
    assert (share[rows["kind"] == halfway] == 0.5).all()
    assert (share[rows["kind"] == through] == 1).all()
    views = share[rows["kind"] == view]
    assert (views == 1).mean() == pytest.approx((rows["kind"] == through).sum() / len(views), abs=0.002)
    assert not views.between(0.49, 0.499).any()  # who is past the middle has a row that says so


def test_prices_end_as_in_a_shop(shop: Sampled) -> None:
    cents = (shop.items["price"] * 100).round().astype(int) % 100
    assert set(cents) <= {0, 50, 90, 95}
    assert shop.items["price"].between(5, 600).all()


def test_people_come_in_the_evening_and_gardeners_in_spring(shop: Sampled) -> None:
    views = shop.interactions[shop.interactions["kind"] == "view"]
    hours = views["timestamp"].dt.hour
    assert hours.between(18, 22).mean() > 2 * hours.between(6, 10).mean()
    category = shop.items.set_index("item")["category"]
    garden = (views["item"].astype(str).map(category) == "Garden").groupby(views["timestamp"].dt.month).mean()
    assert garden[[4, 5]].mean() > 1.3 * garden[[11, 12]].mean()


def test_reviews_follow_a_purchase(sample: Sampled) -> None:
    first = sample.purchases.groupby(["user", "item"], observed=True)["timestamp"].min().rename("bought")
    joined = sample.reviews.merge(first.reset_index(), on=["user", "item"], how="left")
    assert (joined["timestamp"] > joined["bought"]).all()
    assert not sample.reviews.duplicated(["user", "item"]).any()
    assert set(sample.reviews["rating"]) == {1, 2, 3, 4, 5}


def test_recommenders_differ_as_they_should(sample: Sampled) -> None:
    """In the news the gain is smaller: what was popular is old, and some of what is read next is new."""
    x = sample.train
    test = sample.matrix(sample.purchases[sample.purchases["timestamp"] >= sample.cut]) * (x == 0)
    noise = np.random.default_rng(0).random(x.shape)
    scores = {"random": noise, "popularity": popularity(x), "knn": item_knn(x), "ease": ease(x)}
    value = {name: ndcg(top(score, x, 10), test) for name, score in scores.items()}
    assert value["popularity"] > 2 * value["random"]
    gain = 1.1 if sample.world.key == "news" else 1.5
    assert value["knn"] > gain * value["popularity"]
    assert value["ease"] > gain * value["popularity"]
