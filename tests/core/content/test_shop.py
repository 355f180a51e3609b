"""What is known of the sample shop, found again from what its products say."""

import numpy as np
import pandas as pd
import pytest

from core.content.about import Query, meant
from core.content.costs import model_costs
from core.content.embed import agreements, alike, default_reader, encoding
from core.content.embedding import unit
from core.content.encoders.base import TextEncoder, encoder_of
from core.content.encoders.bert import SHIPPED
from core.content.neighbours import agreement
from core.content.texts import Content, content_of
from core.data.load import SAMPLES, Source, load
from core.work.desk import Desk
from core.work.errors import BadInput
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
    english = shop.part(np.array([at for at, text in enumerate(shop.texts) if text.isascii()][::3]))
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


def test_agreement_is_that_of_each_two_encoders(shop: Content, desk: Desk) -> None:
    chosen = tuple(encoding(encoder_of(name)) for name in ("tfidf", "word2vec"))
    shares = desk.run(agreements, shop, settings=chosen)
    one, other = (desk.run(alike, shop, settings=each) for each in chosen)
    assert shares.diagonal().tolist() == [1, 1]
    assert shares[0, 1] == shares[1, 0] == agreement(one, other)
    assert 0.3 < shares[0, 1] < 1


def test_cheaper_forms_of_a_model_are_smaller_and_nearly_agree(shop: Content, desk: Desk) -> None:
    costs = {
        one.precision: one
        for one in desk.run(model_costs, shop.part(np.arange(60, dtype=np.int32)), settings=SHIPPED)
    }
    assert list(costs) == ["float32", "int8", "static"]
    assert costs["float32"].agreement == 1
    assert costs["float32"].megabytes > costs["int8"].megabytes > costs["static"].megabytes
    assert costs["int8"].agreement > 0.9 > costs["static"].agreement > 0.4
    assert {one.texts for one in costs.values()} == {60}
    with pytest.raises(BadInput, match="too few texts"):
        desk.run(model_costs, shop.part(np.arange(5, dtype=np.int32)), settings=SHIPPED)
