"""Words that people read: each item its own, complete sentences, a fifth of them Chinese."""

import re

import pandas as pd
import pytest

from sample_data.world import choices
from tests.sample_data.sampled import Sampled

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def translations(sample: Sampled) -> pd.DataFrame:
    return pd.read_parquet(sample.folder / "truth" / "translations.parquet")


@pytest.fixture
def queries(sample: Sampled) -> pd.DataFrame:
    return pd.read_parquet(sample.folder / "truth" / "queries.parquet")


@pytest.mark.parametrize("column", ["title", "text"])
def test_no_two_items_have_the_same_text(sample: Sampled, translations: pd.DataFrame, column: str) -> None:
    assert sample.items[column].is_unique
    assert translations[f"{column}_en"].is_unique
    assert translations[f"{column}_zh"].is_unique


def test_no_two_reviews_have_the_same_text(sample: Sampled) -> None:
    assert sample.reviews["text"].is_unique


def test_texts_are_finished(sample: Sampled) -> None:
    texts = [
        *sample.items["title"],
        *sample.items["text"],
        *sample.reviews["text"],
        *sample.searches["query"],
    ]
    assert not [text for text in texts if "{" in text or "}" in text or "  " in text or text != text.strip()]
    ends = (".", "。", "!", "?", "？", "！")
    assert sample.items["text"].str.endswith(ends).all()
    assert sample.reviews["text"].str.endswith(ends).all()
    assert sample.items["text"].str.len().between(40, 600).all()


def test_articles_fit_their_words(sample: Sampled) -> None:
    english = sample.items.loc[sample.items["language"] == "en", "text"].str.lower()
    assert not english.str.contains(r"\ba [aeio]").any()
    assert not english.str.contains(r"\ban (?!r in)[^aeiou]").any()  # months with an R in them


def test_a_fifth_is_chinese(sample: Sampled, queries: pd.DataFrame) -> None:
    assert (sample.items["language"] == "zh").mean() == pytest.approx(0.2, abs=0.002)
    assert 0.15 < (sample.reviews["language"] == "zh").mean() < 0.27
    language = sample.searches["query"].map(queries.set_index("query")["language"])
    assert language.notna().all()
    assert 0.15 < (language == "zh").mean() < 0.27


def test_languages_do_not_mix(sample: Sampled) -> None:
    for table, column in ((sample.items, "title"), (sample.items, "text"), (sample.reviews, "text")):
        for text, language in zip(table[column], table["language"], strict=True):
            assert (LATIN if language == "zh" else CHINESE).search(text) is None, text


def test_translations_are_those_of_the_chinese_items(sample: Sampled, translations: pd.DataFrame) -> None:
    chinese = sample.items[sample.items["language"] == "zh"].reset_index(drop=True)
    assert translations["item"].tolist() == chinese["item"].tolist()
    assert translations["title_zh"].tolist() == chinese["title"].tolist()
    assert translations["text_zh"].tolist() == chinese["text"].tolist()
    assert not translations["title_en"].str.contains(CHINESE).any()


def test_titles_say_the_kind_and_tags_the_rest(shop: Sampled) -> None:
    truth = pd.read_parquet(shop.folder / "truth" / "items.parquet")
    rows = shop.items.assign(kind=truth["kind"], colour=truth["colour"])
    english = rows[rows["language"] == "en"]
    columns = (english[name].tolist() for name in ("title", "tags", "kind", "colour"))
    for title, tags, kind, colour in zip(*columns, strict=True):
        assert kind in title
        assert tags.split("|")[0] == kind
        assert colour in tags.split("|")


def test_reviews_fit_their_stars(sample: Sampled) -> None:
    """Praise stands in no review of one star, complaints in none of five."""
    features = [feature for department in sample.world.departments for feature in department.features]
    said = {
        "praise": {text for feature in features for both in choices(feature.praise) for text in both},
        "complaint": {text for feature in features for both in choices(feature.complaint) for text in both},
    }
    overlap = said["praise"] & said["complaint"]
    for stars, unfit, fit in ((1, "praise", "complaint"), (5, "complaint", "praise")):
        for text in sample.reviews.loc[sample.reviews["rating"] == stars, "text"]:
            assert not any(part in text for part in said[unfit] - overlap), text
            assert any(part in text for part in said[fit]), text


def test_quality_shows_in_the_stars(sample: Sampled) -> None:
    quality = pd.read_parquet(sample.folder / "truth" / "items.parquet").set_index("item")["quality"]
    stars = sample.reviews.assign(item=sample.reviews["item"].astype(str)).groupby("item")["rating"]
    mean = stars.mean()[stars.size() >= 8]
    assert mean.corr(quality.loc[mean.index]) > 0.5
