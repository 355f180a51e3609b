"""Ids at the door: text, whatever a file holds (see the protocol's first paragraph)."""

import hashlib
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from core.types import BoolArray, IntArray, TextArray, UIntArray


def as_ids(values: pd.Series, normal: bool = True) -> pd.Categorical:
    """Ids as a categorical of text with sorted categories; missing ones are missing.

    Integers become decimal text, integral floats lose their `.0`, text is NFC without outer
    blanks; leading zeros and case are kept. A blank id is missing. Without `normal`, text stays
    as it stands in the file.

    >>> list(as_ids(pd.Series([10, 9, 10])))
    ['10', '9', '10']
    >>> list(as_ids(pd.Series([" 007", "7"])))
    ['007', '7']
    """
    codes, uniques = _coded(values)
    texts = np.array([_text(value) if normal else _as_written(value) for value in uniques], dtype=object)
    used = set(texts[np.unique(codes[codes >= 0])].tolist())
    names = np.array(sorted(name for name in used if name.strip()), dtype=object)
    place = {name: at for at, name in enumerate(names)}
    lookup = np.array([place.get(text, -1) for text in texts] + [-1], dtype=np.int32)
    return pd.Categorical.from_codes(lookup[codes], categories=pd.Index(names, dtype="str"))


def changed(values: pd.Series) -> tuple[int, tuple[str, ...]]:
    """How many ids that are text are written otherwise than in the file, and three examples."""
    if not (isinstance(values.dtype, pd.CategoricalDtype) or not pd.api.types.is_numeric_dtype(values.dtype)):
        return 0, ()
    codes, uniques = _coded(values)
    different = np.array(
        [isinstance(one, str) and one != _text(one) for one in uniques] + [False], dtype=bool
    )
    rows = different[codes]
    examples = tuple(f"{uniques[at]!r} is {_text(uniques[at])!r}" for at in np.flatnonzero(different)[:3])
    return int(rows.sum()), examples


def _coded(values: pd.Series) -> tuple[np.ndarray, pd.Index]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy(), values.cat.categories
    codes, uniques = pd.factorize(values, use_na_sentinel=True)
    return codes, pd.Index(uniques)


def _as_written(value: object) -> str:
    return value if isinstance(value, str) else _text(value)


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


def rows_with(column: pd.Series, wanted: str) -> BoolArray:
    """(N,) which rows of a column of ids hold that id; no text is made of the ids.

    >>> rows_with(pd.Series(["a", "b", "a"], dtype="category"), "a")
    array([ True, False,  True])
    """
    names = column.cat.categories
    if wanted not in names:
        return np.zeros(len(column), dtype=bool)
    found: BoolArray = column.cat.codes.to_numpy() == names.get_loc(wanted)
    return found
