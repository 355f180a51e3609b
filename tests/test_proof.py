"""Published numbers on real data, to the digits that are printed."""

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.folds import folds
from core.data.load import Source, load
from core.data.splits import split_of
from core.evaluation.comparison import Comparison
from tests.making import compared_on

PRINTED = 5e-5  # half of the last digit of four


def folder_of(shared_data: Path, name: str) -> Path:
    folder = shared_data / name
    if not folder.is_dir():
        pytest.skip(f"{name} is not among the real data sets here")
    return folder


@cache
def loaded(source: Source) -> Dataset:
    return load(source)


@cache
def mcrec(folder: Path) -> Comparison:
    """EASE and Popularity on the fixed split of MCRec, full ranking, seen items removed."""
    data = loaded(Source(train=str(folder / "train.parquet"), test=str(folder / "test.parquet")))
    return compared_on(data, recommenders=("ease(l2=458)", "popularity"), k=(10,))


def mean(found: Comparison, row: int, name: str, variant: str = "standard") -> float:
    return found.estimates[row][found.column(name, 10, variant)].mean


# Ferrari Dacrema, Cremonesi & Jannach, RecSys 2019, rows EASE and TopPop; their ideal list is not cut.
@pytest.mark.parametrize(
    ("name", "variant", "published"),
    [
        ("precision", "standard", 0.3739),
        ("recall", "standard", 0.2430),
        ("ndcg", "untruncated", 0.2905),
        ("ndcg", "standard", 0.4457),
    ],
)
def test_ease_as_published(shared_data: Path, name: str, variant: str, published: float) -> None:
    found = mcrec(folder_of(shared_data, "ml-100k-mcrec"))
    assert mean(found, 0, name, variant) == pytest.approx(published, abs=PRINTED)


@pytest.mark.parametrize(
    ("name", "variant", "published"),
    [("precision", "standard", 0.1907), ("recall", "standard", 0.1180), ("ndcg", "untruncated", 0.1361)],
)
def test_popularity_as_published_but_for_ties(
    shared_data: Path, name: str, variant: str, published: float
) -> None:
    found = mcrec(folder_of(shared_data, "ml-100k-mcrec"))
    assert mean(found, 1, name, variant) == pytest.approx(published, abs=0.0006)


def test_everybody_with_a_test_item_is_counted(shared_data: Path) -> None:
    found = mcrec(folder_of(shared_data, "ml-100k-mcrec"))
    assert {one.n for row in found.estimates for one in row} == {942}
    assert (found.facts.users, found.facts.items, found.facts.interactions) == (943, 1682, 100_000)


def test_the_same_lists_have_the_same_metrics_by_plain_definitions(shared_data: Path) -> None:
    """Person by person, in plain Python, on the real lists of both recommenders."""
    found = mcrec(folder_of(shared_data, "ml-100k-mcrec"))
    for row, ranked in enumerate(found.ranked):
        for person in range(0, len(found.user_ids), 7):
            held = set(
                found.truth.indices[found.truth.indptr[person] : found.truth.indptr[person + 1]].tolist()
            )
            places = [at for at, item in enumerate(ranked.items[person, :10].tolist(), 1) if item in held]
            gain = sum(1 / math.log2(place + 1) for place in places)

            def ideal(many: int) -> float:
                return sum(1 / math.log2(place + 1) for place in range(1, many + 1))

            expected = {
                ("precision", "standard"): len(places) / 10,
                ("recall", "standard"): len(places) / len(held),
                ("ndcg", "standard"): gain / ideal(min(10, len(held))),
                ("ndcg", "untruncated"): gain / ideal(len(held)),
            }
            for (name, variant), value in expected.items():
                assert found.values[row, found.column(name, 10, variant), person] == pytest.approx(value)


def test_ease_in_plain_numpy_gives_the_same_lists(shared_data: Path) -> None:
    """The closed form in float64, nothing of ours but the matrix: the same ten items for nearly everybody."""
    found = mcrec(folder_of(shared_data, "ml-100k-mcrec"))
    matrix = found.history.toarray().astype(np.float64)
    folder = folder_of(shared_data, "ml-100k-mcrec")
    data = loaded(Source(train=str(folder / "train.parquet"), test=str(folder / "test.parquet")))
    (fold,) = folds(data, split_of("given"))
    train = fold.train.positives.toarray().astype(np.float64)
    inverse = np.linalg.inv(train.T @ train + 458 * np.eye(train.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    scores = np.where(matrix > 0, -np.inf, matrix @ weights)
    best = np.argsort(-scores, axis=1)[:, :10]
    same = [set(own) == set(theirs) for own, theirs in zip(best, found.ranked[0].items[:, :10], strict=True)]
    assert np.mean(same) > 0.99


def test_movielens_100k_is_all_there(shared_data: Path) -> None:
    data = loaded(Source(data=str(folder_of(shared_data, "ml-100k"))))
    assert data.counts == {"users": 943, "items": 1682, "interactions": 100_000}
    assert (len(data.items), len(data.users)) == (1682, 943)
    assert data.timed == 1.0
    assert data.items.loc["1", "title"] == "Toy Story (1995)"


def test_movielens_1m_is_split_by_its_own_order(shared_data: Path) -> None:
    """The last ⌊.2·n⌋ of each person's n films, by the order that stands in for time."""
    data = loaded(Source(data=str(folder_of(shared_data, "ml-1m"))))
    assert data.counts == {"users": 6040, "items": 3706, "interactions": 1_000_209}
    (fold,) = folds(data, split_of("leave_last(fraction=0.2)"))
    rows = data.interactions
    counts = rows.groupby("user", observed=True).size()
    held = np.diff(fold.test.truth.indptr)
    many = counts.loc[fold.test.user_ids.tolist()].to_numpy()
    assert np.array_equal(held, np.floor(many * 0.2 + 1e-9))
    last = rows[rows["order"] > counts.loc[rows["user"]].to_numpy() - np.repeat(held, counts)]
    pairs = fold.test.truth.tocoo()
    ours = set(zip(fold.test.user_ids[pairs.row], fold.train.item_ids[pairs.col], strict=True))
    assert ours == set(zip(last["user"].astype("str"), last["item"].astype("str"), strict=True))
