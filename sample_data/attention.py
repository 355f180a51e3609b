"""Where people spend minutes instead of money: how long they stayed, and when they were through."""

import numpy as np
import pandas as pd

from sample_data.catalogue import Catalogue
from sample_data.world import World


def spend(
    world: World, views: pd.DataFrame, catalogue: Catalogue, rng: np.random.Generator, *, one_by_one: bool
) -> pd.DataFrame:
    """Views with the `seconds` that were spent on each, and the times of what followed moved accordingly.

    `one_by_one`: what is viewed in one visit is viewed one after the other. In worlds where people spend
    money, the views as they are.
    """
    if world.rules.value != "seconds":
        return views
    length = (60 * catalogue.prices[views["item"]]).astype(np.int64)
    started, through = views["carted"].to_numpy() > 0, views["purchased"].to_numpy() > 0
    tasted = 0.03 + 0.45 * rng.beta(1.2, 2.0, len(views))
    share = np.where(through, 1.0, np.where(started, rng.uniform(0.5, 0.95, len(views)), tasted))
    seconds = np.maximum(2, np.rint(share * length)).astype(np.int64)
    spent = pd.Series(seconds, index=views.index).groupby(views["visit"]).cumsum().to_numpy() - seconds
    begins = views["timestamp"].to_numpy() + (spent if one_by_one else 0)
    return views.assign(
        timestamp=begins,
        carted=np.where(started, begins + length // 2, 0),
        purchased=np.where(through, begins + length, 0),
        seconds=seconds,
    )
