"""Splits: by head on one person, and as laws for any log."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.events import Events, events
from core.data.splits import Part, default_split, split_of
from core.work.errors import BadInput
from tests.making import dataset, log

KINDED = ("user", "item", "timestamp", "kind")
SPECS = [
    "random(test=0.2)",
    "random(test=0.5)",
    "leave_last(n=1)",
    "leave_last(n=2)",
    "leave_last(fraction=0.2)",
    "by_time(test=0.2)",
    "unseen_users(folds=3,given=0.8)",
    "given",
]


@st.composite
def logs(draw: st.DrawFn) -> pd.DataFrame:
    """Logs of up to 60 rows with ties in time, pairs that repeat, signals, and a part of each kind."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from("abcde"),
                st.sampled_from("vwxyz"),
                st.integers(1, 9),
                st.sampled_from(["view", "buy", "buy"]),
                st.sampled_from(["train", "test"]),
            ),
            min_size=12,
            max_size=60,
        )
    )
    fixed = [("a", "v", 1, "buy", "train"), ("b", "w", 2, "buy", "test"), ("b", "v", 1, "buy", "train")]
    return pd.DataFrame([*fixed, *rows], columns=[*KINDED, "part"])


def divided(spec: str, frame: pd.DataFrame, positive: str = "kind = buy") -> tuple[Events, list[Part]]:
    found = events(dataset(frame), positive, seed=0)
    return found, split_of(spec).divide(found, seed=0)


@pytest.mark.parametrize("spec", SPECS)
@given(frame=logs())
@settings(max_examples=25)
def test_no_row_is_lost_and_none_is_in_two_parts(spec: str, frame: pd.DataFrame) -> None:
    found, parts = divided(spec, frame)
    for part in parts:
        left_out = part.left_out(found.positive)
        assert (np.sum([part.train, part.test, part.reveal, left_out], axis=0) == 1).all()
        assert found.positive[part.test].all()


@pytest.mark.parametrize("spec", SPECS)
@given(frame=logs())
@settings(max_examples=10)
def test_the_order_of_rows_changes_nothing(spec: str, frame: pd.DataFrame) -> None:
    _, there = divided(spec, frame)
    _, back = divided(spec, frame[::-1])
    for one, other in zip(there, back, strict=True):
        assert np.array_equal(one.train, other.train)
        assert np.array_equal(one.test, other.test)


@given(frame=logs(), share=st.sampled_from([0.1, 0.2, 0.5, 0.9]))
@settings(max_examples=40)
def test_by_time_learns_nothing_of_the_future(frame: pd.DataFrame, share: float) -> None:
    found, (part,) = divided(f"by_time(test={share})", frame)
    assert part.time is not None
    assert (found.rank[part.train] < part.time).all()
    assert (found.rank[part.test] >= part.time).all()
    positive = int(found.positive.sum())
    assert part.test.sum() >= math.ceil(positive * share - 1e-9)  # rows at one time stay together


def per_person(found: Events, mask: np.ndarray) -> list[int]:
    return np.bincount(found.user[mask], minlength=len(found.user_ids)).tolist()


@given(frame=logs(), n=st.integers(1, 4))
@settings(max_examples=40)
def test_leave_last_holds_exactly_the_last_n(frame: pd.DataFrame, n: int) -> None:
    found, (part,) = divided(f"leave_last(n={n})", frame)
    has = per_person(found, found.positive)
    assert per_person(found, part.test) == [min(n, many) for many in has]
    learnt = part.train & found.positive
    for user in range(len(found.user_ids)):
        mine = found.user == user
        if (mine & learnt).any() and (mine & part.test).any():
            assert found.rank[mine & learnt].max() <= found.rank[mine & part.test].min()


@given(frame=logs(), share=st.sampled_from([0.1, 0.2, 0.25, 0.5]))
@settings(max_examples=40)
def test_a_share_is_rounded_down(frame: pd.DataFrame, share: float) -> None:
    for spec in (f"leave_last(fraction={share})", f"random(test={share})"):
        found, (part,) = divided(spec, frame)
        has = per_person(found, found.positive)
        assert per_person(found, part.test) == [math.floor(many * share + 1e-9) for many in has]


@given(frame=logs(), many=st.integers(2, 5))
@settings(max_examples=40)
def test_folds_of_unseen_people_share_nobody(frame: pd.DataFrame, many: int) -> None:
    found, parts = divided(f"unseen_users(folds={many},given=0.8)", frame)
    assert len(parts) == many
    folds = [set(found.user[part.reveal | part.test]) for part in parts]
    for part, fold in zip(parts, folds, strict=True):
        assert not fold & set(found.user[part.train])
    assert sum(map(len, folds)) == len(set.union(*folds))
    tested = np.sum([part.test for part in parts], axis=0)
    assert tested.max() <= 1
    has = per_person(found, found.positive)
    assert per_person(found, tested == 1) == [math.floor(many * 0.2 + 1e-9) for many in has]


@given(frame=logs())
@settings(max_examples=25)
def test_signals_tell_nothing_of_what_is_held_out(frame: pd.DataFrame) -> None:
    """A view stays in training only before the person's first held-out row, and of another item."""
    for spec in ("leave_last(n=1)", "leave_last(fraction=0.2)"):
        found, (part,) = divided(spec, frame)
        signals = part.train & ~found.positive
        assert not set(found.pair[signals]) & set(found.pair[part.test])
        for user in set(found.user[part.test]):
            mine = found.user == user
            assert (found.rank[mine & signals] < found.rank[mine & part.test].min()).all()


# By head.

ANN = log("ann a 1", "ann b 2", "ann c 3", "ann d 4", "ann e 5", "bo a 1", "bo b 9")


def held(spec: str, frame: pd.DataFrame = ANN, seed: int = 0) -> set[str]:
    found = events(dataset(frame), "", seed)
    (part,) = split_of(spec).divide(found, seed)
    return {
        f"{found.user_ids[found.user[row]]} {found.item_ids[found.item[row]]}"
        for row in np.flatnonzero(part.test)
    }


def test_leave_last_by_head() -> None:
    assert held("leave_last") == held("leave_last(n=1)") == {"ann e", "bo b"}
    assert held("leave_last(n=2)") == {"ann d", "ann e", "bo a", "bo b"}
    assert held("leave_last(fraction=0.2)") == {"ann e"}  # ⌊.2·5⌋ = 1 and ⌊.2·2⌋ = 0
    assert held("leave_last(fraction=0.5)") == {"ann d", "ann e", "bo b"}


def test_by_time_by_head() -> None:
    # Seven rows at 1 1 2 3 4 5 9: the moment is that of row ⌊7·.8⌋ = 5 (from 0), which is 5.
    assert held("by_time(test=0.2)") == {"ann e", "bo b"}


def test_an_order_column_stands_in_for_time_within_a_person() -> None:
    ordered = ANN.rename(columns={"timestamp": "order"})
    assert held("leave_last(n=1)", ordered) == {"ann e", "bo b"}
    with pytest.raises(BadInput, match=r"by_time needs times.*order column, leave_last"):
        held("by_time(test=0.2)", ordered)


def test_equal_times_are_ordered_by_a_hash_of_the_item() -> None:
    tied = log(*(f"{user} {item} 5" for user in ("ann", "bo") for item in "abcdefgh"))
    chosen = {seed: held("leave_last(n=1)", tied, seed) for seed in range(8)}
    for pairs in chosen.values():
        ann, bo = sorted(pairs)
        assert ann.split()[1] == bo.split()[1]  # of the item alone
    assert len(set(map(frozenset, chosen.values()))) > 1  # and of the seed


def test_a_random_share_depends_on_the_seed() -> None:
    many = log(*(f"u{user} i{item} 1" for user in range(4) for item in range(10)))
    assert held("random(test=0.2)", many) == held("random(test=0.2)", many)
    assert held("random(test=0.2)", many) != held("random(test=0.2)", many, seed=1)


def test_rows_without_a_time_are_the_past() -> None:
    frame = log("ann a -", "ann b 1", "ann c 2", "bo a 1", "bo b 2", "bo c -")
    assert held("leave_last(n=1)", frame) == {"ann c", "bo b"}
    assert held("by_time(test=0.2)", frame) == {"ann c", "bo b"}  # the moment of row ⌊6·.8⌋ = 4 is 2


@pytest.mark.parametrize("spec", ["by_time(test=1e-12)", "by_time(test=0.999999)"])
def test_extreme_shares_still_name_a_moment(spec: str) -> None:
    assert held(spec)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("leave_lst(n=1)", "no split named.*write leave_last"),
        ("leave_last(n=0)", "n: Input should be greater"),
        ("leave_last(n=1,fraction=0.5)", "one of them"),
        ("random(test=1)", "test: Input should be less than 1"),
        ("by_time(when=3)", "setting 'when' that there is not"),
        ("unseen_users(folds=1)", "folds"),
        ("given", "no given split"),
    ],
)
def test_a_split_that_can_not_be_is_refused(spec: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        held(spec)


@pytest.mark.parametrize(
    ("own", "timed", "parted", "expected"),
    [
        ("", 1.0, False, "by_time(test=0.2)"),
        ("", 0.95, False, "by_time(test=0.2)"),
        ("", 0.94, False, "random(test=0.2)"),
        ("", 1.0, True, "given"),
        ("leave_last(n=1)", 1.0, False, "leave_last(n=1)"),
    ],
)
def test_the_default_split(own: str, timed: float, parted: bool, expected: str) -> None:
    assert default_split(own, timed, parted) == expected


@pytest.mark.parametrize("spec", SPECS)
def test_a_split_is_written_as_it_is_read(spec: str) -> None:
    assert split_of(spec).spec == spec
