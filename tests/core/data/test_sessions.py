"""Sessions without known people: all of a test session is revealed but its last events."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.events import events
from core.data.folds import folds
from core.data.splits import split_of
from tests.making import dataset, log

PARTED = ("user", "item", "timestamp", "part")
# Two sessions to learn from; three after them: of three events, of one, of two.
ROWS = [
    "s1 a 1 train",
    "s1 b 2 train",
    "s2 b 3 train",
    "s2 c 4 train",
    "t1 a 11 test",
    "t1 b 12 test",
    "t1 c 13 test",
    "t2 a 14 test",
    "t3 c 15 test",
    "t3 a 16 test",
]


@pytest.mark.parametrize("spec", ["given(last=1)", "by_time(test=0.6,last=1)"])
def test_the_last_event_is_held_out_and_the_rest_revealed(spec: str) -> None:
    (fold,) = folds(dataset(log(*ROWS, columns=PARTED)), split_of(spec))
    assert fold.train.user_ids.tolist() == ["s1", "s2"]
    assert fold.test.user_ids.tolist() == ["t1", "t3"]
    assert fold.test.users.tolist() == [-1, -1]
    assert fold.test.history.toarray().tolist() == [[1, 1, 0], [0, 0, 1]]
    assert fold.test.truth.toarray().tolist() == [[0, 0, 1], [1, 0, 0]]
    assert [(did.step, did.count) for did in fold.dropped] == [("people unknown to training", 1)]


def test_more_than_one_event_may_be_held_out_but_one_is_revealed() -> None:
    (fold,) = folds(dataset(log(*ROWS, columns=PARTED)), split_of("given(last=2)"))
    assert fold.test.history.toarray().tolist() == [[1, 0, 0], [0, 0, 1]]
    assert fold.test.truth.toarray().tolist() == [[0, 1, 1], [1, 0, 0]]


def test_people_whom_training_knows_are_judged_as_ever() -> None:
    rows = [*ROWS, "s1 c 20 test"]
    (fold,) = folds(dataset(log(*rows, columns=PARTED)), split_of("given(last=1)"))
    assert fold.test.user_ids.tolist() == ["s1", "t1", "t3"]
    assert fold.test.truth.toarray()[0].tolist() == [0, 0, 1]
    assert fold.test.history.toarray()[0].tolist() == [1, 1, 0]


def test_without_it_strangers_are_left_out() -> None:
    rows = [*ROWS, "s1 c 20 test"]
    (fold,) = folds(dataset(log(*rows, columns=PARTED)), split_of("given"))
    assert fold.test.user_ids.tolist() == ["s1"]


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("wxyz"), st.integers(1, 30), st.booleans()),
        min_size=8,
        max_size=40,
    ),
    last=st.integers(1, 3),
)
@settings(max_examples=30)
def test_no_row_is_in_two_parts_and_nothing_revealed_is_later(
    rows: list[tuple[str, str, int, bool]], last: int
) -> None:
    lines = [f"{user} {item} {time} {'buy' if bought else 'view'}" for user, item, time, bought in rows]
    fixed = ["k w 1 buy", "z w 40 buy", "z x 41 buy"]
    data = dataset(log(*lines, *fixed, columns=("user", "item", "timestamp", "kind")))
    found = events(data, "kind = buy", seed=0)
    (part,) = split_of(f"by_time(test=0.3,last={last})").divide(found, 0)
    assert not (part.train & part.test).any()
    assert not (part.reveal & (part.test | part.train)).any()
    known = np.isin(found.user, found.user[part.train])
    assert not (part.reveal & known).any()
    for person in np.unique(found.user[part.reveal]):
        held = part.test & (found.user == person)
        assert held.sum() <= last
        if held.any():
            assert found.rank[part.reveal & (found.user == person)].max() <= found.rank[held].min()
