"""What is true in a world, and known to no recommender: relevance, examination and the purchase model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_data.catalogue import STALEST, Catalogue, Floats
from sample_data.clock import LOG_START
from sample_data.people import People

SLATE_SIZE = 5
BASE, SLOPE = -3.6, 2.8
DECAY = 0.7


@dataclass(frozen=True)
class Truth:
    """Rounded to six digits: processors differ in the last bits, and the shipped data must not."""

    relevance: Floats  # (n_users, n_items) probability of a click once the item is seen
    examination: Floats  # (SLATE_SIZE,) probability that a position is seen
    purchase_given_need: Floats  # (n_users, n_items) probability of a purchase once clicked and needed
    purchase_given_click: Floats  # (n_users, n_items) the same, whether needed or not


def make_truth(people: People, catalogue: Catalogue, barred: NDArray[np.bool_]) -> Truth:
    """Click and purchase probabilities of every person for every item; 0 where it is never shown."""
    match = np.einsum("ud,id->ui", people.preferences, catalogue.topics)
    affordable = _sigmoid(1.6 * (np.log(people.budgets)[:, None] - np.log(catalogue.prices)[None, :]) + 0.4)
    good = _sigmoid(1.0 + 1.2 * catalogue.quality)
    given_need = np.round(affordable * good, 6)
    stale = catalogue.staleness(np.array([LOG_START]), STALEST)
    relevance = np.round(_sigmoid(BASE + SLOPE * match + catalogue.quality - stale), 6)
    return Truth(
        relevance=np.where(barred, 0.0, relevance),
        examination=np.arange(1.0, SLATE_SIZE + 1) ** -DECAY,
        purchase_given_need=given_need,
        purchase_given_click=np.round(people.needs[:, catalogue.departments] * given_need, 6),
    )


def _sigmoid(x: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-x))
