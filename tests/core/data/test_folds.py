"""Train and Test: what is fit, what is masked, what is judged, and what was left out on the way."""

import numpy as np
import pandas as pd
import pytest

from core.data.candidates import with_candidates
from core.data.cleaning import clean
from core.data.dataset import Did, Origin
from core.data.folds import Fold, Seen, folds, whole
from core.data.ids import as_ids
from core.data.readers.base import Raw
from core.data.splits import split_of
from core.work.errors import BadInput
from tests.making import dataset, log, random_log

PARTED = ("user", "item", "kind", "part")


def fold_of(
    frame: pd.DataFrame, spec: str, positive: str = "", seen: Seen = "positive", **least: int
) -> Fold:
    (made,) = folds(dataset(frame), split_of(spec), positive, seen, **least)
    return made


def pairs(fold: Fold, part: str) -> set[str]:
    """What a matrix of the test part holds, as "person item"."""
    matrix = getattr(fold.test, part).tocoo()
    names = zip(fold.test.user_ids[matrix.row], fold.train.item_ids[matrix.col], strict=True)
    return {f"{user} {item}" for user, item in names}


def learnt(fold: Fold) -> set[str]:
    matrix = fold.train.positives.tocoo()
    names = zip(fold.train.user_ids[matrix.row], fold.train.item_ids[matrix.col], strict=True)
    return {f"{user} {item}" for user, item in names}


def did(fold: Fold, step: str) -> Did | None:
    return next((one for one in fold.dropped if one.step == step), None)


GIVEN = log(
    "ann tea buy train",
    "ann jam view train",
    "bo tea buy train",
    "ann bun buy test",
    "ann tea buy test",  # seen in training
    "ann jam buy test",  # viewed in training
    "bo new buy test",  # an item that training does not know
    "cy tea buy test",  # a person whom training does not know
    columns=PARTED,
)


def test_training_is_binary_and_the_catalogue_is_everything() -> None:
    fold = fold_of(GIVEN, "given", "kind = buy")
    assert learnt(fold) == {"ann tea", "bo tea"}
    assert fold.train.item_ids.tolist() == ["bun", "jam", "new", "tea"]
    assert set(fold.train.positives.data) == {1.0}
    assert len(fold.train.user) == 3  # with the view, a signal


@pytest.mark.parametrize(
    ("seen", "truth", "masked"),
    [
        ("positive", {"ann bun", "ann jam", "bo new"}, {"ann tea", "bo tea"}),
        ("any", {"ann bun", "bo new"}, {"ann tea", "ann jam", "bo tea"}),
        ("none", {"ann bun", "ann jam", "ann tea", "bo new"}, set()),
    ],
)
def test_what_was_seen_is_masked_and_not_judged(seen: Seen, truth: set[str], masked: set[str]) -> None:
    fold = fold_of(GIVEN, "given", "kind = buy", seen)
    assert pairs(fold, "truth") == truth
    assert pairs(fold, "masked") == masked
    dropped = did(fold, "test pairs already seen in training")
    assert (dropped.count if dropped else 0) == 4 - len(truth)


def test_strangers_are_left_out_and_counted() -> None:
    fold = fold_of(GIVEN, "given", "kind = buy")
    assert fold.test.user_ids.tolist() == ["ann", "bo"]
    assert did(fold, "people unknown to training") == Did(
        "people unknown to training", 1, "left out of the test part", ("cy",)
    )


def test_a_view_of_the_same_item_does_not_mask_a_purchase() -> None:
    fold = fold_of(GIVEN, "given", "kind = buy")
    assert "ann jam" in pairs(fold, "truth")


def test_rows_of_the_files_are_all_accounted_for() -> None:
    fold = fold_of(GIVEN, "given", "kind = buy")
    judged = fold.test.truth.nnz
    dropped = sum(one.count for one in fold.dropped if one.step != "positives")
    assert len(fold.train.user) + judged + dropped == len(GIVEN)


def test_a_test_file_without_kinds_is_all_positive_and_says_so() -> None:
    frame = log(
        "ann tea buy train", "ann jam view train", "bo tea buy train", "ann bun - test", columns=PARTED
    )
    fold = fold_of(frame, "given", "kind = buy")
    assert pairs(fold, "truth") == {"ann bun"}
    assert any("no kinds" in one.detail for one in fold.dropped)


def test_a_test_file_without_ratings_is_all_positive_and_says_so() -> None:
    frame = log(
        "ann tea 5 train",
        "ann jam 1 train",
        "bo tea 4 train",
        "ann bun - test",
        columns=("user", "item", "value", "part"),
    )
    fold = fold_of(frame, "given", "rating >= 4")
    assert learnt(fold) == {"ann tea", "bo tea"}
    assert pairs(fold, "truth") == {"ann bun"}
    assert any("no ratings" in one.detail for one in fold.dropped)


def test_unseen_people_are_judged_with_the_history_that_is_revealed() -> None:
    made = folds(dataset(random_log(people=9, each=10)), split_of("unseen_users(folds=3,given=0.8)"))
    assert sorted(np.concatenate([fold.test.user_ids for fold in made])) == [f"u{at:03}" for at in range(9)]
    for fold in made:
        assert (fold.test.users == -1).all()
        assert not set(fold.test.user_ids) & set(fold.train.user_ids)
        assert (np.diff(fold.test.history.indptr) == 8).all()
        assert (np.diff(fold.test.truth.indptr) == 2).all()


def test_signals_of_unseen_people_that_are_left_out_are_counted() -> None:
    frame = random_log(people=9, each=10, kinds=("view", "buy", "buy"))
    for fold in folds(dataset(frame), split_of("unseen_users(folds=3,given=0.5)"), "kind = buy"):
        others = ~frame["user"].isin(fold.test.user_ids)
        unseen = frame[~others]
        accounted = fold.test.history.nnz + fold.test.truth.nnz
        views = int((unseen["kind"] == "view").sum())
        assert accounted == len(unseen) - views
        left_out = did(fold, "training rows that would tell of the test part")
        assert left_out is not None
        assert 0 < left_out.count <= views


def test_minimum_activity_is_repeated_until_it_holds() -> None:
    # cy has one row; without it jam has one person; without that bo has one row.
    frame = log("cy jam 1", "bo jam 2", "bo tea 3", "ann tea 4", "ann bun 5", "di tea 6", "di bun 7")
    fold = fold_of(frame, "leave_last(n=1)", min_user=2, min_item=2)
    assert fold.train.user_ids.tolist() == ["ann", "di"]
    assert fold.train.item_ids.tolist() == ["bun", "jam", "tea"]  # the catalogue stays
    assert did(fold, "minimum activity") == Did(
        "minimum activity", 3, "fewer than 2 positive interactions a person or 2 an item"
    )


def test_too_much_activity_asked_for_is_bad_input() -> None:
    with pytest.raises(BadInput, match="Nobody is left with 9 interactions"):
        fold_of(GIVEN, "given", min_user=9)


def test_nothing_to_judge_is_bad_input() -> None:
    with pytest.raises(BadInput, match="holds out nothing that can be judged"):
        fold_of(log("ann tea 1", "bo jam 2"), "leave_last(n=1)")


def test_candidates_name_known_people_and_items() -> None:
    fold = fold_of(GIVEN, "given", "kind = buy")
    asked = log("ann tea", "ann bun", "bo mars", "cy tea", columns=("user", "item"))
    limited = with_candidates(fold, pd.DataFrame({name: as_ids(asked[name]) for name in asked}))
    assert pairs(limited, "candidates") == {"ann tea", "ann bun"}
    assert pairs(limited, "truth") == pairs(fold, "truth")  # what can't be found stays in denominators
    dropped = did(limited, "candidates")
    assert dropped is not None
    assert dropped.count == 2


def test_validation_is_the_same_rule_inside_training() -> None:
    fold = fold_of(random_log(people=6, each=10), "leave_last(n=1)")
    inner = fold.validation(split_of("leave_last(n=1)"), seed=0)
    assert inner.train.positives.nnz == fold.train.positives.nnz - 6
    assert pairs(inner, "truth") <= learnt(fold)
    assert not pairs(inner, "truth") & learnt(inner)


def test_now_learns_from_everything() -> None:
    train = whole(dataset(GIVEN), "kind = buy")
    assert train.user_ids.tolist() == ["ann", "bo", "cy"]
    assert train.positives.nnz == 6  # ann tea twice, a pair once
    assert len(train.user) == len(GIVEN)


def test_impressions_alone_are_nothing_to_learn_from() -> None:
    shown = pd.DataFrame({"slate": [1, 2], "user": ["a", "b"], "position": [1, 1], "item": ["x", "y"]})
    data = clean(Raw("shown", Origin("shown", "none"), {"impressions": shown}))
    with pytest.raises(BadInput, match="shown has no interactions, only impressions"):
        folds(data, split_of("random"))


def test_a_part_of_a_training_part_is_that_of_its_people() -> None:
    """All columns of events go with their people; everybody is the same training part."""
    fold = fold_of(random_log(people=6, each=5, kinds=("buy", "view")), "leave_last(n=1)", "kind = buy")
    train = fold.train
    assert train.part(np.ones(len(train.user_ids), dtype=bool)).fingerprint == train.fingerprint
    kept = np.arange(len(train.user_ids)) % 2 == 0
    part = train.part(kept)
    assert part.user_ids.tolist() == train.user_ids[kept].tolist()
    events = zip(part.user_ids[part.user], part.item, part.kind, part.positive, strict=True)
    before = zip(train.user_ids[train.user], train.item, train.kind, train.positive, strict=True)
    assert list(events) == [one for one in before if one[0] in set(part.user_ids)]
    assert part.sequence is not None
    assert train.sequence is not None
    assert np.array_equal(part.sequence.toarray(), train.sequence.toarray()[kept])


def test_only_positive_events_are_positive_inside_training_too() -> None:
    """Somebody who looked before they bought has not bought when they looked."""
    rows = [f"{name} tea 1 view" for name in ("ann", "bo")] + [f"{name} tea 5 buy" for name in ("ann", "bo")]
    rows += [f"{name} jam 2 buy" for name in ("ann", "bo")] + [f"{name} bun 9 buy" for name in ("ann", "bo")]
    frame = log(*rows, columns=("user", "item", "timestamp", "kind"))
    fold = fold_of(frame, "leave_last(n=1)", "kind = buy")
    assert pairs(fold, "truth") == {"ann bun", "bo bun"}
    assert pairs(fold.validation(split_of("leave_last(n=1)"), 0), "truth") == {"ann tea", "bo tea"}
