"""Ids at the door: text, whatever a file holds (see the protocol's first paragraph)."""

import hashlib
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from core.types import IntArray, TextArray, UIntArray


def as_ids(values: pd.Series) -> pd.Categorical:
    """Ids as a categorical of text with sorted categories; missing ones are missing.

    Integers become decimal text, integral floats lose their `.0`, text is NFC without outer
    blanks; leading zeros and case are kept. A blank id is missing.

    >>> list(as_ids(pd.Series([10, 9, 10])))
    ['10', '9', '10']
    >>> list(as_ids(pd.Series([" 007", "7"])))
    ['007', '7']
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes, uniques = values.cat.codes.to_numpy(), values.cat.categories
    else:
        codes, uniques = pd.factorize(values, use_na_sentinel=True)
    texts = np.array([_text(value) for value in uniques], dtype=object)
    used = set(texts[np.unique(codes[codes >= 0])].tolist())
    names = np.array(sorted(used - {""}), dtype=object)
    place = {name: at for at, name in enumerate(names)}
    lookup = np.array([place.get(text, -1) for text in texts] + [-1], dtype=np.int32)
    return pd.Categorical.from_codes(lookup[codes], categories=pd.Index(names, dtype="str"))


def _text(value: object) -> str:
    if isinstance(value, str) and value.isascii():
        return value.strip()
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float | np.floating):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    return unicodedata.normalize("NFC", str(value)).strip()


def hashes(ids: Iterable[str], seed: int) -> UIntArray:
    """(n,) uint64: a hash of each id under a seed, equal on every machine."""
    key = str(seed).encode()
    raw = b"".join(hashlib.blake2b(text.encode(), digest_size=8, key=key).digest() for text in ids)
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


def pair_hashes(left: UIntArray, right: UIntArray) -> UIntArray:
    """(n,) uint64: a hash of each pair, from the hashes of its two ids (splitmix64's finaliser)."""
    with np.errstate(over="ignore"):
        mixed = left ^ (right * np.uint64(0x9E3779B97F4A7C15))
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def positions(ids: pd.Categorical | pd.Series, among: TextArray | pd.Index) -> IntArray:
    """(n,) int32: where each id stands in `among`, -1 where it does not."""
    categories = ids.cat.categories if isinstance(ids, pd.Series) else ids.categories
    codes = ids.cat.codes if isinstance(ids, pd.Series) else ids.codes
    lookup = pd.Index(among).get_indexer(categories).astype(np.int32)
    return np.append(lookup, np.int32(-1))[np.asarray(codes)]
