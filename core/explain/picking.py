"""Finding items to put into a history, in a catalogue of any size."""

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.types import TextArray


def pick(dataset: Dataset, item_ids: TextArray, query: str, most: int) -> tuple[list[str], int]:
    """The first ids whose id or title has every word of the query, and how many have in all.

    The item of exactly that id comes first, then titles that begin with the query, then by title.
    """
    wanted = query.casefold().split()
    if not wanted:
        return [], 0
    ids = pd.Series(item_ids, dtype="str")
    titles = dataset.items["title"].reindex(ids).astype("str").fillna("").reset_index(drop=True)
    texts = (ids + " " + titles).str.casefold()
    there = np.ones(len(ids), dtype=bool)
    for word in wanted:
        there &= texts.str.contains(word, regex=False).to_numpy()
    rows = np.flatnonzero(there)
    whole = " ".join(wanted)
    named = titles.iloc[rows].str.casefold()
    order = np.lexsort(
        (
            rows,
            named.to_numpy(dtype=object).astype(str),
            ~named.str.startswith(whole).to_numpy(),
            (ids.iloc[rows].str.casefold() != whole).to_numpy(),
        )
    )
    return [str(item_ids[rows[at]]) for at in order[:most]], len(rows)
