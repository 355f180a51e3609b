"""Who is shown an item: in how many lists of each recommender it stands, and in whose."""

from dataclasses import dataclass

import numpy as np

from core.evaluation.comparison import Comparison


@dataclass(frozen=True)
class Exposure:
    """One recommender and one item."""

    entry: int  # row of the comparison
    people: int  # whose first k hold the item
    of: int  # people who have a list
    hits: int  # of these, for how many it is held out
    place: float  # mean place in these lists, from 1; NaN where there is none
    who: tuple[str, ...]  # some of the people, hits first


def exposures(comparison: Comparison, item: str, k: int, most: int = 5) -> list[Exposure]:
    """For each recommender: to how many of the people with held-out items it shows the item, and to whom."""
    at = np.flatnonzero(comparison.item_ids == item)
    if not len(at):
        return [Exposure(entry, 0, 0, 0, float("nan"), ()) for entry in range(len(comparison.ranked))]
    held = np.any(comparison.truth.tocsc()[:, at].toarray() > 0, axis=1)
    found = []
    for entry, ranked in enumerate(comparison.ranked):
        rows, places = np.nonzero(ranked.items[:, :k] == at[0])
        order = np.lexsort((rows, places, ~held[rows]))
        who = tuple(str(comparison.user_ids[row]) for row in rows[order][:most])
        mean = float(places.mean() + 1) if len(places) else float("nan")
        of = len(ranked.user_ids) if ranked.asked is None else int(ranked.asked.sum())
        found.append(Exposure(entry, len(rows), of, int(held[rows].sum()), mean, who))
    return found
