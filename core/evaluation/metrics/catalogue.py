"""Metrics of all lists together: how much of the catalogue is shown, and how evenly."""

import numpy as np

from core.evaluation.metric import catalogue_metric
from core.types import FloatArray


@catalogue_metric(
    "Coverage",
    better="higher",
    formula=r"\frac{|\bigcup_u L_k(u)|}{|I|}",
    source="Ge, Delgado-Battenfeld & Jannach 2010, Beyond accuracy, §3.1",
)
def coverage(shown: FloatArray, k: int) -> FloatArray:  # noqa: ARG001
    """The share of the catalogue that stands in at least one list.

    >>> coverage(np.array([[2.0, 0.0, 1.0, 0.0]]), 3)
    array([0.5])
    """
    return (shown > 0).mean(axis=1)


@catalogue_metric(
    "Gini",
    better="lower",
    formula=r"\frac{\sum_{j=1}^{|I|} (2j - |I| - 1)\, n_{(j)}}{|I| \sum_j n_{(j)}}",
    source="Fleder & Hosanagar 2009, Blockbuster culture's next rise or fall, §4; n in ascending order",
)
def gini(shown: FloatArray, k: int) -> FloatArray:  # noqa: ARG001
    """How unevenly items are shown: 0 when all are shown as often, near 1 when few take all places.

    >>> gini(np.array([[1.0, 1.0], [0.0, 4.0]]), 1)
    array([0. , 0.5])
    """
    items = shown.shape[1]
    weights = 2.0 * np.arange(1, items + 1) - items - 1
    small = (
        shown.max(initial=0) < 2**16
    )  # counts: small integers are sorted by their digits, ten times faster
    order = np.sort(shown.astype(np.uint16 if small else np.float64), axis=1, kind="stable")
    with np.errstate(invalid="ignore", divide="ignore"):
        return order @ weights / (items * shown.sum(axis=1))
