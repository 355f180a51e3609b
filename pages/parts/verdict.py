"""The verdict as a sentence, made from the data."""

from core.evaluation.comparison import Comparison, Verdict, verdict
from core.evaluation.metric import metrics
from pages.parts import numbers
from pages.parts.metric_names import metric_at
from pages.parts.words import _, counted, listed, sentences


def sentence(comparison: Comparison, metric: str, k: int) -> str:
    """`EASE serves these people best: NDCG@10 0.214 (0.206–0.222). ItemKNN is tied with it. …`"""
    column = comparison.column(metric, k)
    one = verdict(comparison, column)
    best = comparison.estimates[one.leader][column]
    if not best.n:
        return _("{metric} is not defined here: see what it needs on Methods.").format(
            metric=_(metrics()[metric, "standard"].label)
        )
    value = f"{metric_at(metric, k)} {numbers.figure(best.mean)} ({numbers.interval(best)})"
    most = max(row[column].n for row in comparison.estimates)
    labels = [
        entry.label if row[column].n in (0, most) else f"{entry.label} (n = {row[column].n:,})"
        for entry, row in zip(comparison.entries, comparison.estimates, strict=True)
    ]
    if len(labels) == 1:
        return _("{name} reaches {value}. Add another recommender to compare it with.").format(
            name=labels[0], value=value
        )
    declared = metrics()[metric, "standard"]
    if best.mean == 0 and declared.better == "higher" and declared.serves:
        return _("No recommender had a hit: {value}. A larger k, or another split, may show more.").format(
            value=value
        )
    first = (
        _("{name} serves these people best: {value}.")
        if declared.serves
        else _("{name} has the lowest: {value}.")
        if declared.better == "lower"
        else _("{name} has the highest: {value}.")
    )
    said = [first.format(name=labels[one.leader], value=value)]
    tied = [labels[row] for row in one.tied]
    if len(tied) == len(labels) - 1 and len(tied) > 1 and declared.serves:
        said = [
            _("Nobody is clearly best: {name} leads with {value}, and all others are tied with it.").format(
                name=labels[one.leader], value=value
            )
        ]
    elif len(tied) == 1:
        said.append(_("{name} is tied with it.").format(name=tied[0]))
    elif tied:
        said.append(_("{names} are tied with it.").format(names=listed(tied)))
    return sentences([*said, _pairs(one)])


def _pairs(one: Verdict) -> str:
    if one.pairs < 2:
        return ""
    if one.tied_pairs:
        return counted(
            "{n} of {pairs} pairs is tied.", "{n} of {pairs} pairs are tied.", one.tied_pairs, pairs=one.pairs
        )
    return _("All {pairs} pairs are told apart.").format(pairs=one.pairs)
