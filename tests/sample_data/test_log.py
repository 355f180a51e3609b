"""The logged slates: exact propensities, the click model, and agreement with the interactions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sample_data.catalogue import make_catalogue
from sample_data.people import make_people
from sample_data.slates import simulate_log
from sample_data.truth import make_truth
from tests.sample_data.pbm import ease, estimate, item_knn, popularity, top
from tests.sample_data.sampled import WORLDS, K, Sampled


def _z(observed: float, expected: np.ndarray) -> float:
    """How many standard deviations a count of independent events is from what was expected."""
    return float((observed - expected.sum()) / np.sqrt((expected * (1 - expected)).sum()))


def test_slates_are_of_five_different_items(sample: Sampled) -> None:
    log, slates = sample.impressions, sample.world.n_slates
    assert slates == 200_000 if sample.world.key == "shop" else 40_000 <= slates <= 60_000
    assert len(log) == K * slates
    assert (log["slate"].to_numpy().reshape(-1, K) == np.arange(slates)[:, None]).all()
    assert (log["position"].to_numpy().reshape(-1, K) == np.arange(1, K + 1)).all()
    shown = np.sort(sample.log_item.reshape(-1, K), axis=1)
    assert (np.diff(shown, axis=1) > 0).all()
    for column in ("user", "timestamp", "policy"):
        assert (log.groupby("slate", sort=False)[column].nunique() == 1).all()


def test_slates_are_in_the_order_of_time_and_after_the_split(sample: Sampled) -> None:
    times = sample.impressions["timestamp"]
    assert times.is_monotonic_increasing
    assert times.min() > sample.cut
    assert times.max() - times.min() < pd.Timedelta(days=sample.world.rules.log_days + 1)


def test_everybody_sees_enough_slates(sample: Sampled) -> None:
    assert np.bincount(sample.log_user, minlength=len(sample.users)).min() >= 9 * K


def test_the_propensity_is_the_exact_marginal_probability(sample: Sampled) -> None:
    shown = sample.production[sample.log_user, sample.log_position] == sample.log_item
    there_are = sample.shown[sample.log_user]
    exact = np.where(sample.uniform_arm[sample.log_user], 1 / there_are, 0.7 * shown + 0.3 / there_are)
    np.testing.assert_array_equal(sample.impressions["propensity"].to_numpy(), exact)


def test_each_policy_is_shown_to_people_of_its_own(sample: Sampled) -> None:
    policies = sample.impressions.groupby("user", observed=True)["policy"].nunique()
    assert (policies == 1).all()
    assert sample.uniform_arm.mean() == pytest.approx(0.1, abs=1e-3)


def test_items_are_shown_as_often_as_their_propensity_says(sample: Sampled) -> None:
    rows = ~sample.uniform_arm[sample.log_user]
    shown = (sample.production[sample.log_user, sample.log_position] == sample.log_item)[rows]
    slates = rows.sum() / K
    share = 0.7 + 0.3 / sample.shown[sample.log_user[rows]].mean()
    assert abs(shown.mean() - share) < 4 * np.sqrt(0.21 / slates)
    at_random = np.bincount(sample.log_item[~rows], minlength=len(sample.items))
    impressions = np.bincount(sample.log_user[~rows], minlength=len(sample.users))
    expected = (impressions / sample.shown) @ ~sample.barred
    assert (abs(at_random - expected) < 5 * np.sqrt(expected)).all()


def test_production_shows_nothing_that_was_bought_before(sample: Sampled) -> None:
    first = sample.impressions["timestamp"].min()
    bought = sample.matrix(sample.purchases[sample.purchases["timestamp"] < first])
    assert not np.take_along_axis(bought, sample.production[:, :K].astype(int), 1).any()


@pytest.mark.parametrize("friends", [0, 40])
@pytest.mark.parametrize("uniform", [False, True], ids=["production", "uniform"])
def test_many_slates_of_one_person_have_these_probabilities(uniform: bool, friends: int) -> None:
    """Monte Carlo: 100,000 slates of one person, every item at every position, some of them never shown."""
    slates = 100_000
    world = replace(WORLDS["shop"], n_users=1, n_slates=slates)
    catalogue = make_catalogue(world, np.random.default_rng(1))
    crowd = make_people(world, np.random.default_rng(2))
    person = replace(crowd, uniform_arm=np.array([uniform]))
    items = world.n_items
    ranking = np.random.default_rng(3).permutation(items)[None]
    barred = np.isin(np.arange(items), ranking[0, items - friends :])[None]
    truth = make_truth(person, catalogue, barred)
    log = simulate_log(world, person, catalogue, truth, barred, ranking, np.random.default_rng(4))
    probability = np.full((K, items), (1.0 if uniform else 0.3) / (items - friends))
    probability[:, barred[0]] = 0
    if not uniform:
        probability[np.arange(K), ranking[0, :K]] += 0.7
    np.testing.assert_allclose(probability.sum(axis=1), 1.0)
    for k in range(K):
        counts = np.bincount(log.items[:, k], minlength=items)
        spread = np.sqrt(slates * probability[k] * (1 - probability[k]))
        assert (abs(counts - slates * probability[k]) <= 5 * spread).all()
        np.testing.assert_array_equal(log.propensities[:, k], probability[k, log.items[:, k]])


def test_clicks_follow_examination_times_relevance(sample: Sampled) -> None:
    clicked = sample.impressions["clicked"].to_numpy()
    chance = sample.examination[sample.log_position] * sample.relevance[sample.log_user, sample.log_item]
    for k in range(K):
        rows = sample.log_position == k
        assert abs(_z(clicked[rows].sum(), chance[rows])) < 4
    for part in np.array_split(np.argsort(chance), 10):
        assert abs(_z(clicked[part].sum(), chance[part])) < 4


def test_at_random_the_click_rate_falls_with_the_position(sample: Sampled) -> None:
    at_random = sample.impressions["propensity"].to_numpy() < 0.01
    position = sample.log_position[at_random]
    clicks = np.bincount(position, sample.impressions["clicked"].to_numpy()[at_random])
    rate = clicks / np.bincount(position)
    error = rate[0] / np.sqrt(clicks)  # about one standard deviation
    assert (abs(rate - rate[0] * np.arange(1, K + 1) ** -0.7) < 4 * error).all()


def test_purchases_follow_clicks_with_their_probability(sample: Sampled) -> None:
    clicked = sample.impressions["clicked"].to_numpy()
    purchased = sample.impressions["purchased"].to_numpy()
    assert not (purchased & ~clicked).any()
    chance = sample.purchase_given_click[sample.log_user, sample.log_item][clicked]
    happened = purchased[clicked]
    for part in np.array_split(np.argsort(chance), 10):
        assert abs(_z(happened[part].sum(), chance[part])) < 4.5
    low, high = (0.11, 0.13) if sample.world.key == "shop" else (0.14, 0.30)
    assert low < happened.mean() < high


def test_clicks_are_views_and_purchases_are_purchases(sample: Sampled) -> None:
    log = sample.impressions
    view, _, conversion = sample.world.rules.kinds
    longest = 600 if sample.world.rules.value != "seconds" else 60 + 60 * sample.items["minutes"].max()
    for flag, kind, seconds in (("clicked", view, 60), ("purchased", conversion, longest)):
        logged = log.loc[log[flag], ["slate", "user", "item", "timestamp"]]
        done = sample.interactions.loc[sample.interactions["kind"] == kind, ["user", "item", "timestamp"]]
        joined = logged.merge(done, on=["user", "item"], suffixes=("", "_done"))
        after = (joined["timestamp_done"] - joined["timestamp"]).dt.total_seconds()
        assert joined[after.between(0, seconds)].drop_duplicates(["slate", "item"]).shape[0] == len(logged)


def test_prices_in_the_log_are_the_prices_of_the_items(shop: Sampled) -> None:
    np.testing.assert_array_equal(
        shop.impressions["price"].to_numpy(), shop.items["price"].to_numpy()[shop.log_item]
    )


@pytest.mark.parametrize("name", ["popularity", "item_knn", "ease"])
def test_the_default_recommenders_pass_the_gate_and_the_estimate_holds_the_truth(
    sample: Sampled, name: str
) -> None:
    x = sample.train
    scores = {"popularity": popularity, "item_knn": item_knn, "ease": ease}[name](x)
    lists = top(scores, x + sample.barred, K)
    clicks = estimate(sample, lists, "clicked")
    purchases = estimate(sample, lists, "purchased")
    large = sample.world.key == "shop"
    assert clicks.effective_events > (120 if large else 70)  # green from 60 on
    assert purchases.effective_events > (20 if large else 17)  # amber from 15 on
    assert clicks.low <= clicks.truth <= clicks.high
    assert purchases.low <= purchases.truth <= purchases.high


def test_hits_over_shown_would_mislead(sample: Sampled) -> None:
    """The rate among the rows that a list happens to hold is far from what the list would get."""
    lists = top(popularity(sample.train), sample.train + sample.barred, K)
    listed = np.zeros(sample.shape, dtype=bool)
    listed[np.arange(len(lists))[:, None], lists] = True
    bare = sample.impressions["clicked"].to_numpy()[listed[sample.log_user, sample.log_item]].mean()
    assert bare > 1.5 * estimate(sample, lists, "clicked").truth
