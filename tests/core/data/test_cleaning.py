"""Cleaning: what is dropped and said, what every table looks like afterwards, and the same order always."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import COLUMNS, Did, empty
from core.work.errors import BadInput
from tests.making import dataset, log, random_log


def steps(**tables: pd.DataFrame) -> list[tuple[str, int]]:
    interactions = tables.pop("interactions", log("ann tea 1", "bo jam 2"))
    return [(did.step, did.count) for did in dataset(interactions, **tables).origin.cleaning]


def test_clean_rows_are_left_alone() -> None:
    assert steps() == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["ann tea 1 5", "bo jam 2 4", "- tea 3 2"], ("interactions: rows without a user id", 1)),
        (["ann tea 1 5", "bo jam 2 4", "ann - 3 2"], ("interactions: rows without a item id", 1)),
        (["ann tea 1 5", "bo jam 2 4", "bo tea soon 3"], ("interactions: unreadable times", 1)),
        (
            ["ann tea 1 5", "bo jam 2 4", "bo tea 3 nan"],
            ("interactions: rows whose rating is not a finite number", 1),
        ),
        (
            ["ann tea 1 5", "bo jam 2 4", "bo tea 3 good"],
            ("interactions: rows whose rating is not a finite number", 1),
        ),
        (
            ["ann tea 1 5", "bo jam 2 4", "bo jam 2 4"],
            ("interactions: rows that repeat another in every column", 1),
        ),
    ],
)
def test_what_is_done_is_said(rows: list[str], expected: tuple[str, int]) -> None:
    frame = log(*rows, columns=("user", "item", "timestamp", "value"))
    assert steps(interactions=frame) == [expected]


def test_a_row_that_differs_in_one_column_is_no_repetition() -> None:
    frame = log(
        "ann tea 1 5",
        "ann tea 2 5",
        "ann tea 1 4",
        "bo jam 2 -",
        columns=("user", "item", "timestamp", "value"),
    )
    assert len(dataset(frame).interactions) == 4


def test_examples_name_the_row_as_the_file_counts_it() -> None:
    frame = log(
        "- tea 1 5",
        "ann tea 1 5",
        "bo jam 2 inf",
        "bo jam 3 4",
        columns=("user", "item", "timestamp", "value"),
    )
    without_id, not_finite = dataset(frame).origin.cleaning
    assert without_id.examples[0].startswith("row 1:")
    assert not_finite.examples[0].startswith("row 3: user bo, item jam")


def test_the_kind_is_rating_where_there_are_ratings() -> None:
    rated = log("ann tea 5", "bo jam 4", columns=("user", "item", "value"))
    assert set(dataset(rated).interactions["kind"]) == {"rating"}
    assert set(dataset(log("ann tea 1", "bo jam 2")).interactions["kind"]) == {"interaction"}


def test_a_table_that_has_kinds_and_no_ratings() -> None:
    friends = pd.DataFrame({"user": ["ann"], "other": ["bo"]})
    assert dataset(log("ann tea 1", "bo jam 2"), relations=friends).relations["kind"].tolist() == [
        "interaction"
    ]


def test_counts_are_of_what_occurs() -> None:
    made = dataset(log("ann tea 1", "bo jam 2"), items=pd.DataFrame({"item": ["tea", "bun", "pie"]}))
    assert made.counts == {"users": 2, "items": 2, "interactions": 2}
    assert list(made.catalogue) == ["bun", "jam", "pie", "tea"]
    assert len(made.items) == 3


IMPRESSION: dict[str, Any] = {
    "slate": 1,
    "user": "ann",
    "timestamp": 1,
    "position": 1,
    "item": "tea",
    "price": 2.5,
    "propensity": 0.5,
    "policy": "p",
    "clicked": True,
    "purchased": False,
}


def shown(**changes: Any) -> pd.DataFrame:
    return pd.DataFrame([IMPRESSION, IMPRESSION | {"user": "bo", "slate": 2} | changes])


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_has_its_columns_in_their_types(table: str) -> None:
    made = dataset(log("ann tea 1", "bo jam 2"), impressions=shown())
    found = getattr(made, table)
    for column, dtype in empty(table).dtypes.items():
        same_kind = isinstance(found[column].dtype, type(dtype)) or found[column].dtype == dtype
        assert same_kind, column


@pytest.mark.parametrize(
    ("value", "flag"), [(1, True), (0, False), (None, False), (True, True), (0.0, False)]
)
def test_flags_are_true_only_where_they_say_so(value: object, flag: bool) -> None:
    frame = shown()
    frame["clicked"] = pd.Series([True, value], dtype=object)
    assert dataset(log("ann tea 1", "bo jam 2"), impressions=frame).impressions["clicked"].tolist() == [
        True,
        flag,
    ]


@pytest.mark.parametrize(
    ("table", "frame", "column"),
    [
        ("interactions", log("ann 1", "bo 2", columns=("user", "timestamp")), "item"),
        ("items", pd.DataFrame({"title": ["Tea"]}), "item"),
        ("users", pd.DataFrame({"age": [3]}), "user"),
        ("impressions", shown().drop(columns="position"), "position"),
        ("impressions", shown().drop(columns="user"), "user"),
        ("reviews", pd.DataFrame({"user": ["ann"], "rating": [3]}), "item"),
    ],
)
def test_a_table_without_a_column_it_needs_is_bad_input(table: str, frame: pd.DataFrame, column: str) -> None:
    tables = {"interactions": log("ann tea 1", "bo jam 2"), table: frame}
    with pytest.raises(BadInput, match=f"{table} table has no {column} column"):
        dataset(tables.pop("interactions"), **tables)


@pytest.mark.parametrize("table", ["items", "users"])
def test_an_id_twice_is_bad_input(table: str) -> None:
    key = table.removesuffix("s")
    with pytest.raises(BadInput, match=f"{table} table has the id 'x' twice"):
        dataset(log("ann tea 1", "bo jam 2"), **{table: pd.DataFrame({key: ["x", " x"]})})


@given(seed=st.integers(0, 1_000))
@settings(max_examples=20)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    frame = random_log(people=5, items=8, each=4, seed=seed, kinds=("view", "buy"))
    items = pd.DataFrame(
        {"item": [f"i{at:03}" for at in range(8)], "title": [f"Item {at}" for at in range(8)]}
    )
    there = dataset(frame, items=items, impressions=shown())
    back = dataset(frame.sample(frac=1, random_state=rng), items=items[::-1], impressions=shown()[::-1])
    assert there.fingerprint == back.fingerprint


def test_a_changed_cell_changes_the_fingerprint() -> None:
    frame = random_log()
    other = frame.assign(value=frame["value"].where(frame.index != 7, 9))
    assert dataset(frame).fingerprint != dataset(other).fingerprint


def test_nothing_is_left_says_what_was_dropped() -> None:
    with pytest.raises(BadInput, match=r"no row is left.*rows without a user id: 1 dropped"):
        dataset(log("- tea 1"))


def test_what_was_done_is_frozen() -> None:
    assert Did("step", 1, "detail") == Did("step", 1, "detail", ())
