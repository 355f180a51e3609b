"""Registration details: groups, their ratios, and what is said of them."""

import numpy as np
import pandas as pd
import pytest

from core.data.folds import Train, whole
from core.recommenders.by_details import EVERYONE, TOGETHER, ByDetails, DetailsScorer, log_ratios
from core.recommenders.details import details_of
from core.work.errors import BadInput
from core.work.report import silent
from tests.core.evaluation.red_and_blue import red_and_blue
from tests.making import train_of


@pytest.fixture(scope="module")
def train() -> Train:
    return whole(red_and_blue())


@pytest.fixture(scope="module")
def scorer(train: Train) -> DetailsScorer:
    found = ByDetails().fit(train, silent)
    assert isinstance(found, DetailsScorer)
    return found


def first(scorer: DetailsScorer, train: Train, many: int = 10, **said: str) -> list[str]:
    scores = scorer.score_details(pd.DataFrame([said]))[0]
    return [str(train.item_ids[at]) for at in np.argsort(-scores, kind="stable")[:many]]


def test_women_are_shown_red_things_and_men_blue_ones(scorer: DetailsScorer, train: Train) -> None:
    assert {item[:3] for item in first(scorer, train, gender="woman")} == {"red"}
    assert {item[:4] for item in first(scorer, train, gender="man")} == {"blue"}


def test_known_people_by_their_details_and_strangers_by_popularity(
    scorer: DetailsScorer, train: Train
) -> None:
    nothing = train.positives[[0, 1]]
    known = scorer.score(nothing, np.array([0, 1], dtype=np.int32))
    own = scorer.score_details(train.users.iloc[[0, 1]])
    np.testing.assert_array_equal(known, own)
    stranger = scorer.score(nothing, None)
    np.testing.assert_array_equal(stranger, np.stack([scorer.popular, scorer.popular]))


def test_a_ratio_by_head() -> None:
    """A group with 4 likes, 3 of them of the first of two items that are equally popular with all."""
    counts, people = np.array([[3.0, 1.0]]), np.array([4.0, 4.0])
    found = np.exp(log_ratios(counts, people, prior=4.0))
    np.testing.assert_allclose(found, [[(3 + 2) / 8 / 0.5, (1 + 2) / 8 / 0.5]], rtol=1e-6)
    flat = np.exp(log_ratios(counts, people, prior=1e6))
    np.testing.assert_allclose(flat, [[1, 1]], atol=1e-5)


def test_parts_sum_to_the_score_and_name_column_and_value(scorer: DetailsScorer, train: Train) -> None:
    row = pd.DataFrame([{"gender": "woman", "age": "30"}])
    scores = scorer.score_details(row)[0]
    for item in range(len(train.item_ids)):
        parts = scorer.parts(row, item)
        assert sum(part.weight for part in parts) == pytest.approx(scores[item], rel=1e-5, abs=1e-6)
        assert {part.name for part in parts} == {"gender woman", "age 25–34", EVERYONE}


def test_a_reason_for_a_known_person_names_none_of_their_details(scorer: DetailsScorer, train: Train) -> None:
    reason = scorer.reason(train.positives[[0]], np.array([0], dtype=np.int32), 3)
    assert {part.name for part in reason.parts} == {TOGETHER, EVERYONE}


def test_groups_of_fewer_than_five_have_no_say() -> None:
    users = pd.DataFrame({"city": ["Ulm"] * 5 + ["Bern"] * 4 + ["Lyon"] * 6})
    (city,) = details_of(users)
    assert city.values == ("Lyon", "Ulm")
    assert city.place(pd.Series(["Ulm", "Bern", "Lyon", "Oslo", None])).tolist() == [1, -1, 0, -1, -1]


def test_dates_and_ids_have_no_say_and_ages_are_binned() -> None:
    users = pd.DataFrame(
        {
            "age": [str(16 + at) for at in range(60)],
            "registered": pd.date_range("2024-01-01", periods=60, tz="UTC").repeat(1),
            "name": [f"n{at}" for at in range(60)],
            "visits": np.arange(60) * 10,
        }
    )
    found = {detail.column: detail for detail in details_of(users)}
    assert set(found) == {"age", "visits"}
    assert found["age"].values == ("18–24", "25–34", "35–44", "45–54", "55–64", "65+")
    assert found["age"].place(pd.Series(["17", "24", "25", "90", "old"])).tolist() == [-1, 0, 1, 5, -1]
    assert len(found["visits"].values) == 5


def test_columns_can_be_chosen(train: Train) -> None:
    found = ByDetails(columns="gender").fit(train, silent)
    assert isinstance(found, DetailsScorer)
    assert [detail.column for detail in found.details] == ["gender"]
    with pytest.raises(BadInput, match="no column 'shoe'"):
        ByDetails(columns="gender+shoe").fit(train, silent)


def test_data_without_details_are_refused() -> None:
    with pytest.raises(BadInput, match="Nothing is known of people"):
        ByDetails().fit(train_of([[1, 1], [1, 0]]), silent)
