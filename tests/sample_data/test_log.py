"""The logged slates: exact propensities, the click model, and agreement with the interactions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sample_data.catalogue import make_catalogue
from sample_data.people import make_people
from sample_data.slates import simulate_log
from sample_data.truth import make_truth
from sample_data.worlds.shop import WORLD
from tests.sample_data.pbm import ease, estimate, item_knn, popularity, top
from tests.sample_data.shop import K, Shop

ITEMS = 400


def _z(observed: float, expected: np.ndarray) -> float:
    """How many standard deviations a count of independent events is from what was expected."""
    return float((observed - expected.sum()) / np.sqrt((expected * (1 - expected)).sum()))


def test_there_are_200_000_slates_of_five_different_items(shop: Shop) -> None:
    log = shop.impressions
    assert len(log) == 1_000_000
    assert (log["slate"].to_numpy().reshape(-1, K) == np.arange(200_000)[:, None]).all()
    assert (log["position"].to_numpy().reshape(-1, K) == np.arange(1, K + 1)).all()
    slates = np.sort(shop.log_item.reshape(-1, K), axis=1)
    assert (np.diff(slates, axis=1) > 0).all()
    for column in ("user", "timestamp", "policy"):
        assert (log.groupby("slate", sort=False)[column].nunique() == 1).all()


def test_slates_are_in_the_order_of_time_and_after_the_split(shop: Shop) -> None:
    times = shop.impressions["timestamp"]
    assert times.is_monotonic_increasing
    assert times.min() > shop.cut
    assert times.max() - times.min() < pd.Timedelta(days=57)


def test_everybody_sees_enough_slates(shop: Shop) -> None:
    assert np.bincount(shop.log_user, minlength=1500).min() >= 10 * K


def test_the_propensity_is_the_exact_marginal_probability(shop: Shop) -> None:
    shown = shop.production[shop.log_user, shop.log_position] == shop.log_item
    exact = np.where(shop.uniform_arm[shop.log_user], 1 / ITEMS, 0.7 * shown + 0.3 / ITEMS)
    np.testing.assert_array_equal(shop.impressions["propensity"].to_numpy(), exact)


def test_each_policy_is_shown_to_people_of_its_own(shop: Shop) -> None:
    policies = shop.impressions.groupby("user", observed=True)["policy"].nunique()
    assert (policies == 1).all()
    assert shop.uniform_arm.mean() == 0.1


def test_items_are_shown_as_often_as_their_propensity_says(shop: Shop) -> None:
    rows = ~shop.uniform_arm[shop.log_user]
    shown = (shop.production[shop.log_user, shop.log_position] == shop.log_item)[rows]
    slates = rows.sum() / K
    assert abs(shown.mean() - (0.7 + 0.3 / ITEMS)) < 4 * np.sqrt(0.21 / slates)
    at_random = np.bincount(shop.log_item[~rows], minlength=ITEMS)
    assert abs(at_random - at_random.mean()).max() < 5 * np.sqrt(at_random.mean())


def test_production_shows_nothing_that_was_bought_before(shop: Shop) -> None:
    first = shop.impressions["timestamp"].min()
    bought = shop.matrix(shop.purchases[shop.purchases["timestamp"] < first])
    assert not np.take_along_axis(bought, shop.production[:, :K].astype(int), 1).any()


@pytest.mark.parametrize("uniform", [False, True], ids=["production", "uniform"])
def test_many_slates_of_one_person_have_these_probabilities(uniform: bool) -> None:
    """Monte Carlo: 100,000 slates of one person, every item at every position."""
    slates = 100_000
    catalogue = make_catalogue(WORLD, np.random.default_rng(1))
    crowd = make_people(replace(WORLD, n_users=1), np.random.default_rng(2))
    person = replace(crowd, uniform_arm=np.array([uniform]))
    ranking = np.random.default_rng(3).permutation(ITEMS)[None]
    log = simulate_log(
        slates, person, catalogue, make_truth(person, catalogue), ranking, np.random.default_rng(4)
    )
    probability = np.full((K, ITEMS), 1 / ITEMS if uniform else 0.3 / ITEMS)
    if not uniform:
        probability[np.arange(K), ranking[0, :K]] += 0.7
    np.testing.assert_allclose(probability.sum(axis=1), 1.0)
    for k in range(K):
        counts = np.bincount(log.items[:, k], minlength=ITEMS)
        spread = np.sqrt(slates * probability[k] * (1 - probability[k]))
        assert abs((counts - slates * probability[k]) / spread).max() < 5
        np.testing.assert_array_equal(log.propensities[:, k], probability[k, log.items[:, k]])


def test_clicks_follow_examination_times_relevance(shop: Shop) -> None:
    clicked = shop.impressions["clicked"].to_numpy()
    chance = shop.examination[shop.log_position] * shop.relevance[shop.log_user, shop.log_item]
    for k in range(K):
        rows = shop.log_position == k
        assert abs(_z(clicked[rows].sum(), chance[rows])) < 4
    for part in np.array_split(np.argsort(chance), 10):
        assert abs(_z(clicked[part].sum(), chance[part])) < 4


def test_at_random_the_click_rate_falls_with_the_position(shop: Shop) -> None:
    at_random = shop.impressions["propensity"].to_numpy() < 0.01
    position = shop.log_position[at_random]
    clicks = np.bincount(position, shop.impressions["clicked"].to_numpy()[at_random])
    rate = clicks / np.bincount(position)
    error = rate[0] / np.sqrt(clicks)  # about one standard deviation
    assert (abs(rate - rate[0] * np.arange(1, K + 1) ** -0.7) < 4 * error).all()


def test_purchases_follow_clicks_with_their_probability(shop: Shop) -> None:
    clicked = shop.impressions["clicked"].to_numpy()
    purchased = shop.impressions["purchased"].to_numpy()
    assert not (purchased & ~clicked).any()
    chance = shop.purchase_given_click[shop.log_user, shop.log_item][clicked]
    happened = purchased[clicked]
    for part in np.array_split(np.argsort(chance), 10):
        assert abs(_z(happened[part].sum(), chance[part])) < 4.5
    assert 0.11 < happened.mean() < 0.13


def test_clicks_are_views_and_purchases_are_purchases(shop: Shop) -> None:
    log = shop.impressions
    for flag, kind, seconds in (("clicked", "view", 60), ("purchased", "purchase", 600)):
        logged = log.loc[log[flag], ["slate", "user", "item", "timestamp"]]
        done = shop.interactions.loc[shop.interactions["kind"] == kind, ["user", "item", "timestamp"]]
        joined = logged.merge(done, on=["user", "item"], suffixes=("", "_done"))
        after = (joined["timestamp_done"] - joined["timestamp"]).dt.total_seconds()
        assert joined[after.between(0, seconds)].drop_duplicates(["slate", "item"]).shape[0] == len(logged)


def test_prices_in_the_log_are_the_prices_of_the_items(shop: Shop) -> None:
    np.testing.assert_array_equal(
        shop.impressions["price"].to_numpy(), shop.items["price"].to_numpy()[shop.log_item]
    )


@pytest.mark.parametrize("name", ["popularity", "item_knn", "ease"])
def test_the_default_recommenders_pass_the_gate_and_the_estimate_holds_the_truth(
    shop: Shop, name: str
) -> None:
    x = shop.matrix(shop.purchases[shop.purchases["timestamp"] < shop.cut])
    scores = {"popularity": popularity, "item_knn": item_knn, "ease": ease}[name](x)
    lists = top(scores, x, K)
    clicks = estimate(shop, lists, "clicked")
    purchases = estimate(shop, lists, "purchased")
    assert clicks.effective_events > 120  # green from 60 on
    assert purchases.effective_events > 20  # amber from 15 on
    assert clicks.low <= clicks.truth <= clicks.high
    assert purchases.low <= purchases.truth <= purchases.high


def test_hits_over_shown_would_mislead(shop: Shop) -> None:
    """The rate among the rows that a list happens to hold is far from what the list would get."""
    x = shop.matrix(shop.purchases[shop.purchases["timestamp"] < shop.cut])
    lists = top(popularity(x), x, K)
    listed = np.zeros(shop.shape, dtype=bool)
    listed[np.arange(len(lists))[:, None], lists] = True
    bare = shop.impressions["clicked"].to_numpy()[listed[shop.log_user, shop.log_item]].mean()
    assert bare > 1.5 * estimate(shop, lists, "clicked").truth
