"""What is true in one domain only: news grow old, and nobody is shown themselves or their friends."""

import numpy as np
import pandas as pd

from tests.sample_data.sampled import K, Sampled, moments


def _age(sample: Sampled, rows: pd.DataFrame) -> np.ndarray:
    """Days between an item's appearance and a row's time."""
    published = moments(sample.items["published"])[sample.item(rows)]
    return (moments(rows["timestamp"]) - published) / np.timedelta64(1, "D")


def test_articles_appear_over_the_year(news: Sampled) -> None:
    months = news.items["published"].dt.strftime("%Y-%m").value_counts()
    assert len(months) >= 13
    assert news.items["published"].max() < news.impressions["timestamp"].min()


def test_nothing_is_read_before_it_has_appeared(news: Sampled) -> None:
    for rows in (news.interactions, news.impressions, news.reviews):
        assert (_age(news, rows) > 0).all()


def test_news_age_and_recipes_do_not(news: Sampled) -> None:
    half_life = pd.read_parquet(news.folder / "truth" / "items.parquet")["half_life"].to_numpy()
    views = news.interactions[news.interactions["kind"] == "view"]
    own, age = half_life[news.item(views)], _age(news, views)
    assert np.median(age[own <= 7]) < 14
    assert np.median(age[np.isinf(own)]) > 100


def test_items_are_people_under_the_same_ids(friends: Sampled) -> None:
    assert set(friends.items["item"]) < set(friends.users["user"])
    language = pd.read_parquet(friends.folder / "truth" / "people.parquet").set_index("user")["language"]
    assert (friends.items["language"].to_numpy() == language.loc[friends.items["item"]]).all()


def test_friendship_holds_in_both_directions(friends: Sampled) -> None:
    pairs = set(zip(friends.relations["user"], friends.relations["other"], strict=True))
    assert len(pairs) == len(friends.relations)
    assert all((other, user) in pairs and user != other for user, other in pairs)
    assert set(friends.relations["kind"]) == {"friend"}
    assert friends.relations["user"].nunique() > 0.97 * len(friends.users)


def test_nobody_meets_themselves_or_their_friends(friends: Sampled) -> None:
    for rows in (friends.interactions, friends.impressions, friends.reviews):
        assert not friends.barred[friends.user(rows), friends.item(rows)].any()
    assert not np.take_along_axis(friends.barred, friends.production[:, :K].astype(int), 1).any()
    assert (friends.relevance[friends.barred] == 0).all()


def test_friends_have_more_in_common_than_others(friends: Sampled) -> None:
    preferences = np.load(friends.folder / "truth" / "preferences.npy")
    alike = preferences @ preferences.T
    other = friends.relations.rename(columns={"user": "other", "other": "user"})
    pairs = alike[friends.user(friends.relations), friends.user(other)]
    assert pairs.mean() > alike.mean() + 0.2
