"""Lists: what a recommender shows to the people of a test part, and what that cost."""

from dataclasses import dataclass

from core.data.folds import Test
from core.recommenders.base import Ranked, Recommender, rank
from core.recommenders.fitting import Cost, Fitted, foreign, measured
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import Step, step


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


def lists_step(recommender: Recommender) -> Step[Lists]:
    """The step that ranks: what somebody brought runs in a child that can be stopped."""
    return lists_in_child if foreign(recommender) else lists


@step(version=2)
def lists(fitted: Fitted, test: Test, item_ids: TextArray, *, settings: Ask, report: Report) -> Lists:
    """Rank the items for every person of the test part."""
    return _lists(fitted, test, item_ids, settings, report)


@step(version=1, isolated=True, called="Ranking by a plug-in")
def lists_in_child(
    fitted: Fitted, test: Test, item_ids: TextArray, *, settings: Ask, report: Report
) -> Lists:
    """Rank by a scorer that somebody brought, in a child with limits of time and memory."""
    return _lists(fitted, test, item_ids, settings, report)


def _lists(fitted: Fitted, test: Test, item_ids: TextArray, settings: Ask, report: Report) -> Lists:
    from core import kernels  # noqa: F401  (compiled before the clock starts)

    with measured() as cost:
        ranked = rank(fitted.scorer, test, item_ids, settings.k, settings.seed, report)
    return Lists(ranked, fitted.cost, cost())
