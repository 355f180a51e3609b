"""Ids at the door: text, whatever a file holds; and the hashes that order ties."""

import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.ids import as_ids, hashes, pair_hashes, positions

KNOWN = [1476484591048093314, 17452282848020163316]  # blake2b of 8 bytes, key b"0", little-endian
BIG = 2**53 + 1  # the first whole number that a float can't hold


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(pd.Series([1, 10, 2]), ["1", "10", "2"], id="whole numbers"),
        pytest.param(pd.Series([BIG, BIG + 1]), [str(BIG), str(BIG + 1)], id="large whole numbers"),
        pytest.param(pd.Series([BIG, None], dtype="Int64"), [str(BIG), None], id="large, some missing"),
        pytest.param(pd.Series([1.0, np.nan]), ["1", None], id="floats"),
        pytest.param(pd.Series([1.5]), ["1.5"], id="a float that is no whole number"),
        pytest.param(pd.Series(["007", "7"]), ["007", "7"], id="leading zeros"),
        pytest.param(pd.Series(["1.0", "1"]), ["1.0", "1"], id="text is kept as it is written"),
        pytest.param(pd.Series(["A", "a"]), ["A", "a"], id="case"),
        pytest.param(pd.Series([" a ", "a\u3000"]), ["a", "a"], id="outer blanks"),
        pytest.param(pd.Series(["a b"]), ["a b"], id="inner blanks"),
        pytest.param(pd.Series(["e\u0301", "\u00e9"]), ["\u00e9", "\u00e9"], id="one form of é"),
        pytest.param(pd.Series(["", "  ", None, "a"]), [None, None, None, "a"], id="blank is missing"),
        pytest.param(pd.Series(["nan", "None", "NA"]), ["nan", "None", "NA"], id="words for nothing are ids"),
        pytest.param(pd.Series([b"a"], dtype=object), ["a"], id="bytes"),
        pytest.param(pd.Series([1, "1"], dtype=object), ["1", "1"], id="number and text"),
    ],
)
def test_ids_are_text(values: pd.Series, expected: list[str | None]) -> None:
    found = [None if pd.isna(one) else one for one in as_ids(values)]
    assert found == expected


@given(st.lists(st.one_of(st.text(max_size=6), st.none()), max_size=20))
@settings(max_examples=60)
def test_ids_are_sorted_and_clean(texts: list[str | None]) -> None:
    found = as_ids(pd.Series(texts, dtype=object))
    names = list(found.categories)
    assert names == sorted(set(names))
    for text, name in zip(texts, found, strict=True):
        clean = unicodedata.normalize("NFC", text or "").strip()
        assert (name == clean) if clean else pd.isna(name)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert [int(one) for one in hashes(["a", "b"], 0)] == KNOWN
    assert hashes(["a"], 1)[0] != hashes(["a"], 0)[0]


def test_pairs_are_ordered_as_chance_would() -> None:
    left = np.repeat(hashes([f"u{at}" for at in range(200)], 0), 200)
    right = np.tile(hashes([f"i{at}" for at in range(200)], 0), 200)
    low = pair_hashes(left, right) < np.uint64(2**63)
    assert abs(low.mean() - 0.5) < 4 * 0.5 / np.sqrt(len(low))  # four standard errors


@pytest.mark.parametrize("among", [["a", "c"], np.array(["a", "c"], dtype=object)])
def test_positions_among_known_ids(among: Sequence[str]) -> None:
    ids = as_ids(pd.Series(["c", "b", "a", None]))
    assert positions(ids, pd.Index(among)).tolist() == [1, -1, 0, -1]
    assert positions(pd.Series(ids), pd.Index(among)).tolist() == [1, -1, 0, -1]
