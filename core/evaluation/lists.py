"""Lists: what a recommender shows to the people of a test part, and what that cost."""

from dataclasses import dataclass

from core.data.folds import Test
from core.recommenders.base import Ranked, rank
from core.recommenders.fitting import Cost, Fitted, measured
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Lists:
    """Ranked lists and what making them took."""

    ranked: Ranked
    fit: Cost
    recommend: Cost


@artifact
@dataclass(frozen=True)
class Ask:
    """What determines lists beside a fitted recommender and the people."""

    k: int
    seed: int


@step(version=2)
def lists(fitted: Fitted, test: Test, item_ids: TextArray, *, settings: Ask, report: Report) -> Lists:
    """Rank the items for every person of the test part."""
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    with measured() as cost:
        ranked = rank(fitted.scorer, test, item_ids, settings.k, settings.seed, report)
    return Lists(ranked, fitted.cost, cost())
