"""What lists for newcomers are worth beside the first of them: estimates, and gaps paired by person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.evaluation.uncertainty import Estimate, estimates, gap_of, holm, means, resampled
from core.types import FloatArray
from core.work.artifacts import artifact


@artifact
@dataclass(frozen=True)
class Gap:
    """A strategy minus popularity, paired by person; p by Holm over the strategies of a column."""

    estimate: Estimate
    p: float

    @property
    def settled(self) -> bool:
        """Whether the two are told apart at 5 %."""
        return self.p < 0.05


def estimated(values: FloatArray, seed: int) -> list[Estimate]:
    """An estimate for each column of (T, C) values; NaN is nobody's."""
    whole, n = means(values)
    return estimates(whole, resampled(values, seed), n)


def gaps_to_first(values: Sequence[FloatArray], seed: int) -> list[tuple[Gap, ...]]:
    """For each row (T, C) of values the gaps of its columns to those of the first row; () for that one.

    p-values are corrected over the rows, column by column.
    """
    found = [
        [_gap(mine[:, at], values[0][:, at], seed) for mine in values[1:]] for at in range(values[0].shape[1])
    ]
    corrected = [
        [replace(gap, p=p) for gap, p in zip(column, holm([gap.p for gap in column]), strict=True)]
        for column in found
    ]
    return [(), *(tuple(row) for row in zip(*corrected, strict=True))]


def _gap(mine: FloatArray, popular: FloatArray, seed: int) -> Gap:
    """The paired difference over those for whom both are defined; p before correction."""
    both = np.isfinite(mine) & np.isfinite(popular)
    pair = np.stack([mine[both], popular[both]], axis=1)
    whole, n = means(pair)
    draws = resampled(pair, seed)
    return Gap(*gap_of(whole[0] - whole[1], draws[0] - draws[1], int(n[0])))
