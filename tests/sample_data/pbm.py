"""Small recommenders and a position-based estimate in numpy, independent of core/."""

from dataclasses import dataclass

import numpy as np

from tests.sample_data.sampled import K, Sampled


def popularity(x: np.ndarray) -> np.ndarray:
    """Scores (U, I): purchases of each item."""
    return np.tile(x.sum(axis=0), (len(x), 1))


def item_knn(x: np.ndarray, neighbours: int = 50) -> np.ndarray:
    """Scores (U, I) by cosine of the nearest items."""
    norm = np.sqrt(x.sum(axis=0))
    similar = (x.T @ x) / (norm[:, None] * norm + 1e-9)
    np.fill_diagonal(similar, 0)
    least = np.sort(similar, axis=1)[:, [-neighbours]]
    return x @ np.where(similar >= least, similar, 0).T


def ease(x: np.ndarray, l2: float = 500.0) -> np.ndarray:
    """Scores (U, I) of the linear autoencoder (Steck 2019)."""
    inverse = np.linalg.inv(x.T @ x + l2 * np.eye(x.shape[1], dtype=np.float32))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return x @ weights


def top(scores: np.ndarray, seen: np.ndarray, k: int) -> np.ndarray:
    """The best k unseen items (U, k)."""
    return np.argsort(np.where(seen > 0, -np.inf, scores) * -1, axis=1, kind="stable")[:, :k]


def ndcg(lists: np.ndarray, test: np.ndarray) -> float:
    """Mean over people with something in the test part, ideal cut at the list's length."""
    discount = 1 / np.log2(np.arange(2, lists.shape[1] + 2))
    gain = (np.take_along_axis(test, lists, 1) * discount).sum(axis=1)
    counts = np.minimum(test.sum(axis=1).astype(int), lists.shape[1])
    ideal = np.concatenate([[0.0], np.cumsum(discount)])[counts]
    return float((gain[counts > 0] / ideal[counts > 0]).mean())


# 95 % for all 24 estimates (4 worlds, 3 recommenders, clicks and conversions) at once, by Bonferroni.
OUTSIDE = (100 * 0.025 / 24, 100 * (1 - 0.025 / 24))


@dataclass(frozen=True)
class Estimate:
    value: float
    low: float
    high: float
    effective_events: float
    truth: float


def propensities(sample: Sampled) -> np.ndarray:
    """Examination-weighted propensity of each item for each person, (U, I)."""
    at_random = np.where(sample.uniform_arm, 1.0, 0.3) * sample.examination.sum() / sample.shown
    weighted = np.where(sample.barred, np.inf, at_random[:, None])
    rows = np.flatnonzero(~sample.uniform_arm)
    for k in range(K):
        weighted[rows, sample.production[rows, k]] += 0.7 * sample.examination[k]
    return weighted


def estimate(sample: Sampled, lists: np.ndarray, reward: str) -> Estimate:
    """Rate per impression of fixed lists (U, K) under the position-based model (Li et al. 2018)."""
    users = len(lists)
    wanted = np.zeros(sample.shape)
    wanted[np.arange(users)[:, None], lists] = sample.examination
    weights = (wanted / propensities(sample))[sample.log_user, sample.log_item]
    happened = sample.impressions[reward].to_numpy()
    sums = np.bincount(sample.log_user, weights * happened, users)
    shown = np.bincount(sample.log_user, minlength=users)
    draws = np.random.default_rng(0).multinomial(users, np.full(users, 1 / users), size=4000)
    low, high = np.percentile((draws @ sums) / (draws @ shown), OUTSIDE)
    chance = sample.relevance if reward == "clicked" else sample.relevance * sample.purchase_given_click
    expected = (sample.examination * np.take_along_axis(chance, lists, 1)).mean(axis=1)
    ess = weights.sum() ** 2 / (weights**2).sum()
    return Estimate(
        value=float(sums.sum() / shown.sum()),
        low=float(low),
        high=float(high),
        effective_events=float(ess * happened.mean()),
        truth=float((shown * expected).sum() / shown.sum()),
    )
