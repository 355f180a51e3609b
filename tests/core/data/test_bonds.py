"""Where items are people, nobody is shown themselves or a friend; elsewhere equal ids are a coincidence."""

import pandas as pd

from core.data.bonds import barred
from core.data.dataset import Dataset
from tests.making import compared_on, dataset, log

VISITS = log(
    *(
        f"{who} {whom} {day}"
        for day, (who, whom) in enumerate([("ann", "bo"), ("bo", "cy"), ("cy", "ann")], 1)
    ),
    *(
        f"{who} {whom} {day}"
        for day, (who, whom) in enumerate([("ann", "dee"), ("bo", "ann"), ("dee", "cy")], 4)
    ),
)
FRIENDS = pd.DataFrame({"user": ["ann"], "other": ["cy"], "kind": ["friend"]})


def people(items_are_people: bool) -> Dataset:
    return dataset(VISITS, relations=FRIENDS).with_origin(items_are_people=items_are_people)


def test_oneself_and_friends_in_both_directions() -> None:
    found = people(items_are_people=True)
    ids = found.user_ids.to_numpy(dtype=object)
    shown = barred(found, ids, found.catalogue.to_numpy(dtype=object)).toarray()
    assert ids.tolist() == ["ann", "bo", "cy", "dee"]
    assert shown.tolist() == [[1, 0, 1, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]]


def test_equal_ids_are_a_coincidence_elsewhere() -> None:
    found = people(items_are_people=False)
    ids = found.user_ids.to_numpy(dtype=object)
    assert barred(found, ids, found.catalogue.to_numpy(dtype=object)).nnz == 0


def test_lists_hold_neither() -> None:
    found = compared_on(
        people(items_are_people=True), recommenders=("random",), split="leave_last(n=1)", k=(4,)
    )
    lists = {
        str(user): {str(found.item_ids[item]) for item in row if item >= 0}
        for user, row in zip(found.user_ids, found.ranked[0].items, strict=True)
    }
    assert "ann" not in lists["ann"]
    assert "cy" not in lists["ann"]
    assert lists["bo"] == {"ann", "dee"}
