"""Moods of reviews: what each method reads, who is held out, and which is used."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.content.sentiment import Sentiment, sentiment
from core.work.report import silent
from tests.making import dataset, log

GOOD = (
    "Wonderful, I love it and it works great",
    "Great quality and a happy buy",
    "Excellent, I am delighted",
)
BAD = ("Terrible, it broke and I hate it", "Awful quality and a sad waste", "Horrible, I am disappointed")
GOOD_ZH = ("非常好，我很喜欢，质量不错", "很满意，推荐大家购买这个", "太棒了，完美的产品值得买")
BAD_ZH = ("非常差，我很失望，质量糟糕", "很不满意，不推荐购买这个", "太烂了，坏掉的产品浪费钱")


def reviews(good: tuple[str, ...], bad: tuple[str, ...], each: int = 100, stars: bool = True) -> pd.DataFrame:
    rows = [
        (f"u{at:03}", text, float(rating) if stars else np.nan)
        for at in range(each)
        for texts, rating in ((good, 5), (bad, 1))
        for text in (texts[at % len(texts)],)
    ]
    frame = pd.DataFrame(rows, columns=["user", "text", "rating"])
    return frame.assign(user=pd.Categorical(frame["user"]))


def read(frame: pd.DataFrame, seed: int = 0) -> Sentiment:
    data = replace(dataset(log("ann tea 1", "bo jam 2")), reviews=frame)
    return sentiment(data, settings=seed, report=silent)


def test_english_without_stars_is_read_by_the_lexicon() -> None:
    found = read(reviews(GOOD, BAD, stars=False))
    assert set(found.methods) == {"lexicon"}
    assert (found.scores[::2] > 0).all() and (found.scores[1::2] < 0).all()
    assert found.accuracies == ()


def test_chinese_is_learnt_from_stars_and_measured_on_people_who_were_not_seen() -> None:
    found = read(reviews(GOOD_ZH, BAD_ZH, each=150))
    assert set(found.methods) == {"stars"}
    (measured,) = found.accuracies
    assert 20 < measured.of < 120  # a fifth of 150 people, two reviews each
    assert measured.right == measured.of
    assert measured.balanced == 1


def test_with_few_stars_nothing_is_learnt() -> None:
    found = read(reviews(GOOD_ZH, BAD_ZH, each=20))
    assert set(found.methods) == {""}
    assert np.isnan(found.scores).all()


def test_where_stars_contradict_the_lexicon_the_stars_win() -> None:
    """Reviews of horror films, say: what sounds terrible has five stars."""
    found = read(reviews(BAD, GOOD, each=150))
    assert set(found.methods) == {"stars"}
    by_method = {one.method: one.balanced for one in found.accuracies}
    assert by_method["stars"] == 1
    assert by_method["lexicon"] == 0


def test_empty_reviews_have_no_mood() -> None:
    frame = reviews(GOOD, BAD)
    frame.loc[0, "text"] = None
    frame.loc[1, "text"] = ""
    found = read(frame)
    assert np.isnan(found.scores[:2]).all()
    assert found.methods[:2].tolist() == ["", ""]


def test_no_reviews_at_all() -> None:
    assert read(reviews(GOOD, BAD, each=1).iloc[:0]).scores.tolist() == []


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_moods(seed: int) -> None:
    frame = reviews(GOOD, BAD, each=150)
    one, other = (read(frame, seed) for _ in range(2))
    np.testing.assert_array_equal(one.scores, other.scores)
    assert one.accuracies == other.accuracies
