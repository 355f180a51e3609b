"""What holds for every registered encoder, by being registered."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.content.embed import embed, encoding
from core.content.embedding import Embedding, lengths
from core.content.encoders.base import ENCODERS, Encoder, TextEncoder
from core.content.neighbours import nearest
from core.content.texts import Content, clean
from core.data.load import Source, load
from core.types import FloatArray
from core.work.desk import Desk
from core.work.report import Cancelled, silent

ODD = (
    "",
    "jacket",
    "🙂🎉",
    clean("<b>Warm</b> &nbsp; <script>x()</script> jacket"),
    "防水外套 waterproof jacket wasserdichte Jacke",
    "word " * 10_000,
    "jacket",
    "\x00\u200b\ufeff",
    "''; DROP TABLE items; --",
)


@pytest.fixture(scope="module")
def shop() -> Content:
    """Forty products of the sample shop, five of each department."""
    from core.content.texts import content_of

    content = content_of(load(Source(data="shop")))
    firsts = [np.flatnonzero(content.categories == one)[:5] for one in np.unique(content.categories)]
    rows = np.sort(np.concatenate(firsts))
    return content.part(rows.astype(np.int32))


@pytest.fixture(scope="module")
def odd(shop: Content) -> Content:
    """The same with texts that no shop should have."""
    texts = shop.texts.copy()
    texts[: len(ODD)] = ODD
    return replace(shop, texts=texts)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    from core.work.engines import Inline
    from core.work.store import Store

    return Desk(Store(tmp_path_factory.mktemp("store"), 10**9), Inline())


def made(desk: Desk, cls: type[Encoder], content: Content) -> Embedding:
    return desk.run(embed, content, settings=encoding(cls()))


def dense(vectors: FloatArray | csr_array) -> Any:
    return vectors.toarray() if isinstance(vectors, csr_array) else vectors


every = pytest.mark.parametrize("cls", ENCODERS.all().values(), ids=list(ENCODERS.all()))


@every
def test_each_item_has_a_unit_vector(cls: type[Encoder], shop: Content, desk: Desk) -> None:
    found = made(desk, cls, shop)
    assert found.item_ids.tolist() == shop.item_ids.tolist()
    assert found.vectors.shape[0] == len(shop.item_ids)
    assert found.vectors.dtype == np.float32
    np.testing.assert_allclose(lengths(found.vectors), 1, atol=1e-5)


@every
def test_the_same_input_gives_the_same_vectors(cls: type[Encoder], shop: Content, desk: Desk) -> None:
    first = made(desk, cls, shop).vectors
    encoder = cls()
    if isinstance(encoder, TextEncoder):  # `encode` would find them in the store
        second: FloatArray | csr_array = encoder.vectors(shop.texts.tolist(), silent)
    else:
        second = encoder.encode(shop, silent)
    np.testing.assert_allclose(dense(first), dense(second), atol=1e-5)


@every
def test_neighbours_share_a_department_more_often_than_by_chance(
    cls: type[Encoder], shop: Content, desk: Desk
) -> None:
    found = nearest(made(desk, cls, shop), 4, silent)
    same = [
        (shop.categories[others[others >= 0]] == shop.categories[row]).mean()
        for row, others in enumerate(found.items)
    ]
    assert np.mean(same) > 2 * 4 / 39  # four others of its department among 39


@every
def test_odd_texts_break_nothing(cls: type[Encoder], odd: Content, desk: Desk) -> None:
    found = made(desk, cls, odd)
    length = lengths(found.vectors)
    assert np.all((np.abs(length - 1) < 1e-4) | (length == 0))
    if cls.reads == "text":
        assert not found.known[0]
        vectors = dense(found.vectors)
        np.testing.assert_allclose(vectors[1], vectors[6], atol=1e-6)


@every
def test_it_can_be_stopped(cls: type[Encoder], shop: Content) -> None:
    def stop(fraction: float, message: str) -> None:
        raise Cancelled

    encoder = cls()
    with pytest.raises(Cancelled):
        if isinstance(encoder, TextEncoder):
            encoder.vectors(["tea"], stop)
        else:
            encoder.encode(shop, stop)
