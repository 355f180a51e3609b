"""A portrait says only what the data before the split tell beyond noise."""

import numpy as np
import pandas as pd

from core.content.sentiment import Sentiment
from core.data.dataset import Dataset
from core.data.load import Source, load
from core.explain.portrait import Known, favourite_days, marks, opinions, portrait
from core.language.writing import template


def days(*counts: int) -> pd.Series:
    """So many events on Monday, Tuesday, …"""
    first = pd.Timestamp("2026-01-05", tz="UTC")  # a Monday
    return pd.Series([first + pd.Timedelta(days=day) for day, many in enumerate(counts) for _ in range(many)])


def said(known: Known) -> str:
    draft = portrait(known)
    return template(draft).said() if draft else ""


def test_days_are_named_where_they_stand_out() -> None:
    assert favourite_days(days(3, 3, 3, 3, 3, 3, 2)) == ""
    assert favourite_days(days(2, 20, 2, 2, 2, 2, 2)) == "Tuesdays"
    assert favourite_days(days(1, 1, 1, 1, 1, 12, 12)) == "weekends"
    assert favourite_days(days(0, 19, 0, 0, 0, 0, 0)) == ""  # fewer than 20
    assert favourite_days(pd.Series([], dtype="datetime64[us, UTC]")) == ""


def test_a_category_is_liked_where_its_marks_differ_from_all_others() -> None:
    found = pd.DataFrame(
        {"category": ["A|x"] * 4 + ["B"] * 4 + ["C"], "mark": [1, 1, 0.9, 1, -1, -0.9, -1, -1, 0]}
    )
    assert opinions(found) == ("A", "B")
    assert opinions(found.assign(mark=[1, -1] * 4 + [0])) == ("", "")
    assert opinions(found[:2]) == ("", "")


def test_all_that_is_known_is_said_in_one_portrait() -> None:
    events = pd.DataFrame({"timestamp": days(2, 20, 2, 2, 2, 2, 2), "category": ["Home"] * 20 + ["Art"] * 12})
    opinion = pd.DataFrame({"category": ["A"] * 3 + ["B"] * 3, "mark": [1, 1, 0.9, -1, -1, -0.9]})
    assert said(Known(events, ("lamps",), ("warm", "oak"), opinion)) == (
        "Mostly interested in Home and Art. Reads about lamps. Words that stand out are warm and oak."
        " Mostly here on Tuesdays (UTC). Likes A, not B. 32 events since 2026-01-05."
    )


def test_of_somebody_without_events_nothing_is_said() -> None:
    nothing = pd.DataFrame({"timestamp": days(), "category": []})
    assert said(Known(nothing)) == ""
    one = pd.DataFrame({"timestamp": days(1), "category": [""]})
    assert said(Known(one)) == "One event so far."
    untimed = pd.DataFrame(
        {"timestamp": pd.Series([pd.NaT] * 2, dtype="datetime64[us, UTC]"), "category": [""] * 2}
    )
    assert said(Known(untimed)) == "2 events."


def test_marks_are_ratings_between_the_persons_own_extremes() -> None:
    events = pd.DataFrame({"kind": ["rating"] * 3, "value": [1.0, 3.0, 5.0], "category": ["A", "B", "C"]})
    found = marks(_shop(), "a", events, None)
    assert found["mark"].tolist() == [-1, 0, 1]


def test_reviews_after_the_split_are_not_read() -> None:
    """The first is of an item that was not taken before the split, the second came after it."""
    shop = _shop()
    user = str(shop.reviews["user"].iloc[0])
    mine = shop.reviews[shop.reviews["user"].astype("str") == user].sort_values("timestamp")
    taken, moment = mine["item"].astype("str").iloc[1], mine["timestamp"].iloc[1]
    events = pd.DataFrame({"kind": ["view"], "value": [np.nan], "item": [taken], "timestamp": [moment]})
    read = Sentiment(np.full(len(shop.reviews), 0.5), np.full(len(shop.reviews), "stars", dtype=object), ())
    assert len(marks(shop, user, events, read)) == 1
    before = events.assign(timestamp=[moment - pd.Timedelta(seconds=1)])
    assert marks(shop, user, before, read).empty


def _shop() -> Dataset:
    return load(Source(data="shop"))
