"""Popularity of late and by group, and friends in common."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.data.folds import Train, whole
from core.recommenders.base import recommender_of
from core.work.errors import BadInput
from core.work.report import silent
from tests.making import dataset, history_of, log, train_of

DAY = 86_400


def late() -> Train:
    """Tea three times long ago, jam once today."""
    rows = [f"{name} tea {1_600_000_000}" for name in ("ann", "bo", "cy")]
    return whole(dataset(log(*rows, f"dee jam {1_600_000_000 + 2 * DAY}", f"dee tea {1_600_000_000}")))


def scores(spec: str, train: Train, users: list[int] | None = None) -> dict[str, float]:
    nothing = history_of([0] * len(train.item_ids))
    known = None if users is None else np.array(users, dtype=np.int32)
    found = recommender_of(spec).fit(train, silent).score(nothing, known)[0]
    return dict(zip(train.item_ids.tolist(), found.tolist(), strict=True))


def test_a_like_counts_half_after_the_half_life() -> None:
    assert scores("popularity", late()) == {"jam": 1, "tea": 4}
    # Two days before the end: a quarter each with a half-life of a day.
    assert scores("popularity(half_life=1)", late()) == pytest.approx({"jam": 1, "tea": 1})


def test_a_half_life_needs_times() -> None:
    with pytest.raises(BadInput, match="needs times"):
        recommender_of("popularity(half_life=1)").fit(train_of([[1, 0], [0, 1]]), silent)


def grouped() -> Train:
    """Six cooks who like tea, five nurses who like jam, one guest who likes jam."""
    who = [(f"c{at}", "tea", "cook") for at in range(6)] + [(f"n{at}", "jam", "nurse") for at in range(5)]
    who.append(("z", "jam", "guest"))
    frame = pd.DataFrame([row[:2] for row in who], columns=["user", "item"])
    people = pd.DataFrame([(row[0], row[2]) for row in who], columns=["user", "work"])
    return whole(dataset(frame, users=people))


def test_popularity_among_people_alike() -> None:
    train = grouped()
    assert scores("popularity(by=work)", train, [0]) == {"jam": 0, "tea": 6}
    assert scores("popularity(by=work)", train, [6]) == {"jam": 5, "tea": 0}
    assert scores("popularity(by=work)", train, [11]) == {"jam": 6, "tea": 6}  # one guest is no group
    assert scores("popularity(by=work)", train) == {"jam": 6, "tea": 6}
    scorer = recommender_of("popularity(by=work)").fit(train, silent)
    reason = scorer.reason(history_of([0, 0]), np.array([6], np.int32), 0)
    assert reason is not None
    assert (reason.kind, reason.name, reason.n, reason.of) == ("segment", "nurse", 5, 5)


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="no column"):
        recommender_of("popularity(by=height)").fit(grouped(), silent)


def social() -> Train:
    """Ann accepted bo and cy; bo is a friend of dee, and cy of dee and eve."""
    train = whole(dataset(log("ann bo", "ann cy", "dee eve", "dee bo", "eve dee", columns=("user", "item"))))
    friends = pd.DataFrame([("bo", "dee"), ("cy", "dee"), ("eve", "cy")], columns=["user", "other"])
    return replace(train, relations=friends)


def test_friends_in_common_by_head() -> None:
    train = social()
    assert train.item_ids.tolist() == ["bo", "cy", "dee", "eve"]
    ann = int(np.flatnonzero(train.user_ids == "ann")[0])
    found = scores("friends(measure=common)", train, [ann])
    assert found["dee"] == 2  # bo and cy
    assert found["eve"] == 1  # cy
    # bo has one friend (dee), cy has two: Adamic–Adar takes ln 2 for both, as nobody joins with fewer.
    assert scores("friends", train, [ann])["dee"] == pytest.approx(2 / math.log(2))
    assert scores("friends(measure=resource_allocation)", train, [ann])["dee"] == pytest.approx(1 + 1 / 2)


def test_friends_in_common_are_the_reason() -> None:
    train = social()
    scorer = recommender_of("friends(measure=common)").fit(train, silent)
    ann = np.flatnonzero(train.user_ids == "ann").astype(np.int32)
    reason = scorer.reason(history_of([0, 0, 0, 0]), ann, 2)
    assert reason is not None
    assert [train.item_ids[part.at] for part in reason.parts] == ["bo", "cy"]


def test_friends_need_people_as_items() -> None:
    with pytest.raises(BadInput, match="items are people"):
        recommender_of("friends").fit(train_of([[1, 0], [0, 1]]), silent)
