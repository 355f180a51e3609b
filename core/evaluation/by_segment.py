"""A metric of every recommender in every segment, and whether segments differ."""

from dataclasses import dataclass

from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST
from core.evaluation.segment_gaps import Between, between
from core.evaluation.segments import Division
from core.evaluation.uncertainty import Estimate, estimates, means, resampled
from core.types import FloatArray
from core.work.artifacts import artifact
from core.work.report import Report, within
from core.work.steps import step

NOTHING = Estimate(float("nan"), float("nan"), float("nan"), 0)  # of fewer than 5 people nothing is told


@artifact
@dataclass(frozen=True)
class Divided:
    """Into which segments, and by which column of the comparison."""

    division: Division
    column: int


@artifact
@dataclass(frozen=True)
class BySegment:
    """R recommenders × G segments."""

    cells: tuple[tuple[Estimate, ...], ...]  # (R, G); n = 0 where the metric is defined for fewer than 5
    pairs: tuple[tuple[Between, ...], ...]  # (R, pairs) widest gap first; best minus worst is the first

    def gap(self, row: int) -> Between | None:
        """The best segment of a recommender minus its worst; None where fewer than two have values."""
        return self.pairs[row][0] if self.pairs[row] else None

    def apart(self, row: int) -> int:
        """How many pairs of segments are told apart."""
        return sum(one.settled for one in self.pairs[row])


@step(version=1, called="Comparing segments")
def by_segment(comparison: Comparison, *, settings: Divided, report: Report) -> BySegment:
    """Means with the intervals that the same people have as a segment of the frame, and every pair tested.

    Lists are never made again. A metric of all lists (coverage) has no value for a part of the people.
    """
    values, labels = comparison.values[:, settings.column], settings.division.labels
    many = len(settings.division.segments)
    seed = comparison.experiment.seed
    cells: list[tuple[Estimate, ...]] = []
    for at in range(many):
        report(0.5 * at / many, "Drawing people")
        cells.append(told(values[:, labels == at].T, seed))
    fewer = comparison.fewer_is_better(settings.column)
    pairs = between(values, labels, fewer, seed, report=within(report, 0.5, 1.0))
    return BySegment(tuple(zip(*cells, strict=True)), tuple(pairs))


def told(values: FloatArray, seed: int) -> tuple[Estimate, ...]:
    """(C,) the estimates of columns (T, C); of fewer than 5 people nothing is told."""
    whole, n = means(values)
    if n.max(initial=0) < FEWEST:
        return (NOTHING,) * values.shape[1]
    found = estimates(whole, resampled(values, seed), n)
    return tuple(one if one.n >= FEWEST else NOTHING for one in found)
