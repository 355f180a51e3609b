"""Comparisons at the edge: one person, nothing held out, equals, short and missing lists, strange items."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.evaluation.comparison import Comparison, verdict
from core.evaluation.evidence.report import report
from core.evaluation.pairs import pairs_of, rank_intervals, sides
from core.evaluation.record import comparison_json, summary_rows
from core.evaluation.uncertainty import means, paired, resampled
from core.work.errors import BadInput
from tests.making import compared_on, dataset, log, random_log


def one_person() -> Comparison:
    """Ann alone has something later; bob's one event is in training."""
    made = dataset(log("ann tea 1", "ann milk 2", "bob beer 1", "bob rum 1", "ann beer 9"))
    return compared_on(made, recommenders=("popularity", "random"), k=(2,), split="by_time(test=0.2)")


def stands(found: Comparison) -> None:
    """Everything that is made of a comparison is made: records, pairs, places, the report."""
    comparison_json(found)
    assert len(summary_rows(found))
    for at in range(len(found.columns)):
        verdict(found, at)
        pairs_of(found, at)
        rank_intervals(found, at)
        for row in range(1, len(found.entries)):
            sides(found, 0, row, at)
    assert "NaN" not in report(found).partition("touchstone-evidence")[2]


def with_lists(tmp_path: Path, rows: Sequence[tuple[str, str, float]], **more: object) -> Comparison:
    """Popularity beside ready-made lists on a log of forty people."""
    file = tmp_path / "lists.csv"
    pd.DataFrame(rows, columns=["user", "item", "rank"]).to_csv(file, index=False)
    chosen = {"recommenders": ("popularity",), "recommendations": {"mine": str(file)}, "k": (5,)}
    return compared_on(dataset(random_log(people=40)), **chosen, **more)


def test_one_person_has_numbers_and_no_doubt_that_can_be_told() -> None:
    """n = 1: every draw draws the same person, so intervals are points; and nobody is told apart."""
    found = one_person()
    assert len(found.user_ids) == 1
    stands(found)
    for row in found.estimates:
        for one in row:
            assert one.n == 1
            assert one.low == one.mean == one.high
    assert not any(
        pair.difference.settled for at in range(len(found.columns)) for pair in pairs_of(found, at)
    )


@pytest.mark.parametrize(("people", "settled"), [(1, False), (5, False), (6, True), (20, True)])
def test_it_takes_six_people_who_agree_to_tell_two_apart(people: int, settled: bool) -> None:
    """Everybody has 1 by the first and 0 by the second: by signs alone p is 2^(1 − n), 1/32 for six."""
    values = np.tile([1.0, 0.0], (people, 1))
    (shared,) = paired(values, 0, means(values)[0], resampled(values, 0))
    (own,) = paired(values, 0)
    assert shared.settled == own.settled == settled


def test_nothing_held_out_that_is_positive_is_refused_with_what_to_do() -> None:
    """Only the first of three ratings is 4 or more, and it is in training."""
    made = dataset(
        log(
            "ann tea 1 5",
            "bob tea 1 5",
            "ann milk 8 1",
            "bob rum 9 2",
            columns=("user", "item", "timestamp", "value"),
        )
    )
    with pytest.raises(BadInput, match="choose another split"):
        compared_on(
            made, recommenders=("popularity",), positive="value >= 4", split="by_time(test=0.5)", k=(2,)
        )


def test_equal_recommenders_are_tied_in_everything() -> None:
    """The same recommender twice by two settings that change nothing: p = 1, no effect, the same place."""
    found = compared_on(
        dataset(random_log(people=40)), recommenders=("ease(l2=500)", "ease(l2=500.0001)"), k=(5,)
    )
    assert len(found.entries) == 2
    stands(found)
    at = found.column("ndcg", 5)
    (pair,) = pairs_of(found, at)
    assert pair.difference.p == 1
    assert pair.holds_zero
    assert verdict(found, at).tied == (1 - verdict(found, at).leader,)
    assert [one.place for one in rank_intervals(found, at) if one] == [1, 1]
    assert (sides(found, 0, 1, at).gain, sides(found, 0, 1, at).lose) == (0, 0)


def test_people_without_a_list_score_zero_and_are_counted(tmp_path: Path) -> None:
    """Lists for two of forty people: everybody is in n, and the integrity says how many have none."""
    found = with_lists(tmp_path, [("u000", "i000", 1), ("u001", "i001", 1)])
    stands(found)
    at, mine = (
        found.column("precision", 5),
        next(i for i, one in enumerate(found.entries) if one.name == "mine"),
    )
    assert found.estimates[mine][at].n == len(found.user_ids)
    assert (found.values[mine, at] > 0).sum() <= 2
    said = next(one for one in found.integrity if one.check == "people without a list")
    assert said.verdict == "warning"


def test_lists_shorter_than_k_have_empty_places(tmp_path: Path) -> None:
    """One item a person: precision at 5 is at most 1/5."""
    found = with_lists(tmp_path, [(f"u{at:03}", "i000", 1) for at in range(40)])
    stands(found)
    at, mine = (
        found.column("precision", 5),
        next(i for i, one in enumerate(found.entries) if one.name == "mine"),
    )
    assert np.nanmax(found.values[mine, at]) <= 1 / 5


def test_duplicates_and_unknown_items_are_said_and_never_hits(tmp_path: Path) -> None:
    """The same item five times is one place; an item from nowhere keeps its place."""
    rows = [(f"u{at:03}", "i000", rank) for at in range(40) for rank in range(1, 6)]
    rows += [(f"u{at:03}", "nowhere", 6) for at in range(40)]
    found = with_lists(tmp_path, rows)
    stands(found)
    said = {one.check: one.verdict for one in found.integrity}
    assert said["items twice in a list"] == "warning"
    assert said["recommended items outside the catalogue"] == "warning"
    at, mine = (
        found.column("precision", 5),
        next(i for i, one in enumerate(found.entries) if one.name == "mine"),
    )
    assert np.nanmax(found.values[mine, at]) <= 1 / 5


def test_ready_made_lists_have_no_metric_of_the_whole_ranking(tmp_path: Path) -> None:
    found = with_lists(tmp_path, [("u000", "i000", 1)], metrics=("auc", "ndcg"))
    stands(found)
    at = found.column("auc", 5)
    mine = next(i for i, one in enumerate(found.entries) if one.name == "mine")
    assert found.estimates[mine][at].n == 0
    assert found.estimates[1 - mine][at].n == len(found.user_ids)


def test_negative_ratings_are_worth_nothing_in_graded_ndcg() -> None:
    """Ratings from −3 to 2: graded values lie in [0, 1] or are not defined; n says for how many."""
    made = random_log(people=40)
    made["value"] = np.arange(len(made)) % 6 - 3
    found = compared_on(dataset(made), recommenders=("popularity", "random"), metrics=("ndcg",), k=(5,))
    stands(found)
    graded = found.values[:, found.column("ndcg", 5, "graded")]
    there = graded[np.isfinite(graded)]
    assert there.min() >= 0
    assert there.max() <= 1
    one = found.estimates[0][found.column("ndcg", 5, "graded")]
    assert 0 < one.n < len(found.user_ids)
