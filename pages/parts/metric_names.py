"""What a metric is called beside its figures: `NDCG@10`, or `AUC` where it is of the whole ranking."""

from core.evaluation.metric import metrics
from pages.parts.text import plain
from pages.parts.words import _


def metric_at(name: str, k: int, variant: str = "standard") -> str:
    """The name of a metric with its cut-off; a variant that is not the standard one is named.

    A metric that is no longer there, as that of a run, is called by its name.
    """
    declared = metrics().get((name, variant))
    label = _(declared.label) if declared else plain(name, 40)
    named = label if variant == "standard" else f"{label} ({_(variant)})"
    return f"{named}@{k}" if k and (declared is None or declared.cut) else named
