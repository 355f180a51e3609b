"""What is known of the sample shop, found again from what its products say."""

import numpy as np
import pandas as pd
import pytest

from core.content.about import Query, meant
from core.content.embed import alike, default_reader, encoding
from core.content.embedding import unit
from core.content.encoders.base import TextEncoder, encoder_of
from core.content.texts import Content, content_of
from core.data.load import SAMPLES, Source, load
from core.work.desk import Desk
from core.work.report import silent

TRUTH = SAMPLES / "shop" / "truth"


@pytest.fixture(scope="module")
def shop() -> Content:
    """All that the sample shop says."""
    return content_of(load(Source(data="shop")))


@pytest.fixture(scope="module")
def pairs() -> pd.DataFrame:
    """80 Chinese products and what they would say in English."""
    return pd.read_parquet(TRUTH / "translations.parquet")


def _found(encoder: TextEncoder, asked: pd.Series, among: pd.Series) -> float:
    """Share of sentences whose nearest in the other language is their own translation."""
    close = unit(encoder.vectors(asked.tolist(), silent)) @ unit(encoder.vectors(among.tolist(), silent)).T
    return float((close.argmax(axis=1) == np.arange(len(asked))).mean())


def test_a_chinese_name_finds_its_english_one(pairs: pd.DataFrame) -> None:
    encoder = encoder_of("multilingual")
    assert isinstance(encoder, TextEncoder)
    assert _found(encoder, pairs["title_zh"], pairs["title_en"]) > 0.85
    assert _found(encoder, pairs["title_en"], pairs["title_zh"]) > 0.85


def test_a_chinese_query_finds_english_products(shop: Content, desk: Desk) -> None:
    asked = "下雨天穿的保暖外套"  # a warm jacket for rainy days
    name = default_reader(shop, asked)
    assert (name, default_reader(shop, "warm jacket for rain")) == ("multilingual", "bert")
    english = shop.part(np.array([at for at, text in enumerate(shop.texts) if text.isascii()]))
    found = desk.run(meant, english, settings=Query(asked, 5, encoding(encoder_of(name))))
    kinds = pd.read_parquet(TRUTH / "items.parquet").set_index("item")["kind"]
    assert "jacket" in " ".join(kinds[list(found.items)])


@pytest.mark.parametrize("encoder", ["tfidf", "word2vec", "bert"])
def test_departments_are_recovered(encoder: str, shop: Content, desk: Desk) -> None:
    """The department of most of an item's nearest is its own, though encoders are not told it."""
    found = desk.run(alike, shop, settings=encoding(encoder_of(encoder)))
    codes, names = pd.factorize(shop.categories)
    votes = np.zeros((len(codes), len(names)))
    for place in found.items.T:
        known = place >= 0
        np.add.at(votes, (np.flatnonzero(known), codes[place[known]]), 1)
    right = float((votes.argmax(axis=1) == codes).mean())
    chance = float(np.bincount(codes).max() / len(codes))
    assert right > 0.8 > 3 * chance
