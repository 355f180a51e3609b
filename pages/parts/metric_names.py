"""What a metric is called beside its figures: `NDCG@10`, or `AUC` where it is of the whole ranking."""

from core.evaluation.metric import metrics
from pages.parts.words import _


def metric_at(name: str, k: int) -> str:
    """The name of a metric with its cut-off."""
    declared = metrics()[name, "standard"]
    return f"{_(declared.label)}@{k}" if declared.cut else _(declared.label)
