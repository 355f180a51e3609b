"""EASE: a linear autoencoder over items with a closed form."""

from typing import Annotated

import numpy as np
from pydantic import Field

from core.data.folds import Train
from core.recommenders.base import LogScale, Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.inverse import invert
from core.recommenders.linear import LinearScorer
from core.recommenders.options import Search
from core.recommenders.products import lower_product, mirrored
from core.work.errors import BadInput
from core.work.report import Report, within


class EASE(Recommender):
    """Linear item–item autoencoder with a closed form (Steck, WWW 2019, eq. 8).

    B = I − P·diag(1/P) with P = (XᵀX + l2·I)⁻¹, in float32. Raises BadInput where the ridge
    penalty is too small for the inverse to exist in that precision.
    """

    name = "ease"
    label = "EASE"
    source = "Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data, eq. 8"
    l2: Annotated[
        float,
        Field(ge=1, le=1e5, description="Ridge penalty on the item–item weights"),
        LogScale,
        Search(10, 5_000),
    ] = 500.0

    def fit(self, train: Train, report: Report) -> Scorer:
        gram = lower_product(train.positives.T.tocsr(), within(report, 0.0, 0.3))
        gram[np.diag_indices_from(gram)] += np.float32(self.l2)
        report(0.3, "Inverting")
        if not invert(gram):
            raise BadInput(
                f"EASE with l2={self.l2:g} has no inverse on these data.", "a larger l2.", "raise l2."
            )
        report(0.8, "Weights")
        weights = mirrored(gram)
        weights /= -weights.diagonal().copy()
        weights[np.diag_indices_from(weights)] = 0
        return LinearScorer(weights)

    def demand(self, size: Size) -> Demand:
        square = float(size.items) ** 2
        return Demand(
            fit={"loop": size.together / 2 + square, "dense": 2 * size.items * square},
            score={"loop": float(size.positives) * size.items / 5},  # whole rows are added, 8 at a time
            bytes=4 * square,
        )
