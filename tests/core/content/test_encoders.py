"""Encoders against references that are written out here."""

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from core.content.embed import TrainingPart, default_encoder, embed, encoding, read_content
from core.content.embedding import unit
from core.content.encoders.base import encoder_of
from core.content.encoders.bert import Bert, cut, loaded
from core.content.encoders.cnn import labels, padded
from core.content.encoders.word2vec import Word2Vec, sif
from core.content.pool import encode_texts
from core.content.texts import Content
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import silent


def content(*texts: str, categories: tuple[str, ...] = ()) -> Content:
    many = len(texts)
    return Content(
        np.array([f"i{at}" for at in range(many)], dtype=object),
        np.array(texts, dtype=object),
        np.array(categories or [""] * many, dtype=object),
        np.full(many, np.nan, dtype=np.float32),
        np.full(many, "", dtype=object),
        "",
    )


def test_sif_by_head() -> None:
    """Weights a/(a + p) = ½ and ¼ for p = 1/10 and 3/10 with a = 1/10; then the common direction goes."""
    vectors = {"tea": np.array([1, 0], np.float32), "cup": np.array([0, 1], np.float32)}
    share = {"tea": 0.1, "cup": 0.3}
    documents = [["tea", "cup"], ["tea"], ["unknown"], []]
    means = np.array([[0.25, 0.125], [0.5, 0]])
    _, _, right = np.linalg.svd(means, full_matrices=False)
    by_hand = unit(means - np.outer(means @ right[0], right[0]))
    found = sif(documents, vectors, share, 0.1)
    np.testing.assert_allclose(found[:2], by_hand, atol=1e-6)
    assert not found[2:].any()


def test_bert_is_the_normalised_mean_of_token_vectors() -> None:
    import torch

    model = loaded("all-MiniLM-L6-v2")
    text = "A warm jacket for the rain"
    tokens = model.tokenizer([text], return_tensors="pt")
    with torch.no_grad():
        hidden = cast(Any, model[0]).auto_model(**tokens).last_hidden_state[0].numpy()
    by_hand = hidden.mean(axis=0) / np.linalg.norm(hidden.mean(axis=0))
    np.testing.assert_allclose(Bert().vectors([text], silent)[0], by_hand, atol=1e-5)


def test_a_long_text_is_cut_into_windows_and_none_of_it_is_lost() -> None:
    model = loaded("all-MiniLM-L6-v2")
    text = " ".join(f"word{at % 50}" for at in range(1_000))
    pieces, owners, weights = cut(model, ["short", text])
    assert owners == [0, *[1] * (len(pieces) - 1)]
    assert len(pieces) > 3
    assert "".join(pieces[1:]).replace(" ", "") == text.replace(" ", "")
    lengths = [len(model.tokenizer(piece)["input_ids"]) for piece in pieces]
    assert max(lengths) <= (model.max_seq_length or 0)
    vectors = Bert().vectors(["short", *pieces[1:], text], silent)
    by_hand = np.average(vectors[1:-1], axis=0, weights=weights[1:])
    np.testing.assert_allclose(vectors[-1], by_hand / np.linalg.norm(by_hand), atol=1e-4)


def test_only_what_was_never_encoded_is_encoded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    real = Bert.vectors

    def counted(self: Bert, texts: list[str], report: object) -> np.ndarray:
        asked.append(texts)
        return real(self, texts, silent)

    monkeypatch.setattr(Bert, "vectors", counted)
    first = desk.run(embed, content("tea", "cup", "", "tea"), settings=encoding(Bert()))
    again = Desk(desk.store, Inline())
    second = again.run(embed, content("tea", "mug", ""), settings=encoding(Bert()))
    assert asked == [["cup", "tea"], ["mug"]]
    np.testing.assert_array_equal(first.vectors[0], second.vectors[0])
    assert first.known.tolist() == [True, True, False, True]
    assert len([one for one in desk.store.entries() if one.name == encode_texts.name]) == 2


def test_labels_are_categories_else_ratings() -> None:
    found, many = labels(content(*"abcdefghijkl", categories=("x",) * 5 + ("y",) * 5 + ("z", "")))
    assert many == 2
    assert found[:10].tolist() == [0] * 5 + [1] * 5
    assert np.isnan(found[10:]).all()
    plain = content(*"abcdef").rated(
        np.array(["i0", "i1", "i2", "i3", "i4"], dtype=object), np.array([1.0, 2, 3, 4, 5])
    )
    found, many = labels(plain)
    assert many == 0
    assert found[:5].tolist() == pytest.approx([-1.41421, -0.70711, 0, 0.70711, 1.41421], abs=1e-4)
    with pytest.raises(BadInput, match="neither categories nor ratings"):
        labels(content("a", "b"))


def test_padding_is_as_wide_as_the_widest_filter() -> None:
    assert padded([[1], []]).tolist() == [[1, 0, 0, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        (("The jacket is warm and dry", "A cup for tea and coffee"), "bert"),
        (("这件外套很暖和", "The jacket is warm and dry", "喝茶的杯子很好看"), "multilingual"),
        (("", ""), "bert"),
    ],
)
def test_the_default_fits_the_language(texts: tuple[str, ...], chosen: str) -> None:
    assert default_encoder(content(*texts)) == chosen


def test_what_learns_from_nothing_says_so() -> None:
    for name in ("tfidf", "bert", "multilingual", "word2vec", "cnn"):
        with pytest.raises(BadInput, match="needs words"):
            encoder_of(name).encode(content("", ""), silent)
    with pytest.raises(BadInput, match="No picture can be read"):
        encoder_of("picture").encode(content("tea", "cup"), silent)
    with pytest.raises(BadInput, match="no word that several items share"):
        encoder_of("tfidf").encode(content("tea", "cup"), silent)
    with pytest.raises(BadInput, match="no word that occurs often enough"):
        Word2Vec().encode(content("tea", "cup"), silent)
    with pytest.raises(BadInput, match=r"There is no encoder named 'berd'.*bert"):
        encoder_of("berd")


def test_a_model_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="can't be loaded"):
        loaded(str(tmp_path / "empty"))


def test_ratings_of_the_test_part_are_not_learnt_from(desk: Desk) -> None:
    from tests.making import dataset, log

    rows = [
        f"{user} {item} {day} rating {day}" for user in ("ann", "bo") for day, item in enumerate("abcde", 1)
    ]
    data = dataset(log(*rows, columns=("user", "item", "timestamp", "kind", "value")))
    found = desk.run(read_content, data, settings=TrainingPart("leave_last(n=1)", "", 0))
    assert found.ratings[:4].tolist() == [1, 2, 3, 4]
    assert np.isnan(found.ratings[4])
